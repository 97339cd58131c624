"""Cross-entropy for two classes: one logit an example, and the sigmoid makes it a probability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.activations import log_sigmoid, sigmoid
from studydl.nn.losses._inputs import floating, matching, mean, probabilities_for

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.losses._inputs import Array

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "chained_cross_entropy_gradient",
    "logistic_gradient",
]


def binary_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> Array:
    """Return the mean cross-entropy between targets and the sigmoid of the logits, in nats.

    Shapes:
        logits, targets: any, the same; targets lie from 0 to 1. Result: a scalar.

    Equation:
        C = -1/n Σ [y log σ(z) + (1 - y) log σ(-z)], where 1 - σ(z) = σ(-z)

    Confusable with:
        The same formula of probabilities, which is infinite once one of them has underflowed.
        The sum over the batch, with which the step grows with the batch size.

    Reference:
        Bishop 2006, equation 4.90; Goodfellow, Bengio & Courville 2016, section 6.2.2.2.

    Raises:
        ValueError: If the shapes differ, a target lies outside 0 to 1, or there is no element.
    """
    z = floating("logits", logits)
    y = probabilities_for(z, targets)
    return -mean(y * log_sigmoid(z) + (1.0 - y) * log_sigmoid(-z))


def binary_cross_entropy_gradient(logits: ArrayLike, targets: ArrayLike) -> Array:
    """Return the gradient of `binary_cross_entropy` for the logits.

    Shapes:
        logits, targets and the result: any, the same.

    Equation:
        ∂C/∂z = (σ(z) - y) / n

    Confusable with:
        `sigmoid_squared_error_gradient`, which has the factor σ'(z).

    Reference:
        Bishop 2006, equation 4.91; Nielsen 2015, chapter 3, equation 61.

    Raises:
        ValueError: If the shapes differ, a target lies outside 0 to 1, or there is no element.
    """
    z = floating("logits", logits)
    y = probabilities_for(z, targets)
    return np.asarray((sigmoid(z) - y) / z.size)


def logistic_gradient(inputs: ArrayLike, logits: ArrayLike, targets: ArrayLike) -> Array:
    """Return the gradient of `binary_cross_entropy` for the weights of z = X w + b.

    Shapes:
        inputs: (examples, features); logits, targets: (examples,). Result: (features,).

    Equation:
        ∂C/∂wⱼ = 1/n Σᵢ xᵢⱼ (σ(zᵢ) - yᵢ)

    Confusable with:
        The gradient for the bias, which lacks the xᵢⱼ.

    Reference:
        Bishop 2006, equation 4.91; Nielsen 2015, chapter 3, equation 61.

    Raises:
        ValueError: If the shapes do not fit, a target lies outside 0 to 1, or there is no example.
    """
    x, z = floating("inputs", inputs), floating("logits", logits)
    if x.ndim != 2 or z.shape != x.shape[:1]:
        raise ValueError(
            "expected inputs of shape (examples, features) and a logit for each example,"
            f" got {x.shape} and {z.shape}"
        )
    return np.asarray(x.T @ binary_cross_entropy_gradient(z, targets))


def chained_cross_entropy_gradient(
    activations: ArrayLike, slopes: ArrayLike, targets: ArrayLike
) -> Array:
    """Return the gradient of cross-entropy for what any output activation f was applied to.

    Shapes:
        activations f(z), between 0 and 1; slopes f'(z); targets; the result: any, the same.

    Equation:
        ∂C/∂z = ∂C/∂a f'(z) = (a - y) / (a (1 - a)) f'(z) / n, with a = f(z)

    Confusable with:
        `binary_cross_entropy_gradient`: there f is the sigmoid, and a (1 - a) cancels its slope.

    Reference:
        Nielsen 2015, chapter 3, equations 58 to 61; McCullagh & Nelder 1989, section 2.2.4.

    Raises:
        ValueError: If the shapes differ, an activation does not lie between 0 and 1, or a target
            lies outside 0 to 1.
    """
    a = floating("activations", activations)
    slope = matching("slopes", slopes, a)
    y = probabilities_for(a, targets)
    if not np.all((a > 0) & (a < 1)):
        raise ValueError(f"expected activations between 0 and 1, got {a.min()} to {a.max()}")
    # ∂C/∂a = (a - y) / (a (1 - a)) / n
    for_activations = (a - y) / (a * (1.0 - a)) / a.size
    return np.asarray(for_activations * slope)
