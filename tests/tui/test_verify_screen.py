"""Verify all: rows as they come, failures first in the end; it goes on when the screen is left."""

import asyncio
from functools import partial
from itertools import chain, repeat

import pytest

from studydl.errors import StudyError
from studydl.language import Language
from studydl.tui.screens.break_it.screen import BreakItScreen
from studydl.tui.screens.verify import run as runs
from studydl.tui.screens.verify.screen import VerifyScreen
from studydl.verification.evidence import Evidence, Report
from tests.tui.studio import compare, measurement, press, report, seen, settle, words_of


class FakePool:
    """Hands over what it is told to, when it is told to."""

    def __init__(self, *reports: Report) -> None:
        self.reports = reports
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.caches: list[object] = []
        self.closed = False
        self.error: Exception | None = None

    async def prepare(self):
        if self.error is not None:
            raise self.error
        return [{"id": each.claim, "statement": each.statement._asdict()} for each in self.reports]

    async def verify(self, claims, *, cache=None, on_report=None):
        self.caches.append(cache)
        for place, each in enumerate(self.reports):
            if place == len(self.reports) - 1:
                await self.may_go_on.wait()
            on_report(each)
        return list(self.reports)

    async def close(self):
        self.closed = True


def false(claim: str) -> Report:
    """A claim that does not hold."""
    wrong = Evidence((measurement("σ'(0)", 0.5, 0.25, 1e-9),))
    held = report(claim)
    return Report(claim, held.statement, wrong, (), (), 0.004, 0)


def reports():
    names = ("relu-value", "sigmoid-gradient", "softmax-shift", "tanh-range")
    made = [report(f"activations.{name}") for name in names]
    made.insert(1, false("activations.relu-gradient"))
    return made


@pytest.fixture
def pool(monkeypatch):
    fake = FakePool(*reports())
    times = chain((0.0,), repeat(2.0))
    monkeypatch.setattr(runs, "own_pool", lambda: fake)
    monkeypatch.setattr(runs, "Run", partial(runs.Run, clock=times.__next__))
    return fake


def order(app) -> list[str]:
    """Return the ids of the rows that are seen, from top to bottom."""
    words = seen(app).split()
    return [word for word in words if word.startswith("activations.")]


async def drawn(pilot):
    """Wait until the rows that came together have been drawn."""
    await pilot.pause(runs_pause())
    await settle(pilot)


def runs_pause() -> float:
    from studydl.tui.screens.verify import screen

    return 2 * screen._PAUSE


async def test_every_claim_is_measured_and_what_fails_stands_first(studio, pool):
    async with studio.opened() as (app, pilot):
        await press(pilot, "f8")
        assert isinstance(app.screen, VerifyScreen)
        assert order(app)[0] == "activations.relu-gradient"
        assert len(order(app)) == 5
        text = words_of(seen(app))
        assert "4 of 5 claims verified, 8 of 8 misconceptions rejected" in text
        assert pool.closed
        assert pool.caches[0] is not None


async def test_rows_come_in_with_progress_while_it_runs(studio, pool):
    pool.may_go_on.clear()
    async with studio.opened() as (app, pilot):
        await press(pilot, "f8")
        await drawn(pilot)
        assert len(order(app)) == 4
        text = words_of(seen(app))
        assert "4/5" in text
        assert "✓ 3 ✗ 1" in text
        assert "left" in text
        pool.may_go_on.set()
        await drawn(pilot)
        assert "4 of 5 claims verified" in words_of(seen(app))


async def test_it_goes_on_while_somebody_is_elsewhere(studio, pool):
    pool.may_go_on.clear()
    async with studio.opened() as (app, pilot):
        await press(pilot, "f8", "escape")
        assert not isinstance(app.screen, VerifyScreen)
        assert not pool.closed
        await press(pilot, "f8")
        await drawn(pilot)
        assert "4/5" in seen(app)
        await press(pilot, "escape")
        pool.may_go_on.set()
        await settle(pilot)
        assert pool.closed
        assert "4 of 5 claims verified" in words_of(seen(app))
        await press(pilot, "f8")
        assert "4 of 5 claims verified" in words_of(seen(app))
        assert len(pool.caches) == 1


