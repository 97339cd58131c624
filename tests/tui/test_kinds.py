"""Formulas, gaps, code, several options, drawn numbers: right, wrong, invalid, late, undone."""

import asyncio
import sys

import pytest
from textual.widgets import Input, TextArea

import studydl.tui.outside
from studydl.judging import Judgement, Verdict
from studydl.judging.code import CodeJudgement, Rung, Runner
from studydl.judging.examiner import SERVICE
from studydl.judging.formula.wire import judgement_to_json
from studydl.language import Language, Text
from studydl.session.panel import Outcome
from studydl.tui.results import Judged
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.sheet import Sheet
from studydl.verification.client import VERIFICATION, Worker, WorkerError
from tests.tui.studio import EVERY_KIND, Studio, press, seen, settle, words_of

SOLUTION = "s = 1 / (1 + np.exp(-abs(x)))\nreturn s * (1 - s)"


@pytest.fixture
def kinds(tmp_path) -> Studio:
    """A studio with a card of each kind, and a worker that says what it is told."""
    studio = Studio(tmp_path / "studio", deck=EVERY_KIND.read_text("utf-8"))
    right = Judgement(Verdict.CORRECT, Text("Correct: $s$.", "正确：$s$。"), 3, "$s - s^2$")
    studio.process.answers["formula"] = judgement_to_json(right)
    return studio


@pytest.fixture
def real(kinds) -> Studio:
    """The same with the worker as it is."""
    kinds.process = Worker((*VERIFICATION, SERVICE))
    return kinds


async def judged(app, pilot) -> None:
    """Wait for the judgement."""
    while app.screen.is_judging:
        await asyncio.sleep(0.02)
        await pilot.pause()
    await settle(pilot)


async def typed(pilot, text: str) -> None:
    await pilot.press(*text)
    await settle(pilot)


def write(app, body: str) -> TextArea:
    """Put the body of the function in the place of the dots."""
    editor = app.screen.query_one(TextArea)
    editor.replace(body.replace("\n", "\n    "), *editor.selection)
    return editor


def keys(app) -> str:
    return app.screen.query_one(KeyBar).lines(200)[0].plain


# Formulas


async def test_a_formula_is_drawn_while_it_is_typed(kinds):
    async with kinds.opened("kind-formula") as (app, pilot):
        await typed(pilot, "s/2")
        assert " ───" in seen(app)
        await typed(pilot, "s")
        assert "read as (s/2)*s; write s/(2*s) if that is meant" in words_of(seen(app))


async def test_half_a_formula_is_hinted_at_and_no_mistake(kinds):
    async with kinds.opened("kind-formula") as (app, pilot):
        await typed(pilot, "s(1-q")
        lines = seen(app).splitlines()
        place = next(at for at, line in enumerate(lines) if "s(1-q" in line)
        assert lines[place + 1].index("^") == lines[place].index("q")
        assert "q is not known here" in lines[place + 2]
        assert "!" not in seen(app)
        assert kinds.process.calls == []


async def test_enter_makes_it_one_that_costs_nothing(kinds):
    async with kinds.opened("kind-formula") as (app, pilot):
        await typed(pilot, "s(1-q")
        await press(pilot, "enter")
        await judged(app, pilot)
        assert "! q is not known here" in seen(app)
        assert seen(app).count("not known here") == 1
        assert not app.desk.session.revealed
        assert [name for name, _ in kinds.process.calls] == []
        await typed(pilot, "s")
        assert "! " not in seen(app)


@pytest.mark.parametrize(
    ("answer", "expected", "grade"),
    [
        ("s - s^2", "✓ Correct: s · (1 − s).", "›3 Good"),
        ("1 - s^2", "✗ That is the slope of tanh. At s = 0.5 yours gives 0.75", "›1 Again"),
    ],
)
async def test_a_formula_is_judged_by_the_worker(real, answer, expected, grade):
    async with real.opened("kind-formula") as (app, pilot):
        await typed(pilot, answer)
        await press(pilot, "enter")
        await judged(app, pilot)
        text = words_of(seen(app))
        assert expected in text
        assert text.index("s²") < text.index(expected)
        assert grade in text


async def test_a_late_judgement_is_dropped(kinds):
    kinds.process.may_answer.clear()
    async with kinds.opened("kind-formula", "kind-cloze") as (app, pilot):
        await typed(pilot, "s")
        await press(pilot, "enter")
        assert "judging … esc cancels" in seen(app)
        assert keys(app).startswith("esc Cancel")
        late, shown = app.screen._asked, app.desk.session.shown
        await press(pilot, "escape")
        assert "judging" not in seen(app)
        assert app.screen.query_one(Input).value == "s"
        kinds.process.may_answer.set()
        wrong = Judgement(Verdict.WRONG, Text("late", "late"), 1)
        app.screen.post_message(Judged(late, "s", Outcome(shown, wrong)))
        await settle(pilot)
        assert not app.desk.session.revealed
        assert "late" not in seen(app)
        await press(pilot, "enter")
        await judged(app, pilot)
        assert "✓ Correct" in seen(app)


