"""Cards marked, put away and mended on the review screen; what was done undone and redone."""

import pytest
from textual.widgets import Input

import studydl.tui.outside
from studydl.errors import StudyError
from studydl.memory import Grade
from studydl.tui.widgets.key_bar import KeyBar
from tests.tui.studio import press, seen, settle, words_of


async def typed(pilot, text: str) -> None:
    await pilot.press(*text)
    await settle(pilot)


def keys(app) -> str:
    return app.screen.query_one(KeyBar).lines(200)[0].plain


def words(app) -> str:
    return " ".join(seen(app).splitlines()[0].split())


def shown(app) -> str:
    return app.desk.session.shown.card.id


@pytest.mark.parametrize("key", ["f", "F"])
async def test_a_card_is_flagged_with_a_reason_and_unflagged_by_the_same_key(studio, key):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, key)
        assert "what is to be mended?" in seen(app)
        assert keys(app).startswith("enter Keep  esc Cancel")
        await typed(pilot, "s is not said")
        await press(pilot, "enter")
        assert studio.memory.flags() == {"slope-by-heart": "s is not said"}
        assert "! flagged: s is not said" in seen(app)
        assert not app.desk.session.revealed
        await press(pilot, key)
        assert studio.memory.flags() == {}
        assert "flagged: s is" not in seen(app)


async def test_a_flag_without_a_reason_is_none(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "f", "space", "enter")
        assert studio.memory.flags() == {}
        await press(pilot, "f", "x", "escape")
        assert studio.memory.flags() == {}
        assert not app.screen.is_typing
        await press(pilot, "space")
        assert app.desk.session.revealed


async def test_the_reason_is_drawn_as_it_is_and_cut_where_it_is_long(studio):
    async with studio.opened("slope-by-heart", size=(60, 20)) as (app, pilot):
        await press(pilot, "f")
        await typed(pilot, "E[x] is [/b] not bold, and this goes on and on and on")
        await press(pilot, "enter")
        app.clear_notifications()
        await settle(pilot)
        assert "! flagged: E[x] is [/b] not bold" in seen(app)
        assert all(len(line) <= 60 for line in seen(app).splitlines())


@pytest.mark.parametrize("key", ["t", "T"])
async def test_a_card_is_given_tags_and_they_are_taken_back_and_given_again(studio, key):
    studio.memory.tag(["slope-by-heart"], ["old"])
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, key)
        assert "your tags: old ›" in words_of(seen(app))
        assert keys(app).startswith("enter Keep  esc Cancel")
        await typed(pilot, "exam 难")
        await press(pilot, "enter")
        assert studio.memory.marks("slope-by-heart").tags == ("exam", "old", "难")
        assert "Tags changed." in seen(app)
        assert not app.desk.session.revealed
        await press(pilot, key)
        await typed(pilot, "-ex")
        await press(pilot, "right", "enter")
        assert studio.memory.marks("slope-by-heart").tags == ("old", "难")
        await press(pilot, "u")
        assert studio.memory.marks("slope-by-heart").tags == ("exam", "old", "难")
        await press(pilot, "u", "U")
        assert studio.memory.marks("slope-by-heart").tags == ("exam", "old", "难")
        assert shown(app) == "slope-by-heart"


async def test_without_a_word_and_without_a_tag_to_change_nothing_is_done(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "t", "space", "enter", "t", "x", "escape")
        assert not app.screen.is_typing
        await press(pilot, "t", *"-never", "enter")
        assert "That changes no tag of yours" in words_of(seen(app))
        assert list(studio.memory.events()) == []
        await press(pilot, "space")
        assert app.desk.session.revealed


async def test_a_word_that_can_be_no_tag_stays_to_be_mended(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "t", *"a{b}*", "enter")
        assert "a tag has no * in it: a{b}*" in words_of(seen(app))
        await press(pilot, "backspace", "enter")
        assert studio.memory.tags() == ["a{b}"]


async def test_many_tags_leave_room_for_what_is_typed(studio):
    studio.memory.tag(["slope-by-heart"], [f"tag-{number}" for number in range(30)])
    async with studio.opened("slope-by-heart", size=(60, 20)) as (app, pilot):
        await press(pilot, "t", *"one more")
        assert "your tags: tag-0, tag-1, tag-… › one more" in words_of(seen(app))


async def test_flag_and_tags_take_turns_in_one_line(studio):
    async with studio.opened("slope-chosen") as (app, pilot):
        await press(pilot, "t", *"exam", "escape", "F", *"typo", "enter", "T", *"hard", "enter")
        assert studio.memory.flags() == {"slope-chosen": "typo"}
        assert studio.memory.tags() == ["hard"]
        assert not app.desk.session.revealed


async def test_letters_are_options_where_there_are_options_and_capitals_mean_the_card(studio):
    async with studio.opened("slope-chosen", "slope-by-heart") as (app, pilot):
        await press(pilot, "b")
        assert app.desk.session.revealed
        await press(pilot, "4", "u", "B")
        assert studio.memory.buried() == {"slope-chosen"}
        assert shown(app) == "slope-by-heart"


