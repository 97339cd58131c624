"""Where cross-entropy has a derivative, and where it is convex."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.language import Text
from studydl.nn import losses as nn
from studydl.nn.activations import sigmoid
from studydl.verification.claim import Misconception, claim
from studydl.verification.differentiation import central_difference
from studydl.verification.measure import at_most, equals, exceeds, stays_below
from studydl.verification.tolerance import CENTRAL_DIFFERENCE, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["convex", "differentiable"]


class _Smooth(NamedTuple):
    """The loss of logits and targets, and its derivative for the probability itself."""

    loss: Callable[..., Any]
    probability_slope: Callable[..., Any]


def _probability_slope(p: Any, y: Any) -> Any:
    return nn.chained_cross_entropy_gradient(p, np.ones_like(p), y)


_SMOOTH = _Smooth(nn.binary_cross_entropy, _probability_slope)


def _counts_mistakes(z: Any, y: Any) -> Any:
    return np.mean((np.asarray(z) > 0) != (np.asarray(y) > 0.5))


def _perceptron(z: Any, y: Any) -> Any:
    return np.mean(np.maximum(0.0, (1 - 2 * np.asarray(y)) * np.asarray(z)))


def _bounded_slope(p: Any, y: Any) -> Any:
    return (np.asarray(p) - np.asarray(y)) / np.maximum(p * (1 - p), 0.05) / np.size(p)


@claim(
    "losses.cross-entropy-differentiable",
    en="In the logit, cross-entropy is smooth everywhere: at z = 0 and label 1 its slope is -0.5"
    " from both sides and its second derivative is 0.25. In the probability p it is not: there the"
    " slope is -1/p, -10 at p = 0.1 and -1000 at p = 0.001, and at p = 0 there is none.",
    zh="作为 logit 的函数，交叉熵处处光滑：在 z = 0、标签为 1 处，左右斜率都是 -0.5，"
    "二阶导数为 0.25。作为概率 p 的函数则不然：斜率是 -1/p，p = 0.1 处为 -10，"
    "p = 0.001 处为 -1000，p = 0 处不存在。",
    notes="Z.5",
    on=_SMOOTH,
    misconceptions=[
        Misconception(
            "differentiable-in-the-probability",
            _SMOOTH._replace(probability_slope=_bounded_slope),
            Text(
                "“Differentiable” is taken to hold of the output too, down to a probability of 0,"
                " with a slope that stays bounded.",
                "以为“可导”对输出概率也成立，一直到概率为 0，斜率都有界。",
            ),
            notes="Z.5",
        ),
        Misconception(
            "counts-mistakes",
            _SMOOTH._replace(loss=_counts_mistakes),
            Text(
                "The share of mistakes, which is what one wants to be small, is taken for the loss;"
                " it jumps, and is flat elsewhere.",
                "把真正想减小的错误率当成损失；它有跳跃，其余地方是平的。",
            ),
        ),
        Misconception(
            "perceptron-kink",
            _SMOOTH._replace(loss=_perceptron),
            Text(
                "The straight lines that the loss follows far out are taken for the loss.",
                "把损失在远处趋近的两条直线当成损失本身。",
            ),
        ),
    ],
    sources=["Goodfellow, Bengio & Courville 2016, sections 6.2.2.2 and 8.1.2"],
)
def differentiable(smooth: _Smooth, rng: Generator) -> Iterator[Measurement]:
    """Measure slopes from both sides of 0, the curvature there, and the slope in p."""

    def loss(z: Any) -> Any:
        return np.array([float(smooth.loss([each], [1])) for each in np.atleast_1d(z)])

    z = np.array([0.0, *rng.uniform(-6, 6, size=12)])
    slope = 1 / (1 + np.exp(-z)) - 1
    yield equals("dC/dz at z = 0", central_difference(loss, z[:1]), -0.5, CENTRAL_DIFFERENCE)
    yield equals("dC/dz = p - 1", central_difference(loss, z), slope, CENTRAL_DIFFERENCE, at=z)
    near = loss([-1e-4, 0.0, 1e-4])
    jump = (near[2] - 2 * near[1] + near[0]) / 1e-4
    yield stays_below("slope right of 0 - slope left of 0", jump, 1e-3)
    h = 5e-4
    second = (loss(h) - 2 * loss(0.0) + loss(-h)) / h**2
    yield equals("d²C/dz² at z = 0", second, 0.25, CENTRAL_DIFFERENCE)
    for p, expected in ((0.1, -10.0), (0.001, -1000.0), (1e-12, -1e12)):
        measured = smooth.probability_slope(np.array([p]), [1])
        yield equals(f"dC/dp at p = {p:g}", measured, expected, ROUNDING)


class _Losses(NamedTuple):
    """Two losses of logits and targets."""

    cross_entropy: Callable[..., Any]
    squared_error: Callable[..., Any]


def _behind_a_sigmoid(z: Any, y: Any) -> Any:
    return nn.squared_error(sigmoid(z), y)


_LOSSES = _Losses(nn.binary_cross_entropy, _behind_a_sigmoid)


@claim(
    "losses.cross-entropy-convex",
    en="Cross-entropy is convex in the weights of logistic regression; the squared error of the"
    " same sigmoid is not: at probability 0.75 for the label 0 their second derivatives in the"
    " logit are 0.1875 and -0.0352. Through two layers cross-entropy is not convex either: two"
    " weights of 1.5 each, or of -1.5, cost 0.100, halfway between they cost 0.693.",
    zh="对逻辑回归的权重，交叉熵是凸函数；同一个 Sigmoid 的平方误差则不是："
    "概率为 0.75、标签为 0 时，两者对 logit 的二阶导数分别为 0.1875 和 -0.0352。"
    "经过两层之后交叉熵也不再是凸的："
    "两个权重都取 1.5 或都取 -1.5 时代价为 0.100，正中间却是 0.693。",
    notes="Z.5",
    on=_LOSSES,
    misconceptions=[
        Misconception(
            "a-square-is-convex",
            _LOSSES._replace(squared_error=nn.squared_error),
            Text(
                "A square is convex; that a sigmoid lies under it is overlooked.",
                "平方是凸的，却忽略了里面还有一个 Sigmoid。",
            ),
        ),
        Misconception(
            "without-the-logarithm",
            _LOSSES._replace(
                cross_entropy=lambda z, y: np.mean(np.abs(sigmoid(z) - np.asarray(y)))
            ),
            Text(
                "One minus the label's probability is minimised, without the logarithm.",
                "最小化的是 1 减标签的概率，没有取对数。",
            ),
        ),
        Misconception(
            "both-alike",
            _LOSSES._replace(cross_entropy=_behind_a_sigmoid),
            Text(
                "The loss is thought to make no difference to the shape of the surface.",
                "以为换一种损失不会改变损失曲面的形状。",
            ),
        ),
    ],
    sources=[
        "Boyd & Vandenberghe 2004, section 7.1.1",
        "Auer, Herbster & Warmuth 1996, section 1",
    ],
)
def convex(losses: _Losses, rng: Generator) -> Iterator[Measurement]:
    """Measure curvatures, chords between random weights, and a chord that lies below."""
    at, h = math.log(3), 5e-4
    for name, loss, exact in (
        ("cross-entropy", losses.cross_entropy, 3 / 16),
        ("squared error", losses.squared_error, -9 / 256),
    ):
        low, mid, high = (float(loss([z], [0])) for z in (at - h, at, at + h))
        second = (high - 2 * mid + low) / h**2
        yield equals(f"d²C/dz², {name}, p = 0.75, y = 0", second, exact, CENTRAL_DIFFERENCE)
    above = []
    for _ in range(20):
        x, y = rng.normal(size=(6, 3)), rng.integers(0, 2, size=6)
        v, w = rng.normal(scale=3, size=(2, 3))
        costs = [losses.cross_entropy(x @ each, y) for each in (v, (v + w) / 2, w)]
        above.append(costs[1] - (costs[0] + costs[2]) / 2)
    yield at_most("C(midpoint) - mean C, cross-entropy", above, 0.0, ROUNDING)
    ends = [float(losses.squared_error([z], [0])) for z in (2.0, 4.0, 6.0)]
    bulge = ends[1] - (ends[0] + ends[2]) / 2
    yield exceeds("C(midpoint) - mean C, squared error, z = 2, 6", bulge, 0.01)
    for weight in (1.5, -1.5, 0.0):
        measured = losses.cross_entropy([weight * weight], [1])
        exact = math.log1p(math.exp(-weight * weight))
        yield equals(f"C of both weights = {weight:g}", measured, exact, ROUNDING)
