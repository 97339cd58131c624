"""What cards with drawn parameters ask of the schemes that are handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from studydl.verification.claim import quantity

if TYPE_CHECKING:
    from numpy.random import Generator

    from studydl.claims.initialization._statistics import Array

__all__ = [
    "factor_for_slope",
    "uniform_bound",
    "uniform_bound_of_pair",
    "variance_of_normal",
    "variance_of_pair",
]


class _Scale:
    """Stands in for a random generator: draws the end of a range, or one standard deviation."""

    def uniform(self, low: float, high: float, size: tuple[int, int]) -> Array:
        """Return the upper end of a range about 0."""
        return np.full(size, (high - low) / 2)

    def normal(self, *, scale: float, size: tuple[int, int]) -> Array:
        """Return numbers that are one standard deviation above 0."""
        return np.full(size, scale)


_RNG = cast("Generator", _Scale())


@quantity("uniform-bound")
def uniform_bound(draw: Any, *, n_in: int, n_out: int) -> float:
    """Return the bound of uniform weights."""
    return float(draw(_RNG, n_in, n_out)[0, 0])


@quantity("uniform-bound")
def uniform_bound_of_pair(scheme: Any, *, n_in: int, n_out: int) -> float:
    """Return the bound of a scheme in its uniform form."""
    return float(scheme.uniform(_RNG, n_in, n_out)[0, 0])


@quantity("variance")
def variance_of_pair(scheme: Any, *, n_in: int, n_out: int) -> float:
    """Return the variance of a scheme by its normal form."""
    return float(scheme.normal(_RNG, n_in, n_out)[0, 0]) ** 2


@quantity("variance")
def variance_of_normal(draw: Any, *, deviation: float, n: int) -> float:
    """Return the variance of weights of a chosen spread, for n inputs."""
    return float(draw(_RNG, n, 1, standard_deviation=deviation)[0, 0]) ** 2


@quantity("factor-for-slope")
def factor_for_slope(gain: Any, *, a: float) -> float:
    """Return by how much a Leaky ReLU of slope a enlarges the variance of the weights."""
    return float(gain(a)) ** 2
