"""Where a card leads: claim, section, clipboard, and what helps with one that is forgotten."""

import pytest

from studydl.memory import Grade
from studydl.tui.actions.action import Place
from studydl.tui.app import StudyApp
from studydl.tui.screens.navigation import PlaceWanted
from tests.tui.studio import EVERY_KIND, Studio, pane, press, seen, settle


@pytest.fixture
def wanted(monkeypatch) -> list[tuple[Place, str]]:
    """Where somebody wanted to go; nobody gets there."""
    places = []

    async def noted(_app, message: PlaceWanted) -> None:
        places.append((message.place, message.subject))

    monkeypatch.setattr(StudyApp, "on_place_wanted", noted)
    return places


async def test_a_card_leads_nowhere_before_it_is_revealed(studio, wanted):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "x", "w", "n", "y")
        assert wanted == []
        assert app.clipboard == ""


async def test_a_revealed_card_leads_to_its_claim_its_parameters_and_its_section(studio, wanted):
    async with studio.opened("slope-by-heart") as (_, pilot):
        await press(pilot, "space", "x", "w", "n")
        assert wanted == [
            (Place.BREAK_IT, "activations.sigmoid-gradient"),
            (Place.WHAT_IF, "slope-by-heart"),
            (Place.NOTES, "1.3"),
        ]


async def test_the_misconception_that_was_chosen_is_the_one_to_break(studio, wanted):
    async with studio.opened("slope-chosen") as (app, pilot):
        options = [each.en for each in app.desk.session.shown.options]
        await press(pilot, "abc"[options.index("$s$ itself")], "x")
        assert wanted == [(Place.BREAK_IT, "activations.sigmoid-gradient#forgot-one-minus")]


async def test_the_answer_is_copied_as_latex_and_code_as_it_is(studio, tmp_path):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "y")
        assert r"\frac{ds}{dx} = s(1 - s)" in app.clipboard
        assert "Copied." in seen(app)
    kinds = Studio(tmp_path / "kinds", deck=EVERY_KIND.read_text("utf-8"))
    async with kinds.opened("kind-code") as (app, pilot):
        app.desk.session.reveal()
        await press(pilot, "escape", "y")
        assert app.clipboard.startswith("import numpy as np")


@pytest.fixture
def leech(tmp_path) -> Studio:
    """A card about to be forgotten once too often; another one builds on nothing."""
    deck = Studio(tmp_path / "first").library.card("slope-by-heart").origin.file.read_text("utf-8")
    derived = "    derivation: activations.sigmoid-gradient\n"
    deck = deck.replace(derived, f"{derived}    requires: [slope-peak, slope-chosen]\n", 1)
    studio = Studio(tmp_path / "studio", deck=deck)
    threshold = studio.memory.settings.leech_threshold
    for _ in range(threshold - 1):
        studio.memory.record("slope-by-heart", Grade.EASY, duration_ms=1)
        studio.later(days=100)
        studio.memory.record("slope-by-heart", Grade.AGAIN, duration_ms=1)
    studio.memory.record("slope-by-heart", Grade.EASY, duration_ms=1)
    studio.later(days=100)
    return studio


async def test_a_card_that_will_not_stay_is_offered_its_derivation_and_its_basis(leech, wanted):
    async with leech.opened("slope-by-heart", "slope-peak") as (app, pilot):
        assert "forgotten" not in seen(app)
        await press(pilot, "D", "P", "space", "1")
        line = next(line for line in seen(app).splitlines() if "forgotten" in line)
        assert "! slope-by-heart was forgotten" in line
        assert "D derivation  P what it builds on" in line
        await press(pilot, "escape", "P")
        assert wanted == [(Place.BROWSE, "id:slope-peak or id:slope-chosen")]
        await press(pilot, "D")
        assert "The slope of the sigmoid" in pane(app)
        await press(pilot, "space")
        assert "The chain rule." in pane(app)
        assert not app.desk.session.revealed
        await press(pilot, "escape", "space")
        assert app.desk.session.revealed
        await press(pilot, "4")
        assert "forgotten" not in seen(app)


async def test_it_is_offered_below_the_report_too_and_one_space_too_many_goes_nowhere(
    leech, wanted
):
    async with leech.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "1")
        while app.desk.session.shown is not None:
            await press(pilot, "s")
        assert "Done for now" in seen(app)
        assert "was forgotten" in seen(app)
        await press(pilot, "D", *["space"] * 4)
        assert "Split the fraction." in pane(app)
        assert wanted == []


async def test_at_sixty_cells_the_line_gives_way_but_its_keys_do_not(leech):
    async with leech.opened("slope-by-heart", "slope-peak", size=(60, 20)) as (app, pilot):
        await press(pilot, "space", "1")
        await settle(pilot)
        line = next(line for line in seen(app).splitlines() if "slope-by-heart" in line)
        assert "D derivation  P what it builds on" in line
        assert len(line) <= 60
