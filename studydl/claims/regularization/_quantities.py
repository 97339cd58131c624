"""What cards with drawn parameters ask of the penalties, layers and averages that are handed in."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from studydl.verification.claim import quantity

__all__ = [
    "kept_by_dropout",
    "kept_by_ridge",
    "kept_by_shrinking",
    "share_of_the_way",
    "thresholded",
    "variance_of_dropout",
    "variance_of_mean",
]


@quantity("thresholded")
def thresholded(prox: Any, *, v: float, penalty: float) -> float:
    """Return what an L1 penalty leaves of the weight v."""
    return float(prox(np.array([float(v)]), threshold=penalty)[0])


@quantity("kept-by-shrinking")
def kept_by_shrinking(prox: Any, *, penalty: float) -> float:
    """Return which share of a weight an L2 penalty leaves."""
    return float(prox(np.array([8.0]), penalty=penalty)[0]) / 8.0


@quantity("kept-by-ridge")
def kept_by_ridge(ridge: Any, *, h: float, penalty: float) -> float:
    """Return which share of a weight ridge leaves where two inputs have the mean square h."""
    x = np.full((2, 1), math.sqrt(h))
    return float(ridge(x, x[:, 0], penalty=penalty)[0])


@quantity("kept-by-dropout")
def kept_by_dropout(layer: Any, *, p: float) -> float:
    """Return what dropout makes of a unit of 1 that it keeps."""
    return float(layer(np.ones(1), np.ones(1), drop=p)[0])


@quantity("variance-of-dropout")
def variance_of_dropout(layer: Any, *, p: float, x: float) -> float:
    """Return the variance over both masks of a unit of x."""
    kept, dropped = (
        float(layer(np.array([float(x)]), np.array([mask]), drop=p)[0]) for mask in (1.0, 0.0)
    )
    return p * (1 - p) * (kept - dropped) ** 2


@quantity("variance-of-mean")
def variance_of_mean(variance: Any, *, rho: float, m: int) -> float:
    """Return the variance of the mean of m predictions of variance 1."""
    return float(variance(1.0, rho, m))


@quantity("share-of-the-way")
def share_of_the_way(fits: Any, *, h: float, t: int) -> float:
    """Return how far t steps of rate 0.1 lead along a direction of curvature h."""
    x = np.full((2, 1), math.sqrt(h))
    return float(fits.descend(x, x[:, 0], learning_rate=0.1, steps=t)[-1, 0])
