"""References for the normalisations: loops over single numbers, and derivatives by complex step.

Nothing here uses what it judges. Means and variances are exact fractions, rounded once.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "Array",
    "array",
    "mean_and_variance",
    "norm_by_groups",
    "slopes",
    "smooth_norm",
    "standardized",
]

Array: TypeAlias = NDArray[np.float64]

_STEP = 1e-20


def array(*numbers: float) -> Array:
    """Return the numbers as a vector of doubles."""
    return np.array(numbers, dtype=np.float64)


def mean_and_variance(numbers: Sequence[float]) -> tuple[Fraction, Fraction]:
    """Return the exact mean and the exact biased variance."""
    exact = [Fraction(float(each)) for each in numbers]
    mean = sum(exact, Fraction()) / len(exact)
    return mean, sum(((each - mean) ** 2 for each in exact), Fraction()) / len(exact)


def standardized(numbers: Sequence[float], epsilon: float) -> list[float]:
    """Return (x - μ) / √(σ² + ε) of each number, rounded only at the root and the division."""
    mean, variance = mean_and_variance(numbers)
    deviation = math.sqrt(variance + Fraction(epsilon))
    return [float(Fraction(float(each)) - mean) / deviation for each in numbers]


def norm_by_groups(x: Array, groups: Sequence[Sequence[tuple[int, ...]]], epsilon: float) -> Array:
    """Return x with each group of places standardised by itself."""
    result = np.full(x.shape, np.nan)
    for places in groups:
        values = standardized([x[place] for place in places], epsilon)
        for place, value in zip(places, values, strict=True):
            result[place] = value
    return result


def smooth_norm(x: Any, axes: tuple[int, ...], epsilon: float) -> Any:
    """Return the same in a formula that a complex step can pass through."""
    count = math.prod(x.shape[axis] for axis in axes)
    centred = x - x.sum(axis=axes, keepdims=True) / count
    variance = (centred * centred).sum(axis=axes, keepdims=True) / count
    return centred * (variance + epsilon) ** -0.5


def slopes(loss: Callable[[Any], Any], x: Array) -> Array:
    """Return the derivative of a real loss by each number of x, by complex steps."""
    result = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        moved = x.astype(np.complex128)
        moved[place] += 1j * _STEP
        result[place] = np.imag(loss(moved)) / _STEP
    return result
