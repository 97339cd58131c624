"""Where the sigmoid saturates, and that its input decides whether it does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.activations._experiments import mean_slope_by_spread
from studydl.claims.activations.sigmoid import forgot_one_minus, peaks_at_one
from studydl.nn import activations as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["sigmoid_saturation", "sigmoid_saturation_spread"]

_GLOROT = "Glorot & Bengio 2010, section 3.1"


@misconception(
    "exactly-zero-outside",
    en="Saturated is read as slope 0, as the hard sigmoid has beyond 2 and -2.",
    zh="把饱和理解成斜率恰好为 0，如硬 Sigmoid 在 ±2 之外那样。",
)
def exactly_zero_outside(x: Any) -> Any:
    return np.where(np.abs(x) < 2, 0.25, 0.0)


@misconception(
    "falls-as-a-power",
    en="The tail is expected to fall off as a power of x, as softsign's does.",
    zh="以为尾部按 x 的幂次衰减，如 softsign 那样。",
)
def falls_as_a_power(x: Any) -> Any:
    return 0.25 / (1 + np.abs(x) / 2) ** 2


@misconception(
    "falls-as-a-gaussian",
    en="The bell shape of the derivative is taken for a Gaussian.",
    zh="看到钟形的导数曲线，就当成高斯函数。",
)
def falls_as_a_gaussian(x: Any) -> Any:
    return 0.25 * np.exp(-(x**2) / 6)


@claim(
    "activations.sigmoid-saturation",
    en="The sigmoid's derivative is 0.00665 at x = 5 and 4.54e-5 at x = 10, on both sides of 0;"
    " each further unit multiplies it by 0.368, which is 1/e, and never makes it 0.",
    zh="Sigmoid 的导数在 x = 5 处为 0.00665，在 x = 10 处为 4.54e-5，左右两侧相同；"
    "再远一个单位就乘以 0.368（即 1/e），但永远不会变成 0。",
    notes="1.3",
    on=nn.sigmoid_gradient,
    misconceptions=[exactly_zero_outside, falls_as_a_power, falls_as_a_gaussian, forgot_one_minus],
    sources=[_GLOROT, "LeCun, Bottou, Orr & Müller 1998, section 4.4"],
)
def sigmoid_saturation(slope: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure two points on both sides and the rate of decay far out."""
    for at in (5.0, 10.0):
        exact = math.exp(-at) / (1 + math.exp(-at)) ** 2
        ratio = slope(np.array([-at, at])) / exact
        yield equals(f"σ'({at:g})", slope(np.array([at])), exact, ROUNDING)
        yield equals(f"σ'(±{at:g}) / exact", ratio, 1.0, ROUNDING)
    # Beyond 40 the factor differs from 1/e by less than one part in 1e16.
    x = rng.uniform(40, 600, size=20)
    decay = slope(x + 1) / slope(x)
    yield equals("σ'(x + 1)/σ'(x), x > 40", decay, 1 / math.e, ROUNDING, at=x)
    yield equals("P(σ'(x) = 0), x > 40", np.mean(slope(x) == 0), 0.0, EXACT)


@misconception(
    "saturates-by-itself",
    en="Saturation is taken for a property of the sigmoid, whatever the spread of its input.",
    zh="把饱和当成 Sigmoid 固有的性质，与输入的离散程度无关。",
    notes="1.3",
)
def saturates_by_itself(x: Any) -> Any:
    return nn.sigmoid_gradient(10 * x / np.std(x))


@claim(
    "activations.sigmoid-saturation-spread",
    en="Whether sigmoid units saturate depends on the spread of their inputs: with standard"
    " deviation 10 a share of 0.647 has a slope below 0.01, with standard deviation 1"
    " fewer than 0.001.",
    zh="Sigmoid 单元是否饱和取决于输入的离散程度："
    "输入标准差为 10 时，斜率小于 0.01 的占 0.647；标准差为 1 时不到 0.001。",
    notes="1.3",
    on=nn.sigmoid_gradient,
    misconceptions=[saturates_by_itself, exactly_zero_outside, peaks_at_one],
    sources=[_GLOROT, "LeCun, Bottou, Orr & Müller 1998, section 4.6"],
    experiments=[mean_slope_by_spread],
)
def sigmoid_saturation_spread(slope: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Count flat units; s(1 - s) = 0.01 where cosh(x/2) = 5, that is beyond x = 4.585."""
    count, edge = 40_000, 2 * math.acosh(5)
    z = rng.normal(size=count)
    share = math.erfc(edge / 10 / math.sqrt(2))
    error = math.sqrt(share * (1 - share) / count)
    wide = np.mean(slope(10 * z) < 0.01)
    yield equals("P(σ'(10 z) < 0.01)", wide, share, five_standard_errors(error))
    yield stays_below("P(σ'(1 z) < 0.01)", float(np.mean(slope(z) < 0.01)), 0.001)
