"""Help: everything that the registry knows, where it is asked for first."""

from studydl.language import Language
from studydl.tui.actions.registry import all_actions
from studydl.tui.screens.help.screen import HelpScreen
from studydl.tui.widgets.sheet import Sheet
from tests.tui.studio import press, seen, words_of


def all_of(app) -> str:
    sheet = app.screen.query_one("#frame Sheet", Sheet)
    return words_of("\n".join(line.plain for line in sheet.lines(200)))


async def test_every_action_is_explained_in_both_languages(studio):
    for language in Language:
        async with studio.opened("slope-by-heart", language=language) as (app, pilot):
            await press(pilot, "question_mark")
            text = all_of(app)
            for action in all_actions():
                if action.place != "help":
                    assert action.help.said_in(language) in text, action.name


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
