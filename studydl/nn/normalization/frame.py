"""The general frame of the normalisations: centre, divide, then stretch and shift."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.normalization._inputs import (
    check_epsilon,
    check_squares,
    floating,
    quotient,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.normalization._inputs import Array

__all__ = ["Standardized", "affine", "standardize", "standardize_backward"]


@dataclass(frozen=True, slots=True)
class Standardized:
    """Standardised numbers, and the statistics that they were standardised by.

    Attributes:
        values: Of mean 0 and variance 1 (less what epsilon takes away), in the input's shape.
        mean: Over the axes that were standardised, which are kept with length 1.
        variance: The biased one, division by n, in the same shape.
        deviation: √(variance + ε), in the same shape.
        axes: Which axes were standardised together.
    """

    values: Array
    mean: Array
    variance: Array
    deviation: Array
    axes: tuple[int, ...]


def standardize(x: ArrayLike, *, axes: tuple[int, ...], epsilon: float = 1e-5) -> Standardized:
    """Return x with its mean taken away and divided by its deviation, along some axes.

    Shapes:
        x and values: any, the same. Statistics: 1 along ``axes``, else as x. epsilon: a scalar.

    Equation:
        x̂ = (x - μ) / √(σ² + ε), with σ² the biased variance. Where it is 0 at ε = 0, x̂ is 0.

    Confusable with:
        Division by the variance σ² itself, which has the wrong unit.
        ε added to σ outside the root, as Adam has it: another x̂ where σ is small.
        Min-max scaling, which maps to [0, 1]; x̂ keeps no fixed range.

    Reference:
        Ioffe & Szegedy 2015, algorithm 1.

    Raises:
        ValueError: If x does not hold real numbers, if their squares overflow, or if epsilon is
            below 0.
    """
    x, offset = floating(x, "x"), check_epsilon(epsilon)
    check_squares(x, "x")

    mean = np.mean(x, axis=axes, keepdims=True)
    # σ² = E[(x - μ)²]
    variance = np.mean((x - mean) ** 2, axis=axes, keepdims=True)
    # x̂ = (x - μ) / √(σ² + ε)
    deviation = np.sqrt(variance + offset)
    return Standardized(quotient(x - mean, deviation), mean, variance, deviation, axes)


def standardize_backward(gradient: Array, standardized: Standardized) -> Array:
    """Return the gradient for x, given that for x̂.

    Mean and deviation are functions of x too, so the gradient goes through them: what it has in
    common with a constant and with x̂ itself is taken out.

    Shapes:
        gradient and result: as x.

    Equation:
        ∂L/∂x = (g - mean(g) - x̂ mean(g x̂)) / √(σ² + ε), with g = ∂L/∂x̂

    Confusable with:
        g / √(σ² + ε), which takes the statistics for constants, as at inference.

    Reference:
        Ioffe & Szegedy 2015, section 3, after algorithm 1.
    """
    x_hat, axes = standardized.values, standardized.axes
    common = np.mean(gradient, axis=axes, keepdims=True)
    along = np.mean(gradient * x_hat, axis=axes, keepdims=True)
    # ∂L/∂x = (g - mean(g) - x̂ mean(g x̂)) / √(σ² + ε)
    return quotient(gradient - common - x_hat * along, standardized.deviation)


def affine(x_hat: ArrayLike, gain: ArrayLike, shift: ArrayLike) -> Array:
    """Return what the two learnt parameters make of standardised numbers.

    Shapes:
        x_hat and result: any, the same. gain, shift: such that they broadcast to it.

    Equation:
        y = γ ⊙ x̂ + β

    Confusable with:
        The standardising itself, whose μ and σ are computed from data and not learnt.

    Reference:
        Ioffe & Szegedy 2015, algorithm 1.

    Raises:
        ValueError: If gain or shift would enlarge the shape of x_hat, or are not real numbers.
    """
    values = floating(x_hat, "x_hat")
    gamma = floating(gain, "gain").astype(values.dtype, copy=False)
    beta = floating(shift, "shift").astype(values.dtype, copy=False)
    if np.broadcast_shapes(values.shape, gamma.shape, beta.shape) != values.shape:
        raise ValueError(
            f"expected gain and shift that fit shape {values.shape},"
            f" got {gamma.shape} and {beta.shape}"
        )
    return gamma * values + beta
