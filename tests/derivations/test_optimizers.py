"""The mistakes that the optimisers invite, put in place of the code or of a line."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from sympy import IndexedBase, Symbol

from studydl.derivations import optimizers as derivations
from studydl.derivations.optimizers import (
    adam_first_moment,
    adam_second_moment,
    momentum_terminal_factor,
)
from studydl.nn import optimizers
from studydl.verification.derivation import Comparison, Derivation, check
from studydl.verification.evidence import Verdict


def compared_with(derivation: Derivation, compute: Any) -> Derivation:
    return dataclasses.replace(derivation, comparisons=(Comparison("wrong", compute),))


def moments(g: np.ndarray, t: int, **betas: float) -> optimizers.AdamState:
    state = optimizers.AdamState.zeros_like(g[:, 0])
    for gradient in g.T[:t]:
        _, state = optimizers.adam(state, gradient, **betas)
    return state


def test_the_notes_correction_without_the_exponent_is_refuted() -> None:
    def first(g: np.ndarray, t: int, beta_1: float) -> float:
        return float(np.mean(moments(g, t, beta1=beta_1).first_moment / (1 - beta_1)))

    def second(g: np.ndarray, t: int, beta_2: float) -> float:
        return float(np.mean(moments(g, t, beta2=beta_2).second_moment / (1 - beta_2)))

    for derivation, compute in ((adam_first_moment, first), (adam_second_moment, second)):
        report = check(compared_with(derivation, compute))
        assert report.verdict is Verdict.REFUTED
        assert report.comparison.is_clear_rejection


def test_moments_without_a_correction_are_refuted() -> None:
    def first(g: np.ndarray, t: int, beta_1: float) -> float:
        return float(np.mean(moments(g, t, beta1=beta_1).first_moment))

    assert check(compared_with(adam_first_moment, first)).comparison.is_clear_rejection


def test_the_notes_correction_as_a_line_is_refuted_at_that_line() -> None:
    beta = Symbol("beta_1", positive=True)
    steps = list(adam_first_moment.steps)
    uncorrected = steps[5].expression
    steps[6] = dataclasses.replace(steps[6], expression=uncorrected / (1 - beta))
    report = check(dataclasses.replace(adam_first_moment, steps=tuple(steps)))
    assert report.verdict is Verdict.REFUTED
    assert report.first_false_step in {6, 7}


def test_damped_momentum_does_not_grow() -> None:
    def damped(alpha: float, g: float, **_others: float) -> float:
        velocity = 0.0
        for _ in range(2_000):
            velocity = alpha * velocity + (1 - alpha) * g
        return velocity / g

    report = check(compared_with(momentum_terminal_factor, damped))
    assert report.comparison.is_clear_rejection


@pytest.mark.parametrize("derivation", [adam_first_moment, adam_second_moment])
def test_the_average_is_over_gradients_that_are_dependent_and_not_all_alike(
    derivation: Derivation,
) -> None:
    gradients = derivation.domain.draw(derivation.generator(0, 0)).as_floats()["g"]
    assert len(np.unique(gradients, axis=0)) > 1
    assert len(np.unique(gradients, axis=1).T) > 1
    spread = np.ptp(gradients.mean(axis=0))
    assert spread == pytest.approx(0, abs=1e-12)


def step_of(optimizer: Any, state: Any, g: np.ndarray, **hyperparameters: float) -> float:
    """The last update, one gradient after another."""
    update = 0.0
    for gradient in g:
        update, state = optimizer(state, gradient, **hyperparameters)
    return float(update)


def rmsprop_instead(eta: float, g: float, t: int) -> float:
    state = optimizers.RMSPropState.zeros_like(0.0)
    return abs(step_of(optimizers.rmsprop, state, np.full(t, g), learning_rate=eta, delta=0.0))


def adagrad_instead(alpha: float, eta: float, g: float, t: int) -> float:
    state = optimizers.AdaGradState.zeros_like(0.0)
    return abs(step_of(optimizers.adagrad, state, np.full(t, g), learning_rate=eta, delta=0.0))


def mean_square_of_swapped_weights(alpha: float, g: np.ndarray, t: int) -> float:
    mean = 0.0
    for gradient in g[:t]:
        mean = (1 - alpha) * mean + alpha * gradient**2
    return mean


def momentum_instead(alpha: float, eta: float, g: np.ndarray, t: int, **_: float) -> float:
    state = optimizers.MomentumState.zeros_like(0.0)
    return step_of(optimizers.momentum, state, g[:t], learning_rate=eta, decay=alpha)


def differences_from_two_steps_before(alpha: float, eta: float, g: np.ndarray, t: int) -> float:
    """The notes' last formula, read as the change of two steps before the present one."""
    before = np.concatenate([np.zeros(2), g])
    velocity = 0.0
    for now in range(t):
        change = before[now + 1] - before[now]
        velocity = alpha * velocity + eta * (g[now] + alpha * change)
    return velocity


