"""More examples out of those at hand: noisy copies, resampling, sampling a fitted density."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studydl.nn.regularization._inputs import (
    check_count,
    check_examples,
    check_not_negative,
    check_rows,
    check_vector,
    floating,
)

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import ArrayLike

    from studydl.nn.regularization._inputs import Array

__all__ = [
    "Gaussian",
    "empirical_distribution",
    "fit_gaussian",
    "gaussian_sample",
    "noisy_copies",
    "resample",
]


class Gaussian(NamedTuple):
    """A normal density.

    Attributes:
        mean: Shape (d,).
        covariance: Shape (d, d).
    """

    mean: Array
    covariance: Array


def empirical_distribution(sample: ArrayLike, x: ArrayLike) -> Array:
    """Return the share of a sample that is not above x.

    Shapes:
        sample: (N,). x and the result: (n,).

    Equation:
        F_N(x) = #{i: sᵢ ≤ x} / N

    Confusable with:
        The distribution that the sample was drawn from, F, which F_N only approaches.

    Reference:
        Wasserman 2004, section 7.1.

    Raises:
        ValueError: If the sample or x is not a vector.
    """
    drawn, places = check_vector(sample, "sample"), check_vector(x, "places")
    share: Array = np.mean(drawn[:, None] <= places, axis=0, dtype=places.dtype)
    return share


def noisy_copies(
    rng: Generator, x: ArrayLike, y: ArrayLike, *, copies: int, noise: float
) -> tuple[Array, Array]:
    """Return every example several times, normal noise added to the inputs, the targets kept.

    Shapes:
        x: (N, d). y: (N,) or (N, outputs). Results: the same with N · copies rows.

    Equation:
        x̃ = x + σz, ỹ = y, with z standard normal

    Confusable with:
        Noise on the targets, which does not regularise.

    Reference:
        Bishop 1995, section 2; Sietsma & Dow 1991.

    Raises:
        ValueError: If the shapes do not match, there are no copies, or the noise is below 0.
    """
    inputs, targets = check_examples(x, y)
    count, σ = check_count("copies", copies), check_not_negative("noise", noise)
    repeated = np.concatenate([inputs] * count)
    # x̃ ← x + σz
    noisy = repeated + (σ * rng.normal(size=repeated.shape)).astype(repeated.dtype)
    return noisy, np.concatenate([targets] * count)


def resample(rng: Generator, x: ArrayLike) -> Array:
    """Return a bootstrap sample: as many examples, each drawn from all with replacement.

    Shapes:
        x and the result: (N, d).

    Equation:
        x̃ᵢ = x_k(i), with k(i) uniform on the N examples

    Confusable with:
        A permutation, which draws without replacement; cross-validation's folds.

    Reference:
        Efron 1979, section 2; Breiman 1996, section 2.

    Raises:
        ValueError: If x is not a table with one row an example.
    """
    rows = check_rows(x, "examples")
    return rows[rng.integers(len(rows), size=len(rows))]


def fit_gaussian(x: ArrayLike) -> Gaussian:
    """Return the normal density with the sample's mean and unbiased covariance.

    Shapes:
        x: (N, d) with N of 2 or more. Results: (d,) and (d, d).

    Equation:
        μ = Σ xᵢ / N, Σ = Σ (xᵢ - μ)(xᵢ - μ)ᵀ / (N - 1)

    Confusable with:
        The maximum-likelihood covariance, which divides by N.

    Reference:
        Bishop 2006, section 2.3.4.

    Raises:
        ValueError: If x is not a table with two rows or more.
    """
    rows = check_rows(x, "examples")
    if len(rows) < 2:
        raise ValueError("expected two examples or more to estimate a covariance, got one")
    mean = np.mean(rows, axis=0)
    # Σ = Σ (xᵢ - μ)(xᵢ - μ)ᵀ / (N - 1)
    return Gaussian(mean, (rows - mean).T @ (rows - mean) / (len(rows) - 1))


def gaussian_sample(gaussian: Gaussian, normals: ArrayLike) -> Array:
    """Return a sample of a normal density, made of standard normal numbers.

    Shapes:
        normals and the result: (N, d).

    Equation:
        x = μ + Lz, with the Cholesky factor L Lᵀ = Σ

    Confusable with:
        μ + Σz, whose covariance would be Σ².

    Reference:
        Bishop 2006, section 11.1.1.

    Raises:
        ValueError: If the normals do not have the density's width, or its covariance is not
            positive definite.
    """
    z = check_rows(normals, "normals")
    mean, covariance = floating(gaussian.mean, "mean"), floating(gaussian.covariance, "covariance")
    width = z.shape[1]
    if mean.shape != (width,) or covariance.shape != (width, width):
        raise ValueError(
            f"expected a mean of shape ({width},) and a covariance of shape ({width}, {width}),"
            f" got {mean.shape} and {covariance.shape}"
        )
    try:
        factor = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError as error:
        raise ValueError("expected a positive definite covariance, got another one") from error
    # x ← μ + Lz
    return mean + z @ factor.T
