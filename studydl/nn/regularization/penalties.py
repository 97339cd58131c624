"""What the L1 and the L2 penalty each do to a weight, and what small weights do to an output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from studydl.nn.regularization._inputs import check_not_negative, check_vector, floating

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.regularization._inputs import Array

__all__ = ["shrink", "soft_threshold", "worst_perturbation"]


def soft_threshold(weights: ArrayLike, *, threshold: float) -> Array:
    """Return what an L1 penalty leaves of each weight: nearer to 0 by the threshold, or exactly 0.

    Shapes:
        weights and the result: any, the same.

    Equation:
        S(v, λ) = argmin ½(w - v)² + λ|w| = sign(v) max(|v| - λ, 0)

    Confusable with:
        Hard thresholding, which keeps what is above the threshold as it is. `shrink`, L2's.

    Reference:
        Donoho & Johnstone 1994, section 2.3; Tibshirani 1996, section 2.2.

    Raises:
        ValueError: If the weights are not real numbers, or the threshold is below 0.
    """
    v = floating(weights, "weights")
    λ = check_not_negative("threshold", threshold)
    return np.sign(v) * np.maximum(np.abs(v) - λ, 0.0)


def shrink(weights: ArrayLike, *, penalty: float) -> Array:
    """Return what an L2 penalty leaves of each weight: the same fraction of all.

    Shapes:
        weights and the result: any, the same.

    Equation:
        argmin ½(w - v)² + ½λw² = v / (1 + λ)

    Confusable with:
        `soft_threshold`, L1's, which subtracts instead of dividing.

    Reference:
        Hastie, Tibshirani & Friedman 2009, table 3.4.

    Raises:
        ValueError: If the weights are not real numbers, or the penalty is below 0.
    """
    return floating(weights, "weights") / (1 + check_not_negative("penalty", penalty))


def worst_perturbation(
    weights: ArrayLike, *, size: float, norm: Literal["euclidean", "largest"]
) -> Array:
    """Return the input perturbation of a given size that moves a linear output w·x most.

    Shapes:
        weights and the result: (d,).

    Equation:
        δ = ε w/|w|₂ where |δ|₂ ≤ ε, moving the output by ε |w|₂;
        δ = ε sign(w) where max |δᵢ| ≤ ε, moving it by ε |w|₁

    Confusable with:
        A random perturbation of that size, which moves the output far less in many dimensions.

    Reference:
        Goodfellow, Shlens & Szegedy 2015, section 3.

    Raises:
        ValueError: If the weights are not a vector of real numbers, or the size is below 0.
    """
    w = check_vector(weights, "weights")
    ε = check_not_negative("size", size)
    if norm == "largest":
        return ε * np.sign(w)
    length = np.sqrt(np.sum(w**2))
    # ε w/|w|₂; weights that are all 0 answer to no perturbation
    return ε * np.divide(w, length, out=np.zeros_like(w), where=length > 0)
