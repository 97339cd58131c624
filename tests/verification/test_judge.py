"""A claim is verified only if it holds and everything wrong is rejected by a number."""

import dataclasses
import json
import math
from typing import NamedTuple

import numpy as np
import pytest

from studydl.language import Text
from studydl.verification.claim import Misconception
from studydl.verification.controls import controls_of
from studydl.verification.evidence import Report, Verdict
from studydl.verification.judge import judge, measure
from studydl.verification.measure import at_most, curve, equals
from studydl.verification.tolerance import EXACT, ROUNDING
from tests.verification import examples


def test_a_true_claim_with_an_able_verifier_is_verified() -> None:
    report = judge(examples.doubling)

    assert report.verdict is Verdict.VERIFIED
    assert [each.verdict for each in report.misconceptions] == [Verdict.REFUTED] * 2
    assert [each.name for each in report.controls] == ["zeros", "identity", "nan", "raises"]
    assert report.survivors == ()


def test_a_false_implementation_is_refuted_and_says_where() -> None:
    evidence = measure(examples.doubling, examples.square.implementation)

    assert evidence.verdict is Verdict.REFUTED
    assert [each.name for each in evidence.measurements if not each.holds] == ["f(x)", "f(3)"]


def test_a_verifier_that_accepts_a_misconception_decides_nothing() -> None:
    def lax(function, rng):
        yield equals("f(2)", function(np.array(2.0)), 4.0, EXACT)

    report = judge(examples.with_verifier(lax))

    assert report.evidence.verdict is Verdict.VERIFIED
    assert report.verdict is Verdict.UNDECIDED
    assert [each.name for each in report.survivors] == ["square"]


def test_a_misconception_that_misses_by_little_is_not_rejected() -> None:
    def nearly(x):
        return 2 * x + 4e-12 * np.abs(x)

    def strict(function, rng):
        x = rng.normal(size=5)
        yield equals("f(x)", function(x), x + x, ROUNDING)

    near = Misconception("nearly", nearly, Text("It is close.", "很接近。"))
    claim = examples.with_verifier(strict, misconceptions=(examples.square, near))

    assert measure(claim, nearly).verdict is Verdict.REFUTED
    assert [each.name for each in judge(claim).survivors] == ["nearly"]


def test_a_crash_is_an_error_and_no_rejection() -> None:
    def crash(x):
        raise ZeroDivisionError("on purpose")

    wrong = Misconception("crash", crash, Text("It crashes.", "它会崩溃。"))
    report = judge(dataclasses.replace(examples.doubling, misconceptions=(examples.square, wrong)))

    assert report.misconceptions[1].verdict is Verdict.ERROR
    assert report.misconceptions[1].evidence.failure == "ZeroDivisionError: on purpose"
    assert report.verdict is Verdict.UNDECIDED


def test_a_verifier_that_measures_nothing_decides_nothing() -> None:
    report = judge(examples.with_verifier(lambda function, rng: iter(())))

    assert report.verdict is Verdict.UNDECIDED


def test_a_verifier_that_nan_passes_is_caught_by_the_control() -> None:
    def lax(function, rng):
        x = rng.normal(size=5)
        error = np.max(np.abs(function(x) - 2 * x))
        yield at_most("misses", float(error > 1e-9), 0.0, EXACT)

    report = judge(examples.with_verifier(lax))

    assert "nan" in [each.name for each in report.survivors]
    assert report.verdict is Verdict.UNDECIDED


def test_the_reference_may_not_warn() -> None:
    def overflowing(function, rng):
        yield equals("exp", np.exp(function(np.array(1000.0))), np.inf, EXACT)

    report = judge(examples.with_verifier(overflowing))

    assert report.verdict is Verdict.ERROR
    assert "overflow" in report.evidence.failure


def test_what_was_measured_before_a_crash_is_kept() -> None:
    def breaking(function, rng):
        yield equals("f(1)", function(np.array(1.0)), 2.0, EXACT)
        raise RuntimeError("half way")

    evidence = measure(examples.with_verifier(breaking), examples.double)

    assert len(evidence.measurements) == 1
    assert evidence.verdict is Verdict.ERROR


