"""Why Adam corrects its moments, and what the notes' divisor does instead (notes 5.4)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._quantities import corrected_mean, uncorrected_share
from studydl.claims.optimizers._runs import Array, array, corrected_moments
from studydl.claims.optimizers._wrong_adam import (
    first_moment_only,
    moments_rule,
    no_correction,
    no_exponent,
    second_moment_only,
    squares_summed,
    step_one_ahead,
    swapped_betas,
)
from studydl.language import Text
from studydl.nn.optimizers import AdamState, adam
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["bias_correction", "missing_exponent", "uncorrected_start", "zero_start"]

LATE = 40000
"""A step at which the default betas to its power are below the rounding of one."""

step_too_small = Misconception(
    "step-too-small",
    second_moment_only.implementation,
    Text(
        "The moments start too small, so the step is expected to start too small by the same"
        " factor.",
        "一开始矩估计偏小，于是以为步长也按同样的比例偏小。",
    ),
    notes="5.4",
)


@misconception(
    "betas-shrink-the-average",
    en="The betas themselves are blamed for the small moments, as if every averaging multiplied"
    " the whole by beta.",
    zh="把矩估计偏小归咎于 β 本身，好像每平均一次整体都要乘一次 β。",
    notes="5.4",
)
@moments_rule
def betas_shrink_the_average(
    m: Array, v: Array, g: Array, b1: float, b2: float
) -> tuple[Array, Array]:
    """Multiply the finished average by its beta."""
    return b1 * (b1 * m + (1 - b1) * g), b2 * (b2 * v + (1 - b2) * g**2)


@misconception(
    "new-value-in-full",
    en="The new gradient is added in full, as momentum does, instead of with weight 1 - beta.",
    zh="像动量法那样把新梯度整个加上去，而不是乘以 1 - β。",
)
@moments_rule
def new_value_in_full(m: Array, v: Array, g: Array, b1: float, b2: float) -> tuple[Array, Array]:
    """Forget the weight of the new value."""
    return b1 * m + g, b2 * v + g**2


def after_constant(gradient: Array, steps: int, b1: float = 0.9, b2: float = 0.999) -> AdamState:
    """Return the state after that many steps from zero under one gradient, in closed form."""
    return AdamState(steps, (1 - b1**steps) * gradient, (1 - b2**steps) * gradient**2)


@claim(
    "optimizers.adam-bias-correction",
    en="Adam divides its moments by one minus the beta to the power of t, which counts the steps"
    " from 1: under a constant gradient the corrected moments are then the gradient and its square"
    " at every step, and each step is 1 learning rate.",
    zh="Adam 把矩估计除以“一减 beta 的 t 次方”，t 从 1 开始计步："
    "这样在恒定梯度下，每一步修正后的矩都恰好是梯度和梯度的平方，每一步都走 1 倍学习率。",
    notes="5.4",
    on=adam,
    misconceptions=[
        no_exponent,
        no_correction,
        first_moment_only,
        second_moment_only,
        step_one_ahead,
    ],
    sources=["Kingma & Ba 2015, section 3 and algorithm 1"],
    quantities=[corrected_mean],
)
def bias_correction(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Tell both corrected moments apart at several steps; then two unequal gradients."""
    gradient = array(0.5, -3)
    for t in (1, 2, 12, 1000):
        state = after_constant(gradient, t - 1)
        m_hat, root_v_hat = corrected_moments(step, state, gradient)
        update, after = step(state, gradient, learning_rate=1.0, epsilon=0.0)
        yield equals(f"m̂/g, t={t}", m_hat / gradient, 1.0, ROUNDING)
        yield equals(f"√v̂/|g|, t={t}", root_v_hat / np.abs(gradient), 1.0, ROUNDING)
        yield equals(f"|Δθ|/η, t={t}", np.abs(update), 1.0, ROUNDING)
        yield equals(f"counter after step {t}", float(after.step), float(t), EXACT)
    second = array(2, 5)
    _, state = step(AdamState.zeros_like(gradient), gradient, beta1=0.5, beta2=0.75)
    m_hat, root_v_hat = corrected_moments(step, state, second, beta1=0.5, beta2=0.75)
    yield equals("m̂2 = (g1 + 2 g2)/3, β₁=0.5", m_hat, (gradient + 2 * second) / 3, ROUNDING)
    mean_square = (3 * gradient**2 + 4 * second**2) / 7
    yield equals("v̂2 = (3 g1² + 4 g2²)/7, β₂=0.75", root_v_hat**2, mean_square, ROUNDING)