async def test_nothing_stands_still_while_something_is_judged(kinds):
    kinds.process.may_answer.clear()
    async with kinds.opened("kind-formula") as (app, pilot):
        await typed(pilot, "s")
        await press(pilot, "enter")
        await typed(pilot, "+s")
        assert app.screen.query_one(Input).value == "s+s"
        kinds.process.may_answer.set()
        await judged(app, pilot)
        assert app.desk.session.answer == "s"


async def test_if_the_worker_dies_the_answer_is_left_to_the_learner(kinds):
    kinds.process.error = WorkerError("the worker died")
    async with kinds.opened("kind-formula") as (app, pilot):
        await typed(pilot, "s")
        await press(pilot, "enter")
        await judged(app, pilot)
        text = words_of(seen(app))
        assert "? The machine could not judge this answer" in text
        assert "s · (1 − s)" in text
        await press(pilot, "3")
        assert kinds.grades() == [("kind-formula", 3)]


# Gaps


async def test_gaps_are_filled_one_below_the_other(kinds):
    async with kinds.opened("kind-cloze") as (app, pilot):
        assert "times [1: ____]" in words_of(seen(app))
        await typed(pilot, "1-s")
        await press(pilot, "tab")
        await typed(pilot, "zero")
        await press(pilot, "enter")
        assert "✓ Correct: The slope of the sigmoid is s times [1 − s]" in words_of(seen(app))
        await press(pilot, "3")
        assert next(iter(kinds.memory.reviews())).answer == "1-s\nzero"


async def test_enter_goes_to_the_next_empty_gap_first(kinds):
    async with kinds.opened("kind-cloze") as (app, pilot):
        await typed(pilot, "s")
        await press(pilot, "enter")
        assert not app.desk.session.revealed
        await typed(pilot, "0")
        await press(pilot, "enter")
        text = words_of(seen(app))
        assert "✗ 1 of 2 blanks are right. Blank 1: 1 − s, not s. That is its square." in text
        assert "▎ The slope of the sigmoid" in seen(app)


async def test_a_gap_may_be_left_empty_at_the_end(kinds):
    async with kinds.opened("kind-cloze") as (app, pilot):
        await typed(pilot, "1-s")
        await press(pilot, "enter", "enter")
        assert "✗ 1 of 2 blanks are right." in words_of(seen(app))


async def test_enter_in_empty_gaps_reveals(kinds):
    async with kinds.opened("kind-cloze") as (app, pilot):
        await press(pilot, "enter")
        assert app.desk.session.revealed
        assert "[zero]" in seen(app)
        assert "›1 Again" in seen(app)


async def test_a_separator_in_a_gap_is_not_understood(kinds):
    async with kinds.opened("kind-cloze") as (app, pilot):
        await typed(pilot, "1;2")
        await press(pilot, "enter")
        await typed(pilot, "0")
        await press(pilot, "enter")
        assert "! There are 2 blanks" in seen(app)
        assert not app.desk.session.revealed


# Several right options


async def test_letters_pick_and_enter_judges(kinds):
    async with kinds.opened("kind-several") as (app, pilot):
        right = [
            "abcd"[at] for at, each in enumerate(app.desk.session.shown.options) if "x" in each.en
        ]
        sigmoid = [
            "abcd"[at]
            for at, each in enumerate(app.desk.session.shown.options)
            if "sigmoid" in each.en
        ]
        picked = (right + sigmoid)[-2:]
        await press(pilot, *picked)
        assert seen(app).count("• ") == 2
        assert not app.desk.session.revealed
        await press(pilot, picked[0])
        assert seen(app).count("• ") == 1
        await press(pilot, picked[0], "enter")
        assert "Correct: " in seen(app)
        await press(pilot, "3")
        assert next(iter(kinds.memory.reviews())).answer == "".join(sorted(picked))


async def test_a_wrong_pick_is_refuted_by_a_measurement(kinds):
    async with kinds.opened("kind-several") as (app, pilot):
        options = [each.en for each in app.desk.session.shown.options]
        await press(pilot, "abcd"[options.index("ReLU")], "enter")
        text = words_of(seen(app))
        assert "More than one is right." in text
        assert "✗ forgot-one-minus s(1 - s) is remembered as s. σ'(0): 0.5 ≠ 0.25" in text
        assert kinds.process.calls == [
            ("verify", {"claim": "activations.sigmoid-gradient-peak", "seed": 0})
        ]


