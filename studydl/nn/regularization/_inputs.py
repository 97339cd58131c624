"""What every function of this chapter asks of its arguments."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "Array",
    "check_above_zero",
    "check_count",
    "check_examples",
    "check_fraction",
    "check_not_negative",
    "check_rows",
    "check_vector",
    "floating",
]

Array: TypeAlias = NDArray[np.floating[Any]]


def floating(values: ArrayLike, name: str) -> Array:
    """Return the values as a floating array; whole numbers get float64.

    Raises:
        ValueError: If they are not real numbers.
    """
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"expected the {name} to hold real numbers, got {array.dtype}")
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def check_rows(values: ArrayLike, name: str) -> Array:
    """Return a table of examples, one row each, whose sums of squares do not overflow.

    Raises:
        ValueError: If it is not a table with a row and a column, or its numbers are too large.
    """
    array = floating(values, name)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(
            f"expected the {name} in shape (examples, features), got shape {array.shape}"
        )
    return _summable(array, name)


def check_vector(values: ArrayLike, name: str) -> Array:
    """Return a vector that is not empty, whose sum of squares does not overflow.

    Raises:
        ValueError: If it is not such a vector.
    """
    array = floating(values, name)
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"expected the {name} as a vector, got shape {array.shape}")
    return _summable(array, name)


def check_examples(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return inputs of shape (N, d) and targets of shape (N,) or (N, outputs).

    Raises:
        ValueError: If there are not as many targets as inputs, or a shape is another one.
    """
    inputs, targets = check_rows(x, "inputs"), floating(y, "targets")
    if targets.ndim not in (1, 2) or len(targets) != len(inputs):
        raise ValueError(
            f"expected a target for each of {len(inputs)} inputs, got shape {targets.shape}"
        )
    return inputs, _summable(targets, "targets")


def check_above_zero(name: str, value: float) -> float:
    """Return a finite number above 0 as a Python float, which promotes no array.

    Raises:
        ValueError: If it is another number.
    """
    if not 0 < value < np.inf:
        raise ValueError(f"expected a finite {name} above 0, got {value}")
    return float(value)


def check_not_negative(name: str, value: float) -> float:
    """Return a finite number of 0 or more as a Python float, which promotes no array.

    Raises:
        ValueError: If it is another number.
    """
    if not 0 <= value < np.inf:
        raise ValueError(f"expected a finite {name} of 0 or more, got {value}")
    return float(value)


def check_fraction(name: str, value: float) -> float:
    """Return a probability below 1 as a Python float, which promotes no array.

    Raises:
        ValueError: If it does not lie in [0, 1).
    """
    if not 0 <= value < 1:
        raise ValueError(f"expected {name} in [0, 1), got {value}")
    return float(value)


def check_count(name: str, value: int) -> int:
    """Return a whole number of 1 or more.

    Raises:
        ValueError: If it is below 1.
    """
    if value < 1:
        raise ValueError(f"expected {name} of 1 or more, got {value}")
    return int(value)


def _summable(array: Array, name: str) -> Array:
    # Half of the root of the largest number, shared by all squares, leaves room for rounding.
    largest = float(np.sqrt(np.finfo(array.dtype).max / max(array.size, 1)) / 2)
    if array.size and np.max(np.abs(array)) > largest:
        raise ValueError(
            f"expected {name} up to {largest:.2g}, whose squares {array.dtype} can add, got"
            f" {np.max(np.abs(array)):.2g}"
        )
    return array
