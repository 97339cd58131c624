"""What plain random and standard initialisation draw (notes 4.1 and 4.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization._draws import normal, uniform
from studydl.claims.initialization._quantities import uniform_bound, variance_of_normal
from studydl.claims.initialization._statistics import drawn_normally, drawn_uniformly
from studydl.nn import initialization as nn
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = [
    "he_slope_root_five",
    "random_variance",
    "standard_variance",
]

_GLOROT = "Glorot & Bengio 2010"
_HE = "He, Zhang, Ren & Sun 2015, section 2.2"

# Unequal fans: with equal ones no scheme could be told from another that mixes them up.
_SHAPES = ((400, 100), (50, 300))


@misconception(
    "variance-for-deviation",
    en="The second parameter of N(0, σ²) is taken for what a random generator asks for.",
    zh="把N(0, σ²)的第二个参数直接当成随机数生成器所要的标准差。",
)
def variance_for_deviation(
    rng: Generator, fan_in: int, fan_out: int, *, standard_deviation: float
) -> Any:
    return normal(rng, fan_in, fan_out, standard_deviation)


@misconception(
    "adapts-to-the-fans",
    en="Every scheme is thought to divide by the number of inputs.",
    zh="以为任何初始化方法都会除以输入个数。",
)
def adapts_to_the_fans(
    rng: Generator, fan_in: int, fan_out: int, *, standard_deviation: float
) -> Any:
    return normal(rng, fan_in, fan_out, standard_deviation**2 / fan_in)


@misconception(
    "uniform-within-deviation",
    en="The standard deviation is taken for the bound of a uniform distribution.",
    zh="把标准差当成均匀分布的边界。",
)
def uniform_within_deviation(
    rng: Generator, fan_in: int, fan_out: int, *, standard_deviation: float
) -> Any:
    return uniform(rng, fan_in, fan_out, standard_deviation)


@claim(
    "initialization.random-fixed-variance",
    en="Plain random initialisation gives every layer the same chosen spread, whatever its width:"
    " with standard deviation 0.01 the variance of a weight is 1e-4 for 400 inputs as for 50.",
    zh="普通的随机初始化给每一层同样的离散程度，与层宽无关："
    "标准差取0.01时，无论输入是400个还是50个，权重的方差都是1e-4。",
    notes="4.1",
    on=nn.normal,
    misconceptions=[variance_for_deviation, adapts_to_the_fans, uniform_within_deviation],
    sources=["Krizhevsky, Sutskever & Hinton 2012, section 5"],
    quantities=[variance_of_normal],
)
def random_variance(draw: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Draw two unlike matrices of each of two spreads."""
    for deviation in (0.01, 0.3):
        for fan_in, fan_out in _SHAPES:
            label = f"{fan_in}→{fan_out}, σ = {deviation:g}"
            w = draw(rng, fan_in, fan_out, standard_deviation=deviation)
            yield from drawn_normally(label, w, (fan_in, fan_out), deviation**2)


@misconception(
    "forgets-the-third",
    en="The bound 1/√n is taken for the standard deviation, so that the variance comes out as 1/n.",
    zh="把边界1/√n当成标准差，于是以为方差是1/n。",
)
def forgets_the_third(rng: Generator, fan_in: int, fan_out: int) -> Any:
    return uniform(rng, fan_in, fan_out, math.sqrt(3 / fan_in))


@misconception(
    "bound-without-the-root",
    en="The bound is remembered as 1/n.",
    zh="把边界记成了1/n。",
)
def bound_without_the_root(rng: Generator, fan_in: int, fan_out: int) -> Any:
    return uniform(rng, fan_in, fan_out, 1 / fan_in)


@misconception(
    "counts-the-outputs",
    en="The n in the bound is taken for the number of units of the layer itself.",
    zh="把边界里的n当成本层的单元数。",
)
def counts_the_outputs(rng: Generator, fan_in: int, fan_out: int) -> Any:
    return uniform(rng, fan_in, fan_out, 1 / math.sqrt(fan_out))


