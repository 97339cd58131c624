"""Weight normalisation: a weight vector written as a length times a direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studydl.nn.normalization._inputs import (
    check_shape,
    check_squares,
    floating,
    lengths,
    matrix,
    vector,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.normalization._inputs import Array

__all__ = [
    "WeightNormGradients",
    "WeightNormStart",
    "weight_norm",
    "weight_norm_backward",
    "weight_norm_start",
]


class WeightNormGradients(NamedTuple):
    """The gradients for the direction v and the length g, each in its shape."""

    direction: Array
    length: Array


class WeightNormStart(NamedTuple):
    """What the first batch initialises: the lengths g and the biases, one a unit."""

    length: Array
    bias: Array


def weight_norm(direction: ArrayLike, length: ArrayLike) -> Array:
    """Return the weights of a layer, one column a unit, from their directions and lengths.

    Shapes:
        direction and weights: (fan_in, fan_out). length: (fan_out,).

    Equation:
        w = g v / |v|, with the Euclidean norm of each column; the layer computes x w.

    Confusable with:
        w / |w| without g, which allows weights of length 1 only.
        Normalising the input: x is not changed, neither its mean nor its variance.
        The norm of the whole matrix, which fixes no single unit's length.

    Reference:
        Salimans & Kingma 2016, section 2, equation 2.

    Raises:
        ValueError: If the shapes do not fit, or if a direction has length 0.
    """
    v, norms = _direction(direction)
    g = vector(length, "length", v.shape[1], v)
    # w = g v / |v|
    return g * (v / norms)


def weight_norm_backward(
    gradient: ArrayLike, direction: ArrayLike, length: ArrayLike
) -> WeightNormGradients:
    """Return the gradients for direction and length, given that for the weights.

    Shapes:
        gradient and direction: (fan_in, fan_out). length: (fan_out,).

    Equation:
        ∂L/∂g = ∇w · v/|v| and ∂L/∂v = g/|v| (∇w - ∂L/∂g v/|v|), which is orthogonal to v.

    Confusable with:
        g/|v| ∇w, which forgets that |v| depends on v: it has a part along v.

    Reference:
        Salimans & Kingma 2016, section 2.1, equations 3 and 4.

    Raises:
        ValueError: If the shapes do not fit, or if a direction has length 0.
    """
    v, norms = _direction(direction)
    g = vector(length, "length", v.shape[1], v)
    for_weights = floating(gradient, "gradient")
    check_shape(for_weights, v.shape, "gradient")

    unit = v / norms
    # ∂L/∂g = ∇w · v/|v|
    for_length = np.sum(for_weights * unit, axis=0)
    # ∂L/∂v = g/|v| (∇w - ∂L/∂g v/|v|)
    for_direction = g / norms * (for_weights - for_length * unit)

    return WeightNormGradients(for_direction, for_length)


def weight_norm_start(x: ArrayLike, direction: ArrayLike) -> WeightNormStart:
    """Return the lengths and biases that standardise the first batch's pre-activations.

    Nothing keeps them standardised afterwards: this is an initialisation, done once.

    Shapes:
        x: (batch, fan_in). direction: (fan_in, fan_out). Both results: (fan_out,).

    Equation:
        g = 1/σ[t] and b = -μ[t]/σ[t], with t = x v/|v| over the batch and the biased σ.

    Confusable with:
        Batch norm, which computes μ and σ anew for every batch.

    Reference:
        Salimans & Kingma 2016, section 3, equation 6.

    Raises:
        ValueError: If the shapes do not fit, or if a unit's t does not vary over the batch.
    """
    (v, norms), x = _direction(direction), matrix(x, "x", "(batch, fan_in)")
    if x.shape[1] != v.shape[0]:
        raise ValueError(f"expected x of {v.shape[0]} features, got shape {x.shape}")
    check_squares(x, "x")
    # t = x v / |v|
    t = x @ (v / norms)
    mean, deviation = np.mean(t, axis=0), np.std(t, axis=0)
    if np.any(deviation == 0):
        raise ValueError("expected a batch on which every unit varies, got a constant one")
    return WeightNormStart(1 / deviation, -mean / deviation)


def _direction(direction: ArrayLike) -> tuple[Array, Array]:
    """Return the directions and their lengths, none of which may be 0."""
    v = matrix(direction, "direction", "(fan_in, fan_out)")
    check_squares(v, "direction")
    norms = lengths(v, axis=0)
    if np.any(norms == 0):
        raise ValueError("expected directions of a length above 0, got a column of zeros")
    return v, norms
