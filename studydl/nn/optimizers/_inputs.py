"""What every optimiser asks of its arguments."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Array", "check_fraction", "check_learning_rate", "gradient_like", "zeros_for"]

Array: TypeAlias = NDArray[np.floating[Any]]


def zeros_for(parameters: ArrayLike) -> Array:
    """Return zeros of the parameters' shape, in their precision; whole numbers get float64."""
    return np.zeros_like(_floating(parameters, "parameters"))


def gradient_like(gradient: ArrayLike, accumulated: Array, name: str) -> Array:
    """Return the gradient as a floating array of the shape of what was accumulated before.

    Raises:
        ValueError: If the shapes differ, or if the gradient is not made of real numbers.
    """
    array = _floating(gradient, "gradient")
    expected = np.shape(accumulated)
    if array.shape != expected:
        raise ValueError(
            f"expected a gradient of shape {expected}, as the {name}, got shape {array.shape}"
        )
    return array


def check_learning_rate(learning_rate: float) -> float:
    """Return the learning rate as a Python float, which promotes no array.

    Raises:
        ValueError: If it is not a finite number above 0.
    """
    if not 0 < learning_rate < np.inf:
        raise ValueError(f"expected a finite learning_rate above 0, got {learning_rate}")
    return float(learning_rate)


def check_fraction(name: str, value: float) -> float:
    """Return a decay factor as a Python float, which promotes no array.

    Raises:
        ValueError: If it does not lie in [0, 1).
    """
    if not 0 <= value < 1:
        raise ValueError(f"expected {name} in [0, 1), got {value}")
    return float(value)


def _floating(values: ArrayLike, name: str) -> Array:
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"expected the {name} to hold real numbers, got {array.dtype}")
    return array if array.dtype.kind == "f" else array.astype(np.float64)
