"""Break it: a misconception beside the truth, guessed first, then measured."""

import pytest

from studydl.errors import StudyError
from studydl.language import Language
from studydl.tui.actions.action import Place
from studydl.tui.screens.break_it.screen import BreakItScreen
from studydl.tui.screens.navigation import PlaceWanted
from studydl.tui.widgets.sheet import Sheet
from studydl.verification.client import WorkerError
from tests.tui.studio import compare, press, seen, settle, words_of

CLAIM = "activations.sigmoid-gradient"
SIZES = [(100, 30), (80, 24), (60, 20)]


class Nothing:
    """The worker's answer where there is no experiment."""

    def to_json(self) -> list[object]:
        """Return no experiments."""
        return []


async def broken(app, pilot, subject=CLAIM):
    """Go to the screen on which a claim is broken."""
    app.post_message(PlaceWanted(Place.BREAK_IT, subject))
    await settle(pilot)
    await settle(pilot)
    assert isinstance(app.screen, BreakItScreen)


def beside(app) -> str:
    """Return all that stands beside the list."""
    sheet = app.screen.query_one("#page", Sheet)
    return words_of("\n".join(line.plain for line in sheet.lines(60)))


async def test_the_truth_and_every_misconception_are_listed(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await broken(app, pilot)
        text = seen(app)
        assert "✓ the truth" in text
        assert "✗ forgot-one-minus" in text
        assert "✗ takes-tanh" in text


async def test_what_breaks_is_hidden_until_it_was_guessed(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await broken(app, pilot)
        assert "Guess, then press space." in beside(app)
        assert "0.5 ≠ 0.25" not in beside(app)
        await press(pilot, "space")
        assert "✓ 0.25 = 0.25" in beside(app)
        assert "✗ 0.5 ≠ 0.25" in beside(app)
        assert "Guess" not in beside(app)
        await press(pilot, "j")
        assert "takes-tanh" in beside(app)
        assert "Guess" in beside(app)
        await press(pilot, "k")
        assert "0.5 ≠ 0.25" in beside(app)


async def test_the_misconception_that_is_wanted_comes_first(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await broken(app, pilot, f"{CLAIM}#takes-tanh")
        assert "1 - s² belongs to tanh." in beside(app)


async def test_the_truth_shows_its_statement_and_what_was_measured(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await broken(app, pilot)
        await press(pilot, "k")
        assert "at most 0.25" in beside(app)
        assert "exact" in beside(app)
        await press(pilot, "space")
        assert "at most 0.25" in beside(app)


async def test_measuring_again_takes_the_next_seed(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await broken(app, pilot)
        await press(pilot, "v")
        verified = [
            arguments["seed"] for name, arguments in studio.process.calls if name == "verify"
        ]
        assert verified == [0, 1]


async def test_measuring_shows_progress_and_can_be_cancelled(studio):
    studio.process.may_answer.clear()
    async with studio.opened(begin=False) as (app, pilot):
        await broken(app, pilot)
        assert "measuring 1/5" in beside(app)
        await press(pilot, "escape")
        assert "Stopped." in beside(app)
        assert studio.process.cancelled == 1
        await press(pilot, "escape")
        assert app.screen.PLACE is Place.HOME


async def test_a_worker_that_died_is_started_again_and_that_is_said(studio):
    async with studio.opened(begin=False) as (app, pilot):
        studio.process.error = WorkerError("it was killed")
        starts = studio.process.starts
        await broken(app, pilot)
        assert "it was killed" in beside(app)
        assert "It was started again." in beside(app)
        assert studio.process.starts > starts


async def test_a_claim_that_does_not_exist_is_said_in_one_sentence(studio):
    async with studio.opened(begin=False) as (app, pilot):
        studio.process.error = StudyError("there is no claim nothing.at-all")
        await broken(app, pilot, "nothing.at-all")
        assert "there is no claim nothing.at-all" in beside(app)


async def test_where_it_is_narrow_list_and_misconception_take_turns(studio):
    async with studio.opened(begin=False, size=(60, 20)) as (app, pilot):
        await broken(app, pilot)
        assert "Guess" not in seen(app)
        await press(pilot, "enter")
        assert "Guess" in seen(app)
        await press(pilot, "space", "J", "K", "left")
        assert "✗ takes-tanh" in seen(app)
        await press(pilot, "right", "escape")
        assert "✗ takes-tanh" in seen(app)


async def test_the_ends_of_the_list_are_one_key_away(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await broken(app, pilot)
        await press(pilot, "G")
        assert "1 - s² belongs to tanh." in beside(app)
        await press(pilot, "g")
        assert "at most 0.25" in beside(app)
        await press(pilot, "pagedown", "pageup")
        assert "at most 0.25" in beside(app)


async def test_w_turns_the_claims_parameters(studio):
    studio.process.answers["experiments"] = Nothing()
    async with studio.opened(begin=False) as (app, pilot):
        await broken(app, pilot)
        await press(pilot, "w")
        assert app.screen.PLACE is Place.WHAT_IF
        assert app.screen.subject == CLAIM


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize(("scene", "keys"), [("guess", []), ("broken", ["space", "enter"])])
async def test_a_claim_being_broken_looks_as_it_did(studio, scene, keys, size, language):
    async with studio.opened(begin=False, size=size, language=language) as (app, pilot):
        await broken(app, pilot)
        await press(pilot, *keys)
        compare(f"break_it-{scene}-{size[0]}x{size[1]}-{language}", seen(app))


PICTURE = {
    "x_label": "x",
    "y_label": "gradient",
    "truth": {
        "name": "truth",
        "x_label": "x",
        "y_label": "gradient",
        "x": [float(x) for x in range(-6, 7)],
        "y": [1 / (1 + x * x) for x in range(-6, 7)],
    },
    "misconceptions": {
        "forgot-one-minus": {
            "name": "forgot-one-minus",
            "x_label": "x",
            "y_label": "gradient",
            "x": [float(x) for x in range(-6, 7)],
            "y": [(x + 6) / 12 for x in range(-6, 7)],
        }
    },
}


async def test_a_claim_without_curves_is_drawn_by_its_portrait(studio):
    studio.process.answers["portrait"] = PICTURE
    async with studio.opened(begin=False) as (app, pilot):
        await broken(app, pilot)
        assert ("portrait", {"claim": CLAIM, "seed": 0}) in studio.process.calls
        assert "gradient the truth ╍╍ forgot-one-minus" in beside(app)
        await press(pilot, "j")
        assert "╍╍" not in beside(app)


async def test_without_a_picture_the_deviations_are_bars_once_they_may_be_seen(studio):
    async with studio.opened(begin=False) as (app, pilot):
        await broken(app, pilot)
        assert "█" not in beside(app)
        await press(pilot, "space")
        assert "█" in beside(app)


async def test_a_picture_that_cannot_be_made_is_no_trouble(studio):
    async with studio.opened(begin=False) as (app, pilot):
        lab = app.desk.laboratory

        async def fails(name, arguments=None, **more):
            raise WorkerError("on purpose")

        await broken(app, pilot)
        studio.process.call = fails
        assert await lab.portray(CLAIM, 0) == {}
        assert "✗ forgot-one-minus" in seen(app)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [*SIZES, (160, 45)], ids=lambda size: "x".join(map(str, size)))
async def test_the_picture_of_a_misconception_looks_as_it_did(studio, size, language):
    studio.process.answers["portrait"] = PICTURE
    async with studio.opened(begin=False, size=size, language=language) as (app, pilot):
        await broken(app, pilot)
        await press(pilot, "space", "enter")
        compare(f"break_it-picture-{size[0]}x{size[1]}-{language}", seen(app))
