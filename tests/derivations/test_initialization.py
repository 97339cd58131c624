"""The mistakes that variance conditions invite, put in place of the code or of a line."""

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from sympy import IndexedBase, Max, Min, Rational, Symbol, sqrt

from studydl.derivations import initialization as derivations
from studydl.nn import activations, initialization
from studydl.verification.definitions import EXPECTATION, VARIANCE
from studydl.verification.derivation import Comparison, Derivation, check
from studydl.verification.domain import REALS, Domain, Integers, RandomSequence
from studydl.verification.evidence import Verdict
from studydl.verification.randomness import Independent, Outcomes

n_in = Symbol("n_in", integer=True, positive=True)
n_out = Symbol("n_out", integer=True, positive=True)
z, b = Symbol("z", real=True), Symbol("b", positive=True)
w, x, delta = (IndexedBase(name) for name in ("w", "x", "delta"))


def variance_of_inputs_instead(n_in: int, w: Outcomes, x: np.ndarray) -> float:
    return n_in * w.variance(w.values) * float(np.var(x[:, :n_in], axis=0).mean())


def forward_fan_instead(n_out: int, w: Outcomes, delta: np.ndarray, **_: float) -> float:
    return w.variance(w.values) * float(np.mean(delta[:, :n_out] ** 2))


def variance_of_relu(z: Outcomes) -> float:
    return z.variance(activations.relu(z.values))


MISTAKEN_CODE = {
    "the inputs' variance for their mean square": (
        derivations.forward_variance,
        variance_of_inputs_instead,
    ),
    "one unit for all of them": (derivations.backward_variance, forward_fan_instead),
    "the bound's square for the variance": (derivations.standard_variance, lambda n_in: 1 / n_in),
    "states of variance 1": (
        derivations.standard_first_layer,
        lambda n_in, x: float(np.mean(x[:, :n_in] ** 2)),
    ),
    "one fan alone": (derivations.xavier_variance, lambda n_in, n_out: 1 / n_in + 0 * n_out),
    "the deviation for the bound": (
        derivations.xavier_bound,
        lambda n_in, n_out: math.sqrt(2 / (n_in + n_out)),
    ),
    "the variance of ReLU for its mean square": (
        derivations.relu_mean_square,
        variance_of_relu,
    ),
    "a gain that is not squared": (
        derivations.leaky_relu_mean_square,
        lambda z, alpha: z.mean(z.values**2) / initialization.he_gain(alpha),
    ),
    "a linear unit's variance": (derivations.he_variance, lambda n_in, **_: 1 / n_in),
}

forward, backward = derivations.forward_variance, derivations.backward_variance
alpha = Symbol("alpha", positive=True)

MISTAKEN_LINES = {
    "the inputs taken for independent of each other and centred": (
        forward,
        6,
        n_in * VARIANCE(w[1]) * VARIANCE(x[1]),
    ),
    "the product of variances": (
        forward,
        1,
        n_in * VARIANCE(w[1]) * VARIANCE(x[1]),
    ),
    "the fan squared": (forward, 5, n_in**2 * EXPECTATION(w[1] ** 2) * EXPECTATION(x[1] ** 2)),
    "the fan forgotten": (backward, 4, VARIANCE(w[1]) * EXPECTATION(delta[1] ** 2)),
    "b² without the third": (derivations.standard_variance, 2, b**2),
    "a forgotten square": (derivations.standard_variance, 3, 1 / sqrt(n_in) / 3),
    "a fan that stays": (
        derivations.standard_first_layer,
        2,
        Rational(1, 3) * EXPECTATION(x[1] ** 2) / n_in,
    ),
    "the mean of the reciprocals": (
        derivations.xavier_variance,
        3,
        (1 / n_in + 1 / n_out) / 2,
    ),
    "12 for 6": (derivations.xavier_bound, 2, sqrt(12 / (n_in + n_out))),
    "half of the root": (derivations.relu_mean_square, 3, EXPECTATION(z**2) / 4),
    "the slope without its square": (
        derivations.leaky_relu_mean_square,
        4,
        (1 + alpha) / 2 * EXPECTATION(z**2),
    ),
    "a mixed term": (
        derivations.leaky_relu_mean_square,
        1,
        EXPECTATION(Max(0, z) ** 2 + (1 + alpha**2) * Min(0, z) ** 2),
    ),
    "ReLU taken for linear": (derivations.he_variance, 1, n_in),
}


@pytest.mark.parametrize(("derivation", "compute"), MISTAKEN_CODE.values(), ids=MISTAKEN_CODE)
def test_a_misconception_in_place_of_the_code_is_refuted(
    derivation: Derivation, compute: Any
) -> None:
    wrong = dataclasses.replace(derivation, comparisons=(Comparison("wrong", compute),))

    report = check(wrong)

    assert report.first_false_step is None
    assert report.verdict is Verdict.REFUTED
    assert report.comparison.is_clear_rejection


@pytest.mark.parametrize(
    ("derivation", "line", "expression"), MISTAKEN_LINES.values(), ids=MISTAKEN_LINES
)
def test_a_slip_in_a_line_is_refuted_at_that_line(
    derivation: Derivation, line: int, expression: Any
) -> None:
    steps = list(derivation.steps)
    steps[line] = dataclasses.replace(steps[line], expression=expression)

    report = check(dataclasses.replace(derivation, steps=tuple(steps)))

    assert report.verdict is Verdict.REFUTED
    assert report.first_false_step == line


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
