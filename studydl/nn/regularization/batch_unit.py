"""One linear unit whose output is normalised over the batch: batch norm at its smallest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.regularization._inputs import check_rows, check_vector

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.regularization._inputs import Array

__all__ = ["batch_unit", "batch_unit_gradient"]


def batch_unit(weights: ArrayLike, x: ArrayLike) -> Array:
    """Return a linear unit's outputs, shifted and scaled to mean 0 and variance 1 over the batch.

    Without epsilon, gain and shift, so that what it does to the scale of the weights is exact.

    Shapes:
        weights: (d,). x: (N, d). Result: (N,).

    Equation:
        ẑ = (z - mean z) / √(mean (z - mean z)²), with z = Xw

    Confusable with:
        Inference, where running statistics take the place of the batch's.

    Reference:
        Ioffe & Szegedy 2015, section 3.

    Raises:
        ValueError: If the widths differ, or all examples have the same output.
    """
    centred, deviation = _statistics(weights, x)
    return centred / deviation


def batch_unit_gradient(weights: ArrayLike, x: ArrayLike, upstream: ArrayLike) -> Array:
    """Return the gradient of the loss with respect to the weights of `batch_unit`.

    Shapes:
        weights and the result: (d,). x: (N, d). upstream: (N,).

    Equation:
        ∂L/∂w = Xᵀ (g - mean g - ẑ mean(gẑ)) / s, with g = ∂L/∂ẑ and the deviation s of z

    Confusable with:
        Xᵀ (g - mean g) / s, which takes the deviation for a constant.

    Reference:
        Ioffe & Szegedy 2015, section 3.

    Raises:
        ValueError: If the shapes do not match, or all examples have the same output.
    """
    centred, deviation = _statistics(weights, x)
    normalised = centred / deviation
    g = check_vector(upstream, "upstream gradient")
    if g.shape != normalised.shape:
        raise ValueError(f"expected {len(normalised)} upstream gradients, got {len(g)}")
    # ∂L/∂z = (g - mean g - ẑ mean(gẑ)) / s
    for_z = (g - np.mean(g) - normalised * np.mean(g * normalised)) / deviation
    # ∂L/∂w = Xᵀ ∂L/∂z
    return check_rows(x, "inputs").T @ for_z


def _statistics(weights: ArrayLike, x: ArrayLike) -> tuple[Array, Array]:
    """Return the centred outputs and their deviation."""
    w, inputs = check_vector(weights, "weights"), check_rows(x, "inputs")
    if inputs.shape[1] != len(w):
        raise ValueError(f"expected inputs of width {len(w)}, got width {inputs.shape[1]}")
    z = inputs @ w
    # z - mean z
    centred = z - np.mean(z)
    # s = √(mean (z - mean z)²)
    deviation = np.sqrt(np.mean(centred**2))
    if deviation == 0:
        raise ValueError("expected outputs that differ within the batch, got equal ones")
    return centred, deviation
