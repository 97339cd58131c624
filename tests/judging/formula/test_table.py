"""The table of formulas, row by row."""

import pytest

from studydl.judging.formula.decision import Comparison, Room
from studydl.judging.formula.judge import judge_formula
from studydl.judging.formula.understanding import Understood, understand
from studydl.judging.formula.wire import judgement_from_json, judgement_to_json
from studydl.notation import check
from tests.judging.formula.cases import CASES, formula_of


def name_of(case):
    answer = case.answer if len(case.answer) < 60 else f"{case.answer[:20]}..."
    return f"{answer} for {case.model}".encode("ascii", "backslashreplace").decode()


BY_CASE = pytest.mark.parametrize("case", CASES, ids=name_of)


def test_the_table_is_long_and_says_why_in_every_row():
    assert len(CASES) >= 120
    assert all(case.note for case in CASES)
    assert {case.verdict for case in CASES} == {"correct", "wrong", "undecided", "invalid"}


@BY_CASE
def test_a_row_is_judged_as_the_table_says(case):
    judgement = judge_formula(formula_of(case.model, case.names), case.answer, seed="a-card")

    assert judgement.verdict == case.verdict, judgement.feedback.en
    grades = {"correct": 3, "wrong": 1, "undecided": None, "invalid": None}
    assert judgement.proposed_grade == grades[case.verdict]


@BY_CASE
@pytest.mark.parametrize("seed", ["another-card", "a-third"])
def test_the_verdict_does_not_hang_on_the_points(case, seed):
    judgement = judge_formula(formula_of(case.model, case.names), case.answer, seed=seed)

    assert judgement.verdict == case.verdict, judgement.feedback.en


@BY_CASE
def test_what_is_said_can_be_drawn_and_survives_the_pipe(case):
    judgement = judge_formula(formula_of(case.model, case.names), case.answer, seed="a-card")

    assert [check(said) for said in judgement.feedback] == [[], []]
    assert check(judgement.understood) == []
    assert judgement_from_json(judgement_to_json(judgement)) == judgement


@pytest.mark.parametrize("case", [each for each in CASES if each.verdict == "correct"], ids=name_of)
def test_equality_goes_both_ways(case):
    formula = formula_of(case.model, case.names)
    typed = understand(formula, case.answer)
    model = understand(formula, case.model)
    assert isinstance(typed, Understood)
    assert isinstance(model, Understood)

    decision = Room(formula, "a-card").decide(model.expression, typed.expression)

    assert decision.found is Comparison.EQUAL
