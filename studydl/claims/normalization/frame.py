"""The general frame: what centring and dividing do to data, and what the two parameters are for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization._quantities import lone_value
from studydl.claims.normalization._wrong_batch_norm import (
    divides_by_the_variance,
    each_example,
    forward_rule,
    identity_layer,
    maps_to_the_unit_interval,
    unbiased_deviation,
)
from studydl.claims.normalization.oracle import Array, array, mean_and_variance
from studydl.language import Text
from studydl.nn.normalization import batch_norm, standardize
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import at_most, equals
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = [
    "gain_and_shift_restore",
    "gain_and_shift_set_moments",
    "keeps_the_shape",
    "placement",
    "standardized_range",
]

_IOFFE_1 = "Ioffe & Szegedy 2015, section 3, algorithm 1"


def normed(norm: Callable[..., Any], column: Array) -> Array:
    """Return one feature, normalised with gain 1, shift 0 and no epsilon."""
    output, _ = norm(column[:, None], np.ones(1), np.zeros(1), epsilon=0.0)
    return np.asarray(output)[:, 0]


class _Standardising(NamedTuple):
    """Batch norm, and the standardising inside it."""

    layer: Callable[..., Any]
    alone: Callable[..., Any] = standardize


@claim(
    "normalization.standardized-range",
    en="Standardising gives mean 0 and variance 1, not a range from 0 to 1: the batch 0, 0, 0, 0, 5"
    " becomes -0.5 four times and 2 once. Of n numbers none can go beyond √(n - 1).",
    zh="标准化得到的是均值 0、方差 1，而不是 0 到 1 的区间：一批数 0、0、0、0、5 变成四个 -0.5 和"
    "一个 2。n 个数标准化后绝对值不超过 √(n - 1)。",
    notes="2.2",
    on=_Standardising(batch_norm),
    misconceptions=[
        Misconception(each.name, _Standardising(each.implementation), each.why, each.notes)
        for each in (
            maps_to_the_unit_interval,
            divides_by_the_variance,
            unbiased_deviation,
            identity_layer,
        )
    ],
    sources=[_IOFFE_1, "Samuelson 1968, Journal of the American Statistical Association 63"],
    quantities=[lone_value],
)
def standardized_range(norm: _Standardising, rng: Generator) -> Iterator[Measurement]:
    """Measure one batch that attains the bound, random ones for the moments, and epsilon's part."""
    values = normed(norm.layer, array(0, 0, 0, 0, 5))
    yield equals("x̂(0)", values[:4], -0.5, ROUNDING)
    yield equals("x̂(5)", values[4], 2.0, ROUNDING)
    column = rng.normal(size=9) * 7 + 30
    standardized = normed(norm.layer, column)
    yield equals("mean x̂ = 0", np.sum(standardized) / 9 + 1, 1.0, ROUNDING)
    yield equals("variance of x̂", np.sum(standardized**2) / 9, 1.0, ROUNDING)
    yield at_most("|x̂|, n = 9", np.abs(standardized), math.sqrt(8), ROUNDING)
    for axis, small in enumerate((array(3, -3)[:, None], array(3, -3)[None])):
        plain = norm.alone(small, axes=(axis,), epsilon=0.0).values
        yield equals(f"x̂(±3) along axis {axis}", plain, small / 3, ROUNDING)
        plain = norm.alone(small / 3 * math.sqrt(1e-5), axes=(axis,)).values
        yield equals("E[x̂²] at σ² = 1e-5, ε by default", np.mean(plain**2), 0.5, ROUNDING)


@misconception(
    "makes-it-normal",
    en="“A standard distribution” is taken to be the standard normal one.",
    zh="以为“标准分布”就是标准正态分布。",
    notes="2.2",
)
@forward_rule
def makes_it_normal(x: Array) -> Array:
    """Replace each value by a symmetric score of its rank, standardised."""
    ranks = np.argsort(np.argsort(x, axis=0, kind="stable"), axis=0)
    scores = ranks - (len(x) - 1) / 2
    return np.asarray(scores / np.sqrt(np.mean(scores**2, axis=0)))


def skewness(values: Array) -> float:
    """Return the third moment of what is standardised; NaN goes through."""
    return float(np.sum(values**3) / len(values))


