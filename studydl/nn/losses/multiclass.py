"""Cross-entropy for several classes: one row of logits an example, softmax behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.losses._inputs import floating, matching
from studydl.nn.losses.softmax import log_softmax, softmax

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.losses._inputs import Array

__all__ = ["cross_entropy", "cross_entropy_gradient"]


def cross_entropy(logits: ArrayLike, targets: ArrayLike) -> Array:
    """Return the mean cross-entropy between targets and the softmax of the logits, in nats.

    Shapes:
        logits: (examples, classes). targets: (examples,), the number of each example's class, or
        (examples, classes), a distribution over the classes a row. Result: a scalar.

    Equation:
        C = -1/n Σᵢ Σₖ yᵢₖ log softmax(zᵢ)ₖ, which is -1/n Σᵢ log p(class of i) for class numbers

    Confusable with:
        `binary_cross_entropy` of each class: classes that may hold together.
        The mean over examples and classes. Softmax applied twice, when the logits already are
        probabilities.

    Reference:
        Bishop 2006, equation 4.108; Goodfellow, Bengio & Courville 2016, section 6.2.2.3.

    Raises:
        ValueError: If the shapes do not fit, a class does not exist, or a row is no distribution.
    """
    z, y = _batch(logits, targets)
    return np.asarray(-np.sum(y * log_softmax(z) / len(z)))[()]


def cross_entropy_gradient(logits: ArrayLike, targets: ArrayLike) -> Array:
    """Return the gradient of `cross_entropy` for the logits.

    Shapes:
        logits and the result: (examples, classes); targets as in `cross_entropy`.

    Equation:
        ∂C/∂zᵢₖ = (softmax(zᵢ)ₖ - yᵢₖ) / n; every row sums to 0

    Confusable with:
        The gradient for the probabilities, -yᵢₖ/pᵢₖ/n, before softmax's Jacobian.

    Reference:
        Bishop 2006, equation 4.109.

    Raises:
        ValueError: If the shapes do not fit, a class does not exist, or a row is no distribution.
    """
    z, y = _batch(logits, targets)
    return np.asarray((softmax(z) - y) / len(z))


def _batch(logits: ArrayLike, targets: ArrayLike) -> tuple[Array, Array]:
    """Return the logits, and the targets as one distribution a row."""
    z = floating("logits", logits)
    if z.ndim != 2:
        raise ValueError(f"expected logits of shape (examples, classes), got {z.shape}")
    labels = np.asarray(targets)
    if labels.ndim == 1 and labels.dtype.kind in "iu":
        return z, _one_hot(z, labels)
    y = matching("targets", targets, z)
    rounding = float(np.sqrt(np.finfo(z.dtype).eps))
    if not (np.all(y >= 0) and np.all(np.abs(np.sum(y, axis=1) - 1.0) <= rounding)):
        raise ValueError("expected each row of targets to be 0 or more and to sum to 1")
    return z, y


def _one_hot(z: Array, labels: Array) -> Array:
    """Return rows with a 1 at each example's class."""
    examples, classes = z.shape
    if labels.shape != (examples,):
        raise ValueError(f"expected a class for each of {examples} examples, got {labels.shape}")
    if np.any((labels < 0) | (labels >= classes)):
        raise ValueError(f"expected classes from 0 to {classes - 1}, got {labels.tolist()}")
    rows = np.zeros_like(z)
    rows[np.arange(examples), labels] = 1.0
    return rows
