"""One rectified unit trained by gradient descent: small enough to see it die and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.claims.activations.oracle import Array

__all__ = ["Rectifier", "Training", "train", "weight_gradient"]


class Rectifier(NamedTuple):
    """A rectified unit's activation and the derivative of it."""

    value: Callable[[Any], Any]
    slope: Callable[[Any], Any]


class Training(NamedTuple):
    """What became of a unit: the largest gradient it saw, how far it moved, its loss."""

    largest_gradient: float
    moved: float
    loss_before: float
    loss_after: float


def weight_gradient(unit: Rectifier, weights: Array, inputs: Array, targets: Array) -> Array:
    """Return the gradient of the mean of (f(x w) - t)^2 / 2 with respect to w."""
    z = inputs @ weights
    return np.asarray(inputs.T @ ((unit.value(z) - targets) * unit.slope(z)) / len(inputs))


def train(
    unit: Rectifier, weights: Array, inputs: Array, targets: Array, *, rate: float, steps: int
) -> Training:
    """Descend ``steps`` times from ``weights``."""
    start, largest = weights, 0.0
    for _ in range(steps):
        gradient = weight_gradient(unit, weights, inputs, targets)
        largest = max(largest, float(np.max(np.abs(gradient))))
        weights = weights - rate * gradient
    return Training(
        largest_gradient=largest,
        moved=float(np.max(np.abs(weights - start))),
        loss_before=_loss(unit, start, inputs, targets),
        loss_after=_loss(unit, weights, inputs, targets),
    )


def _loss(unit: Rectifier, weights: Array, inputs: Array, targets: Array) -> float:
    return float(np.mean((unit.value(inputs @ weights) - targets) ** 2) / 2)
