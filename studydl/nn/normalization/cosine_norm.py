"""Cosine normalisation: the cosine of the angle between input and weights, not their product."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.nn.normalization._inputs import (
    check_shape,
    check_squares,
    floating,
    lengths,
    matrix,
    quotient,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.normalization._inputs import Array

__all__ = ["CosineNormGradients", "cosine_norm", "cosine_norm_backward"]


class CosineNormGradients(NamedTuple):
    """The gradients for input and weights, each in its shape."""

    x: Array
    weights: Array


def cosine_norm(x: ArrayLike, weights: ArrayLike) -> Array:
    """Return the cosine between every example and every unit's weights, the pre-activation.

    Shapes:
        x: (batch, fan_in). weights: (fan_in, fan_out). Result: (batch, fan_out).

    Equation:
        z = x·w / (|x| |w|), and 0 where x or w is 0 and no angle exists.

    Confusable with:
        The product x·w, which is not bounded.
        Weight norm, which divides by |w| only.
        Pearson's correlation, which takes the means of x and w away first.

    Reference:
        Luo et al. 2017, section 2.

    Raises:
        ValueError: If the shapes do not fit, or if squares overflow.
    """
    x, w = _pair(x, weights)
    # z = x/|x| · w/|w|
    return quotient(x, lengths(x, axis=1)) @ quotient(w, lengths(w, axis=0))


def cosine_norm_backward(
    gradient: ArrayLike, x: ArrayLike, weights: ArrayLike
) -> CosineNormGradients:
    """Return the gradients for input and weights, given that for the cosines.

    Shapes:
        gradient: (batch, fan_out). x and weights: as in `cosine_norm`.

    Equation:
        ∂z/∂x = (w/|w| - z x/|x|) / |x| and ∂z/∂w = (x/|x| - z w/|w|) / |w|, each orthogonal to
        what it is taken for.

    Confusable with:
        w / (|x| |w|), which takes the lengths for constants.

    Reference:
        Luo et al. 2017, section 2.

    Raises:
        ValueError: If the shapes do not fit, or if squares overflow.
    """
    x, w = _pair(x, weights)
    g = floating(gradient, "gradient")
    check_shape(g, (x.shape[0], w.shape[1]), "gradient")
    x_length, w_length = lengths(x, axis=1), lengths(w, axis=0)
    x_unit, w_unit = quotient(x, x_length), quotient(w, w_length)
    gz = g * (x_unit @ w_unit)

    # ∂L/∂x = Σ g (w/|w| - z x/|x|) / |x|
    for_x = quotient(g @ w_unit.T - gz.sum(axis=1, keepdims=True) * x_unit, x_length)
    # ∂L/∂w = Σ g (x/|x| - z w/|w|) / |w|
    for_weights = quotient(x_unit.T @ g - gz.sum(axis=0, keepdims=True) * w_unit, w_length)

    return CosineNormGradients(for_x, for_weights)


def _pair(x: ArrayLike, weights: ArrayLike) -> tuple[Array, Array]:
    x = matrix(x, "x", "(batch, fan_in)")
    w = matrix(weights, "weights", "(fan_in, fan_out)")
    if x.shape[1] != w.shape[0]:
        raise ValueError(f"expected weights for {x.shape[1]} inputs, got shape {w.shape}")
    check_squares(x, "x")
    check_squares(w, "weights")
    return x, w