def diagonal_newton(a: float, b: float, c: float, p: float, q: float, x: float, y: float) -> float:
    return x - (a * (x - p) + b * (y - q)) / a


def gradient_descent_in_new_units(lambda_1: float, g_1: float, **_: float) -> float:
    return lambda_1**2 * g_1


def dfp_instead(H: np.ndarray, i: int, n: int, s: np.ndarray, y: np.ndarray) -> float:  # noqa: N803
    new = optimizers.bfgs_inverse(H[:n, :n], y[:n], s[:n])
    return float((new @ y[:n])[i - 1])


MISTAKEN_CODE = {
    "an average for AdaGrad's sum": (derivations.adagrad_rate_decay, rmsprop_instead),
    "a sum for RMSProp's average": (derivations.rmsprop_constant_gradient, adagrad_instead),
    "swapped weights": (derivations.rmsprop_mean_square, mean_square_of_swapped_weights),
    "weights that sum to 1 from the start": (derivations.rmsprop_weight_sum, lambda **_: 1.0),
    "momentum for Nesterov": (derivations.nesterov_shifted_variable, momentum_instead),
    "the change of two steps before": (
        derivations.nesterov_by_differences,
        differences_from_two_steps_before,
    ),
    "a diagonal Hessian": (derivations.newton_quadratic, diagonal_newton),
    "gradient descent": (derivations.newton_invariance, gradient_descent_in_new_units),
    "DFP": (derivations.bfgs_secant, dfp_instead),
}

t = Symbol("t", integer=True, positive=True)
alpha, eta, size = (Symbol(name, positive=True) for name in ("alpha", "eta", "lambda_1"))
g = IndexedBase("g")
s = IndexedBase("s")

MISTAKEN_LINES = {
    "AdaGrad without the root": (derivations.adagrad_rate_decay, 4, eta / t),
    "the weights of a sum": (derivations.rmsprop_weight_sum, 2, (1 - alpha**t) / (1 - alpha)),
    "a forgotten square root": (derivations.rmsprop_constant_gradient, 4, eta / (1 - alpha**t)),
    "momentum's step": (
        derivations.nesterov_shifted_variable,
        5,
        derivations.nesterov_shifted_variable.steps[5].expression + eta * g[t],
    ),
    "the sum of the gradients for their difference": (
        derivations.nesterov_by_differences,
        4,
        derivations.nesterov_by_differences.steps[4].expression + 2 * alpha * eta * g[t - 1],
    ),
    "a factor of the unit left over": (
        derivations.newton_invariance,
        3,
        size * derivations.newton_invariance.steps[3].expression,
    ),
    "twice the step": (derivations.bfgs_secant, 3, 2 * s[Symbol("i", integer=True, positive=True)]),
}


@pytest.mark.parametrize(("derivation", "compute"), MISTAKEN_CODE.values(), ids=MISTAKEN_CODE)
def test_a_misconception_in_place_of_the_code_is_refuted(
    derivation: Derivation, compute: Any
) -> None:
    report = check(compared_with(derivation, compute))

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
