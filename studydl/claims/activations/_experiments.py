"""What can be predicted of activations before it is measured."""

from __future__ import annotations

from functools import cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.activations.unit import weight_gradient
from studydl.verification.experiment import Outcome, dial, experiment, swept
from studydl.verification.measure import curve

if TYPE_CHECKING:
    from numpy.random import Generator

    from studydl.claims.activations.unit import Rectifier

__all__ = [
    "chain_without_biases",
    "inactive_half",
    "mean_of_relu",
    "mean_slope_by_spread",
    "revival_steps",
    "silent_share",
]

_DEPTHS = (1, 2, 3, 5, 8, 12, 20)
_SPREADS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
_SAMPLE = 4001
_PATIENCE = 3000
"""Steps after which a unit that has not come back is given up."""


@cache
def _normal() -> Any:
    """Return points of equal probability under the standard normal distribution, in order."""
    quantile = NormalDist().inv_cdf
    return np.array([quantile((k + 0.5) / _SAMPLE) for k in range(_SAMPLE)])


@experiment(
    "gradient-without-biases",
    en="A chain of sigmoid units has the same weight in front of each unit, no biases, and the"
    " input 0. By what factor is a gradient multiplied on its way back through all of them?",
    zh="一串 Sigmoid 单元，每个单元前的权重相同，没有偏置，输入为 0。"
    "梯度反向穿过全部单元后，被乘以多少倍？",
    dials=[
        dial("depth", "units in the chain", "单元个数", _DEPTHS, 5),
        dial("w", "weight", "权重", (1.0, 2.0, 4.0, 6.0, 8.0, 16.0), 4.0),
    ],
)
def chain_without_biases(units: Any, _rng: Generator, *, depth: int, w: float) -> Outcome:
    """Without biases the units leave 0, where alone the slope is 1/4: more weight saturates."""

    def factor(n: int) -> float:
        z, product = np.zeros(1), 1.0
        for _ in range(n):
            product *= w * float(units.slope(z)[0])
            z = w * units.value(z)
        return product

    return swept(factor, depth, range(1, 21), x="depth", y="∂h_n/∂h_0")


@experiment(
    "inactive-half",
    en="A gradient flows back through Leaky ReLU units whose inputs are standard normal numbers,"
    " positive or negative with equal chances. What is the median of the product of all their"
    " slopes?",
    zh="梯度反向穿过若干 Leaky ReLU 单元，它们的输入服从标准正态分布，正负机会均等。"
    "所有斜率之积的中位数是多少？",
    dials=[
        dial("depth", "units", "单元个数", (2, 4, 6, 10, 16, 20), 10),
        dial("slope", "slope below 0", "负半轴斜率", (0.01, 0.1, 0.2, 0.5, 0.9), 0.1),
    ],
)
def inactive_half(slope_at: Any, rng: Generator, *, depth: int, slope: float) -> Outcome:
    """Half of the units are inactive in the median: the leak counts once for every two units."""
    inputs = rng.normal(size=(2001, 20))
    factors = np.cumprod(slope_at(inputs, slope=slope), axis=1)
    medians = np.median(factors, axis=0)
    return swept(lambda n: medians[n - 1], depth, range(1, 21), x="depth", y="∏ f′(z)")


@experiment(
    "silent-share",
    en="The inputs of a ReLU layer are normal. Which share of its outputs is exactly 0?",
    zh="ReLU 层的输入服从正态分布。输出恰好为 0 的比例是多少？",
    dials=[
        dial(
            "mean", "mean of the inputs", "输入均值", (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0), -0.5
        ),
        dial("spread", "standard deviation", "标准差", (0.5, 1.0, 2.0, 4.0), 1.0),
    ],
)
def silent_share(relu: Any, _rng: Generator, *, mean: float, spread: float) -> Outcome:
    """Only the mean in units of the deviation counts."""
    z = _normal()
    return swept(
        lambda m: np.mean(relu(m + spread * z) == 0),
        mean,
        np.linspace(-2, 2, 33),
        x="mean",
        y="P(h = 0)",
    )


@experiment(
    "mean-output",
    en="The inputs of a ReLU layer are normal. What is the mean of its outputs?",
    zh="ReLU 层的输入服从正态分布。输出的均值是多少？",
    dials=[
        dial("spread", "standard deviation of the inputs", "输入标准差", _SPREADS, 1.0),
        dial("mean", "mean of the inputs", "输入均值", (-2.0, -1.0, 0.0, 1.0, 2.0), 0.0),
    ],
)
def mean_of_relu(relu: Any, _rng: Generator, *, spread: float, mean: float) -> Outcome:
    """Inputs of mean 0 come out with a mean of 0.4 deviations: nothing is centred any more."""
    z = _normal()
    return swept(
        lambda s: np.mean(relu(mean + s * z)),
        spread,
        np.linspace(0.25, 16, 40),
        x="spread",
        y="E[h]",
    )


@experiment(
    "mean-slope",
    en="The inputs of a sigmoid layer are normal with mean 0. What is the mean of its slopes?",
    zh="Sigmoid 层的输入服从均值为 0 的正态分布。斜率的平均值是多少？",
    dials=[dial("spread", "standard deviation of the inputs", "输入标准差", _SPREADS, 2.0)],
)
def mean_slope_by_spread(slope: Any, _rng: Generator, *, spread: float) -> Outcome:
    """The mean falls as the inverse of the spread, for some inputs always lie near 0."""
    z = _normal()
    return swept(
        lambda s: np.mean(slope(s * z)),
        spread,
        np.geomspace(0.25, 16, 40),
        x="spread",
        y="E[σ′(z)]",
    )


@experiment(
    "steps-to-revive",
    en="A Leaky ReLU unit with the inputs 1 and 2 has learnt a negative weight and should now"
    " output 1 and 2. After how many steps of gradient descent on the mean of half the squared"
    " error is its weight positive again (at most 3000)?",
    zh="一个 Leaky ReLU 单元的输入为 1 和 2，权重已变成负数，而目标输出是 1 和 2。"
    "对平方误差之半的均值做梯度下降，多少步之后权重重新变为正数（最多 3000 步）？",
    dials=[
        dial("rate", "learning rate", "学习率", (0.01, 0.03, 0.1, 0.3), 0.1),
        dial("start", "weight at the start", "初始权重", (-4.0, -2.0, -1.0, -0.5), -1.0),
    ],
)
def revival_steps(unit: Rectifier, _rng: Generator, *, rate: float, start: float) -> Outcome:
    """The leak of 0.01 lets a hundredth of the gradient through: coming back takes its time."""
    inputs = np.array([[1.0], [2.0]])
    targets = np.array([1.0, 2.0])
    path = _weights_of(unit, start, inputs, targets, rate)
    positive = [step for step, w in enumerate(path) if w > 0]
    every = max(len(path) // 60, 1)
    shown = curve("w", range(0, len(path), every), path[::every], x_label="t", y_label="w")
    return Outcome(float(positive[0] if positive else _PATIENCE), (shown,))


def _weights_of(
    unit: Rectifier, start: float, inputs: Any, targets: Any, rate: float
) -> list[float]:
    w, path = np.array([start]), [start]
    for _ in range(_PATIENCE):
        w = w - rate * weight_gradient(unit, w, inputs, targets)
        path.append(float(w[0]))
        if w[0] > 0:
            break
    return path