async def test_space_gives_up_unless_something_is_picked(kinds):
    async with kinds.opened("kind-several") as (app, pilot):
        await press(pilot, "a", "space")
        assert not app.desk.session.revealed
        await press(pilot, "a", "space")
        assert app.desk.session.revealed


async def test_a_refutation_of_another_card_is_dropped(kinds):
    kinds.process.may_answer.clear()
    async with kinds.opened("kind-several", "kind-cloze") as (app, pilot):
        options = [each.en for each in app.desk.session.shown.options]
        await press(pilot, "abcd"[options.index("ReLU")], "enter", "4")
        kinds.process.may_answer.set()
        await settle(pilot)
        assert "forgot-one-minus" not in seen(app)
        await press(pilot, "enter")
        assert "forgot-one-minus" not in seen(app)


# Drawn numbers


async def test_drawn_values_are_in_the_question_at_once(kinds):
    kinds.process.may_answer.clear()
    async with kinds.opened("kind-varied") as (app, pilot):
        assert "for s = 0.2?" in seen(app)
        assert kinds.process.calls[0][0] == "compute"
        await typed(pilot, "0.16")
        await press(pilot, "enter")
        assert "judging …" in seen(app)
        kinds.process.may_answer.set()
        await judged(app, pilot)
        assert "✓ Correct: 0.2*(1 - 0.2) = 0.16." in seen(app)
        assert "It is 0.2*(1 - 0.2) = 0.16." in seen(app)


async def test_a_computed_answer_is_judged_without_waiting(kinds):
    async with kinds.opened("kind-varied") as (app, pilot):
        assert app.desk.session.shown.is_known
        await typed(pilot, "0.5")
        await press(pilot, "enter")
        assert "✗ Expected 0.2*(1 - 0.2) = 0.16; yours is 0.5" in seen(app)
        assert "›1 Again" in seen(app)


async def test_revealing_waits_for_the_computed_answer(kinds):
    kinds.process.may_answer.clear()
    async with kinds.opened("kind-varied") as (app, pilot):
        await press(pilot, "enter")
        assert "judging …" in seen(app)
        kinds.process.may_answer.set()
        await judged(app, pilot)
        assert "▎ 0.2*(1 - 0.2) = 0.16" in seen(app)
        assert app.desk.session.answer is None


async def test_an_answer_computed_for_another_card_is_dropped(kinds):
    kinds.process.may_answer.clear()
    async with kinds.opened("kind-varied", "kind-cloze") as (app, pilot):
        shown = app.desk.session.shown
        app.desk.session.reveal()
        await press(pilot, "escape", "4")
        assert app.desk.session.shown.card.id == "kind-cloze"
        kinds.process.may_answer.set()
        await settle(pilot)
        assert app.desk.session.shown.card.id == "kind-cloze"
        assert shown.card.id == "kind-varied"


# Code


async def test_code_begins_with_what_the_card_gives(kinds):
    async with kinds.opened("kind-code") as (app, pilot):
        editor = app.screen.query_one(TextArea)
        assert editor.has_focus
        assert editor.selected_text == "..."
        assert "3  def sigmoid_gradient(x):" in seen(app)
        assert keys(app).startswith("^r Judge  ^e Editor  esc Leave field")
        await typed(pilot, "if x:")
        await press(pilot, "enter", "1", "enter", "tab", "2")
        assert editor.text.endswith("    if x:\n        1\n            2")
        await press(pilot, "escape")
        assert not editor.has_focus
        await press(pilot, "i", "3")
        assert editor.text.endswith("23")


@pytest.mark.parametrize("key", ["ctrl+r", "f5"])
async def test_right_code_is_judged_by_the_sandbox(real, key):
    async with real.opened("kind-code", size=(100, 40)) as (app, pilot):
        write(app, SOLUTION)
        await press(pilot, key)
        await judged(app, pilot)
        text = words_of(seen(app))
        assert "✓ Correct: every measurement holds." in text
        assert "✓ σ'(0) 0.25 = 0.25" in text
        assert "Protection: process" in text
        assert "›3 Good" in text


