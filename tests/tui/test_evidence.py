"""Measuring beside the card: live, cancellable, never drawn for another card."""

from dataclasses import replace

import pytest

from studydl.tui.laboratory import Laboratory
from studydl.tui.results import Measured
from studydl.tui.ticket import Ticket
from studydl.tui.widgets.evidence_pane import EvidencePane
from studydl.verification.client import Worker, WorkerError, WorkerTimeoutError
from studydl.verification.evidence import Series
from tests.tui.studio import pane, press, report, seen, settle, words_of


async def test_v_measures_the_claim_and_shows_all_of_it(studio):
    async with studio.opened("slope-by-heart", size=(100, 60)) as (app, pilot):
        await press(pilot, "space", "v")
        text = pane(app)
        assert "The derivative of the sigmoid is s(1 - s), at most 0.25." in text
        assert "✓ verified seed 0 · 0.013 s" in text
        assert "✓ σ'(0) 0.25 = 0.25 ± 4.4e-16 exact" in text
        assert "0.222222 = 0.222222 ± 4.4e-16 41×" in text
        assert "✗ forgot-one-minus s(1 - s) is remembered as s. σ'(0): 0.5 ≠ 0.25" in text
        assert "controls ✗ zeros ! raises" in text
        assert "verify activations.sigmoid-gradient --no-cache --seed 0" in text


async def test_nothing_is_measured_before_the_reveal(studio):
    async with studio.opened("slope-by-heart") as (_, pilot):
        await press(pilot, "v", "d")
        assert studio.process.calls == []


async def test_progress_and_the_first_measurements_are_shown_while_it_runs(studio):
    studio.process.may_answer.clear()
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "v")
        assert "measuring 1/5" in seen(app)
        assert "σ'(log 2)" in seen(app)
        assert "verified" not in seen(app)


async def test_v_again_measures_with_the_next_seed(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "v", "v")
        assert [call[1]["seed"] for call in studio.process.calls] == [0, 1]
        assert "seed 1" in seen(app)


async def test_the_chosen_misconception_stands_first(studio):
    async with studio.opened("slope-chosen", size=(100, 60)) as (app, pilot):
        options = [each.en for each in app.desk.session.shown.options]
        await press(pilot, "abc"[options.index("$1 - s^2$")], "v")
        text = pane(app)
        start = text.index("Your choice")
        assert text.index("takes-tanh", start) < text.index("Measured")
        assert "σ'(0): 0 ≠ 0.25" in text[start : text.index("Measured")]
        assert text.count("1 - s² belongs to tanh.") == 1


async def test_escape_stops_the_measuring_and_closes_the_pane(studio):
    studio.process.may_answer.clear()
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "v", "escape")
        assert studio.process.cancelled == 1
        assert "evidence" not in seen(app)
        studio.process.may_answer.set()
        await settle(pilot)
        assert "verified" not in seen(app)


async def test_keys_are_answered_while_something_is_measured(studio):
    studio.process.may_answer.clear()
    async with studio.opened("slope-by-heart", "slope-chosen") as (app, pilot):
        await press(pilot, "space", "v", "3")
        assert studio.grades() == [("slope-by-heart", 3)]
        assert "Which is the derivative" in seen(app)


async def test_a_result_for_a_card_that_is_gone_is_dropped(studio):
    async with studio.opened("slope-by-heart", "slope-chosen") as (app, pilot):
        await press(pilot, "space", "v", "3", "space")
        studio.process.may_answer.clear()
        await press(pilot, "v")
        for stale in (Ticket("slope-by-heart", 1), Ticket("slope-chosen", 1)):
            app.screen.post_message(Measured(stale, report(seed=77)))
        await settle(pilot)
        assert "seed 77" not in seen(app)
        assert "measuring" in seen(app)


async def test_a_worker_that_dies_says_so_and_is_started_again(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space")
        starts = studio.process.starts
        studio.process.error = WorkerError("out of memory")
        await press(pilot, "v")
        assert "The measuring process ended: out of memory." in pane(app)
        assert "v tries again" in seen(app)
        assert studio.process.starts == starts + 1
        studio.process.error = None
        await press(pilot, "v")
        assert "✓ verified" in seen(app)


async def test_a_measurement_that_takes_too_long_says_so(studio):
    studio.process.error = WorkerTimeoutError("took longer than 60 seconds")
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "v")
        assert "took too long and was stopped" in pane(app)


async def test_the_pane_goes_with_its_card(studio):
    async with studio.opened("slope-by-heart", "slope-chosen") as (app, pilot):
        await press(pilot, "space", "v", "3")
        assert not app.screen.query_one(EvidencePane).display


async def test_a_narrow_pane_takes_the_place_of_the_card_until_escape(studio):
    async with studio.opened("slope-by-heart", size=(60, 20)) as (app, pilot):
        await press(pilot, "space", "v")
        assert "evidence" in seen(app)
        assert "What is the derivative" not in seen(app)
        await press(pilot, "escape")
        assert "What is the derivative" in words_of(seen(app))


async def test_j_and_k_scroll_the_open_pane(studio):
    async with studio.opened("slope-by-heart", size=(60, 20)) as (app, pilot):
        await press(pilot, "space", "v", "j", "j", "j", "j", "j", "j")
        assert "--seed 0" in seen(app)
        await press(pilot, "k", "k", "k", "k", "k", "k")
        assert "--seed 0" not in seen(app)


@pytest.fixture
async def worker():
    process = Worker()
    yield process
    await process.close()


async def test_a_real_worker_measures_a_real_claim(worker):
    messages = []
    ticket = Ticket("card", 1)
    laboratory = Laboratory(worker)
    await laboratory.measure(ticket, "activations.sigmoid-gradient", 3, messages.append)
    measured = messages.pop()
    assert measured.ticket == ticket
    assert measured.report.verdict == "verified"
    assert measured.report.seed == 3
    assert messages[0].progress["measured"] == "reference"


async def test_a_real_worker_that_is_killed_is_told_from_one_that_answers(worker):
    messages = []
    laboratory = Laboratory(worker)
    await laboratory.warm_up()
    worker._process.kill()
    await laboratory.measure(Ticket("card", 1), "activations.relu-value", 0, messages.append)
    assert messages[-1].died
    await laboratory.measure(Ticket("card", 2), "activations.relu-value", 0, messages.append)
    assert messages[-1].report.verdict == "verified"


async def test_a_claim_that_nobody_knows_is_told_in_a_sentence(worker):
    messages = []
    await Laboratory(worker).measure(Ticket("card", 1), "no.such", 0, messages.append)
    assert "no.such" in messages[-1].reason
    assert not messages[-1].died


async def test_the_claim_s_curve_stands_with_those_of_its_misconceptions(studio):
    truth = Series("σ'", "x", "σ'(x)", (-1.0, 0.0, 1.0), (0.2, 0.25, 0.2))
    wrong = replace(truth, y=(0.3, 0.5, 0.7))
    drawn = report()
    half, zero = drawn.misconceptions
    half = replace(half, evidence=replace(half.evidence, series=(wrong,)))
    evidence = replace(drawn.evidence, series=(truth,))
    drawn = replace(drawn, evidence=evidence, misconceptions=(half, zero))
    studio.process.answers["verify"] = drawn.to_json()
    async with studio.opened("slope-by-heart", size=(120, 60)) as (app, pilot):
        await press(pilot, "space", "v")
        text = pane(app)
        legend = text.index("σ'(x) the truth ╍╍")
        assert text.index("Measured") < legend < text.index("Rejected misconceptions")
        assert "⣀" <= max(text[legend:]) <= "⣿"
