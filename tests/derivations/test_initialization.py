"""What the variance conditions assume is needed."""

import dataclasses
from typing import Any

import pytest
from sympy import IndexedBase, Symbol

from studydl.derivations import initialization as derivations
from studydl.verification.derivation import check
from studydl.verification.domain import REALS, Domain, Integers, RandomSequence
from studydl.verification.evidence import Verdict
from studydl.verification.randomness import Independent

n_in = Symbol("n_in", integer=True, positive=True)
n_out = Symbol("n_out", integer=True, positive=True)
z, b = Symbol("z", real=True), Symbol("b", positive=True)
w, x, delta = (IndexedBase(name) for name in ("w", "x", "delta"))
forward = derivations.forward_variance


@pytest.mark.parametrize(
    ("weights", "line"),
    [
        pytest.param(RandomSequence(), 1, id="weights that depend on each other and the inputs"),
        pytest.param(Independent(REALS), 1, id="weights whose mean is not 0"),
    ],
)
def test_the_assumptions_about_the_weights_are_needed(weights: Any, line: int) -> None:
    domain = Domain({n_in: Integers(2, 4), w: weights, x: RandomSequence()})

    report = check(dataclasses.replace(forward, domain=domain))

    assert report.verdict is Verdict.REFUTED
    assert report.first_false_step == line


def test_a_law_that_is_not_symmetric_has_no_half_of_its_mean_square_on_either_side() -> None:
    domain = Domain({z: Independent(REALS)})

    report = check(dataclasses.replace(derivations.relu_mean_square, domain=domain))

    assert report.first_false_step == 1
