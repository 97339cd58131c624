"""How a derivation is checked, on a small one: the square of a sum."""

import dataclasses
import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Function, Integer, Limit, Symbol, evaluate, log, oo

from studydl.language import Text
from studydl.verification.derivation import Comparison, Derivation, Step, check
from studydl.verification.derivation_report import (
    Counterexample,
    DerivationReport,
    Formula,
    Proof,
    Relation,
    StepReport,
)
from studydl.verification.domain import POSITIVE, REALS, Domain, Integers
from studydl.verification.evidence import Verdict

x, p = Symbol("x", real=True), Symbol("p", positive=True)
n = Symbol("n", integer=True, positive=True)
RULE = Text("Multiply out.", "展开括号。")


def steps(*lines: Any) -> tuple[Step, ...]:
    return tuple(line if isinstance(line, Step) else Step(line, RULE) for line in lines)


with evaluate(False):
    SQUARE = Derivation(
        "examples.square-of-a-sum",
        title=Text("The square of a sum", "和的平方"),
        notes="1.1",
        domain=Domain({x: REALS, p: POSITIVE}),
        steps=steps((p + x) ** 2, (p + x) * (p + x), p * p + (x * p + p * x) + x * x),
        comparisons=(Comparison("square(x + p)", lambda x, p: (x + p) ** 2),),
        sources=("Euclid, Elements, book II, proposition 4",),
    )


def changed(**fields: Any) -> Derivation:
    return dataclasses.replace(SQUARE, **fields)


def test_a_true_chain_that_agrees_with_the_code_is_verified() -> None:
    report = check(SQUARE)
    assert report.verdict is Verdict.VERIFIED
    assert report.first_false_step is None
    assert [step.proof for step in report.steps] == [
        Proof.DEFINITION,
        Proof.SYMBOLIC,
        Proof.SYMBOLIC,
    ]
    assert all(step.points >= 8 for step in report.steps[1:])
    assert report.comparison.measurements[0].margin > 3


def test_a_false_line_is_refuted_at_its_place_with_a_counterexample() -> None:
    report = check(changed(steps=steps((p + x) ** 2, p**2 + x**2, x**2 + p**2)))
    assert report.verdict is Verdict.REFUTED
    assert report.first_false_step == 1
    assert report.steps[1].counterexample is not None
    assert report.steps[2].holds


def test_a_chain_that_ends_elsewhere_than_the_code_is_refuted_at_a_point() -> None:
    wrong = Comparison("square(x) + square(p)", lambda x, p: x**2 + p**2)
    report = check(changed(comparisons=(*SQUARE.comparisons, wrong)))
    assert report.verdict is Verdict.REFUTED
    assert report.first_false_step is None
    right, refuted = report.comparison.measurements
    assert right.holds
    assert refuted.margin < 1 / 3
    assert refuted.worst_input.startswith("x = ")


def test_code_that_returns_no_number_is_refuted() -> None:
    nothing = Comparison("nan", lambda **_: float("nan"))
    assert check(changed(comparisons=(nothing,))).verdict is Verdict.REFUTED


def test_code_that_returns_more_than_one_number_is_an_error() -> None:
    pair = Comparison("pair", lambda x, p: [(x + p) ** 2, (x + p) ** 2])
    report = check(changed(comparisons=(pair,)))
    assert report.verdict is Verdict.ERROR
    assert "pair: expected a number, got shape (2,)" in report.comparison.failure


@pytest.mark.parametrize("kept", [True, False], ids=["true chain", "false chain"])
def test_code_that_raises_is_an_error_unless_the_chain_is_false(kept: bool) -> None:
    def broken(**_: float) -> float:
        raise ZeroDivisionError("division by zero")

    chain = SQUARE.steps if kept else steps(x, x + 1)
    report = check(changed(steps=chain, comparisons=(Comparison("broken", broken),)))
    assert report.comparison.failure == "ZeroDivisionError: division by zero"
    assert report.verdict is (Verdict.ERROR if kept else Verdict.REFUTED)


def test_a_floating_point_error_of_the_code_is_an_error() -> None:
    overflowing = Comparison("overflow", lambda x, p: np.exp(np.float64(1e4)) * x * p)
    report = check(changed(comparisons=(overflowing,)))
    assert report.verdict is Verdict.ERROR
    assert "overflow" in report.comparison.failure


def test_lines_without_a_value_leave_the_derivation_undecided() -> None:
    report = check(changed(steps=steps(log(-p), log(-p), (p + x) ** 2)))
    assert [step.proof for step in report.steps[1:]] == [Proof.UNDECIDED, Proof.UNDECIDED]
    assert report.verdict is Verdict.UNDECIDED