@claim(
    "normalization.keeps-the-shape",
    en="Batch norm fixes mean and variance, not the distribution: a feature that is 1 once in ten"
    " keeps its skewness of 2.667 and becomes 3 there, one that is 1 every other time keeps 0.",
    zh="Batch Norm 只固定均值和方差，并不固定分布：十次中有一次为 1 的特征，偏度仍是 2.667，"
    "那一次变成 3；一半为 1 的特征，偏度仍是 0。",
    notes="2.2",
    on=batch_norm,
    misconceptions=[makes_it_normal, maps_to_the_unit_interval, divides_by_the_variance],
    sources=[_IOFFE_1, "Santurkar et al. 2018, section 2.2"],
)
def keeps_the_shape(norm: Callable[..., Any], _: Generator) -> Iterator[Measurement]:
    """Measure the third moment of two features of zeros and ones."""
    for ones, expected in ((1, 8 / 3), (5, 0.0)):
        values = normed(norm, np.repeat([1.0, 0.0], [ones, 10 - ones]))
        name = f"skewness of x̂, {ones} ones of 10"
        yield equals(name, skewness(values), expected, ROUNDING)
        highest = math.sqrt((10 - ones) / ones)
        yield equals(f"x̂ of a one, {ones} of 10", values[:ones], highest, ROUNDING)


