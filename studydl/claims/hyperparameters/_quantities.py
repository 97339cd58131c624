"""What cards with drawn parameters ask of the searches and validations that are handed in."""

from __future__ import annotations

from typing import Any

import numpy as np

from studydl.verification.claim import quantity

__all__ = ["chance_of_a_hit", "largest_rate", "times_trained_on", "values_per_axis"]


@quantity("values-per-axis")
def values_per_axis(plans: Any, *, trials: int, d: int) -> float:
    """Return how many values of each of d hyperparameters a grid of so many trials tries."""
    points = plans.grid([(0.0, 1.0)] * d, round(trials ** (1 / d)))
    return float(len(np.unique(points[:, 0])))


@quantity("chance-of-a-hit")
def chance_of_a_hit(hits: Any, *, share: float, n: int) -> float:
    """Return the chance that one of n trials is among the best."""
    return float(hits.chance(share, n))


@quantity("largest-rate")
def largest_rate(step: Any, *, c: float) -> float:
    """Return the learning rate at which a step throws the error 1 across to -1, curvature c."""
    return 2.0 / -float(step(np.array([float(c)]), learning_rate=1.0)[0])


@quantity("times-trained-on")
def times_trained_on(uses: Any, *, k: int) -> float:
    """Return for how many of k folds the first of 21 examples is part of the training data."""
    counted = uses(np.random.default_rng(0), 21, k)
    return float(np.sum(counted.training[:, 0]))