@pytest.mark.parametrize(("key", "told"), [("s", "Suspended: "), ("B", "Buried until tomorrow: ")])
async def test_a_card_is_put_away_and_taken_back_and_put_away_again(studio, key, told):
    async with studio.opened("slope-by-heart", "slope-chosen") as (app, pilot):
        await press(pilot, key)
        assert shown(app) == "slope-chosen"
        assert f"{told}slope-by-heart" in words_of(seen(app))
        await press(pilot, "u")
        assert shown(app) == "slope-by-heart"
        await press(pilot, "U")
        assert shown(app) == "slope-chosen"
        assert studio.memory.suspended() | studio.memory.buried() == {"slope-by-heart"}


async def test_the_last_card_can_be_put_away(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "s")
        assert "Done for now" in seen(app)
        await press(pilot, "u")
        assert shown(app) == "slope-by-heart"


@pytest.mark.parametrize("key", ["U", "ctrl+y"])
async def test_an_answer_that_was_undone_is_given_again(studio, key):
    async with studio.opened("slope-by-heart", "slope-chosen") as (app, pilot):
        await press(pilot, "space", "4", "u")
        assert studio.grades() == []
        await press(pilot, key)
        assert studio.grades() == [("slope-by-heart", 4)]
        assert shown(app) == "slope-chosen"
        assert "Done again: slope-by-heart" in seen(app)
        await press(pilot, key)
        assert "There is nothing to redo." in seen(app)


async def test_a_flag_is_undone_and_what_is_typed_meanwhile_stays(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await typed(pilot, "0.2")
        await press(pilot, "escape", "f", "x", "enter", "u")
        assert studio.memory.flags() == {}
        assert app.screen.query_one("NumberInput Input", Input).value == "0.2"
        await press(pilot, "i", "5", "enter")
        assert app.desk.session.answer == "0.25"


async def test_letters_are_text_while_an_answer_is_typed(studio):
    async with studio.opened("slope-peak") as (app, pilot):
        await typed(pilot, "sfBUE")
        assert app.screen.query_one(Input).value == "sfBUE"
        assert studio.memory.suspended() == frozenset()


# Mending


def mending(monkeypatch, old: str, new: str) -> None:
    """Stand in for an editor that replaces one text in the deck by another."""

    def edited(_app, library, id_):
        file = library.card(id_).origin.file
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        library.reload()
        return list(library.problems)

    monkeypatch.setattr(studydl.tui.outside, "card_edited_outside", edited)


async def test_a_mended_explanation_is_seen_at_once(studio, monkeypatch):
    mending(monkeypatch, "At $x = 0$ both", "At zero, both")
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, *"0.5", "enter", "E")
        assert "At zero, both factors" in seen(app)
        assert "✗" in seen(app)
        assert "The deck was read anew." in seen(app)
        await press(pilot, "space")
        assert studio.grades() == [("slope-peak", 1)]


async def test_a_mended_question_is_asked_anew(studio, monkeypatch):
    mending(monkeypatch, "value: 0.25", "value: 0.75")
    async with studio.opened("slope-peak") as (app, pilot):
        await press(pilot, *"0.75", "enter")
        assert "✗" in seen(app)
        await press(pilot, "E")
        assert "it is asked anew" in words_of(seen(app))
        assert not app.desk.session.revealed
        await press(pilot, *"0.75", "enter")
        assert "✓" in seen(app)


async def test_a_card_that_was_broken_stays_and_the_place_of_the_mistake_is_said(
    studio, monkeypatch
):
    mending(monkeypatch, "value: 0.25", "value: [")
    async with studio.opened("slope-peak", size=(160, 45)) as (app, pilot):
        await press(pilot, "escape", "E")
        text = words_of(seen(app))
        assert "the deck has an error now" in text
        assert "What is the largest value" in text
        await press(pilot, "space", "4")
        assert studio.grades() == [("slope-peak", 4)]
        assert "Done for now" in seen(app)


async def test_where_no_editor_can_be_opened_a_sentence_says_so(studio, monkeypatch):
    def refused(*_arguments):
        raise StudyError("no editor was found")

    monkeypatch.setattr(studydl.tui.outside, "card_edited_outside", refused)
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "E")
        assert "no editor was found" in words_of(seen(app))
        assert shown(app) == "slope-by-heart"


# What a grade gives occasion to say


async def test_the_notice_of_memory_is_said(studio):
    studio.memory.record("slope-peak", Grade.EASY, duration_ms=1)
    studio.later(hours=-5)
    async with studio.opened("slope-by-heart", size=(160, 45)) as (app, pilot):
        await press(pilot, "space", "4")
        assert "The clock shows" in words_of(seen(app))


async def test_minutes_are_shown_once_there_are_some(studio):
    async with studio.opened("slope-by-heart", "slope-chosen") as (app, pilot):
        assert " min" not in seen(app)
        studio.later(minutes=3)
        await press(pilot, "space")
        assert "3 min ━" in words(app)
        await press(pilot, "4")
        studio.later(minutes=2)
        await press(pilot, "space")
        assert "this card 2 min · 5 min ━" in words(app)