async def test_wrong_code_is_told_the_numbers_and_what_it_printed(real):
    async with real.opened("kind-code", size=(100, 60)) as (app, pilot):
        write(app, "print('[/b] seen')\nreturn 0 * x")
        await press(pilot, "ctrl+r")
        await judged(app, pilot)
        text = words_of(seen(app))
        assert "measurements fail, most of all" in text
        assert "✗ σ'(0) 0 ≠ 0.25" in text
        assert "Your code printed [/b] seen" in text
        assert "return s * (1 - s)" not in text
        assert "Again" not in text
        await press(pilot, "space")
        text = words_of(seen(app))
        assert "measurements fail, most of all" in text
        assert "return s * (1 - s)" in text
        assert "›1 Again" in text


async def test_wrong_code_is_tried_again_from_what_was_written(real):
    async with real.opened("kind-code", size=(100, 60)) as (app, pilot):
        editor = write(app, "s = 1 / (1 + np.exp(-x))\nreturn s")
        await press(pilot, "ctrl+r")
        await judged(app, pilot)
        assert "r tries again; space shows the solution." in seen(app)
        await press(pilot, "1", "2", "3", "4", "v", "x")
        assert real.grades() == []
        await press(pilot, "r")
        assert editor.has_focus
        assert editor.text.endswith("return s")
        editor.move_cursor(editor.document.end)
        await typed(pilot, "*(1-s)")
        await press(pilot, "ctrl+r")
        await judged(app, pilot)
        assert "✓ Correct: every measurement holds." in words_of(seen(app))
        assert "›2 Hard" in seen(app)
        await press(pilot, "space")
        assert real.grades() == [("kind-code", 2)]


async def test_code_that_is_none_costs_nothing_and_is_pointed_at(real):
    async with real.opened("kind-code") as (app, pilot):
        editor = write(app, "return x +")
        await press(pilot, "ctrl+r")
        await judged(app, pilot)
        assert "! This is not Python yet at line 5" in seen(app)
        complaint = "\n".join(
            each.plain for each in app.screen.query_one("#complaint", Sheet).lines(70)
        )
        quoted, caret = complaint.splitlines()[-2:]
        assert quoted.rstrip().endswith("return x +")
        assert caret.strip() == "^"
        assert editor.cursor_location[0] == 4
        assert editor.has_focus
        assert not app.desk.session.revealed
        await typed(pilot, "1")
        assert "! " not in seen(app)


async def test_the_editor_of_the_learner_is_opened_and_come_back_from(kinds, monkeypatch):
    seen_texts = []

    def edited(app, text):
        seen_texts.append(text)
        return "changed outside"

    monkeypatch.setattr(studydl.tui.outside, "edited_outside", edited)
    async with kinds.opened("kind-code") as (app, pilot):
        await press(pilot, "ctrl+e")
        assert seen_texts[0].startswith("import numpy as np")
        assert app.screen.query_one(TextArea).text == "changed outside"


async def test_where_no_editor_can_be_opened_a_sentence_says_so(kinds):
    async with kinds.opened("kind-code") as (app, pilot):
        await press(pilot, "ctrl+e")
        assert "this terminal cannot be handed to an editor" in words_of(seen(app))


# All of them


ANSWERS = {
    "kind-formula": [*"s", "enter"],
    "kind-cloze": [*"s", "tab", "0", "enter"],
    "kind-several": ["a", "enter"],
    "kind-varied": [*"0.1", "enter"],
    "kind-code": ["x", "ctrl+r"],
}


@pytest.mark.parametrize("card", list(ANSWERS))
async def test_undo_shows_the_card_as_new(kinds, card, monkeypatch):
    async def measured(*_arguments):
        return CodeJudgement(Rung.VALUES, Text("no", "no"))

    async def nothing(*_arguments):
        return None

    monkeypatch.setattr(Runner, "judge", measured)
    monkeypatch.setattr(Runner, "prepare", nothing)
    async with kinds.opened(card) as (app, pilot):
        before = seen(app)
        await press(pilot, *ANSWERS[card])
        await judged(app, pilot)
        if app.desk.session.may_try_again:
            await press(pilot, "space")
        assert app.desk.session.revealed
        await press(pilot, "4")
        assert kinds.grades() == [(card, 4)]
        await press(pilot, "u")
        assert kinds.grades() == []
        shown = [line for line in seen(app).splitlines() if "Undone" not in line]
        assert shown[:8] == before.splitlines()[:8]


@pytest.mark.parametrize("card", list(ANSWERS))
async def test_no_kind_loads_numpy_or_sympy_where_it_is_drawn(kinds, card):
    before = {"numpy", "sympy"} & set(sys.modules)
    async with kinds.opened(card, language=Language.CHINESE) as (app, pilot):
        await press(pilot, *ANSWERS[card][:-1])
        assert seen(app)
    assert {"numpy", "sympy"} & set(sys.modules) == before
