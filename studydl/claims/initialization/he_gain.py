"""What He initialisation makes up for: a mean square, not a mean (notes 4.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from studydl.claims.initialization._quantities import factor_for_slope
from studydl.nn import initialization as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["he_gain"]

_HE = "He, Zhang, Ren & Sun 2015, section 2.2"


@misconception(
    "corrects-for-the-mean",
    en="The output's mean is not 0, and the variance about that mean is thought to be what the"
    " weights have to restore.",
    zh="输出的均值不为0，于是以为权重要补偿的是关于该均值的方差。",
    notes="4.4",
)
def corrects_for_the_mean(slope: float = 0.0) -> float:
    mean_square, mean = (1 + slope**2) / 2, (1 - slope) / math.sqrt(2 * math.pi)
    return 1 / math.sqrt(mean_square - mean**2)


@misconception(
    "slope-not-squared",
    en="The slope is averaged as it is, though a mean square takes its square.",
    zh="直接对斜率取平均，忘了均方值里出现的是斜率的平方。",
)
def slope_not_squared(slope: float = 0.0) -> float:
    return math.sqrt(2 / (1 + abs(slope)))


@misconception(
    "variance-for-gain",
    en="The factor 2 of the variance is applied to the weights themselves.",
    zh="把方差的因子2直接乘到权重上。",
)
def variance_for_gain(slope: float = 0.0) -> float:
    return 2 / (1 + slope**2)


@misconception(
    "two-for-every-rectifier",
    en="The factor 2 is thought to belong to every activation with a kink.",
    zh="以为凡是带折点的激活函数都要乘2。",
)
def two_for_every_rectifier(slope: float = 0.0) -> float:
    return math.sqrt(2 if slope < 1 else 1)


@claim(
    "initialization.he-gain",
    en="He's factor makes up for the mean square that the activation removes, not for its mean: for"
    " symmetric states ReLU keeps 0.5 of it and takes the factor 2, Leaky ReLU of slope 0.5 keeps"
    " 0.625 and takes 1.6, and |s|, whose mean is as large as 0.798, keeps all and takes 1.",
    zh="He的因子补偿的是激活函数去掉的均方值，而不是它的均值：状态值对称分布时，"
    "ReLU保留0.5，需要因子2；斜率0.5的Leaky ReLU保留0.625，需要1.6；"
    "而均值高达0.798的|s|保留全部，因子为1。",
    notes="4.4",
    on=nn.he_gain,
    misconceptions=[
        corrects_for_the_mean,
        slope_not_squared,
        variance_for_gain,
        two_for_every_rectifier,
    ],
    sources=[f"{_HE}, equations 8 and 15"],
    quantities=[factor_for_slope],
)
def he_gain(gain: Callable[..., float], rng: Generator) -> Iterator[Measurement]:
    """Rectify symmetric states, each with its mirror image: the identities are then exact."""
    z = rng.normal(size=2000)
    z = np.concatenate([z, -z])
    whole = math.fsum((z * z).tolist())
    for name, slope, kept in (("relu", 0.0, 0.5), ("leaky", 0.5, 0.625), ("s", 1.0, 1.0)):
        output = np.where(z > 0, z, slope * z)
        share = math.fsum((output**2).tolist()) / whole
        factor = gain(slope) ** 2
        yield equals(f"E[f(s)²] / E[s²] · gain², {name}", share * factor, 1.0, ROUNDING)
        yield equals(f"gain², {name}, {kept:g} kept", factor, 1 / kept, ROUNDING)
    yield equals("gain², no slope named", gain() ** 2, 2.0, ROUNDING)
    factor = gain(-1.0) ** 2
    share = math.fsum((np.abs(z) ** 2).tolist()) / whole
    yield equals("E[|s|²] / E[s²] · gain²", share * factor, 1.0, ROUNDING)
    mean = math.sqrt(2 / math.pi)
    error = five_standard_errors(math.sqrt((1 - mean**2) / 2000))
    yield equals("E[|s|] · gain, Var(s) = 1", np.mean(np.abs(z)) * gain(-1.0), mean, error)