@claim(
    "optimizers.adam-missing-exponent",
    en="Dividing by one minus beta without the exponent t is right at step 1 only: at the default"
    " betas it makes the step 2.08 times too long at step 12, and in the long run the first moment"
    " 10 times and the second 1000 times too large, so that the step is 0.316 of the right one.",
    zh="除以“一减 beta”而漏掉指数 t，只在第 1 步是对的："
    "在默认 beta 下，第 12 步的步长是应有的 2.08 倍；"
    "长期来看，一阶矩变成应有的 10 倍，二阶矩变成 1000 倍，步长只剩应有的 0.316。",
    notes="5.4",
    on=adam,
    misconceptions=[
        no_exponent,
        no_correction,
        first_moment_only,
        second_moment_only,
        step_one_ahead,
    ],
    sources=["Kingma & Ba 2015, section 3 and algorithm 1"],
)
def missing_exponent(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Set the moments divided by 1 - β beside what the step divides, under a constant gradient."""
    gradient = array(0.5, -3)
    for t in (1, 12, LATE):
        state = after_constant(gradient, t - 1)
        m_hat, root_v_hat = corrected_moments(step, state, gradient)
        _, after = step(state, gradient)
        first = after.first_moment / (1 - 0.9) / m_hat
        second = after.second_moment / (1 - 0.999) / root_v_hat**2
        powers = 0.9**t, 0.999**t
        expected = (1 - powers[0]) / (1 - 0.9), (1 - powers[1]) / (1 - 0.999)
        yield equals(f"m/(1-β₁) / m̂, t={t}", first, expected[0], ROUNDING)
        yield equals(f"v/(1-β₂) / v̂, t={t}", second, expected[1], ROUNDING)
        ratio = expected[0] / expected[1] ** 0.5
        yield equals(f"Δθ without t / Δθ, t={t}", first / np.sqrt(second), ratio, ROUNDING)


@claim(
    "optimizers.adam-uncorrected-start",
    en="Uncorrected moments are too small at the start, yet the uncorrected step is too long: after"
    " the first gradient m is 0.1 of it but v only 0.001 of its square, so that m over the root of"
    " v makes 3.16 learning rates, and 6.57 at step 12, where the corrected step makes 1.",
    zh="未修正的矩在开头偏小，未修正的步长却偏大："
    "第一个梯度之后 m 是它的 0.1，v 却只有它平方的 0.001，"
    "m 除以 v 的根就是 3.16 倍学习率，到第 12 步是 6.57 倍，而修正后的步长是 1 倍。",
    notes="5.4",
    on=adam,
    misconceptions=[step_too_small, no_correction, no_exponent, swapped_betas],
    sources=["Kingma & Ba 2015, sections 3 and 6.4"],
)
def uncorrected_start(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure the bare moments beside the step that is taken."""
    gradient = array(0.5, -3)
    for t, first, second in ((1, 0.1, 0.001), (12, 1 - 0.9**12, 1 - 0.999**12)):
        state = after_constant(gradient, t - 1)
        update, after = step(state, gradient, learning_rate=1.0, epsilon=0.0)
        bare = np.abs(after.first_moment) / np.sqrt(after.second_moment)
        yield equals(f"m/g, t={t}", after.first_moment / gradient, first, ROUNDING)
        yield equals(f"v/g², t={t}", after.second_moment / gradient**2, second, ROUNDING)
        yield equals(f"|m|/√v, t={t}", bare, first / second**0.5, ROUNDING)
        yield equals(f"|Δθ|/η, t={t}", np.abs(update), 1.0, ROUNDING)


@claim(
    "optimizers.adam-zero-start",
    en="The bias of Adam's moments comes from their start at zero, not from the betas: under a"
    " constant gradient a moment started at the right value stays there, 1 times it at any beta,"
    " while one started at zero holds 0.4375 of it after 2 steps at a beta of 0.75.",
    zh="Adam 矩估计的偏差来自从零开始，而不是来自 beta：梯度恒定时，"
    "从正确值开始的矩会一直停在那里，任何 beta 下都是它的 1 倍；"
    "而从零开始的矩在 beta 为 0.75 时，2 步之后只有它的 0.4375。",
    notes="5.4",
    on=adam,
    misconceptions=[
        betas_shrink_the_average,
        new_value_in_full,
        squares_summed,
        swapped_betas,
    ],
    sources=["Kingma & Ba 2015, section 3"],
    quantities=[uncorrected_share],
)
def zero_start(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Start both moments at zero and at their right values, at two pairs of betas."""
    gradient = array(0.5, -3)
    for betas in ((Fraction(3, 4), Fraction(7, 8)), (Fraction(1, 2), Fraction(3, 4))):
        beta1, beta2 = map(float, betas)
        for name, share in (("0", 0), ("g, g²", 1)):
            state = AdamState(0, share * gradient, share * gradient**2)
            for _ in range(2):
                _, state = step(state, gradient, beta1=beta1, beta2=beta2)
            kept = [float(beta**2 * share + 1 - beta**2) for beta in betas]
            m, v = state.first_moment / gradient, state.second_moment / gradient**2
            yield equals(f"m/g after 2 steps from {name}, β₁={beta1}", m, kept[0], EXACT)
            yield equals(f"v/g² after 2 steps from {name}, β₂={beta2}", v, kept[1], EXACT)