@misconception(
    "no-gain-no-shift",
    en="Standardising is the point, so gain and shift seem to be ornaments and are left out.",
    zh="以为标准化就够了，γ、β 可有可无，于是省略。",
)
def no_gain_no_shift(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    return batch_norm(x, np.ones_like(gain), np.zeros_like(shift), epsilon=epsilon)


@misconception(
    "shifts-before-it-stretches",
    en="The order of the two is mixed up: γ (x̂ + β).",
    zh="弄反了次序，写成 γ (x̂ + β)。",
)
def shifts_before_it_stretches(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    return batch_norm(x, gain, np.multiply(gain, shift), epsilon=epsilon)


@misconception(
    "swaps-gain-and-shift",
    en="γ is taken for the shift and β for the gain.",
    zh="把 γ 当平移、β 当缩放。",
)
def swaps_gain_and_shift(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    return batch_norm(x, shift, gain, epsilon=epsilon)


@claim(
    "normalization.gain-and-shift-restore",
    en="With γ equal to the deviation √(σ² + ε) and β equal to the mean, batch norm gives its"
    " input back: normalising costs no expressiveness as long as both are learnt.",
    zh="令 γ 等于标准差 √(σ² + ε)、β 等于均值，Batch Norm 就原样还原输入："
    "只要这两个参数可学，归一化就不损失表达能力。",
    notes="2.2",
    on=batch_norm,
    misconceptions=[no_gain_no_shift, shifts_before_it_stretches, swaps_gain_and_shift],
    sources=["Ioffe & Szegedy 2015, section 3"],
)
def gain_and_shift_restore(norm: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Undo the standardising by exact statistics, then by one that is off."""
    x = rng.uniform(1, 4, size=(7, 3)) * array(1, -2, 5)
    epsilon = 0.25
    exact = [mean_and_variance(column) for column in x.T]
    gain = array(*(math.sqrt(float(variance) + epsilon) for _, variance in exact))
    shift = array(*(float(mean) for mean, _ in exact))
    output, _ = norm(x, gain, shift, epsilon=epsilon)
    yield equals("BN(x) / x at γ = √(σ² + ε), β = μ", output / x, 1.0, ROUNDING)
    output, _ = norm(x, 2 * gain, shift, epsilon=epsilon)
    yield equals("BN(x) - β at 2γ = 2(x - μ)", output - shift, 2 * (x - shift), ROUNDING)


@misconception(
    "learnt-statistics",
    en="The notes count μ and δ among what is learnt; then they do not follow the data.",
    zh="笔记把 μ、δ 也算作学到的参数；那样它们就不会随数据而变。",
    notes="2.3",
)
@forward_rule
def learnt_statistics(x: Array) -> Array:
    """Centre and divide by two numbers of the network's own."""
    return np.asarray((x - 1.0) / 2.0)


@claim(
    "normalization.gain-and-shift-set-moments",
    en="Whatever comes in, each feature leaves batch norm with mean β and deviation |γ|: 7 and 3"
    " for γ = -3 and β = 7. As these two are learnt, the next layer's input distribution still"
    " moves during training.",
    zh="无论输入如何，每个特征经过 Batch Norm 后均值都是 β、标准差都是 |γ|：γ = -3、β = 7 时"
    "分别是 7 和 3。由于两者是学到的，下一层输入的分布在训练中仍会移动。",
    notes="2.2",
    on=batch_norm,
    misconceptions=[
        learnt_statistics,
        Misconception(
            "always-the-standard-distribution",
            no_gain_no_shift.implementation,
            Text(
                "Normalising is said to bring X to one fixed standard distribution.",
                "以为归一化总是把 X 变成同一个固定的标准分布。",
            ),
            notes="2.2",
        ),
        maps_to_the_unit_interval,
        each_example,
    ],
    sources=["Ioffe & Szegedy 2015, section 3", "Goodfellow et al. 2016, section 8.7.1"],
)
def gain_and_shift_set_moments(norm: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure both moments at three scales of the input."""
    for scale in (0.01, 1.0, 100.0):
        x = scale * (rng.exponential(size=(8, 2)) + array(0, 10))
        output, _ = norm(x, array(-3, 0.5), array(7, -2), epsilon=0.0)
        means = np.sum(output, axis=0) / 8
        deviations = np.sqrt(np.sum((output - means) ** 2, axis=0) / 8)
        yield equals(f"mean, input times {scale:g}", means, array(7, -2), ROUNDING)
        yield equals(f"deviation, input times {scale:g}", deviations, array(3, 0.5), ROUNDING)


class _Places(NamedTuple):
    """A rectified layer, normalised before its activation and after it."""

    before: Callable[[Array], Array]
    after: Callable[[Array], Array]


def _before(norm: Callable[..., Any]) -> Callable[[Array], Array]:
    return lambda column: np.maximum(normed(norm, column), 0)


def _after(norm: Callable[..., Any]) -> Callable[[Array], Array]:
    return lambda column: normed(norm, np.maximum(column, 0))


@claim(
    "normalization.placement",
    en="Normalising before or after the activation is a choice with different results: from the"
    " pre-activations -3, -1, 1, 3 batch norm before ReLU leaves a mean of 0.447, after it one of"
    " 0. Both are used.",
    zh="在激活之前还是之后归一化是一种选择，结果不同：对预激活值 -3、-1、1、3，"
    "先 Batch Norm 再 ReLU 得到的均值是 0.447，先 ReLU 再 Batch Norm 得到 0。两种做法都有人用。",
    notes="2.2",
    on=_Places(_before(batch_norm), _after(batch_norm)),
    misconceptions=[
        Misconception(
            "always-before",
            _Places(_before(batch_norm), _before(batch_norm)),
            Text(
                "Every change of X is said to happen before the activation.",
                "以为对 X 的变换都在激活之前进行。",
            ),
            notes="2.2",
        ),
        Misconception(
            "before-centres-the-output",
            _Places(_after(batch_norm), _after(batch_norm)),
            Text(
                "Normalised pre-activations are thought to give centred outputs.",
                "以为归一化了预激活值，输出的均值就是零。",
            ),
        ),
        Misconception(
            "divides-by-the-variance",
            _Places(
                _before(divides_by_the_variance.implementation),
                _after(divides_by_the_variance.implementation),
            ),
            divides_by_the_variance.why,
            notes="2.3",
        ),
    ],
    sources=["Ioffe & Szegedy 2015, section 3.2", "Goodfellow et al. 2016, section 8.7.1"],
)
def placement(layer: _Places, _: Generator) -> Iterator[Measurement]:
    """Measure the means of both, and one value of each."""
    column = array(-3, -1, 1, 3)
    before, after = layer.before(column), layer.after(column)
    yield equals("mean of ReLU(BN(x))", np.sum(before) / 4, 1 / math.sqrt(5), ROUNDING)
    yield equals("mean of BN(ReLU(x))", np.sum(after) / 4, 0.0, ROUNDING)
    yield equals("ReLU(BN(1)), ReLU(BN(3))", before[2:], array(1, 3) / math.sqrt(5), ROUNDING)
    yield equals("BN(ReLU(3))", after[3], 2 / math.sqrt(1.5), ROUNDING)
