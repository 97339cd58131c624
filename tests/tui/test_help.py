"""Help: everything that the registry knows, where it is asked for first."""

import pytest

from studydl.language import Language
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import actions_of, all_actions
from studydl.tui.screens.help.lines import help_lines
from studydl.tui.screens.help.screen import HelpScreen
from studydl.tui.widgets.sheet import Sheet
from tests.tui.studio import compare, press, seen, words_of

FULL = {Place.HELP, Place.EVERYWHERE}


def all_of(app) -> str:
    sheet = app.screen.query_one("#frame Sheet", Sheet)
    return words_of("\n".join(line.plain for line in sheet.lines(200)))


@pytest.mark.parametrize("place", [each for each in Place if each not in FULL])
async def test_every_action_is_explained_where_it_can_be_done(studio, place):
    for language in Language:
        lines = help_lines(place, {}, language, 200)
        text = words_of("\n".join(line.plain for line in lines))
        for action in actions_of(place, Place.EVERYWHERE):
            assert words_of(action.help.said_in(language)) in text.replace("\n", " "), action.id
        for action in all_actions():
            if action.place is not Place.HELP:
                assert words_of(action.label.said_in(language)) in text, action.id


@pytest.mark.parametrize("width", [50, 70, 92, 150])
def test_no_line_is_wider_than_the_page(width):
    for place in Place:
        for language in Language:
            lines = help_lines(place, {}, language, width)
            assert max(line.cell_length for line in lines) <= width


async def test_rebound_keys_are_shown(studio):
    studio.memory.rebind("home.cram", "z")
    studio.memory.rebind("everywhere.quit", "ctrl+w")
    async with studio.opened(begin=False) as (app, pilot):
        await press(pilot, "question_mark")
        assert "z Cram" in all_of(app)
        assert "^w Quit" in all_of(app)
        await press(pilot, "escape")
        assert "z Cram" in words_of(seen(app)) or "^w Quit" in seen(app)


async def test_the_screen_below_is_explained_first(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "f1")
        assert all_of(app).startswith("While a card is shown")
        await press(pilot, "escape", "h", "question_mark")
        assert all_of(app).startswith("Among the chapters")


async def test_help_opens_over_an_answer_being_typed_and_goes_back_to_it(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, "1", "f1")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape", "4")
        assert "› 14" in seen(app)


async def test_every_closing_key_closes(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        for key in ("escape", "question_mark", "f1", "h"):
            await press(pilot, "question_mark", key)
            assert not isinstance(app.screen, HelpScreen), key


async def test_help_scrolls(studio):
    async with studio.opened("slope-by-heart", size=(60, 20)) as (app, pilot):
        await press(pilot, "question_mark", *["j"] * 30)
        assert "While a card is shown" not in seen(app)
        await press(pilot, *["k"] * 40)
        assert "While a card is shown" in seen(app)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [(100, 30), (80, 24), (60, 20)], ids=str)
async def test_the_help_of_home_looks_as_it_did(studio, size, language):
    async with studio.opened(begin=False, size=size, language=language) as (app, pilot):
        await press(pilot, "question_mark")
        compare(f"help-home-{size[0]}x{size[1]}-{language}", seen(app))
