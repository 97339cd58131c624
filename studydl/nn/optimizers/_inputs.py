"""What every optimiser asks of its arguments."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "Array",
    "check_fraction",
    "check_learning_rate",
    "check_offset",
    "check_squares",
    "floating",
    "gradient_like",
    "quotient",
    "zeros_for",
]

Array: TypeAlias = NDArray[np.floating[Any]]


def zeros_for(parameters: ArrayLike) -> Array:
    """Return zeros of the parameters' shape, in their precision; whole numbers get float64."""
    return np.zeros_like(floating(parameters, "parameters"))


def gradient_like(gradient: ArrayLike, accumulated: Array, name: str) -> Array:
    """Return the gradient as a floating array of the shape of what was accumulated before.

    Raises:
        ValueError: If the shapes differ, or if the gradient is not made of real numbers.
    """
    array = floating(gradient, "gradient")
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


def check_offset(name: str, value: float) -> float:
    """Return what is added to a denominator as a Python float, which promotes no array.

    Raises:
        ValueError: If it is not a finite number of 0 or more.
    """
    if not 0 <= value < np.inf:
        raise ValueError(f"expected a finite {name} of 0 or more, got {value}")
    return float(value)


def check_squares(gradient: Array, accumulated: Array | float = 0.0) -> None:
    """Refuse gradients whose squares would overflow when they are added to what is there.

    Raises:
        ValueError: If a square, on top of the accumulated ones, is more than the precision holds.
    """
    # Half of the root of the largest number leaves room for rounding.
    largest = np.sqrt(np.finfo(gradient.dtype).max - accumulated) / 2
    if np.any(np.abs(gradient) > largest):
        raise ValueError(
            f"expected gradients up to {np.min(largest):.2g}, whose squares {gradient.dtype} can"
            f" hold, got {np.max(np.abs(gradient)):.2g}"
        )


def quotient(numerator: Array, denominator: Array) -> Array:
    """Return the quotient, and 0 where the denominator is 0 because no gradient ever came."""
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator != 0)


def floating(values: ArrayLike, name: str) -> Array:
    """Return the values as a floating array; whole numbers get float64.

    Raises:
        ValueError: If they are not real numbers.
    """
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"expected the {name} to hold real numbers, got {array.dtype}")
    return array if array.dtype.kind == "f" else array.astype(np.float64)
