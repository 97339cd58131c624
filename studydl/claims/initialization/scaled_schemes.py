"""What Xavier and He initialisation draw: the variance, the bound, the fan (notes 4.3 and 4.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studydl.claims.initialization._draws import Pair, pair
from studydl.claims.initialization._quantities import uniform_bound_of_pair, variance_of_pair
from studydl.claims.initialization._statistics import drawn_normally, drawn_uniformly
from studydl.nn import initialization as nn
from studydl.verification.claim import claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["he_variance", "xavier_variance"]

_GLOROT = "Glorot & Bengio 2010"
_HE = "He, Zhang, Ren & Sun 2015, section 2.2"

# Unequal fans: with equal ones no scheme could be told from another that mixes them up.
_SHAPES = ((400, 100), (50, 300))


@claim(
    "initialization.xavier-variance",
    en="Xavier initialisation has the variance 2/(fan_in + fan_out), for the uniform form the bound"
    " √(6/(fan_in + fan_out)): from 400 inputs to 100 units 0.004 and 0.110.",
    zh="Xavier初始化的方差是2/(fan_in + fan_out)，均匀分布形式的边界是√(6/(fan_in + fan_out))："
    "从400个输入到100个单元时，两者分别为0.004和0.110。",
    notes="4.3",
    on=Pair(nn.xavier_uniform, nn.xavier_normal),
    misconceptions=[
        pair(
            "inputs-only",
            lambda fan_in, _, gain=1.0: gain**2 / fan_in,
            "LeCun's 1/fan_in, which looks at the forward pass alone, is taken for Xavier.",
            "把只考虑前向传播的LeCun初始化（方差1/fan_in）当成Xavier。",
        ),
        pair(
            "forgets-the-two",
            lambda fan_in, fan_out, gain=1.0: gain**2 / (fan_in + fan_out),
            "The mean of the two fans is remembered as their sum.",
            "把两个fan的平均值记成了它们的和。",
        ),
        pair(
            "geometric-mean",
            lambda fan_in, fan_out, gain=1.0: gain**2 / math.sqrt(fan_in * fan_out),
            "A compromise between two scales is expected to be their geometric mean.",
            "以为在两个尺度之间折中就是取几何平均。",
        ),
        pair(
            "two-as-bound",
            lambda fan_in, fan_out, gain=1.0: gain**2 * 2 / (fan_in + fan_out) / 3,
            "The variance 2/(fan_in + fan_out) is taken for the square of the uniform bound.",
            "把方差2/(fan_in + fan_out)当成均匀分布边界的平方。",
        ),
        pair(
            "gain-on-the-variance",
            lambda fan_in, fan_out, gain=1.0: gain * 2 / (fan_in + fan_out),
            "The gain is applied to the variance instead of the weights.",
            "把增益乘在方差上，而不是乘在权重上。",
        ),
    ],
    sources=[f"{_GLOROT}, equations 12 and 16"],
    quantities=[variance_of_pair, uniform_bound_of_pair],
)
def xavier_variance(xavier: Pair, rng: Generator) -> Iterator[Measurement]:
    """Draw two unlike matrices in both forms, then one with a gain of 5/3."""
    for fan_in, fan_out in _SHAPES:
        shape, variance = (fan_in, fan_out), 2 / (fan_in + fan_out)
        label = f"2/({fan_in}+{fan_out})"
        yield from drawn_normally(label, xavier.normal(rng, *shape), shape, variance)
        label = f"6/({fan_in}+{fan_out})"
        bound = math.sqrt(6 / (fan_in + fan_out))
        yield from drawn_uniformly(label, xavier.uniform(rng, *shape), shape, bound)
    shape, gain = (400, 100), 5 / 3
    w = xavier.normal(rng, *shape, gain=gain)
    yield from drawn_normally("gain = 5/3", w, shape, gain**2 * 0.004)
    w = xavier.uniform(rng, *shape, gain=gain)
    yield from drawn_uniformly("gain = 5/3, uniform", w, shape, gain * math.sqrt(0.012))


def _he(fan_in: int, fan_out: int, fan: str) -> int:
    return fan_in if fan == "in" else fan_out


@claim(
    "initialization.he-variance",
    en="He initialisation has the variance 2/fan_in, or 2/fan_out if it is to serve the backward"
    " pass: from 400 inputs to 100 units 0.005 or 0.02. For Leaky ReLU of slope a the 2 becomes"
    " 2/(1 + a²).",
    zh="He初始化的方差是2/fan_in；若要照顾反向传播，则是2/fan_out："
    "从400个输入到100个单元时分别为0.005和0.02。对斜率为a的Leaky ReLU，2变为2/(1 + a²)。",
    notes="4.4",
    on=Pair(nn.he_uniform, nn.he_normal),
    misconceptions=[
        pair(
            "xavier-for-he",
            lambda fan_in, fan_out, **_: 2 / (fan_in + fan_out),
            "The 2 of both formulas makes He's variance look like Xavier's.",
            "两个公式里都有2，于是把He的方差当成Xavier的。",
        ),
        pair(
            "doubles-xavier",
            lambda fan_in, fan_out, *, slope=0.0, **_: 4 / (1 + slope**2) / (fan_in + fan_out),
            "He is thought to be Xavier times two, with the average of both fans.",
            "以为He就是Xavier乘以2，仍取两个fan的平均。",
            notes="4.4",
        ),
        pair(
            "fans-swapped",
            lambda fan_in, fan_out, *, fan="in", slope=0.0: (
                2 / (1 + slope**2) / _he(fan_out, fan_in, fan)
            ),
            "The forward pass is thought to hang on the number of outputs.",
            "以为前向传播取决于输出个数。",
        ),
        pair(
            "ignores-the-slope",
            lambda fan_in, fan_out, *, fan="in", **_: 2 / _he(fan_in, fan_out, fan),
            "Leaky ReLU is thought to need exactly what ReLU needs.",
            "以为Leaky ReLU所需的方差与ReLU完全相同。",
        ),
        pair(
            "slope-not-squared",
            lambda fan_in, fan_out, *, fan="in", slope=0.0: (
                2 / (1 + slope) / _he(fan_in, fan_out, fan)
            ),
            "The slope is averaged as it is, though a variance takes its square.",
            "直接对斜率取平均，忘了方差里出现的是斜率的平方。",
        ),
    ],
    sources=[f"{_HE}, equations 10, 14 and 15"],
    quantities=[variance_of_pair],
)
def he_variance(he: Pair, rng: Generator) -> Iterator[Measurement]:
    """Draw both forms for each fan, at slopes of 0 and of 1/2."""
    shape = (400, 100)
    for fan, count in zip(("in", "out"), shape, strict=True):
        for slope in (0.0, 0.5):
            options = {"fan": fan, "slope": slope} if (fan, slope) != ("in", 0.0) else {}
            variance = 2 / (1 + slope**2) / count
            label = f"2/(1 + {slope**2:g})/{count}"
            w = he.normal(rng, *shape, **options)
            yield from drawn_normally(label, w, shape, variance)
            w = he.uniform(rng, *shape, **options)
            label = f"6/(1 + {slope**2:g})/{count}"
            yield from drawn_uniformly(label, w, shape, math.sqrt(3 * variance))
