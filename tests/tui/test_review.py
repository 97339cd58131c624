"""The review screen: reveal, judge, grade, undo, go on."""

import pytest

from studydl.memory import Optimised
from studydl.tui.screens.home.screen import HomeScreen
from studydl.tui.screens.review.screen import ReviewScreen
from studydl.tui.widgets.grade_bar import GradeBar
from studydl.tui.widgets.key_bar import KeyBar
from tests.tui.studio import press, seen, settle, words_of

ANSWER = "s(1 − s)"


async def test_the_first_due_card_is_what_is_seen_first(studio):
    async with studio.opened() as (app, _):
        assert isinstance(app.screen, ReviewScreen)
        assert "What is the derivative of the sigmoid" in words_of(seen(app))
        assert "Activation functions · slope-by-heart" in seen(app)
        assert "3 left" in seen(app)


async def test_the_answer_is_hidden_until_it_is_revealed(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        assert ANSWER not in seen(app)
        await press(pilot, "space")
        assert ANSWER in seen(app)
        assert "The quotient rule" in seen(app)
        assert "Bishop 2006, section 4.2 · notes 1.3" in words_of(seen(app))


async def test_enter_reveals_as_space_does(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "enter")
        assert ANSWER in seen(app)


async def test_nothing_is_graded_before_the_reveal(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "1", "2", "3", "4")
        assert studio.grades() == []
        assert "Again" not in seen(app)


async def test_each_grade_shows_its_next_interval(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space")
        labels = {each.label() for each in studio.memory.intervals("slope-by-heart").values()}
        bar = words_of("".join(line.plain for line in app.screen.query_one(GradeBar).lines(96)))
        for grade, name in enumerate(("Again", "Hard", "Good", "Easy"), start=1):
            assert any(f"{grade} {name} {label}" in bar for label in labels)


async def test_space_gives_the_proposed_grade(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space")
        assert "›3 Good" in seen(app)
        await press(pilot, "space")
        assert studio.grades() == [("slope-by-heart", 3)]


async def test_a_number_key_gives_its_grade_and_the_next_card_comes(studio):
    async with studio.opened("slope-by-heart", "slope-chosen") as (app, pilot):
        await press(pilot, "space", "4")
        assert studio.grades() == [("slope-by-heart", 4)]
        assert "Which is the derivative" in seen(app)
        assert "✓ 1" in seen(app)


async def test_a_grade_can_be_clicked(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space")
        line = app.screen.query_one(GradeBar).lines(96)[0].plain
        await pilot.click(GradeBar, offset=(4 + line.index("2 Hard"), 0))
        await settle(pilot)
        assert studio.grades() == [("slope-by-heart", 2)]


async def test_a_right_choice_is_marked_and_proposed_as_good(studio):
    async with studio.opened("slope-chosen") as (app, pilot):
        right = place_of(app, ANSWER)
        await press(pilot, "abc"[right])
        assert f"✓ {'abc'[right]}" in seen(app)
        assert "✓ Correct." in seen(app)
        assert "›3 Good" in seen(app)


async def test_giving_up_on_a_choice_is_proposed_as_forgotten(studio):
    async with studio.opened("slope-chosen") as (app, pilot):
        await press(pilot, "space")
        assert "›1 Again" in seen(app)
        await press(pilot, "space")
        assert studio.grades() == [("slope-chosen", 1)]


async def test_a_wrong_choice_is_marked_beside_the_right_one_and_named(studio):
    async with studio.opened("slope-chosen") as (app, pilot):
        wrong, right = place_of(app, "itself"), place_of(app, ANSWER)
        await press(pilot, str(wrong + 1))
        assert f"✗ {'abc'[wrong]}" in seen(app)
        assert f"✓ {'abc'[right]}" in seen(app)
        assert "forgot-one-minus" in seen(app)
        assert "›1 Again" in seen(app)


async def test_an_option_can_be_clicked(studio):
    async with studio.opened("slope-chosen") as (app, pilot):
        wrong = place_of(app, "itself")
        await pilot.click("#options", offset=(7, wrong))
        await settle(pilot)
        assert f"✗ {'abc'[wrong]}" in seen(app)


async def test_a_letter_without_an_option_does_nothing(studio):
    async with studio.opened("slope-chosen") as (app, pilot):
        before = seen(app)
        await press(pilot, "e", "5")
        assert seen(app) == before


async def test_giving_up_on_a_choice_marks_only_the_right_option(studio):
    async with studio.opened("slope-chosen") as (app, pilot):
        await press(pilot, "space")
        assert "✓ " in seen(app)
        assert "✗ a" not in seen(app)
        assert "✗ b" not in seen(app)
        assert "✗ c" not in seen(app)


async def test_undo_takes_the_grade_back_and_shows_the_card_again(studio):
    async with studio.opened("slope-by-heart", "slope-chosen") as (app, pilot):
        await press(pilot, "space", "3", "u")
        assert studio.grades() == []
        assert "slope-by-heart" in seen(app)
        assert ANSWER not in seen(app)
        assert "Undone" in seen(app)


async def test_undo_with_nothing_to_undo_says_so(studio):
    async with studio.opened() as (app, pilot):
        await press(pilot, "u")
        assert "There is nothing to undo." in seen(app)


async def test_the_end_reports_figures_missed_cards_and_what_to_do_next(studio):
    async with studio.opened("slope-by-heart", "slope-peak") as (app, pilot):
        await press(pilot, "space")
        studio.later(seconds=65)
        await press(pilot, "1")
        await press(pilot, "enter", "4")
        await press(pilot, "space", "4")
        text = words_of(seen(app))
        assert "Done for now" in text
        assert "answered 3" in text
        assert "recalled 67 %" in text
        assert "time 1 min 5 s" in text
        assert "✗ What is the derivative of the sigmoid" in text
        assert "Due next: " in text
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("kept", [True, False])
async def test_the_report_tells_what_came_of_fitting_the_scheduler(studio, monkeypatch, kept):
    async def fitted(_folder):
        return Optimised(0.4123, 0.3987 if kept else 0.42, 812, kept)

    monkeypatch.setattr("studydl.session.fitting.fitted", fitted)
    async with studio.opened("slope-by-heart", size=(100, 40)) as (app, pilot):
        await press(pilot, "space", "4")
        await app.workers.wait_for_complete()
        await settle(pilot)
        text = words_of(seen(app))
        assert "log loss 0.4123" in text
        assert ("fitted to your 812 reviews: log loss 0.4123 before, 0.3987 now" in text) is kept
        assert ("The scheduler stays as it is" in text) is not kept
        await press(pilot, "u")
        assert "log loss" not in seen(app)


async def test_nothing_is_fitted_where_nothing_was_answered(studio, monkeypatch):
    async def fitted(_folder):
        raise AssertionError("nobody asked for it")

    monkeypatch.setattr("studydl.session.fitting.fitted", fitted)
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "s")
        await app.workers.wait_for_complete()
        assert "Done for now" in seen(app)


async def test_the_last_answer_can_be_undone_from_the_report(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await press(pilot, "space", "4", "u")
        assert studio.grades() == []
        assert "What is the derivative" in seen(app)


async def test_the_last_row_offers_only_what_is_legal(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        assert keys(app).startswith("space Reveal")
        assert "Grade" not in keys(app)
        assert "Measure" not in keys(app)
        await press(pilot, "space")
        assert "1–4 Grade" in keys(app)
        assert "v Measure" in keys(app)
        assert "d Derive" in keys(app)
        assert "Reveal" not in keys(app)


async def test_a_card_without_a_derivation_offers_none(studio):
    async with studio.opened("slope-chosen") as (app, pilot):
        await press(pilot, "space")
        assert "Derive" not in keys(app)
        await press(pilot, "d")
        assert studio.process.calls == []


async def test_a_key_of_the_last_row_can_be_clicked(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        await pilot.click(KeyBar, offset=(3, 0))
        await settle(pilot)
        assert ANSWER in seen(app)


async def test_q_quits_and_ends_the_process(studio):
    async with studio.opened() as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
        assert app._exit
    assert studio.process.closed


async def test_ctrl_c_quits_at_the_second_press(studio):
    async with studio.opened() as (app, pilot):
        await press(pilot, "ctrl+c")
        assert not app._exit
        assert "Press ctrl+c again to quit." in seen(app)
        await pilot.press("ctrl+c")
        assert app._exit


async def test_a_long_card_scrolls(studio):
    async with studio.opened("slope-by-heart", size=(60, 12)) as (app, pilot):
        await press(pilot, "space")
        assert "Bishop" not in seen(app)
        await press(pilot, *["j"] * 8)
        assert "Bishop" in seen(app)
        await press(pilot, *["k"] * 8)
        assert "Bishop" not in seen(app)


def keys(app) -> str:
    return app.screen.query_one(KeyBar).lines(200)[0].plain


def place_of(app, option: str) -> int:
    shown = app.desk.session.shown
    texts = [each.en.replace("$", "").replace("-", "−") for each in shown.options]
    return next(place for place, text in enumerate(texts) if option in text)
