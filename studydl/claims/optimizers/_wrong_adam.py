"""Wrong Adams that several claims have to reject, each told by the part that is wrong."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.nn.optimizers import AdamState
from studydl.verification.claim import misconception

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.claims.optimizers._runs import Array

__all__ = [
    "epsilon_beside_uncorrected",
    "epsilon_under_the_root",
    "first_moment_only",
    "moments_rule",
    "no_correction",
    "no_exponent",
    "no_root",
    "one_scale_for_all",
    "second_moment_only",
    "squares_summed",
    "step_one_ahead",
    "step_rule",
    "swapped_betas",
]

_Step = tuple[Any, AdamState]
_Averages = tuple[Any, Any]


def corrected(moment: Array, beta: float, t: int) -> Array:
    """Correct a moment for its start at zero."""
    return moment / (1 - beta**t)


def right_moments(m: Array, v: Array, g: Array, b1: float, b2: float) -> _Averages:
    """Average the gradients and their squares."""
    return b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2


def right_direction(m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float) -> Array:
    """Divide the corrected mean by the root of the corrected mean square."""
    return corrected(m, b1, t) / (np.sqrt(corrected(v, b2, t)) + epsilon)


def assembled(
    moments: Callable[..., _Averages], direction: Callable[..., Array]
) -> Callable[..., _Step]:
    """Make a step function of a rule for the moments and a rule for the direction."""

    def step(
        state: AdamState,
        gradient: Array,
        *,
        learning_rate: float = 1e-3,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> _Step:
        t = state.step + 1
        m, v = moments(state.first_moment, state.second_moment, gradient, beta1, beta2)
        update = -learning_rate * direction(m, v, t, beta1, beta2, epsilon)
        return update, AdamState(t, m, v)

    return step


def step_rule(direction: Callable[..., Array]) -> Callable[..., _Step]:
    """Make an Adam with right moments of a rule for the direction of the step."""
    return assembled(right_moments, direction)


def moments_rule(moments: Callable[..., _Averages]) -> Callable[..., _Step]:
    """Make an Adam with the right step of a rule for the moments."""
    return assembled(moments, right_direction)


@misconception(
    "no-exponent",
    en="The formula is copied without the exponent t; for the first step it makes no difference.",
    zh="抄公式时漏掉了指数 t；在第一步确实看不出差别。",
    notes="5.4",
)
@step_rule
def no_exponent(m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float) -> Array:
    """Divide by 1 - β at every step."""
    del t
    return m / (1 - b1) / (np.sqrt(v / (1 - b2)) + epsilon)


@misconception(
    "no-correction",
    en="The correction looks like a detail of the first steps that may be left out.",
    zh="以为偏差修正只是开头几步的细节，可以省掉。",
)
@step_rule
def no_correction(m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float) -> Array:
    """Use the moments as they are."""
    del t, b1, b2
    return m / (np.sqrt(v) + epsilon)


@misconception(
    "first-moment-only",
    en="Only the mean of the gradients is believed to need the correction.",
    zh="以为只有一阶矩需要修正。",
)
@step_rule
def first_moment_only(m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float) -> Array:
    """Correct m and leave v."""
    del b2
    return corrected(m, b1, t) / (np.sqrt(v) + epsilon)


@misconception(
    "second-moment-only",
    en="Only the mean square is believed to need the correction, since its beta is nearer to one.",
    zh="以为只有二阶矩需要修正，因为它的 β 更接近一。",
)
@step_rule
def second_moment_only(m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float) -> Array:
    """Correct v and leave m."""
    del b1
    return m / (np.sqrt(corrected(v, b2, t)) + epsilon)


@misconception(
    "step-one-ahead",
    en="The step counter is raised once too often before the correction uses it.",
    zh="计数器在修正之前多加了一次，t 大了一。",
)
@step_rule
def step_one_ahead(m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float) -> Array:
    """Correct with t + 1."""
    return right_direction(m, v, t + 1, b1, b2, epsilon)


@misconception(
    "no-root",
    en="The gradient is divided by the mean square itself, as if its unit did not matter.",
    zh="直接除以平方的平均值，忘了开根号，没有考虑量纲。",
)
@step_rule
def no_root(m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float) -> Array:
    """Forget the square root."""
    return corrected(m, b1, t) / (corrected(v, b2, t) + epsilon)


@misconception(
    "epsilon-under-the-root",
    en="Epsilon is put under the root, as batch normalisation has it.",
    zh="把 ε 放进根号里，就像批归一化那样。",
)
@step_rule
def epsilon_under_the_root(
    m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float
) -> Array:
    """Add epsilon to the mean square."""
    return corrected(m, b1, t) / np.sqrt(corrected(v, b2, t) + epsilon)


@misconception(
    "epsilon-beside-uncorrected",
    en="The faster order of computation at the end of the paper's section 2 is taken for the same"
    " formula, though its epsilon stands beside the uncorrected root.",
    zh="把论文第 2 节末尾的高效写法当成同一个公式，但那里的 ε 加在未修正的根号旁边。",
)
@step_rule
def epsilon_beside_uncorrected(
    m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float
) -> Array:
    """Add epsilon to the root before the correction."""
    return corrected(m, b1, t) / (np.sqrt(v) + epsilon) * math.sqrt(1 - b2**t)


@misconception(
    "one-scale-for-all",
    en="The step is divided by the size of the whole gradient vector, as in clipping by norm.",
    zh="用整个梯度向量的大小来缩放，就像按范数裁剪那样。",
)
@step_rule
def one_scale_for_all(m: Array, v: Array, t: int, b1: float, b2: float, epsilon: float) -> Array:
    """Share one denominator among the coordinates."""
    return corrected(m, b1, t) / (math.sqrt(np.mean(corrected(v, b2, t))) + epsilon)


@misconception(
    "squares-summed",
    en="Adam is said to combine momentum with AdaGrad, and AdaGrad sums the squares.",
    zh="据说 Adam 集合了 Momentum 和 AdaGrad，而 AdaGrad 对平方求和。",
    notes="5.4",
)
@moments_rule
def squares_summed(m: Array, v: Array, g: Array, b1: float, b2: float) -> _Averages:
    """Sum the squares as AdaGrad does."""
    del b2
    return b1 * m + (1 - b1) * g, v + g**2


@misconception(
    "swapped-betas",
    en="The two betas are mixed up: the mean is given the long memory, the mean square the short.",
    zh="两个 β 弄反了：一阶矩用了长记忆，二阶矩用了短记忆。",
)
@moments_rule
def swapped_betas(m: Array, v: Array, g: Array, b1: float, b2: float) -> _Averages:
    """Average each moment with the other's beta."""
    return b2 * m + (1 - b2) * g, b1 * v + (1 - b1) * g**2
