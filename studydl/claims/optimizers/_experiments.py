"""What can be predicted of optimisers before it is measured."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.optimizers._descents import path as path_of
from studydl.claims.optimizers._descents import updates_from
from studydl.claims.optimizers._runs import array, momentum_updates
from studydl.nn.optimizers import AdaGradState, AdamState, MomentumState, RMSPropState
from studydl.verification.experiment import Outcome, dial, experiment, swept
from studydl.verification.measure import curve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.random import Generator

    from studydl.verification.evidence import Series

__all__ = [
    "adagrad_way",
    "noise_of_steps",
    "reach_of_a_decay",
    "rmsprop_step",
    "short_steps_after_a_burst",
    "step_beside_epsilon",
    "steps_in_a_valley",
]

_LONGEST = 2000
"""Steps of a descent that is then given up."""
_AFTER_A_BURST = 4000
_CLOSE = 1e-3
_HALF = 0.5


def _course(name: str, values: Sequence[float], x: str) -> Series:
    """Return a curve over the steps, thinned to what a terminal can show."""
    every = max(len(values) // 60, 1)
    return curve(name, range(0, len(values), every), values[::every], x_label=x, y_label=name)


@experiment(
    "steps-in-a-valley",
    en="Momentum descends a quadratic of the curvatures 1 and k, with the learning rate 1/k, from 1"
    " in both directions. After how many steps is it within 0.001 of the minimum for good (at most"
    " 2000)?",
    zh="动量法在曲率为 1 和 k 的二次函数上下降，学习率为 1/k，两个方向都从 1 出发。"
    "多少步之后，它与最小值的距离一直保持在 0.001 以内（最多 2000 步）？",
    dials=[
        dial("decay", "decay α", "衰减系数 α", (0.0, 0.5, 0.8, 0.9, 0.95, 0.99), 0.9),
        dial("k", "curvature k", "曲率 k", (1.0, 10.0, 100.0, 1000.0), 100.0),
    ],
)
def steps_in_a_valley(
    step: Callable[..., Any], _rng: Generator, *, decay: float, k: float
) -> Outcome:
    """From hundreds of steps to some dozens; too much momentum swings past the minimum instead."""
    curvatures = array(1.0, k)
    places = path_of(
        step,
        MomentumState.zeros_like(curvatures),
        np.ones(2),
        lambda theta: curvatures * theta,
        _LONGEST,
        learning_rate=1 / k,
        decay=decay,
    )
    errors = np.max(np.abs(places), axis=1)
    far = np.flatnonzero(~(errors < _CLOSE))
    count = int(far[-1]) + 1 if len(far) else 0
    shown = errors[: max(min(2 * count, _LONGEST), 30)]
    return Outcome(float(min(count, _LONGEST)), (_course("|θ|", shown.tolist(), "t"),))


@experiment(
    "noise-of-steps",
    en="Gradients are pure noise of mean 0 and deviation 1. What is the standard deviation of"
    " momentum's step after some steps, in learning rates?",
    zh="梯度是均值为 0、标准差为 1 的纯噪声。"
    "若干步之后，动量法单步更新量的标准差是学习率的多少倍？",
    dials=[
        dial("decay", "decay α", "衰减系数 α", (0.0, 0.5, 0.9, 0.95, 0.99), 0.9),
        dial("steps", "steps", "步数", (1, 3, 10, 30, 100, 300), 100),
    ],
)
def noise_of_steps(
    step: Callable[..., Any], rng: Generator, *, decay: float, steps: int
) -> Outcome:
    """The gradients' mean grows by 1/(1 - α), their noise only by the root of 1/(1 - α²)."""
    gradients = rng.normal(size=(300, 1000))[:steps]
    updates, _ = momentum_updates(step, gradients, learning_rate=1.0, decay=decay)
    deviations = np.std(updates, axis=1)
    line = curve("σ(v)", range(1, steps + 1), deviations, x_label="steps", y_label="σ(v)")
    return Outcome(float(deviations[-1]), (line,))


@experiment(
    "short-steps-after-a-burst",
    en="Adam (β₁ = 0.9) has long seen gradients of 1. One single gradient is larger; then they are"
    " 1 again. How many steps later was the last one that is shorter than half a learning rate (at"
    " most 4000; 0 if none is)?",
    zh="Adam（β₁ = 0.9）长期看到的梯度都是 1，突然有一个大梯度，之后又都是 1。"
    "在它之后，最后一次单步长度不足学习率一半出现在第几步（最多 4000；没有则为 0）？",
    dials=[
        dial("burst", "the one gradient", "突发梯度", (3.0, 10.0, 30.0, 100.0, 200.0), 100.0),
        dial("beta2", "β₂", "β₂", (0.9, 0.99, 0.999), 0.999),
    ],
)
def short_steps_after_a_burst(
    step: Callable[..., Any], _rng: Generator, *, burst: float, beta2: float
) -> Outcome:
    """The square of one gradient is remembered for a thousand steps and more at 0.999."""
    state = AdamState(1_000_000, array(1.0), array(1.0))
    gradients = [array(burst)] + [array(1.0)] * _AFTER_A_BURST
    updates, _ = updates_from(step, state, gradients, learning_rate=1.0, beta1=0.9, beta2=beta2)
    lengths = np.abs(updates[1:, 0])
    short = np.flatnonzero(~(lengths >= _HALF))
    count = int(short[-1]) + 1 if len(short) else 0
    shown = lengths[: max(min(2 * count, _AFTER_A_BURST), 60)]
    return Outcome(float(count), (_course("|Δθ| / η", shown.tolist(), "t"),))


