"""Layer normalisation: each example standardised over its own features."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studydl.nn.normalization._inputs import check_shape, floating
from studydl.nn.normalization.batch_norm import NormGradients
from studydl.nn.normalization.frame import (
    Standardized,
    affine,
    standardize,
    standardize_backward,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.normalization._inputs import Array

__all__ = ["LayerNormCache", "layer_norm", "layer_norm_backward"]


class LayerNormCache(NamedTuple):
    """What the backward pass needs of the forward pass.

    Attributes:
        standardized: The standardised input with the statistics of each example.
        gain: γ, in the shape of one example's features.
    """

    standardized: Standardized
    gain: Array


def layer_norm(
    x: ArrayLike, gain: ArrayLike, shift: ArrayLike, *, epsilon: float = 1e-5
) -> tuple[Array, LayerNormCache]:
    """Return the output, the same in training and at inference, and what the backward pass needs.

    The shape of the gain says which axes hold the features of one example.

    Shapes:
        x and output: (batch, d) or (batch, m, d) with gain and shift (d,); (batch, C, H, W) with
        gain and shift (C, H, W).

    Equation:
        y = γ ⊙ (x - μ) / √(σ² + ε) + β, with mean μ and biased variance σ² of each example (in a
        sequence: of each time step of each example) over its features.

    Confusable with:
        Batch norm, which takes the statistics of one feature over the examples.
        One gain an example: the statistics are the example's, the gain is the feature's.

    Reference:
        Ba, Kiros & Hinton 2016, section 3, equations 3 and 4.

    Raises:
        ValueError: If the shape of gain or shift is not that of x without one or more leading
            axes, if squares overflow, or if epsilon is below 0.
    """
    x = floating(x, "x")
    gamma = floating(gain, "gain").astype(x.dtype, copy=False)
    beta = floating(shift, "shift").astype(x.dtype, copy=False)
    if not 0 < gamma.ndim < x.ndim:
        raise ValueError(
            f"expected a gain in the shape of one example's features, got shape {gamma.shape}"
            f" for x of shape {x.shape}"
        )
    check_shape(gamma, x.shape[-gamma.ndim :], "gain")
    check_shape(beta, gamma.shape, "shift")

    axes = tuple(range(x.ndim - gamma.ndim, x.ndim))
    standardized = standardize(x, axes=axes, epsilon=epsilon)
    # y = γ x̂ + β
    return affine(standardized.values, gamma, beta), LayerNormCache(standardized, gamma)


def layer_norm_backward(gradient: ArrayLike, cache: LayerNormCache) -> NormGradients:
    """Return the gradients for input, gain and shift, given that for the output.

    Shapes:
        gradient: as the output. Results: as x, gain and shift.

    Equation:
        ∂L/∂β = Σ g and ∂L/∂γ = Σ g x̂ over examples (and steps); ∂L/∂x as in
        `standardize_backward` of γ g, over the features.

    Confusable with:
        Batch norm's, whose means run over the batch: here no gradient passes between examples.

    Reference:
        Ba, Kiros & Hinton 2016, section 3; the rule is that of Ioffe & Szegedy 2015, section 3.

    Raises:
        ValueError: If the gradient has not the shape of the output.
    """
    g, x_hat = floating(gradient, "gradient"), cache.standardized.values
    check_shape(g, x_hat.shape, "gradient")
    examples = tuple(range(g.ndim - cache.gain.ndim))

    # ∂L/∂β = Σ g
    for_shift = np.sum(g, axis=examples)
    # ∂L/∂γ = Σ g x̂
    for_gain = np.sum(g * x_hat, axis=examples)
    # ∂L/∂x̂ = γ g
    for_x = standardize_backward(cache.gain * g, cache.standardized)

    return NormGradients(for_x, for_gain, for_shift)