async def test_quitting_ends_it(studio, pool):
    pool.may_go_on.clear()
    async with studio.opened() as (_app, pilot):
        await press(pilot, "f8", "escape")
    assert pool.closed


async def test_c_stops_it_and_r_measures_anew_without_the_cache(studio, pool):
    pool.may_go_on.clear()
    async with studio.opened() as (app, pilot):
        await press(pilot, "f8", "r")
        assert len(pool.caches) == 1
        await press(pilot, "c")
        assert pool.closed
        assert "Stopped after 4 of 5 claims." in words_of(seen(app))
        assert len(order(app)) == 4
        pool.may_go_on.set()
        await press(pilot, "c", "r")
        await drawn(pilot)
        assert pool.caches == [pool.caches[0], None]
        assert "4 of 5 claims verified" in words_of(seen(app))


async def test_f_shows_only_what_fails(studio, pool):
    async with studio.opened() as (app, pilot):
        await press(pilot, "f8", "f")
        assert order(app) == ["activations.relu-gradient"]
        assert "only what fails" in seen(app)
        await press(pilot, "f")
        assert len(order(app)) == 5


async def test_if_nothing_fails_the_filter_says_so(studio, pool):
    pool.reports = (report(),)
    async with studio.opened() as (app, pilot):
        await press(pilot, "f8", "f")
        assert "Nothing fails." in seen(app)
        await press(pilot, "enter", "x", "j")
        assert isinstance(app.screen, VerifyScreen)


async def test_the_cursor_shows_the_sentence_and_enter_breaks_the_claim(studio, pool):
    pool.reports = (false("activations.relu-gradient"), report("activations.sigmoid-gradient"))
    for key in ("enter", "x"):
        async with studio.opened() as (app, pilot):
            await press(pilot, "f8", "j")
            assert "The derivative of the sigmoid is s(1 - s)" in words_of(seen(app))
            await press(pilot, "k", "G", "g", "pagedown", "pageup", "down", "up", "end", key)
            assert isinstance(app.screen, BreakItScreen)
            assert app.screen.subject == "activations.sigmoid-gradient"


async def test_a_row_can_be_clicked_twice(studio, pool):
    async with studio.opened() as (app, pilot):
        await press(pilot, "f8")
        place = next(n for n, line in enumerate(seen(app).splitlines()) if "softmax-shift" in line)
        for _ in range(2):
            await pilot.click(offset=(20, place))
            await settle(pilot)
        assert isinstance(app.screen, BreakItScreen)
        assert app.screen.subject == "activations.softmax-shift"


async def test_why_nothing_more_comes_is_said(studio, pool):
    pool.error = StudyError("the claims cannot be loaded")
    async with studio.opened() as (app, pilot):
        await press(pilot, "f8")
        assert "The measuring ended: the claims cannot be loaded" in words_of(seen(app))
        assert pool.closed
        pool.error = None
        await press(pilot, "r")
        assert "4 of 5 claims verified" in words_of(seen(app))


async def test_the_language_can_be_switched_while_it_runs(studio, pool):
    pool.may_go_on.clear()
    async with studio.opened() as (app, pilot):
        await press(pilot, "f8", "l")
        await drawn(pilot)
        assert "裕度" in seen(app)
        assert "4/5" in seen(app)


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (60, 20)])
@pytest.mark.parametrize("language", [*Language])
async def test_it_looks_as_it_did(studio, pool, size, language):
    name = f"{size[0]}x{size[1]}-{language}"
    async with studio.opened(size=size, language=language) as (app, pilot):
        await press(pilot, "f8")
        compare(f"verify-done-{name}", seen(app))


@pytest.mark.parametrize("language", [*Language])
async def test_it_looks_as_it_did_while_it_runs(studio, pool, language):
    pool.may_go_on.clear()
    async with studio.opened(language=language) as (app, pilot):
        await press(pilot, "f8")
        await drawn(pilot)
        compare(f"verify-running-100x30-{language}", seen(app))
