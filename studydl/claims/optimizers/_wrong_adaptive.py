"""Wrong AdaGrads and RMSProps that several claims have to reject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.nn.optimizers import AdaGradState, RMSPropState
from studydl.verification.claim import misconception

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.claims.optimizers._runs import Array

__all__ = [
    "adagrad_rule",
    "averages_squares",
    "counts_steps",
    "delta_under_the_root",
    "flat_goes_further",
    "no_correction_needed",
    "one_sum_for_all",
    "rms_corrected",
    "rms_delta_under_the_root",
    "rms_no_root",
    "rms_sums",
    "rms_weights_swapped",
    "rmsprop_rule",
    "sums_sizes",
]


def adagrad_rule(rule: Callable[..., tuple[Any, Any]]) -> Callable[..., tuple[Any, AdaGradState]]:
    """Make a step function of a rule for the accumulated value and for the denominator."""

    def step(
        state: AdaGradState, gradient: Array, *, learning_rate: float, delta: float = 1e-7
    ) -> tuple[Any, AdaGradState]:
        r, denominator = rule(state.sum_of_squares, gradient, delta)
        return -learning_rate * gradient / denominator, AdaGradState(r)

    return step


def rmsprop_rule(rule: Callable[..., tuple[Any, Any]]) -> Callable[..., tuple[Any, RMSPropState]]:
    """Make a step function of a rule for the accumulated value and for the denominator."""

    def step(
        state: RMSPropState,
        gradient: Array,
        *,
        learning_rate: float,
        decay: float = 0.9,
        delta: float = 1e-6,
    ) -> tuple[Any, RMSPropState]:
        r, denominator = rule(state.mean_square, gradient, decay, delta)
        return -learning_rate * gradient / denominator, RMSPropState(r)

    return step


@misconception(
    "averages-squares",
    en="The history is believed to be averaged with forgetting, as RMSProp does.",
    zh="以为历史是带遗忘的平均，就像 RMSProp 那样。",
)
@adagrad_rule
def averages_squares(r: Array, g: Array, delta: float) -> tuple[Array, Array]:
    """Average at 0.9."""
    r = 0.9 * r + 0.1 * g**2
    return r, delta + np.sqrt(r)


@misconception(
    "flat-goes-further",
    en="Flat directions are said to make more progress, steep ones to be slowed down: as if the"
    " step shrank where the gradients grow, which it does without the root.",
    zh="据说平缓的方向进步更大、陡峭的方向被减慢，好像梯度越大步子反而越小；漏掉根号时才会这样。",
    notes="5.2",
)
@adagrad_rule
def flat_goes_further(r: Array, g: Array, delta: float) -> tuple[Array, Array]:
    """Divide by the sum of squares itself."""
    r = r + g**2
    return r, delta + r


@misconception(
    "sums-sizes",
    en="The sizes of the gradients are added up, without squares and root.",
    zh="直接累加梯度的绝对值，没有平方和开方。",
)
@adagrad_rule
def sums_sizes(r: Array, g: Array, delta: float) -> tuple[Array, Array]:
    """Add absolute values."""
    r = r + np.abs(g)
    return r, delta + r


@misconception(
    "one-sum-for-all",
    en="The squares are summed over all parameters, so that all share one learning rate.",
    zh="把所有参数的梯度平方加在一起，大家共用一个学习率。",
)
@adagrad_rule
def one_sum_for_all(r: Array, g: Array, delta: float) -> tuple[Array, Array]:
    """Share one denominator."""
    r = r + np.sum(g**2)
    return r, delta + np.sqrt(r)


@misconception(
    "delta-under-the-root",
    en="Delta is put under the root, as batch normalisation has its epsilon.",
    zh="把 δ 放进根号里，就像批归一化的 ε 那样。",
)
@adagrad_rule
def delta_under_the_root(r: Array, g: Array, delta: float) -> tuple[Array, Array]:
    """Add delta to the sum."""
    r = r + g**2
    return r, np.sqrt(delta + r)


@misconception(
    "counts-steps",
    en="The learning rate is believed to fall with the number of steps, whatever the gradients.",
    zh="以为学习率只随步数下降，与梯度无关。",
)
@adagrad_rule
def counts_steps(r: Array, g: Array, delta: float) -> tuple[Array, Array]:
    """Add 1 for every step and divide the sign of the gradient by the root."""
    del delta
    return r + 1, np.sqrt(r + 1) * np.abs(g)


@misconception(
    "sums-squares",
    en="The squares are summed as in AdaGrad, whose small variant RMSProp is taken to be.",
    zh="像 AdaGrad 那样对平方求和，以为 RMSProp 只是它的小改动。",
)
@rmsprop_rule
def rms_sums(r: Array, g: Array, decay: float, delta: float) -> tuple[Array, Array]:
    """Sum instead of averaging."""
    del decay
    r = r + g**2
    return r, delta + np.sqrt(r)


@misconception(
    "bias-corrected",
    en="The average is believed to be corrected for its start at zero, as in Adam.",
    zh="以为像 Adam 那样对从零开始的平均做了偏差修正。",
)
@rmsprop_rule
def rms_corrected(r: Array, g: Array, decay: float, delta: float) -> tuple[Array, Array]:
    """Correct the first step, and leave the later ones: what a first step of Adam does."""
    first = np.all(r == 0)
    r = decay * r + (1 - decay) * g**2
    return r, delta + np.sqrt(r / (1 - decay if first else 1))


@misconception(
    "weights-swapped",
    en="The decay is taken for the weight of the new square.",
    zh="把衰减系数当成新平方值的权重。",
)
@rmsprop_rule
def rms_weights_swapped(r: Array, g: Array, decay: float, delta: float) -> tuple[Array, Array]:
    """Forget what ought to be kept."""
    r = (1 - decay) * r + decay * g**2
    return r, delta + np.sqrt(r)


@misconception(
    "delta-under-the-root",
    en="Delta is put under the root, as Goodfellow et al. have it in algorithm 8.5.",
    zh="把 δ 放进根号里，Goodfellow 等人的算法 8.5 就是这样写的。",
)
@rmsprop_rule
def rms_delta_under_the_root(r: Array, g: Array, decay: float, delta: float) -> tuple[Array, Array]:
    """Add delta to the mean square."""
    r = decay * r + (1 - decay) * g**2
    return r, np.sqrt(delta + r)


@misconception(
    "no-root",
    en="The gradient is divided by the mean square itself.",
    zh="直接除以平方的平均值，忘了开根号。",
)
@rmsprop_rule
def rms_no_root(r: Array, g: Array, decay: float, delta: float) -> tuple[Array, Array]:
    """Forget the root."""
    r = decay * r + (1 - decay) * g**2
    return r, delta + r


@misconception(
    "starts-at-full-average",
    en="The average is believed to be right from the first step on, so that the first step is one"
    " learning rate.",
    zh="以为平均值从第一步起就是准的，所以第一步恰好是一倍学习率。",
)
@rmsprop_rule
def no_correction_needed(r: Array, g: Array, decay: float, delta: float) -> tuple[Array, Array]:
    """Start the average at the first square."""
    r = np.where(r == 0, g**2, decay * r + (1 - decay) * g**2)
    return r, delta + np.sqrt(r)
