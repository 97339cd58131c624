"""The notes' corrections of Adam and Momentum, and what the averages are taken over."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from sympy import Symbol

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
