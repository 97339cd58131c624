"""What every function of this chapter asks of its arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Array", "Elementwise", "check_shape", "floating", "matrices_of", "positive"]

Array: TypeAlias = NDArray[np.floating[Any]]
Elementwise: TypeAlias = Callable[[Array], Array]


def floating(values: ArrayLike, name: str) -> Array:
    """Return the values as a floating array; whole numbers get float64.

    Raises:
        ValueError: If they are not real numbers.
    """
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"expected the {name} to hold real numbers, got {array.dtype}")
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def check_shape(array: Array, shape: tuple[int, ...], name: str) -> None:
    """Refuse an array of another shape.

    Raises:
        ValueError: If the shapes differ.
    """
    if array.shape != shape:
        raise ValueError(f"expected the {name} to have shape {shape}, got {array.shape}")


def matrices_of(
    inputs: Array, weights: Sequence[ArrayLike], *, square: bool = False
) -> list[Array]:
    """Return the weights as matrices, each of which takes what the one before gives.

    Raises:
        ValueError: If the inputs are no rows of examples, if there is no layer, or if a layer's
            matrix does not fit.
    """
    if inputs.ndim != 2:
        raise ValueError(f"expected inputs of shape (examples, units), got {inputs.shape}")
    if len(weights) == 0:
        raise ValueError("expected the weights of at least one layer")
    matrices, width = [], inputs.shape[1]
    for layer, each in enumerate(weights, start=1):
        matrix = floating(each, "weights")
        fits = matrix.ndim == 2 and matrix.shape[1] == width
        if not fits or (square and matrix.shape[0] != width):
            rows = str(width) if square else "units"
            raise ValueError(
                f"expected the weights of layer {layer} to have shape ({rows}, {width}),"
                f" got {matrix.shape}"
            )
        matrices.append(matrix)
        width = matrix.shape[0]
    return matrices


def positive(name: str, value: float) -> float:
    """Return a finite number above 0 as a Python float, which promotes no array.

    Raises:
        ValueError: If it is not.
    """
    if not 0 < value < np.inf:
        raise ValueError(f"expected a finite {name} above 0, got {value}")
    return float(value)
