"""Batch normalisation: each feature standardised over the examples of the batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from studydl.nn.normalization._inputs import (
    check_epsilon,
    check_shape,
    check_squares,
    floating,
    quotient,
    vector,
)
from studydl.nn.normalization.frame import (
    Standardized,
    affine,
    standardize,
    standardize_backward,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.normalization._inputs import Array

__all__ = [
    "BatchNormCache",
    "NormGradients",
    "RunningStatistics",
    "batch_norm",
    "batch_norm_backward",
    "batch_norm_inference",
    "update_running_statistics",
]


class BatchNormCache(NamedTuple):
    """What the backward pass needs of the forward pass.

    Attributes:
        standardized: The standardised input with the statistics of the batch.
        gain: γ, one a feature.
    """

    standardized: Standardized
    gain: Array


class NormGradients(NamedTuple):
    """The gradients for the input and for the two learnt parameters, each in its shape."""

    x: Array
    gain: Array
    shift: Array


@dataclass(frozen=True, slots=True)
class RunningStatistics:
    """What inference uses in place of the statistics of a batch.

    Attributes:
        mean: One a feature.
        variance: The unbiased one, one a feature.
    """

    mean: Array
    variance: Array

    def __post_init__(self) -> None:
        """Refuse statistics that no training leads to."""
        if np.shape(self.mean) != np.shape(self.variance) or np.ndim(self.mean) != 1:
            raise ValueError(
                f"expected two vectors of one length, got shapes {np.shape(self.mean)} and"
                f" {np.shape(self.variance)}"
            )

    @classmethod
    def before_training(cls, gain: ArrayLike) -> Self:
        """Return mean 0 and variance 1 for every feature, in the precision of the gain."""
        like = floating(gain, "gain")
        return cls(np.zeros_like(like), np.ones_like(like))


def batch_norm(
    x: ArrayLike, gain: ArrayLike, shift: ArrayLike, *, epsilon: float = 1e-5
) -> tuple[Array, BatchNormCache]:
    """Return the output in training, and what its backward pass needs.

    Shapes:
        x and output: (batch, d), or (batch, C, H, W). gain and shift: (d,), or (C,).

    Equation:
        y = γ ⊙ (x - μ) / √(σ² + ε) + β, with mean μ and biased variance σ² of each feature over
        the batch; in an image a feature is a channel, so over height and width too.

    Confusable with:
        Layer norm, which takes the statistics of one example over its features.
        Inference, which uses running statistics: there no example depends on another.
        Instance norm, which takes the statistics of each channel of each example.

    Reference:
        Ioffe & Szegedy 2015, algorithm 1 and section 3.2.

    Raises:
        ValueError: If x has another number of axes, if gain or shift has not one number a
            feature, if squares overflow, or if epsilon is below 0.
    """
    x = _batch(x)
    gamma = vector(gain, "gain", x.shape[1], x)
    beta = vector(shift, "shift", x.shape[1], x)

    standardized = standardize(x, axes=_all_but_features(x), epsilon=epsilon)
    # y = γ x̂ + β
    output = affine(standardized.values, _beside(gamma, x), _beside(beta, x))

    return output, BatchNormCache(standardized, gamma)


def batch_norm_backward(gradient: ArrayLike, cache: BatchNormCache) -> NormGradients:
    """Return the gradients for input, gain and shift, given that for the output of training.

    Shapes:
        gradient: as the output. Results: as x, gain and shift.

    Equation:
        ∂L/∂β = Σ g, ∂L/∂γ = Σ g x̂, and ∂L/∂x as in `standardize_backward` of γ g, the sums
        running over everything but the features.

    Confusable with:
        The backward pass at inference, γ g / √(σ² + ε), where the statistics are constants.

    Reference:
        Ioffe & Szegedy 2015, section 3, after algorithm 1.

    Raises:
        ValueError: If the gradient has not the shape of the output.
    """
    g, x_hat = floating(gradient, "gradient"), cache.standardized.values
    check_shape(g, x_hat.shape, "gradient")
    axes = cache.standardized.axes

    # ∂L/∂β = Σ g
    for_shift = np.sum(g, axis=axes)
    # ∂L/∂γ = Σ g x̂
    for_gain = np.sum(g * x_hat, axis=axes)
    # ∂L/∂x̂ = γ g
    for_x = standardize_backward(_beside(cache.gain, g) * g, cache.standardized)

    return NormGradients(for_x, for_gain, for_shift)


def update_running_statistics(
    running: RunningStatistics, cache: BatchNormCache, *, momentum: float = 0.1
) -> RunningStatistics:
    """Return the running statistics after one more batch of training.

    Shapes:
        Both statistics: (features,). momentum: a scalar, the weight of the new batch.

    Equation:
        μ ← (1 - m) μ + m μ_B and σ² ← (1 - m) σ² + m n/(n - 1) σ²_B, with n numbers a feature.

    Confusable with:
        The convention where the momentum, 0.9 or 0.99, is the weight of the old value.
        The biased σ²_B, by which the batch itself is divided.

    Reference:
        Ioffe & Szegedy 2015, section 3.1 and algorithm 2; PyTorch's BatchNorm for the convention.

    Raises:
        ValueError: If momentum does not lie in [0, 1], if the features differ, or if the batch
            holds a single number a feature, which has no unbiased variance.
    """
    if not 0 <= momentum <= 1:
        raise ValueError(f"expected momentum in [0, 1], got {momentum}")
    batch, m = cache.standardized, float(momentum)
    mean, variance = batch.mean.ravel(), batch.variance.ravel()
    check_shape(np.asarray(running.mean), mean.shape, "the running mean")
    n = batch.values.size // mean.size
    if n < 2:
        raise ValueError("expected two or more numbers a feature for an unbiased variance, got 1")

    return RunningStatistics(
        # μ = (1 - m) μ + m μ_B
        (1 - m) * running.mean + m * mean,
        # σ² = (1 - m) σ² + m n/(n - 1) σ²_B
        (1 - m) * running.variance + m * (n / (n - 1)) * variance,
    )


def batch_norm_inference(
    x: ArrayLike,
    gain: ArrayLike,
    shift: ArrayLike,
    running: RunningStatistics,
    *,
    epsilon: float = 1e-5,
) -> Array:
    """Return the output at inference, where the statistics are constants of the network.

    Shapes:
        x and output: (batch, d), or (batch, C, H, W). gain, shift, statistics: (d,), or (C,).

    Equation:
        y = γ ⊙ (x - μ) / √(σ² + ε) + β, with the running μ and σ²

    Confusable with:
        Training, where μ and σ² are those of the batch, so that examples depend on each other.

    Reference:
        Ioffe & Szegedy 2015, algorithm 2.

    Raises:
        ValueError: As `batch_norm`, or if the running statistics are not one a feature.
    """
    x, offset = _batch(x), check_epsilon(epsilon)
    gamma, beta, mean, variance = (
        _beside(vector(each, name, x.shape[1], x), x)
        for each, name in (
            (gain, "gain"),
            (shift, "shift"),
            (running.mean, "the running mean"),
            (running.variance, "the running variance"),
        )
    )
    # y = γ (x - μ) / √(σ² + ε) + β
    return affine(quotient(x - mean, np.sqrt(variance + offset)), gamma, beta)


def _batch(x: ArrayLike) -> Array:
    """Return x as a floating array of a shape whose second axis counts the features."""
    array = floating(x, "x")
    if array.ndim not in (2, 4):
        raise ValueError(
            "expected x of shape (batch, d) or (batch, C, H, W); for (batch, m, d) see"
            f" sequence_batch_norm and recurrent_forward; got shape {array.shape}"
        )
    check_squares(array, "x")
    return array


def _all_but_features(x: Array) -> tuple[int, ...]:
    return tuple(axis for axis in range(x.ndim) if axis != 1)


def _beside(parameter: Array, x: Array) -> Array:
    """Return one number a feature in a shape that broadcasts against x."""
    return parameter.reshape(-1, *[1] * (x.ndim - 2))
