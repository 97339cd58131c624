"""What a search asks of its arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Array", "count", "floating"]

Array: TypeAlias = NDArray[np.floating[Any]]


def count(name: str, value: int) -> int:
    """Return a whole number as a Python integer.

    Raises:
        ValueError: If it is no whole number, or below 1.
    """
    if not isinstance(value, int | np.integer) or value < 1:
        raise ValueError(f"expected {name} to be a whole number of at least 1, got {value!r}")
    return int(value)


def floating(name: str, values: ArrayLike) -> Array:
    """Return the values in at least single precision, as solvers need it; integers get float64.

    Raises:
        ValueError: If they are not real numbers.
    """
    array = np.asarray(values)
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    if array.dtype.kind != "f":
        raise ValueError(f"expected the {name} to hold real numbers, got {array.dtype}")
    return array.astype(np.result_type(array, np.float32))
