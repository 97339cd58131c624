"""Squared error, by itself and behind a sigmoid, and the likelihood that it belongs to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.activations import sigmoid, sigmoid_gradient
from studydl.nn.losses._inputs import floating, matching, mean, probabilities_for

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.losses._inputs import Array

__all__ = [
    "gaussian_negative_log_likelihood",
    "sigmoid_squared_error_gradient",
    "squared_error",
    "squared_error_gradient",
]


def squared_error(outputs: ArrayLike, targets: ArrayLike) -> Array:
    """Return half the mean squared difference.

    Shapes:
        outputs, targets: any, the same. Result: a scalar.

    Equation:
        C = 1/(2n) Σ (a - y)²

    Confusable with:
        The mean without the half, as PyTorch's ``mse_loss`` has it: its gradient is twice this.

    Reference:
        Nielsen 2015, chapter 1, equation 6; Bishop 2006, equation 3.12.

    Raises:
        ValueError: If the shapes differ, there is no element, or a square would overflow.
    """
    a, y = _pair(outputs, targets)
    return 0.5 * mean((a - y) ** 2)


def squared_error_gradient(outputs: ArrayLike, targets: ArrayLike) -> Array:
    """Return the gradient of `squared_error` for the outputs.

    Shapes:
        outputs, targets and the result: any, the same.

    Equation:
        ∂C/∂a = (a - y) / n

    Confusable with:
        `sigmoid_squared_error_gradient`, for what a sigmoid was applied to.

    Reference:
        Bishop 2006, equation 3.13.

    Raises:
        ValueError: If the shapes differ, there is no element, or a square would overflow.
    """
    a, y = _pair(outputs, targets)
    return np.asarray((a - y) / a.size)


def sigmoid_squared_error_gradient(logits: ArrayLike, targets: ArrayLike) -> Array:
    """Return the gradient of `squared_error` of sigmoid outputs for the logits.

    Shapes:
        logits, targets and the result: any, the same; targets lie from 0 to 1.

    Equation:
        ∂C/∂z = (σ(z) - y) σ'(z) / n

    Confusable with:
        `binary_cross_entropy_gradient`, which lacks the factor σ'(z).

    Reference:
        Nielsen 2015, chapter 3, equation 55.

    Raises:
        ValueError: If the shapes differ, a target lies outside 0 to 1, or there is no element.
    """
    z = floating("logits", logits)
    y = probabilities_for(z, targets)
    return np.asarray((sigmoid(z) - y) * sigmoid_gradient(z) / z.size)


def gaussian_negative_log_likelihood(
    means: ArrayLike, targets: ArrayLike, *, standard_deviation: float
) -> Array:
    """Return the mean negative log density of targets under normal distributions of one spread.

    Shapes:
        means, targets: any, the same. standard_deviation and the result: scalars.

    Equation:
        C = log(s √(2π)) + 1/(2 s² n) Σ (μ - y)², with s the standard deviation

    Confusable with:
        `squared_error`, which leaves out the first term and the s of the second.

    Reference:
        Bishop 2006, equation 3.11; Goodfellow, Bengio & Courville 2016, section 5.5.1.

    Raises:
        ValueError: If the shapes differ, there is no element, a square would overflow, or the
            standard deviation is not finite and above 0.
    """
    s = standard_deviation
    if not 0 < s < math.inf:
        raise ValueError(f"expected a finite standard_deviation above 0, got {s}")
    a, y = _pair(means, targets, unit=s)
    # log(s √(2π))
    normaliser = math.log(s) + 0.5 * math.log(2.0 * math.pi)
    # 1/(2n) Σ ((μ - y)/s)²
    return normaliser + 0.5 * mean(((a - y) / float(s)) ** 2)


def _pair(outputs: ArrayLike, targets: ArrayLike, unit: float = 1.0) -> tuple[Array, Array]:
    """Return both as floating arrays of one shape, whose differences over the unit have squares."""
    a = floating("outputs", outputs)
    y = matching("targets", targets, a)
    # Half of the root of the largest number leaves room for rounding; the halves differ by no more
    # than the precision holds, whatever they are.
    largest = math.sqrt(float(np.finfo(a.dtype).max)) / 2 * min(unit, 1.0)
    if np.any(np.abs(a / 2 - y / 2) > largest / 2):
        raise ValueError(
            f"expected outputs and targets that differ by at most {largest:.2g}, of which"
            f" {a.dtype} can hold the square"
        )
    return a, y