@claim(
    "initialization.standard-variance",
    en="Standard initialisation draws uniformly within ±1/√fan_in, so that the variance is"
    " 1/(3 fan_in): for 400 inputs the bound is 0.05 and the variance 8.33e-4.",
    zh="标准初始化在±1/√fan_in之间均匀采样，因此方差为1/(3 fan_in)："
    "输入为400个时，边界是0.05，方差是8.33e-4。",
    notes="4.2",
    on=nn.standard,
    misconceptions=[forgets_the_third, bound_without_the_root, counts_the_outputs],
    sources=[f"{_GLOROT}, equation 1", "LeCun, Bottou, Orr & Müller 1998, section 4.6"],
    quantities=[uniform_bound],
)
def standard_variance(standard: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Draw two unlike matrices."""
    for fan_in, fan_out in _SHAPES:
        w = standard(rng, fan_in, fan_out)
        label = f"1/(3·{fan_in}), {fan_in}→{fan_out}"
        yield from drawn_uniformly(label, w, (fan_in, fan_out), 1 / math.sqrt(fan_in))


@misconception(
    "slope-not-rooted",
    en="The gain for slope a = √5 is expected to divide by 1 + √5.",
    zh="以为斜率a = √5时的增益要除以1 + √5。",
)
def slope_not_rooted(
    rng: Generator, fan_in: int, _fan_out: int, *, fan: str = "in", slope: float = 0.0
) -> Any:
    variance = 2 / (1 + slope) / (fan_in if fan == "in" else _fan_out)
    return uniform(rng, fan_in, _fan_out, math.sqrt(3 * variance))


@misconception(
    "plain-he",
    en="A library's default “Kaiming” is expected to be the ReLU version of it.",
    zh="以为库里默认的“Kaiming”就是针对ReLU的版本。",
)
def plain_he(
    rng: Generator, fan_in: int, fan_out: int, *, fan: str = "in", slope: float = 0.0
) -> Any:
    del slope
    return uniform(rng, fan_in, fan_out, math.sqrt(6 / (fan_in if fan == "in" else fan_out)))


@misconception(
    "matches-by-fan-out",
    en="The n of the standard scheme is taken for the number of outputs.",
    zh="把标准初始化里的n当成输出个数。",
)
def matches_by_fan_out(
    rng: Generator, fan_in: int, fan_out: int, *, fan: str = "in", slope: float = 0.0
) -> Any:
    variance = 2 / (1 + slope**2) / (fan_out if fan == "in" else fan_in)
    return uniform(rng, fan_in, fan_out, math.sqrt(3 * variance))


@claim(
    "initialization.he-slope-root-five",
    en="He's uniform scheme with a slope of √5 is the standard initialisation under another name:"
    " 2/(1 + 5) is 1/3, and the bound comes out as 1/√fan_in, 0.05 for 400 inputs.",
    zh="斜率取√5的He均匀初始化其实就是标准初始化："
    "2/(1 + 5)等于1/3，边界恰为1/√fan_in，输入为400个时是0.05。",
    notes="4.2",
    on=nn.he_uniform,
    misconceptions=[slope_not_rooted, plain_he, matches_by_fan_out],
    sources=[f"{_GLOROT}, equation 1", f"{_HE}, equation 15", "PyTorch documentation, nn.Linear"],
)
def he_slope_root_five(he: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Draw twice from one seed: any two uniform schemes then differ by a factor alone."""
    for fan_in, fan_out in _SHAPES:
        seed = int(rng.integers(2**32))
        w = he(np.random.default_rng(seed), fan_in, fan_out, slope=math.sqrt(5))
        bound = 1 / math.sqrt(fan_in)
        same = np.random.default_rng(seed).uniform(-bound, bound, size=(fan_in, fan_out))
        yield equals(f"W = U(-1/√{fan_in}, 1/√{fan_in})", w, same, ROUNDING)
        label = f"2/(1 + 5) = 1/3, {fan_in}→{fan_out}"
        yield from drawn_uniformly(label, w, (fan_in, fan_out), bound)
