"""Adam: how its moments are too small at first, and what corrects them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Function, Integer, Symbol

from studydl.derivations.optimizers._terms import g, i, k, t
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import optimizers
from studydl.verification.definitions import EXPECTATION
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation
from studydl.verification.domain import UNIT, Domain, Integers, RandomSequence

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["adam_first_moment", "adam_second_moment"]


_kingma = "Kingma & Ba 2015, Adam, section 3"

_HUGE = 2.0**100
"""A learning rate and an epsilon of this size make Adam's update its corrected first moment:
they are equal and cancel exactly, and no root of a second moment adds to them."""


def _last_update(g: NDArray[np.float64], t: int, **hyperparameters: float) -> Any:
    """Return Adam's update after t gradients, in every outcome."""
    state = optimizers.AdamState.zeros_like(g[:, 0])
    update = state.first_moment
    for gradient in g.T[:t]:
        update, state = optimizers.adam(state, gradient, **hyperparameters)
    return update


def _corrected_first_moment(g: NDArray[np.float64], t: int, beta_1: float) -> float:
    update = _last_update(g, t, learning_rate=_HUGE, epsilon=_HUGE, beta1=beta_1)
    return float(np.mean(-update))


def _corrected_second_moment(g: NDArray[np.float64], t: int, beta_2: float) -> float:
    # Without a first moment and without epsilon the update is -g divided by the root sought.
    update = _last_update(g, t, learning_rate=1.0, epsilon=0.0, beta1=0.0, beta2=beta_2)
    return float(np.mean((g[:, t - 1] / update) ** 2))


def _bias_correction(
    slug: str,
    title: Text,
    moment: str,
    beta: Symbol,
    averaged: Any,
    stationary: Text,
    comparison: Comparison,
) -> Derivation:
    """Return the derivation for a decaying mean of ``averaged``, a term in ``g[i]``."""
    mean = Function(moment, real=True)
    at_i = averaged(g[i])
    expected = EXPECTATION(averaged(g[t]))
    with as_written():
        powers = total(beta**k, k, 0, t - 1)
        biased = (1 - beta**t) * expected
        return Derivation(
            f"optimizers.{slug}",
            title=title,
            notes="5.4",
            domain=Domain({beta: UNIT, t: Integers(), g: RandomSequence()}),
            definitions={
                mean(Integer(0)): Integer(0),
                mean(t): beta * mean(t - 1) + (1 - beta) * averaged(g[t]),
            },
            steps=(
                Step(EXPECTATION(mean(t)), _WHAT_IS_SOUGHT),
                Step(
                    EXPECTATION((1 - beta) * total(beta ** (t - i) * at_i, i, 1, t)),
                    _UNROLLED,
                ),
                Step(
                    (1 - beta) * total(beta ** (t - i) * EXPECTATION(at_i), i, 1, t),
                    _LINEAR,
                ),
                Step((1 - beta) * (expected * powers), stationary),
                Step((1 - beta) * (expected * ((1 - beta**t) / (1 - beta))), _GEOMETRIC),
                Step(biased, _CANCELLED),
                Step(biased / (1 - beta**t), _CORRECTED, Relation.APPLIED),
                Step(expected, _UNBIASED),
            ),
            comparisons=(comparison,),
            sources=(_kingma,),
        )


_WHAT_IS_SOUGHT = Text(
    "What the decaying mean is worth on average after t steps.",
    "要求的是 t 步之后滑动平均的期望。",
)
_UNROLLED = Text(
    "Unroll the recursion from 0: the share of step i was decayed t - i times.",
    "从 0 开始展开递推：第 i 步的份额此后又衰减了 t - i 次。",
)
_LINEAR = Text(
    "The expectation is linear, and neither β nor t is random.",
    "期望是线性的，而 β 和 t 都不是随机的。",
)
_GEOMETRIC = Text(
    "Sum of a geometric series; β is not 1.",
    "等比数列求和；β ≠ 1，所以可用。",
)
_CANCELLED = Text(
    "1 - β cancels: the mean is too small by the factor 1 - βᵗ, because it began at 0.",
    "约去 1 - β：滑动平均从 0 开始，因此偏小，偏小的倍数是 1 - βᵗ。",
)
_CORRECTED = Text(
    "Divide by this factor, as Adam does; t ≥ 1, so it is not 0.",
    "像 Adam 那样除以这个倍数；t ≥ 1，所以它不为 0。",
)
_UNBIASED = Text(
    "1 - βᵗ cancels: the corrected mean has no bias, at any t.",
    "约去 1 - βᵗ：修正后的平均在任何 t 都没有偏差。",
)

adam_first_moment = _bias_correction(
    "adam-bias-correction",
    Text(
        "Dividing Adam's first moment by 1 - β₁ᵗ removes its bias",
        "Adam 的一阶矩除以 1 - β₁ᵗ 后没有偏差",
    ),
    "m",
    Symbol("beta_1", positive=True),
    lambda gradient: gradient,
    Text(
        "Suppose that every gradient has the expectation of the last one; count k = t - i.",
        "假设每一步梯度的期望都与最后一步相同；再令 k = t - i。",
    ),
    Comparison("mean corrected first moment of nn.optimizers.adam", _corrected_first_moment),
)

adam_second_moment = _bias_correction(
    "adam-second-moment-correction",
    Text(
        "Dividing Adam's second moment by 1 - β₂ᵗ removes its bias",
        "Adam 的二阶矩除以 1 - β₂ᵗ 后没有偏差",
    ),
    "v",
    Symbol("beta_2", positive=True),
    lambda gradient: gradient**2,
    Text(
        "Suppose that every squared gradient has the expectation of the last; count k = t - i.",
        "假设每一步梯度平方的期望都与最后一步相同；再令 k = t - i。",
    ),
    Comparison("mean corrected second moment of nn.optimizers.adam", _corrected_second_moment),
)
