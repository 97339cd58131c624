"""What Adam's moments are and what one step of it does (notes 5.4)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._experiments import step_beside_epsilon
from studydl.claims.optimizers._quantities import lone_gradient
from studydl.claims.optimizers._runs import Array, adam_updates, array
from studydl.claims.optimizers._wrong_adam import (
    epsilon_beside_uncorrected,
    epsilon_under_the_root,
    first_moment_only,
    moments_rule,
    no_correction,
    no_root,
    one_scale_for_all,
    second_moment_only,
    squares_summed,
    step_one_ahead,
    step_rule,
    swapped_betas,
)
from studydl.nn.optimizers import AdamState, adam
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import at_most, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = [
    "epsilon_place",
    "first_step",
    "moments",
    "per_coordinate",
    "scale_invariance",
    "step_bound",
]


@misconception(
    "square-of-the-mean",
    en="The second moment is taken for the square of the first, although the mean of the squares is"
    " not the square of the mean.",
    zh="把二阶矩当成一阶矩的平方，但平方的均值不等于均值的平方。",
)
@moments_rule
def square_of_the_mean(m: Array, v: Array, g: Array, b1: float, b2: float) -> tuple[Array, Array]:
    """Average the squared mean."""
    m = b1 * m + (1 - b1) * g
    return m, b2 * v + (1 - b2) * m**2


@misconception(
    "sizes-averaged",
    en="The first moment is taken for the mean size of the gradient, without its sign.",
    zh="把一阶矩当成梯度大小（不带符号）的平均。",
)
@moments_rule
def sizes_averaged(m: Array, v: Array, g: Array, b1: float, b2: float) -> tuple[Array, Array]:
    """Average absolute values."""
    return b1 * m + (1 - b1) * np.abs(g), b2 * v + (1 - b2) * g**2


@misconception(
    "no-division",
    en="Adam is taken for momentum with an average, so that a larger gradient makes a larger step.",
    zh="把 Adam 当成取平均的动量，以为梯度越大步子越大。",
)
@step_rule
def no_division(m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float) -> Array:
    """Step along the corrected mean, undivided."""
    del v, b2, epsilon
    return m / (1 - b1**t)


@misconception(
    "sign-only",
    en="Adam is reduced to the sign of the mean gradient, because its first step looks like that.",
    zh="因为第一步看起来只取符号，就以为 Adam 每一步都只取平均梯度的符号。",
)
@step_rule
def sign_only(m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float) -> Array:
    """Step by the learning rate, whatever the moments say."""
    del v, t, b1, b2, epsilon
    return np.sign(m)


@claim(
    "optimizers.adam-moments",
    en="Adam keeps two averages that forget exponentially: the first moment m of the gradients with"
    " beta1, the second moment v of their squares with beta2, the new value weighted by one minus"
    " the beta.",
    zh="Adam 维护两个指数加权平均：一阶矩 m 对梯度用 beta1，二阶矩 v 对梯度的平方用 beta2，"
    "新值的权重是一减相应的 beta。",
    notes="5.4",
    on=adam,
    misconceptions=[squares_summed, swapped_betas, square_of_the_mean, sizes_averaged],
    sources=["Kingma & Ba 2015, algorithm 1"],
)
def moments(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Compare four unequal steps with exact fractions; the numbers have few binary digits."""
    beta1, beta2 = Fraction(3, 4), Fraction(7, 8)
    state = AdamState.zeros_like(array(0, 0))
    m, v = [Fraction(0)] * 2, [Fraction(0)] * 2
    for t, gradient in enumerate([(3, -5), (-2, 7), (11, -1), (0, 4)], start=1):
        _, state = step(state, array(*gradient), beta1=float(beta1), beta2=float(beta2))
        m = [beta1 * a + (1 - beta1) * g for a, g in zip(m, gradient, strict=True)]
        v = [beta2 * a + (1 - beta2) * g * g for a, g in zip(v, gradient, strict=True)]
        yield equals(f"m{t}", state.first_moment, array(*m), EXACT)
        yield equals(f"v{t}", state.second_moment, array(*v), EXACT)


