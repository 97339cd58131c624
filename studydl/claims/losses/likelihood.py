"""In which sense a loss maximises the probability of the labels, and in which it does not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.losses._experiments import logit_by_wrong_labels
from studydl.claims.losses._wrong_values import (
    counts_mistakes,
    distributions,
    mean_probability,
    sums_the_batch,
)
from studydl.claims.losses.oracle import logistic
from studydl.claims.losses.pair import BOTH, CrossEntropies, both
from studydl.language import Text
from studydl.nn import losses as nn
from studydl.nn.activations import sigmoid, sigmoid_gradient
from studydl.nn.losses import softmax
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import curve, equals
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["likelihood", "noisy_labels", "squared_error_likelihood"]

_MAXIMUM_LIKELIHOOD = "Goodfellow, Bengio & Courville 2016, section 5.5"
_BISHOP = "Bishop 2006, section 4.3.2"

squares_the_difference = both(
    "squares-the-difference",
    lambda z, y: np.mean((sigmoid(z) - np.asarray(y)) ** 2),
    lambda z, y: np.mean(np.sum((softmax(z) - distributions(z, y)) ** 2, axis=1)),
    "The squared distance from the labels is taken for their negative log-likelihood.",
    "把与标签之差的平方当成标签的负对数似然。",
)


@claim(
    "losses.cross-entropy-likelihood",
    en="To minimise the cross-entropy is to maximise the joint probability of all labels, for that"
    " is e to the power of -nC: labels of the probabilities 0.75, 0.25 and 0.8 have the joint"
    " probability 0.15, and C is 0.632.",
    zh="最小化交叉熵就是最大化全部标签的联合概率，因为后者等于 e 的 -nC 次方："
    "三个标签的概率为 0.75、0.25 和 0.8 时，联合概率为 0.15，C 为 0.632。",
    notes="Z.5",
    on=BOTH,
    misconceptions=[
        mean_probability,
        counts_mistakes,
        squares_the_difference,
        sums_the_batch,
    ],
    sources=[_MAXIMUM_LIKELIHOOD, _BISHOP],
)
def likelihood(losses: CrossEntropies, rng: Generator) -> Iterator[Measurement]:
    """Measure three labels by hand, then the product of the probabilities of many."""
    names = "p = 0.75, 0.25, 0.8"
    z = np.array([math.log(3), math.log(3), -math.log(4)])
    rows = np.log([[0.75, 0.25], [0.25, 0.75], [0.2, 0.8]])
    for kind, measured in (
        ("labels 1, 0, 0", losses.binary(z, [1, 0, 0])),
        ("classes 0, 0, 1", losses.multiclass(rows, np.array([0, 0, 1]))),
    ):
        yield equals(f"C, {kind}, {names}", measured, -math.log(0.15) / 3, ROUNDING)
        yield equals(f"e^(-nC), {kind}", np.exp(-3 * measured), 0.15, ROUNDING)
    z, y = rng.normal(size=9), rng.integers(0, 2, size=9)
    given = [logistic(logit if label else -logit) for logit, label in zip(z, y, strict=True)]
    measured = np.exp(-9 * losses.binary(z, y))
    yield equals("e^(-nC) / ∏ p, n = 9", measured / math.prod(given), 1.0, ROUNDING)


@misconception(
    "maximises-the-probability",
    en="“Maximises the probability of the label” is taken literally: the mean probability that the"
    " labels are given is climbed, without a logarithm.",
    zh="按字面理解“最大化输出标签的概率”：直接提升标签概率的平均值，没有取对数。",
    notes="Z.5",
)
def maximises_the_probability(z: Any, y: Any) -> Any:
    return (1 - 2 * np.asarray(y)) * sigmoid_gradient(z) / np.size(z)


@misconception(
    "follows-the-majority",
    en="Every example is thought to pull towards the label that most of its like have.",
    zh="以为每个样本都朝着同类样本中多数的标签拉。",
)
def follows_the_majority(z: Any, y: Any) -> Any:
    majority = np.round(np.mean(y))
    return (sigmoid(z) - majority) / np.size(z)


@misconception(
    "content-on-the-right-side",
    en="An example on the right side of 1/2 is thought to pull no more, as for a perceptron.",
    zh="以为样本一旦落在 1/2 的正确一侧就不再产生梯度，像感知机那样。",
)
def content_on_the_right_side(z: Any, y: Any) -> Any:
    target = np.asarray(y)
    wrong = (np.asarray(z) > 0) != (target > 0.5)
    return np.where(wrong, sigmoid(z) - target, 0.0) / np.size(z)


@claim(
    "losses.noisy-labels",
    en="Where labels disagree, cross-entropy does not drive the probability of the likelier one to"
    " 1: if three of four equal inputs have the label 1, its gradient vanishes at 0.75, descent"
    " from 0.5 ends there, and at 0.99 the gradient for the logit is 0.24, back down.",
    zh="标签不一致时，交叉熵并不会把占优标签的概率推向 1："
    "四个相同的输入中有三个标签为 1，则梯度在 0.75 处为零，从 0.5 出发的梯度下降也停在那里；"
    "在 0.99 处对 logit 的梯度为 0.24，方向是往回拉。",
    notes="Z.5",
    on=nn.binary_cross_entropy_gradient,
    misconceptions=[
        maximises_the_probability,
        follows_the_majority,
        content_on_the_right_side,
    ],
    sources=[_MAXIMUM_LIKELIHOOD, "Gneiting & Raftery 2007, section 3"],
    experiments=[logit_by_wrong_labels],
)
def noisy_labels(gradient: Callable[..., Any], rng: Generator) -> Iterator[Measurement | Series]:
    """Measure the gradient of one shared logit at two probabilities, and where it leads."""
    y = rng.permutation([1, 1, 1, 0])

    def pull(z: float) -> float:
        return float(np.sum(gradient(np.full(4, z), y)))

    for p, expected in ((0.75, 0.0), (0.99, 0.24), (0.5, -0.25)):
        measured = pull(math.log(p / (1 - p)))
        yield equals(f"∂C/∂z at p = {p}, labels 1, 1, 1, 0", measured, expected, ROUNDING)
    z = 0.0
    for _ in range(100):
        z -= 4 * pull(z)
    yield equals("p after descent from 0.5", 1 / (1 + np.exp(-z)), 0.75, ROUNDING)
    shares = np.linspace(0.02, 0.98, 49)
    pulls = [pull(math.log(p / (1 - p))) for p in shares]
    yield curve("∂C/∂z, labels 1, 1, 1, 0", shares, pulls, x_label="p", y_label="∂C/∂z")


class _Regression(NamedTuple):
    squared_error: Callable[..., Any]
    gaussian: Callable[..., Any]


_REGRESSION = _Regression(nn.squared_error, nn.gaussian_negative_log_likelihood)


def _absolute_error(a: Any, y: Any) -> Any:
    return np.mean(np.abs(np.asarray(a) - np.asarray(y)))


def _without_the_half(a: Any, y: Any) -> Any:
    return 2 * nn.squared_error(a, y)


def _root(a: Any, y: Any) -> Any:
    return np.sqrt(2 * nn.squared_error(a, y))


@claim(
    "losses.squared-error-likelihood",
    en="Maximum likelihood is no privilege of cross-entropy: under normal noise of a fixed spread"
    " half the mean squared error is the negative log-likelihood, up to a constant and a factor."
    " For differences of 1, 2 and 2 it is 1.5, and at standard deviation 2 the negative"
    " log-likelihood is 0.375 above its minimum.",
    zh="最大似然并非交叉熵独有：噪声服从离散程度固定的正态分布时，"
    "均方误差的一半就是负对数似然，只差一个常数和一个系数。"
    "差值为 1、2、2 时它等于 1.5；标准差为 2 时，负对数似然比其最小值高 0.375。",
    notes="Z.5",
    on=_REGRESSION,
    misconceptions=[
        Misconception(
            "absolute-error",
            _REGRESSION._replace(squared_error=_absolute_error),
            Text(
                "The absolute error is expected to belong to the normal distribution; its own is"
                " Laplace's.",
                "以为绝对误差对应正态分布；它对应的其实是拉普拉斯分布。",
            ),
        ),
        Misconception(
            "without-the-half",
            _REGRESSION._replace(squared_error=_without_the_half),
            Text(
                "The exponent's factor 1/2 is forgotten, as in a plain mean square.",
                "忘了指数里的系数 1/2，直接用均方。",
            ),
        ),
        Misconception(
            "root-of-the-mean-square",
            _REGRESSION._replace(squared_error=_root),
            Text(
                "The root of the mean square, an error in the unit of the data, is taken for it.",
                "把与数据同单位的均方根误差当成了它。",
            ),
        ),
    ],
    sources=["Goodfellow, Bengio & Courville 2016, section 5.5.1", "Bishop 2006, section 1.2.5"],
)
def squared_error_likelihood(losses: _Regression, rng: Generator) -> Iterator[Measurement]:
    """Measure one case by hand, then differences of both between two predictions."""
    y = rng.normal(size=3)
    wrong = y + np.array([1.0, -2.0, 2.0])
    yield equals("Σ d²/(2n), d = 1, 2, 2", losses.squared_error(wrong, y), 1.5, ROUNDING)
    least = math.log(2 * math.sqrt(2 * math.pi))
    for name, outputs, above in (("d = 1, 2, 2", wrong, 0.375), ("d = 0", y, 0.0)):
        measured = losses.gaussian(outputs, y, standard_deviation=2.0) - least
        yield equals(f"NLL - its minimum, s = 2, {name}", measured, above, ROUNDING)
    for s in (0.5, 1.0, 3.0):
        first, second = rng.normal(size=3), rng.normal(size=3) + 4
        likelihoods = [losses.gaussian(a, y, standard_deviation=s) for a in (first, second)]
        squares = [losses.squared_error(a, y) for a in (first, second)]
        ratio = (squares[1] - squares[0]) / (likelihoods[1] - likelihoods[0])
        yield equals(f"ΔC / ΔNLL = s², s = {s}", ratio, s * s, ROUNDING)
