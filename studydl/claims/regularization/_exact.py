"""What the verifiers of this chapter compare with: everything that can happen, one by one."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Array", "fitted", "masks", "orthogonal_columns", "spread"]

Array: TypeAlias = NDArray[np.float64]


def masks(units: int, drop: float) -> Iterator[tuple[Array, float]]:
    """Yield every mask over a few units with its probability."""
    for kept in itertools.product((0.0, 1.0), repeat=units):
        count = sum(kept)
        yield np.array(kept), (1 - drop) ** count * drop ** (units - count)


def fitted(gram: Array, pull: Array) -> Array:
    """Solve gram w = pull; NaN where it has no single solution, so that a number can say so."""
    try:
        return np.asarray(np.linalg.solve(gram, pull), np.float64)
    except np.linalg.LinAlgError:
        return np.full_like(pull, np.nan)


def orthogonal_columns() -> Array:
    """Return eight examples of seven features of ±1: uncorrelated, mean 0, mean square 1."""
    matrix: Array = np.ones((1, 1))
    for _ in range(3):
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return matrix[:, 1:].copy()


def spread(values: Array) -> float:
    """Return the sum of squares, which does not warn of what is not a number."""
    return float(np.sum(values**2))
