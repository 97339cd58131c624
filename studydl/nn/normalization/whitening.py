"""Whitening: features made uncorrelated and of variance 1, by a rotation or without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studydl.nn.normalization._inputs import (
    check_epsilon,
    check_shape,
    check_squares,
    floating,
    matrix,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.normalization._inputs import Array

__all__ = [
    "WhiteningCache",
    "covariance",
    "pca_whitening",
    "zca_whitening",
    "zca_whitening_backward",
]


class WhiteningCache(NamedTuple):
    """What the backward pass needs of the forward pass.

    Attributes:
        centred: The input less its mean, (batch, d).
        variances: The covariance's eigenvalues plus epsilon, ascending, (d,).
        axes: Its eigenvectors, one a column, (d, d).
    """

    centred: Array
    variances: Array
    axes: Array


def covariance(x: ArrayLike) -> Array:
    """Return the biased covariance of the features.

    Shapes:
        x: (batch, d). Result: (d, d).

    Equation:
        Σ = E[(x - μ)(x - μ)ᵀ], division by the number of examples

    Confusable with:
        The unbiased covariance, division by one example less; the correlation, whose diagonal
        is 1; E[x xᵀ] of data that are not centred.

    Reference:
        Bishop 2006, section 12.1.

    Raises:
        ValueError: If x is not a matrix of real numbers, or if its squares overflow.
    """
    x = matrix(x, "x", "(batch, d)")
    check_squares(x, "x")
    centred = x - np.mean(x, axis=0)
    # Σ = E[(x - μ)(x - μ)ᵀ]
    return np.asarray(centred.T @ centred / len(x))


def pca_whitening(x: ArrayLike, *, epsilon: float = 0.0) -> tuple[Array, WhiteningCache]:
    """Return the principal components, each divided by its deviation, largest first.

    Shapes:
        x and output: (batch, d). epsilon: a scalar.

    Equation:
        y = (x - μ) U (Λ + ε)^-½ with Σ = U Λ Uᵀ. Each axis points where its largest component is
        positive, since the eigenvectors leave the sign open.

    Confusable with:
        PCA alone, which removes correlations but leaves the variances.
        Standardising each feature, which leaves the correlations.
        ZCA whitening, which rotates back to the original axes.

    Reference:
        Bishop 2006, section 12.1.3; Kessy, Lewin & Strimmer 2018, section 2.

    Raises:
        ValueError: If the covariance has not full rank and epsilon is 0.
    """
    cache = _decompose(x, epsilon)
    # y = (x - μ) U Λ^-½
    output = cache.centred @ (cache.axes / np.sqrt(cache.variances))
    return output[:, ::-1], cache


def zca_whitening(x: ArrayLike, *, epsilon: float = 0.0) -> tuple[Array, WhiteningCache]:
    """Return the whitened data that are nearest to the centred data themselves.

    Shapes:
        x and output: (batch, d). epsilon: a scalar.

    Equation:
        y = (x - μ) (Σ + ε)^-½, with the symmetric root U (Λ + ε)^-½ Uᵀ

    Confusable with:
        PCA whitening, U (Λ + ε)^-½, whose axes turn and swap from batch to batch.

    Reference:
        Kessy, Lewin & Strimmer 2018, section 3; Huang et al. 2018, section 3.1.

    Raises:
        ValueError: If the covariance has not full rank and epsilon is 0.
    """
    cache = _decompose(x, epsilon)
    # y = (x - μ) U Λ^-½ Uᵀ
    return cache.centred @ _root(cache), cache


def zca_whitening_backward(gradient: ArrayLike, cache: WhiteningCache) -> Array:
    """Return the gradient for x, given that for the output of ZCA whitening.

    It needs no gap between eigenvalues: the divided difference of λ^-½ has a closed form in
    which none appears.

    Shapes:
        gradient and result: (batch, d).

    Equation:
        With G = xᵀ g for centred x: ∂L/∂Σ = U (K ∘ Uᵀ G U) Uᵀ, made symmetric, where
        K_ij = -1 / (√λ_i √λ_j (√λ_i + √λ_j)); then ∂L/∂x = g Σ^-½ + 2/n x ∂L/∂Σ, centred.

    Confusable with:
        g Σ^-½, which takes the covariance for a constant.
        1/(λ_i - λ_j), which the eigenvectors alone would need, and which does not exist where
        two eigenvalues are equal.

    Reference:
        Huang et al. 2018, section 3.2; Higham 2008, Functions of Matrices, section 3.2.

    Raises:
        ValueError: If the gradient has not the shape of the output.
    """
    g, x, u = floating(gradient, "gradient"), cache.centred, cache.axes
    check_shape(g, x.shape, "gradient")
    root = np.sqrt(cache.variances)

    # K = -1 / (√λ_i √λ_j (√λ_i + √λ_j))
    divided = -1 / (np.outer(root, root) * np.add.outer(root, root))
    # ∂L/∂Σ = U (K ∘ Uᵀ xᵀ g U) Uᵀ
    for_covariance = u @ (divided * (u.T @ x.T @ g @ u)) @ u.T
    # ∂L/∂x = g Σ^-½ + 1/n x (∂L/∂Σ + ∂L/∂Σᵀ)
    for_centred = g @ _root(cache) + x @ (for_covariance + for_covariance.T) / len(x)

    return np.asarray(for_centred - np.mean(for_centred, axis=0))


def _decompose(x: ArrayLike, epsilon: float) -> WhiteningCache:
    x, offset = matrix(x, "x", "(batch, d)"), check_epsilon(epsilon)
    variances, axes = np.linalg.eigh(covariance(x))
    if offset == 0 and variances[0] <= variances[-1] * len(variances) * np.finfo(x.dtype).eps:
        raise ValueError(
            f"expected a covariance of full rank, or an epsilon above 0, got {len(x)} examples"
            f" that do not span {len(variances)} features"
        )
    largest = np.argmax(np.abs(axes), axis=0)
    signs = np.sign(axes[largest, np.arange(len(largest))])
    centred = x - np.mean(x, axis=0)
    return WhiteningCache(centred, np.maximum(variances, 0) + offset, axes * signs)


def _root(cache: WhiteningCache) -> Array:
    return (cache.axes / np.sqrt(cache.variances)) @ cache.axes.T
