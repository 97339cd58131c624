"""What every loss asks of its arguments."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Array", "floating", "matching", "mean", "probabilities_for"]

Array: TypeAlias = NDArray[np.floating[Any]]


def floating(name: str, values: ArrayLike) -> Array:
    """Return the values as a floating array of one element or more; integers get float64.

    Raises:
        ValueError: If they are not real numbers, or if there are none.
    """
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"expected the {name} to hold real numbers, got {array.dtype}")
    if array.size == 0:
        raise ValueError(f"expected at least one element in the {name}, got shape {array.shape}")
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def matching(name: str, values: ArrayLike, predictions: Array) -> Array:
    """Return the values in the precision of the predictions, which have the same shape.

    Raises:
        ValueError: If the shapes differ, or if the values are not real numbers.
    """
    array = floating(name, values)
    if array.shape != predictions.shape:
        raise ValueError(f"expected {name} of shape {predictions.shape}, got {array.shape}")
    return array.astype(predictions.dtype)


def probabilities_for(predictions: Array, targets: ArrayLike) -> Array:
    """Return targets between 0 and 1, in the shape and the precision of the predictions.

    Raises:
        ValueError: If a target lies outside, the shapes differ, or they are not real numbers.
    """
    array = matching("targets", targets, predictions)
    if not np.all((array >= 0) & (array <= 1)):
        raise ValueError(f"expected targets from 0 to 1, got {array.min()} to {array.max()}")
    return array


def mean(values: Array) -> Array:
    """Return the mean of all elements, which overflows only if an element has."""
    return np.asarray(np.sum(values / values.size))[()]