def test_an_end_without_a_value_is_compared_with_nothing() -> None:
    report = check(changed(steps=steps(log(-p), log(-p))))
    assert report.comparison.measurements == ()
    assert report.verdict is Verdict.UNDECIDED


def test_a_line_that_cannot_be_printed_is_an_error_and_keeps_what_came_before() -> None:
    report = check(changed(steps=steps(x**2, "x * x")))
    assert report.verdict is Verdict.ERROR
    assert "str" in report.failure
    assert len(report.steps) == 1


def test_a_bound_may_be_part_of_a_chain() -> None:
    chain = steps(x**2, Step(Integer(0), RULE, Relation.AT_LEAST))
    at_rest = Comparison("0", lambda **_: 0.0)
    assert check(changed(steps=chain, comparisons=(at_rest,))).verdict is Verdict.VERIFIED
    too_high = steps(x**2, Step(Integer(1), RULE, Relation.AT_LEAST))
    assert check(changed(steps=too_high)).first_false_step == 1


def test_an_operation_holds_the_line_above_unchanged() -> None:
    with evaluate(False):
        line = (n + 1) / n
        chain = steps(line, Step(Limit(line, n, oo), RULE, Relation.APPLIED), Integer(1))
    grown = changed(
        domain=Domain({n: Integers()}),
        steps=chain,
        comparisons=(Comparison("1", lambda **_: 1.0),),
    )
    assert check(grown).verdict is Verdict.VERIFIED
    other = Step(Limit(1 + 2 / n, n, oo), RULE, Relation.APPLIED)
    assert check(dataclasses.replace(grown, steps=(chain[0], other))).first_false_step == 1
    nothing_done = Step(line, RULE, Relation.APPLIED)
    assert check(dataclasses.replace(grown, steps=(chain[0], nothing_done))).first_false_step == 1


def test_names_and_domain_are_told_in_the_report() -> None:
    f = Function("f")
    named = changed(definitions={f(x): x**2}, steps=steps(f(x + p), (x + p) ** 2))
    report = check(named)
    assert report.verdict is Verdict.VERIFIED
    assert report.definitions == (Formula(r"f\left(x\right) = x^{2}", "f(x) = x**2"),)
    assert report.domain == (
        Formula(r"x \in \mathbb{R}", "x real"),
        Formula("0 < p", "0 < p"),
    )


def test_a_line_is_sampled_at_the_same_points_whatever_stands_in_the_others() -> None:
    wrong = p**2 + x**2
    first, second = (
        check(changed(steps=steps(line, (p + x) ** 2, wrong))).steps[2].counterexample
        for line in ((p + x) ** 2, x)
    )
    assert first == second


def test_another_seed_draws_other_points() -> None:
    wrong = changed(steps=steps((p + x) ** 2, p**2 + x**2))
    first, second = (check(wrong, seed=seed).steps[1].counterexample for seed in (0, 1))
    assert first != second


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": "Square of a sum"}, "expected an id"),
        ({"steps": SQUARE.steps[:1]}, "two or more steps"),
        ({"comparisons": ()}, "comparison"),
        ({"sources": ()}, "source"),
    ],
)
def test_a_derivation_that_could_not_be_traced_or_checked_is_refused(
    fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        changed(**fields)


@pytest.mark.parametrize(
    "derivation",
    [
        SQUARE,
        changed(steps=steps((p + x) ** 2, p**2 + x**2)),
        changed(comparisons=(Comparison("nan", lambda **_: float("inf")),)),
    ],
    ids=["verified", "with a counterexample", "not finite"],
)
def test_a_report_survives_json(derivation: Derivation) -> None:
    report = check(derivation)
    data = json.loads(json.dumps(report.to_json(), allow_nan=False))
    assert data["verdict"] == report.verdict
    assert DerivationReport.from_json(data) == report


_TEXTS = st.builds(Text, st.text(), st.text())


@given(
    st.builds(
        StepReport,
        formula=st.builds(Formula, st.text(), st.text()),
        relation=st.sampled_from(Relation),
        rule=_TEXTS,
        proof=st.sampled_from(Proof),
        points=st.integers(0, 100),
        counterexample=st.none() | st.builds(Counterexample, st.text(), st.text(), st.text()),
    )
)
def test_a_line_survives_json(line: StepReport) -> None:
    assert StepReport.from_json(json.loads(json.dumps(line.to_json()))) == line


def test_the_report_loads_neither_sympy_nor_numpy() -> None:
    code = (
        "import sys, studydl.verification.derivation_report;"
        "print(sorted({'sympy', 'numpy', 'mpmath'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
