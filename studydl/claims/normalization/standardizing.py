"""Standardising along an axis: what every norm does before its gain and shift."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.normalization._experiments import outlier
from studydl.claims.normalization.oracle import Array, array, mean_and_variance, norm_by_groups
from studydl.nn.normalization import Standardized, standardize
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["along_an_axis"]

_IOFFE = "Ioffe & Szegedy 2015, section 3, algorithm 1"


def _by(
    values: Callable[[Array, Standardized, float], Array],
) -> Callable[..., Standardized]:
    """Make a standardising with another rule for its values; the statistics are right."""

    def standardizing(x: Any, *, axes: tuple[int, ...], epsilon: float = 1e-5) -> Standardized:
        right = standardize(x, axes=axes, epsilon=epsilon)
        wrong = values(np.asarray(x), right, epsilon)
        return Standardized(wrong, right.mean, right.variance, right.deviation, axes)

    return standardizing


@misconception(
    "divides-by-the-variance",
    en="The root is forgotten: centred values are divided by σ² + ε.",
    zh="忘了开根号，用 σ² + ε 去除减去均值之后的值。",
)
@_by
def divides_by_the_variance(x: Array, right: Standardized, epsilon: float) -> Array:
    """Leave the root out."""
    return (x - right.mean) / (right.variance + epsilon)


@misconception(
    "epsilon-outside-the-root",
    en="ε is added to the deviation, as Adam does it, instead of to the variance.",
    zh="像 Adam 那样把 ε 加在标准差上，而不是加在方差上。",
)
@_by
def epsilon_outside_the_root(x: Array, right: Standardized, epsilon: float) -> Array:
    """Add epsilon last."""
    return (x - right.mean) / (np.sqrt(right.variance) + epsilon)


@misconception(
    "unbiased-deviation",
    en="The variance is divided by n - 1, as for an estimate from a sample.",
    zh="像由样本估计总体那样，方差除以 n - 1。",
)
def unbiased_deviation(x: Any, *, axes: tuple[int, ...], epsilon: float = 1e-5) -> Standardized:
    right = standardize(x, axes=axes, epsilon=epsilon)
    n = right.values.size // right.mean.size
    variance = right.variance * n / (n - 1)
    deviation = np.sqrt(variance + epsilon)
    return Standardized((x - right.mean) / deviation, right.mean, variance, deviation, axes)


@misconception(
    "forgets-the-mean",
    en="The values are divided by the deviation, but not centred before.",
    zh="只除以标准差，没有先减去均值。",
)
@_by
def forgets_the_mean(x: Array, right: Standardized, _epsilon: float) -> Array:
    """Divide only."""
    return x / right.deviation


@misconception(
    "maps-to-the-unit-interval",
    en="Min-max scaling, which maps to [0, 1], is taken for standardising.",
    zh="把映射到 [0, 1] 的最大最小值归一化当成标准化。",
)
@_by
def maps_to_the_unit_interval(x: Array, right: Standardized, _epsilon: float) -> Array:
    """Divide by the range."""
    low, high = (each(x, axis=right.axes, keepdims=True) for each in (np.min, np.max))
    return np.asarray((x - low) / (high - low))


@claim(
    "normalization.standardizing",
    en="Standardising takes the mean away and divides by √(σ² + ε), with the biased variance along"
    " the axes: 1, 3, 5, 7 with ε = 4 have mean 4, variance 5 and deviation 3; the 7 becomes 1.",
    zh="标准化先减去均值，再除以 √(σ² + ε)，方差是沿所给轴的有偏方差："
    "1、3、5、7 在 ε = 4 时均值为 4、方差为 5、分母为 3，其中 7 变成 1。",
    notes="2.2",
    on=standardize,
    misconceptions=[
        divides_by_the_variance,
        epsilon_outside_the_root,
        unbiased_deviation,
        forgets_the_mean,
        maps_to_the_unit_interval,
    ],
    sources=[_IOFFE],
    experiments=[outlier],
)
def along_an_axis(standardizing: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure four numbers by heart, three choices of axes by fractions, and the default ε."""
    small = standardizing(array(1, 3, 5, 7), axes=(0,), epsilon=4.0)
    yield equals("μ of 1, 3, 5, 7", small.mean, [4.0], EXACT)
    yield equals("σ²", small.variance, [5.0], EXACT)
    yield equals("√(σ² + ε), ε = 4", small.deviation, [3.0], ROUNDING)
    yield equals("x̂(7)", small.values[3], 1.0, ROUNDING)
    x, epsilon = rng.normal(size=(3, 4, 2)) * 2 + 1, 0.3
    for axes in ((0,), (1,), (0, 2)):
        found = standardizing(x, axes=axes, epsilon=epsilon)
        groups: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
        for place in np.ndindex(x.shape):
            kept = tuple(0 if axis in axes else each for axis, each in enumerate(place))
            groups.setdefault(kept, []).append(place)
        expected = norm_by_groups(x, list(groups.values()), epsilon)
        yield equals(f"(x - μ)/√(σ² + ε), axes {axes}", found.values, expected, ROUNDING)
        exact = [mean_and_variance([x[place] for place in each]) for each in groups.values()]
        for name, got, index in (("μ", found.mean, 0), ("σ²", found.variance, 1)):
            each = [float(one[index]) for one in exact]
            yield equals(f"3 + {name}, axes {axes}", 3 + np.ravel(got), 3 + array(*each), ROUNDING)
    tiny = standardizing(array(3, -3) / 3 * math.sqrt(1e-5), axes=(0,))
    yield equals("E[x̂²] at σ² = 1e-5, ε by default", np.mean(tiny.values**2), 0.5, ROUNDING)
