"""What can be predicted of gradients before they are measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.gradients._networks import (
    Network,
    gaussian_stack,
    linear,
    ones,
    relu,
    relu_slope,
    tanh_slope,
)
from studydl.nn import gradients as nn
from studydl.verification.experiment import Outcome, dial, experiment, swept
from studydl.verification.measure import curve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.random import Generator

__all__ = [
    "clipped_entry",
    "decayed_weight",
    "gradient_by_weight_scale",
    "one_matrix_again_and_again",
    "residual_gain",
]

_WIDTH = 48
_EXAMPLES = 8
_DEEPEST = 40
_DEPTHS = (1, 2, 5, 10, 20, 40)


def _lengths(layers: Sequence[Any]) -> list[float]:
    """Return how long the gradient is at each layer, the input first."""
    return [float(np.sqrt(np.sum(np.square(each)))) for each in layers]


def _through(
    network: Network, weights: list[Any], rng: Generator, value: Any, slope: Any
) -> list[float]:
    """Return by what factor the gradient's length has changed after 0, 1, 2, ... layers back."""
    x, g = rng.normal(size=(2, _EXAMPLES, _WIDTH))
    signals = network.forward(x, weights, value)
    gradients = network.backward(g, weights, signals, slope)
    backwards = _lengths(gradients.activations)[::-1]
    return [each / backwards[0] for each in backwards]


@experiment(
    "gradient-through-blocks",
    en="Residual blocks h + W tanh(h) of 48 units have weights of standard deviation s/√48. By"
    " what factor does the length of a gradient change on its way back through all of them?",
    zh="残差块为 h + W tanh(h)，共 48 个单元，权重的标准差为 s/√48。"
    "梯度反向穿过全部残差块后，长度变为多少倍？",
    dials=[
        dial("depth", "blocks", "残差块个数", _DEPTHS, 20),
        dial("s", "scale s of the weights", "权重尺度 s", (0.05, 0.1, 0.25, 0.5, 1.0, 2.0), 0.5),
    ],
)
def residual_gain(network: Network, rng: Generator, *, depth: int, s: float) -> Outcome:
    """The path keeps the gradient from vanishing, yet nothing keeps it from growing."""
    lengths = _through(network, gaussian_stack(rng, depth, _WIDTH, s), rng, np.tanh, tanh_slope)
    shown = curve("|g|", range(depth + 1), lengths, x_label="depth", y_label="|g_0| / |g_L|")
    return Outcome(lengths[-1], (shown,))


@experiment(
    "gradient-by-weight-scale",
    en="ReLU layers of 48 units have weights of standard deviation s/√48. By what factor does the"
    " length of a gradient change on its way back through all of them?",
    zh="每层 48 个单元的 ReLU 网络，权重的标准差为 s/√48。梯度反向穿过全部层后，长度变为多少倍？",
    dials=[
        dial("depth", "layers", "层数", _DEPTHS, 20),
        dial("s", "scale s of the weights", "权重尺度 s", (0.5, 0.7, 1.0, 1.4, 2.0, 3.0), 1.0),
    ],
)
def gradient_by_weight_scale(network: Network, rng: Generator, *, depth: int, s: float) -> Outcome:
    """Half of the units pass nothing on: the gradient keeps its length at s = √2, not at 1."""
    lengths = _through(network, gaussian_stack(rng, depth, _WIDTH, s), rng, relu, relu_slope)
    shown = curve("|g|", range(depth + 1), lengths, x_label="depth", y_label="|g_0| / |g_L|")
    return Outcome(lengths[-1], (shown,))


@experiment(
    "one-matrix-again",
    en="A linear recurrent layer multiplies by the same matrix at every step: e twice on its"
    " diagonal, k above it, 0 below. How long is the gradient (1, 0) after some steps back, each of"
    " which multiplies by the transposed matrix?",
    zh="线性循环层每一步都乘以同一个矩阵：对角线上是两个 e，上方是 k，下方是 0。"
    "梯度 (1, 0) 每反向一步就乘以该矩阵的转置，若干步之后长度是多少？",
    dials=[
        dial("steps", "steps back", "反向步数", (1, 2, 5, 10, 20, 40), 10),
        dial("e", "eigenvalue e", "特征值 e", (0.5, 0.8, 0.9, 1.0, 1.1), 0.9),
        dial("k", "entry k", "元素 k", (0.0, 0.5, 1.0, 2.0), 1.0),
    ],
)
def one_matrix_again_and_again(
    backward: Callable[..., Any], _rng: Generator, *, steps: int, e: float, k: float
) -> Outcome:
    """The eigenvalue decides in the end, but not at first: the gradient may grow first."""
    matrix = np.array([[e, k], [0.0, e]])

    def length(count: int) -> float:
        weights = [matrix] * count
        signals = nn.forward(np.ones((1, 2)), weights, linear)
        gradients = backward(np.array([[1.0, 0.0]]), weights, signals, ones)
        return _lengths(gradients.activations)[0]

    return swept(length, steps, range(1, _DEEPEST + 1), x="steps", y="|g|")


@experiment(
    "clipped-entry",
    en="The gradients of n parameters are all 1. They are clipped together by norm. What is left"
    " of each?",
    zh="n 个参数的梯度都是 1，按范数整体修剪之后，每个梯度还剩多少？",
    dials=[
        dial("n", "parameters n", "参数个数 n", (1, 4, 25, 100, 10_000, 1_000_000), 10_000),
        dial("c", "largest norm", "范数上限", (0.1, 1.0, 5.0, 10.0), 1.0),
    ],
)
def clipped_entry(clipping: Any, _rng: Generator, *, n: int, c: float) -> Outcome:
    """The norm grows as the root of their number: one limit means less the larger the model."""

    def entry(count: float) -> float:
        clipped = clipping.clip([np.ones(round(count))], max_norm=c)
        return float(clipped[0][0])

    counts = [round(each) for each in np.geomspace(1, 1_000_000, 19)]
    return swept(entry, n, counts, x="n", y="g")


@experiment(
    "decayed-weight",
    en="The loss has no gradient for a weight of 1; only the penalty λ/2 w² acts, and gradient"
    " descent follows it. What is the weight after some steps?",
    zh="损失对某个值为 1 的权重没有梯度，只有惩罚项 λ/2 w² 起作用，用梯度下降更新。"
    "若干步之后，权重是多少？",
    dials=[
        dial("steps", "steps", "步数", (10, 30, 100, 300, 1000), 300),
        dial("strength", "strength λ", "强度 λ", (0.001, 0.01, 0.1), 0.1),
        dial("rate", "learning rate", "学习率", (0.001, 0.01, 0.1), 0.1),
    ],
)
def decayed_weight(
    add: Callable[..., Any], _rng: Generator, *, steps: int, strength: float, rate: float
) -> Outcome:
    """Each step takes the share ηλ: the weight fades as e^(-ηλt), and never reaches 0."""
    weight, path = np.ones(1), [1.0]
    for _ in range(steps):
        (gradient,) = add([np.zeros(1)], [weight], strength=strength)
        weight = weight - rate * gradient
        path.append(float(weight[0]))
    every = max(steps // 50, 1)
    shown = curve("w", range(0, steps + 1, every), path[::every], x_label="steps", y_label="w")
    return Outcome(path[-1], (shown,))
