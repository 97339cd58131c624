"""The field for a number: judged, mended, left, come back to."""

from textual.widgets import Input

from studydl.tui.widgets.key_bar import KeyBar
from tests.tui.studio import press, seen


async def test_the_field_has_the_focus_and_letters_are_text(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, "q", "u", "h", "l", "v")
        assert app.screen.query_one(Input).value == "quhlv"
        assert not app._exit


async def test_a_right_number_is_judged_by_enter(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, *"1/4", "enter")
        assert "✓ Correct: 0.25." in seen(app)
        assert "›3 Good" in seen(app)
        await press(pilot, "3")
        assert [(r.answer, r.verdict) for r in studio.memory.reviews()] == [("1/4", "correct")]


async def test_a_wrong_number_proposes_again(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, *"0.5", "enter")
        assert "✗ " in seen(app)
        assert "›1 Again" in seen(app)


async def test_what_cannot_be_understood_costs_nothing_and_is_pointed_at(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, *"0.2x", "enter")
        lines = seen(app).splitlines()
        typed = next(line for line in lines if "0.2x" in line)
        caret = lines[lines.index(typed) + 1]
        assert caret.index("^") == typed.index("x")
        assert "! " in lines[lines.index(typed) + 2]
        assert not app.desk.session.revealed
        assert studio.grades() == []


async def test_a_complaint_goes_when_the_answer_is_mended(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, *"0.2x", "enter")
        await press(pilot, "delete", "5")
        assert "^" not in seen(app).replace("^p", "").replace("^q", "")
        await press(pilot, "enter")
        assert "✓ Correct" in seen(app)


async def test_enter_in_an_empty_field_reveals(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, "enter")
        assert "▎ 0.25" in seen(app)
        assert app.desk.session.judgement is None


async def test_escape_leaves_the_field_so_that_letters_are_keys(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, "escape", "l")
        assert app.screen.query_one(Input).value == ""
        assert "激活函数" in seen(app)


async def test_i_and_tab_go_back_into_the_field(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        for key in ("i", "tab"):
            await press(pilot, "escape", key, "7")
        assert app.screen.query_one(Input).value == "77"


async def test_the_last_row_knows_that_somebody_types(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        row = app.screen.query_one(KeyBar).lines(200)[0].plain
        assert row.startswith("enter Judge  esc Leave field")
        assert "F1 Help" in row
        assert "l 中文" not in row
        await press(pilot, "escape")
        row = app.screen.query_one(KeyBar).lines(200)[0].plain
        assert "i Type" in row


async def test_after_the_judgement_digits_are_grades(studio):
    async with studio.opened("slope-peak", "slope-by-heart") as (_, pilot):
        await press(pilot, *"0.25", "enter", "2")
        assert studio.grades() == [("slope-peak", 2)]


async def test_the_next_number_card_starts_empty(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, *"0.5", "enter", "1")
        assert app.screen.query_one(Input).value == ""
        assert app.screen.focused is app.screen.query_one(Input)


async def test_a_judged_field_cannot_be_entered_again(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, *"0.5", "enter")
        await pilot.click(Input)
        await press(pilot, "0", ".")
        assert app.screen.focused is None
        assert app.screen.query_one(Input).value == "0.5"
        assert app.desk.session.answer == "0.5"
