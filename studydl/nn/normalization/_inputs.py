"""What every normalisation asks of its arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Array",
    "check_epsilon",
    "check_shape",
    "check_squares",
    "floating",
    "lengths",
    "matrix",
    "quotient",
    "vector",
]

Array: TypeAlias = NDArray[np.floating[Any]]


def floating(values: ArrayLike, name: str) -> Array:
    """Return the values as a floating array; whole numbers get float64.

    Raises:
        ValueError: If they are not real numbers, or if there are none.
    """
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"expected {name} to hold real numbers, got {array.dtype}")
    if array.size == 0:
        raise ValueError(f"expected {name} to hold at least one number, got shape {array.shape}")
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def matrix(values: ArrayLike, name: str, axes: str) -> Array:
    """Return the values as a floating array of two axes.

    Raises:
        ValueError: If they have another number of axes, or are not real numbers.
    """
    array = floating(values, name)
    if array.ndim != 2:
        raise ValueError(f"expected {name} of shape {axes}, got shape {array.shape}")
    return array


def vector(values: ArrayLike, name: str, length: int, like: Array) -> Array:
    """Return one parameter a feature, in the precision of the array that it belongs to.

    Raises:
        ValueError: If it is not a vector of that length.
    """
    array = floating(values, name).astype(like.dtype, copy=False)
    check_shape(array, (length,), name)
    return array


def check_shape(array: Array, expected: Sequence[int], name: str) -> None:
    """Refuse an array of another shape, also one that NumPy would broadcast.

    Raises:
        ValueError: If the shapes differ.
    """
    if array.shape != tuple(expected):
        raise ValueError(f"expected {name} of shape {tuple(expected)}, got shape {array.shape}")


def check_epsilon(epsilon: float) -> float:
    """Return what is added to a variance as a Python float, which promotes no array.

    Raises:
        ValueError: If it is not a finite number of 0 or more.
    """
    if not 0 <= epsilon < np.inf:
        raise ValueError(f"expected a finite epsilon of 0 or more, got {epsilon}")
    return float(epsilon)


def check_squares(x: Array, name: str) -> None:
    """Refuse numbers whose squares would overflow in a sum.

    Raises:
        ValueError: If the sum of the squares may be more than the precision holds.
    """
    # A deviation from the mean is up to twice the number itself.
    largest = np.sqrt(np.finfo(x.dtype).max / x.size) / 4
    if np.any(np.abs(x) > largest):
        raise ValueError(
            f"expected {name} up to {largest:.2g}, the sum of whose squares {x.dtype} can hold,"
            f" got {np.max(np.abs(x)):.2g}"
        )


def quotient(numerator: Array, denominator: Array) -> Array:
    """Return the quotient, and 0 where the denominator is 0 because nothing deviates."""
    shape = np.broadcast_shapes(numerator.shape, denominator.shape)
    out = np.zeros(shape, np.result_type(numerator, denominator))
    return np.divide(numerator, denominator, out=out, where=denominator != 0)


def lengths(v: Array, axis: int) -> Array:
    """Return the Euclidean length along an axis, which is kept; tiny numbers do not vanish."""
    largest = np.max(np.abs(v), axis=axis, keepdims=True)
    scaled = quotient(v, largest)
    return np.asarray(largest * np.sqrt(np.sum(scaled**2, axis=axis, keepdims=True)))
