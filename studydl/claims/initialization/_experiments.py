"""What can be predicted of initialisations before it is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization._networks import Net, System, drawn, gaussian, linear
from studydl.nn import activations
from studydl.verification.experiment import Outcome, dial, experiment
from studydl.verification.measure import curve

if TYPE_CHECKING:
    from numpy.random import Generator

__all__ = [
    "deep_linear_signal",
    "relu_signal_by_he",
    "sigmoid_gradient",
    "tanh_signal_by_deviation",
    "tanh_signal_by_xavier",
]

_DEPTHS = (1, 2, 5, 10, 20, 40)
_EXAMPLES = 32


def _deviations(
    net: Net | System, weights: list[Any], x: Any, activation: Any, depth: int
) -> Outcome:
    """Return the root mean square of the last activations, and its course through the layers."""
    signals = net.forward(x, weights, activation)
    sizes = np.sqrt(np.asarray(net.moments(signals.activations).mean_square))
    line = curve("√E[h²]", range(depth + 1), sizes, x_label="depth", y_label="√E[h²]")
    return Outcome(float(sizes[-1]), (line,))


@experiment(
    "tanh-by-deviation",
    en="Tanh layers of 100 units start from normal weights of one fixed standard deviation. How"
    " large is a typical activation of the last layer (root mean square), for inputs of size 1?",
    zh="每层 100 个单元的 tanh 网络，权重取固定标准差的正态分布，输入大小为 1。"
    "最后一层激活值的典型大小（均方根）是多少？",
    dials=[
        dial("depth", "layers", "层数", _DEPTHS, 10),
        dial(
            "deviation",
            "deviation of the weights",
            "权重标准差",
            (0.01, 0.03, 0.05, 0.1, 0.2, 0.5, 1.0),
            0.05,
        ),
    ],
)
def tanh_signal_by_deviation(
    system: System, rng: Generator, *, depth: int, deviation: float
) -> Outcome:
    """One over the root of 100 is the edge: below it the signal dies, above it it saturates."""
    x = rng.normal(size=(_EXAMPLES, 100))
    weights = [system.initialize(rng, 100, 100, standard_deviation=deviation) for _ in range(depth)]
    return _deviations(system, weights, x, np.tanh, depth)


@experiment(
    "tanh-by-xavier",
    en="Tanh layers of 128 units start from Xavier's uniform weights. How large is a typical"
    " activation of the last layer (root mean square)?",
    zh="每层 128 个单元的 tanh 网络，采用 Xavier 均匀初始化。"
    "最后一层激活值的典型大小（均方根）是多少？",
    dials=[
        dial("depth", "layers", "层数", _DEPTHS, 10),
        dial("size", "size of the inputs", "输入大小", (0.1, 0.5, 1.0, 3.0, 10.0), 1.0),
    ],
)
def tanh_signal_by_xavier(system: System, rng: Generator, *, depth: int, size: float) -> Outcome:
    """It fades as one over the root of the depth, and soon forgets how large the inputs were."""
    x = size * rng.normal(size=(_EXAMPLES, 128))
    weights = drawn(system, rng, [128] * (depth + 1))
    return _deviations(system, weights, x, np.tanh, depth)


@experiment(
    "relu-by-he",
    en="ReLU layers start from He's normal weights, made to keep the size of activations. How"
    " large is a typical activation of the last layer (root mean square), for inputs of size 1?",
    zh="ReLU 网络采用 He 正态初始化，本意是保持激活值的大小。输入大小为 1 时，"
    "最后一层激活值的典型大小（均方根）是多少？",
    dials=[
        dial("depth", "layers", "层数", _DEPTHS, 10),
        dial("width", "units a layer", "每层单元数", (4, 16, 64, 128), 64),
    ],
)
def relu_signal_by_he(system: System, rng: Generator, *, depth: int, width: int) -> Outcome:
    """The size is kept in the mean only: one narrow, deep network wanders far from it."""
    x = rng.normal(size=(_EXAMPLES, width))
    weights = drawn(system, rng, [width] * (depth + 1))
    return _deviations(system, weights, x, activations.relu, depth)


@experiment(
    "linear-signal",
    en="Linear layers of n units start from normal weights of variance c/n. By what factor has the"
    " variance of the activations changed in the last layer?",
    zh="每层 n 个单元的线性网络，权重方差为 c/n。到最后一层，激活值的方差变为多少倍？",
    dials=[
        dial("depth", "layers", "层数", _DEPTHS, 10),
        dial("c", "factor c", "系数 c", (0.5, 0.8, 1.0, 1.2, 2.0), 1.2),
        dial("n", "units n", "单元数 n", (8, 32, 128), 128),
    ],
)
def deep_linear_signal(net: Net, rng: Generator, *, depth: int, c: float, n: int) -> Outcome:
    """A fifth too much is a factor of six after ten layers; narrow networks have their own way."""
    x = rng.normal(size=(_EXAMPLES, n))
    signals = net.forward(x, gaussian(rng, [n] * (depth + 1), c), linear)
    variances = np.asarray(net.moments(signals.activations).variance)
    ratios = variances / variances[0]
    line = curve("Var h", range(depth + 1), ratios, x_label="depth", y_label="Var h_L / Var h_0")
    return Outcome(float(ratios[-1]), (line,))


@experiment(
    "sigmoid-gradient",
    en="Sigmoid layers of 64 units start from normal weights of variance c/64. By what factor does"
    " the size of a gradient change (root mean square) from the last layer back to the first?",
    zh="每层 64 个单元的 Sigmoid 网络，权重方差为 c/64。"
    "从最后一层反向到第一层，梯度的大小（均方根）变为多少倍？",
    dials=[
        dial("depth", "layers", "层数", (2, 3, 5, 10, 20), 5),
        dial("c", "factor c", "系数 c", (0.25, 1.0, 4.0, 16.0, 64.0), 1.0),
    ],
)
def sigmoid_gradient(net: Net, rng: Generator, *, depth: int, c: float) -> Outcome:
    """A slope of a quarter at most would take weights of variance 16/n, which saturate it."""
    x, g = rng.normal(size=(2, _EXAMPLES, 64))
    weights = gaussian(rng, [64] * (depth + 1), c)
    signals = net.forward(x, weights, activations.sigmoid)
    gradients = net.backward(g, weights, signals, activations.sigmoid_gradient)
    squares = np.asarray(net.moments(gradients.states).mean_square)
    ratios = np.sqrt(squares / squares[-1])[::-1]
    line = curve("|δ|", range(depth), ratios, x_label="L - l", y_label="|δ_l| / |δ_L|")
    return Outcome(float(ratios[-1]), (line,))