def test_a_claim_draws_the_same_numbers_whatever_other_claims_there_are() -> None:
    other = dataclasses.replace(examples.doubling, id="examples.another")
    draws = [c.generator(7).normal() for c in (examples.doubling, other, examples.doubling)]

    assert draws[0] == draws[2] != draws[1]
    assert examples.doubling.generator(8).normal() != draws[0]


def test_progress_tells_each_implementation_that_was_measured() -> None:
    told = []

    judge(examples.doubling, progress=told.append)

    names = ["reference", "square", "increment", "zeros", "identity", "nan", "raises"]
    assert [each["measured"] for each in told] == names
    assert [each["done"] for each in told] == list(range(1, 8))
    assert {each["of"] for each in told} == {7}


def test_a_report_survives_json() -> None:
    report = judge(examples.doubling)

    assert Report.from_json(report.to_json()).to_json() == report.to_json()
    assert report.to_json()["verdict"] == "verified"


def test_curves_travel_with_the_evidence_and_decide_nothing() -> None:
    def drawing(function, rng):
        yield curve("f", [0, 1, 2], [0, math.nan, 4], x_label="x", y_label="f(x)")
        yield from examples.doubling.verifier(function, rng)

    report = judge(examples.with_verifier(drawing))
    (series,) = Report.from_json(json.loads(json.dumps(report.to_json()))).evidence.series

    assert report.verdict is Verdict.VERIFIED
    assert (series.x, repr(series.y)) == ((0.0, 1.0, 2.0), "(0.0, nan, 4.0)")


def test_a_curve_alone_measures_nothing() -> None:
    def drawing(function, rng):
        yield curve("f", [0, 1], [0, 2], x_label="x", y_label="f(x)")

    assert judge(examples.with_verifier(drawing)).verdict is Verdict.UNDECIDED


def test_a_curve_needs_as_many_values_as_positions() -> None:
    with pytest.raises(ValueError, match="two vectors of one length"):
        curve("f", [0, 1], [0, 2, 4], x_label="x", y_label="f(x)")


class Pair(NamedTuple):
    """Two functions that a claim compares."""

    first: object
    second: object


@dataclasses.dataclass(frozen=True)
class State:
    step: int
    sum: np.ndarray


def accumulate(state: State, x: np.ndarray) -> tuple[np.ndarray, State]:
    return state.sum + x, State(state.step + 1, state.sum + x)


@pytest.mark.parametrize(("name", "value"), [("zeros", 0.0), ("identity", 5.0)])
def test_controls_reach_into_tuples_and_states_and_leave_counters(name: str, value: float) -> None:
    (control,) = (each for each in controls_of(accumulate) if each.name == name)

    out, state = control.implementation(State(3, np.array([1.0])), np.array([5.0]))

    assert out == pytest.approx([value])
    assert state.sum == pytest.approx([value])
    assert state.step == 4


def test_an_integer_result_becomes_nan_too() -> None:
    def counts(x: np.ndarray) -> np.ndarray:
        return (x > 0).astype(int)

    (control,) = (each for each in controls_of(counts) if each.name == "nan")

    assert np.isnan(control.implementation(np.array([1.0, -1.0]))).all()


def test_controls_take_the_place_of_every_function_of_a_tuple() -> None:
    zeros, *_ = controls_of(Pair(examples.double, examples.square.implementation))

    assert isinstance(zeros.implementation, Pair)
    assert [f(np.array(3.0)) for f in zeros.implementation] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": "Doubling"}, "expected an id such as"),
        ({"misconceptions": (examples.square,)}, "two or more misconceptions"),
        ({"misconceptions": (examples.square, examples.square)}, "of different names"),
        ({"sources": ()}, "at least one source"),
    ],
)
def test_a_claim_that_could_not_be_traced_or_rejected_is_refused(changes, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        dataclasses.replace(examples.doubling, **changes)


def test_a_misconception_needs_a_name_that_a_deck_can_write() -> None:
    with pytest.raises(ValueError, match="expected a slug"):
        Misconception("Forgot It", examples.double, Text("a", "b"))