@claim(
    "optimizers.adam-first-step",
    en="Adam's first step has the size of the learning rate in every coordinate, 0.001 by default,"
    " against the sign of the gradient, whether the gradient is 0.01 or 1000000.",
    zh="Adam 的第一步在每个坐标上的大小都等于学习率（默认 0.001），方向与梯度符号相反，"
    "不论梯度是 0.01 还是 1000000。",
    notes="5.4",
    on=adam,
    misconceptions=[
        no_correction,
        first_moment_only,
        second_moment_only,
        step_one_ahead,
        no_root,
        no_division,
    ],
    sources=["Kingma & Ba 2015, section 2.1"],
)
def first_step(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure six sizes of both signs; ε = 1e-8 takes its exact share of each."""
    gradient = array(0.01, -0.5, 3, -40, 1000, -1000000)
    update, state = step(AdamState.zeros_like(gradient), gradient)
    expected = [-0.001 * g / (abs(g) + 1e-8) for g in gradient.tolist()]
    yield equals("Δθ1 at |g| from 0.01 to 1000000", update, expected, ROUNDING, at=gradient)
    bare, _ = step(AdamState.zeros_like(gradient), gradient, learning_rate=0.25, epsilon=0.0)
    yield equals("Δθ1/η at ε=0", bare / 0.25, -np.sign(gradient), ROUNDING, at=gradient)
    yield equals("t after it", float(state.step), 1.0, EXACT)


@claim(
    "optimizers.adam-epsilon-place",
    en="Adam's epsilon stands outside the root, beside the corrected second moment: a first"
    " gradient as small as epsilon makes 0.5 of a full step, one a hundred times larger 0.990.",
    zh="Adam 的 epsilon 在根号外面，与修正后的二阶矩的根相加："
    "第一个梯度小到等于 epsilon 时只走整步的 0.5，大一百倍时走 0.990。",
    notes="5.4",
    on=adam,
    misconceptions=[epsilon_under_the_root, epsilon_beside_uncorrected, no_root],
    sources=["Kingma & Ba 2015, algorithm 1 and section 2"],
    experiments=[step_beside_epsilon],
)
def epsilon_place(step: Any, _rng: Generator) -> Iterator[Measurement]:
    """Measure first steps at gradients that epsilon can rival, then one later step."""
    gradient = array(1e-8, -1e-6, 1e-7, -1e-9)
    update, state = step(AdamState.zeros_like(gradient), gradient)
    shares = [size / (size + 1e-8) for size in np.abs(gradient).tolist()]
    share = -update / (0.001 * np.sign(gradient))
    yield equals("|Δθ1|/η at |g|=ε", share[0], 0.5, ROUNDING)
    yield equals("|Δθ1|/η at |g|=100ε", share[1], 100 / 101, ROUNDING)
    yield equals("|Δθ1|/η", share, shares, ROUNDING, at=gradient)
    later, _ = step(state, gradient)
    yield equals("Δθ2/Δθ1, same g", later / update, 1.0, ROUNDING, at=gradient)


@claim(
    "optimizers.adam-scale-invariance",
    en="With epsilon at zero, multiplying all gradients by one positive number, such as 1024,"
    " changes no step of Adam; multiplying them by a negative one only turns every step round.",
    zh="epsilon 取零时，把所有梯度同乘一个正数（例如 1024），Adam 的每一步都不变；"
    "同乘一个负数，只是每一步都反向。",
    notes="5.4",
    on=adam,
    misconceptions=[no_root, no_division, sizes_averaged],
    sources=["Kingma & Ba 2015, section 2.1"],
)
def scale_invariance(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Compare six steps on random gradients with those on multiples of them."""
    gradients = rng.uniform(0.5, 2, size=(6, 4)) * array(1, -1, 1, -1)
    updates, _ = adam_updates(step, gradients, epsilon=0.0)
    for factor, tolerance in ((1024.0, EXACT), (0.003, ROUNDING)):
        scaled, _ = adam_updates(step, factor * gradients, epsilon=0.0)
        yield equals(f"Δθ({factor:g} g)/Δθ(g)", scaled / updates, 1.0, tolerance)
    turned, _ = adam_updates(step, -gradients, epsilon=0.0)
    yield equals("Δθ(-g)/Δθ(g)", turned / updates, -1.0, EXACT)


@claim(
    "optimizers.adam-per-coordinate",
    en="Adam scales every coordinate by its own history: making one coordinate's gradients 1000"
    " times larger changes the step of no other, and with epsilon at zero not its own either; a"
    " coordinate that never had a gradient does not move.",
    zh="Adam 按每个坐标自己的历史缩放：把某个坐标的梯度放大 1000 倍，其他坐标的步长都不变；"
    "epsilon 取零时，连它自己的步长也不变；从未有过梯度的坐标不动。",
    notes="5.4",
    on=adam,
    misconceptions=[one_scale_for_all, no_root, no_division],
    sources=["Kingma & Ba 2015, section 1 and algorithm 1"],
)
def per_coordinate(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Enlarge one coordinate of three, silence it, and run the others alone."""
    gradients = rng.uniform(0.5, 2, size=(5, 3)) * array(-1, 1, -1)
    updates, _ = adam_updates(step, gradients, epsilon=0.0)
    enlarged, _ = adam_updates(step, gradients * array(1000, 1, 1), epsilon=0.0)
    alone, _ = adam_updates(step, gradients[:, 1:], epsilon=0.0)
    yield equals("Δθ of the others, 1000 g / g", enlarged[:, 1:] / updates[:, 1:], 1.0, EXACT)
    yield equals("Δθ of the others, alone / together", alone / updates[:, 1:], 1.0, EXACT)
    yield equals("Δθ of its own, 1000 g / g", enlarged[:, 0] / updates[:, 0], 1.0, ROUNDING)
    silent, _ = adam_updates(step, gradients * array(0, 1, 1), epsilon=0.0)
    yield equals("Δθ of its own, g=0", silent[:, 0], 0.0, EXACT)


@claim(
    "optimizers.adam-step-bound",
    en="The learning rate does not bound Adam's step: at the default betas a lone gradient after a"
    " long silence makes a step of 3.16 learning rates, and gradients that grow by a factor of"
    " beta2/beta1 a step make 7.27, which nothing exceeds.",
    zh="学习率并不是 Adam 步长的上界：在默认 beta 下，"
    "长期为零之后突然出现的一个梯度会走 3.16 倍学习率；"
    "每步增大 beta2/beta1 倍的梯度会走到 7.27 倍，这才是上界。",
    notes="5.4",
    on=adam,
    misconceptions=[no_root, no_division, sign_only, swapped_betas],
    sources=["Kingma & Ba 2015, section 2.1"],
    quantities=[lone_gradient],
)
def step_bound(step: Any, rng: Generator) -> Iterator[Measurement]:
    """Attain both figures after 40000 silent steps, and look for anything larger.

    By Cauchy and Schwarz, |m|/√v is at most (1-β₁) / √((1-β₂)(1-β₁²/β₂)), attained by gradients
    that grow by β₂/β₁. The paper names the lone gradient as the worst case.
    """
    b1, b2 = 0.9, 0.999
    bound = (1 - b1) / np.sqrt((1 - b2) * (1 - b1**2 / b2))
    start = AdamState(40000, np.zeros(6), np.zeros(6))
    growing = array(2.5, *rng.uniform(0.9, 1.3, size=5))
    growing[0] = b2 / b1
    largest, state = [], start
    for t in range(200):
        update, state = step(state, growing ** float(t - 200), learning_rate=1.0, epsilon=0.0)
        largest.append(np.abs(update))
    lone = -(1 - b1) / np.sqrt(1 - b2)
    first, _ = step(start, np.ones(6), learning_rate=1.0, epsilon=0.0)
    yield equals("Δθ/η, lone g after g=0", first, lone, ROUNDING)
    yield equals("|Δθ|/η, g growing by β₂/β₁", largest[-1][0], bound, ROUNDING)
    yield at_most("|Δθ|/η, any growth", largest, bound, ROUNDING)