@experiment(
    "step-beside-epsilon",
    en="How many learning rates long is Adam's first step, for a tiny gradient?",
    zh="梯度很小时，Adam 的第一步是学习率的多少倍？",
    dials=[
        dial("g", "gradient", "梯度", (1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1.0), 1e-10),
        dial("epsilon", "ε", "ε", (1e-12, 1e-8, 1e-4), 1e-8),
    ],
)
def step_beside_epsilon(
    step: Callable[..., Any], _rng: Generator, *, g: float, epsilon: float
) -> Outcome:
    """It is g over g + ε: a full step however small the gradient is, until ε is as large as it."""

    def length(size: float) -> float:
        state = AdamState.zeros_like(array(0.0))
        update, _ = step(state, array(size), learning_rate=1.0, epsilon=epsilon)
        return float(-update[0])

    def at_power(power: float) -> float:
        return length(10.0**power)

    powers = np.linspace(-12, 0, 49)
    swept_over = swept(at_power, math.log10(g), powers, x="log₁₀ g", y="|Δθ| / η")
    return Outcome(length(g), swept_over.series)


@experiment(
    "rmsprop-step",
    en="RMSProp meets the same gradient at every step, from its start on. How many learning rates"
    " long is step t?",
    zh="RMSProp 从一开始每步遇到的梯度都相同。第 t 步是学习率的多少倍？",
    dials=[
        dial("t", "step t", "第 t 步", (1, 2, 5, 10, 50, 200), 1),
        dial("decay", "decay α", "衰减系数 α", (0.5, 0.9, 0.99, 0.999), 0.99),
    ],
)
def rmsprop_step(step: Callable[..., Any], _rng: Generator, *, t: int, decay: float) -> Outcome:
    """It starts from a mean square of 0 and corrects nothing: the first steps are the longest."""
    state = RMSPropState.zeros_like(array(0.0))
    gradients = [array(3.0)] * 200
    updates, _ = updates_from(step, state, gradients, learning_rate=1.0, decay=decay, delta=0.0)
    lengths = -updates[:, 0]
    line = curve("|Δθ| / η", range(1, 201), lengths, x_label="t", y_label="|Δθ| / η")
    return Outcome(float(lengths[t - 1]), (line,))


@experiment(
    "adagrad-way",
    en="AdaGrad meets the same gradient at every step. How many learning rates long is its whole"
    " way after t steps?",
    zh="AdaGrad 每步遇到的梯度都相同。t 步之后，总路程是学习率的多少倍？",
    dials=[
        dial("t", "steps t", "步数 t", (1, 10, 100, 1000), 100),
        dial("g", "gradient", "梯度", (0.01, 1.0, 100.0), 1.0),
    ],
)
def adagrad_way(step: Callable[..., Any], _rng: Generator, *, t: int, g: float) -> Outcome:
    """About 2√t, whatever the gradient: ten times as far takes a hundred times the steps."""
    state = AdaGradState.zeros_like(array(0.0))
    updates, _ = updates_from(step, state, [array(g)] * t, learning_rate=1.0, delta=1e-12)
    way = [0.0, *accumulate(np.abs(updates[:, 0]).tolist())]
    return Outcome(way[-1], (_course("Σ|Δθ| / η", way, "t"),))


@experiment(
    "reach-of-a-decay",
    en="The learning rate starts at 1 and is multiplied by a factor at every step. How far can"
    " gradients of 1 carry a parameter in so many steps?",
    zh="学习率从 1 开始，每步乘以一个系数。梯度恒为 1 时，这么多步最多能把参数带到多远？",
    dials=[
        dial("factor", "factor", "系数", (0.5, 0.9, 0.99, 0.999), 0.99),
        dial("steps", "steps", "步数", (10, 100, 1000, 3000), 1000),
    ],
)
def reach_of_a_decay(falls: Any, _rng: Generator, *, factor: float, steps: int) -> Outcome:
    """1 / (1 - factor) and no further, however many steps are added."""
    rates = [falls.exponential(t, initial=1.0, factor=factor) for t in range(steps)]
    reach = [0.0, *accumulate(rates)]
    return Outcome(reach[-1], (_course("Σ η", reach, "t"),))
