"""What cards with drawn parameters ask of the losses that are handed in."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from studydl.verification.claim import quantity

__all__ = [
    "cost_of_probability",
    "first_of_two",
    "label_gradient",
    "logit_gradient_of",
    "sharpened",
    "squared_error_gradient_of",
]


def _logit(p: float) -> float:
    return math.log(p / (1 - p))


@quantity("cost-of-probability")
def cost_of_probability(losses: Any, *, p: float) -> float:
    """Return the cross-entropy of a label of that probability."""
    return float(losses.binary(np.array([_logit(p)]), np.array([1])))


@quantity("logit-gradient")
def logit_gradient_of(gradient: Any, *, p: float, y: int, n: int) -> float:
    """Return the gradient for one logit of a batch of n."""
    z = np.array([_logit(p)] + [0.0] * (n - 1))
    return float(gradient(z, np.array([y] + [1] * (n - 1)))[0])


@quantity("label-gradient")
def label_gradient(gradient: Any, *, c: int, n: int) -> float:
    """Return the gradient for the label's logit, c classes being equal in a batch of n."""
    return float(gradient(np.zeros((n, c)), np.zeros(n, dtype=int))[0, 0])


@quantity("first-of-two")
def first_of_two(softmax: Any, *, b: float) -> float:
    """Return the probability of the first of the logits 1000 and b."""
    return float(softmax(np.array([1000.0, float(b)]))[0])


@quantity("sharpened")
def sharpened(softmax: Any, *, p: float, k: float) -> float:
    """Return what a probability becomes if both logits are multiplied by k."""
    return float(softmax(k * np.array([_logit(p), 0.0]))[0])


@quantity("squared-error-gradient")
def squared_error_gradient_of(gradients: Any, *, p: float, y: int) -> float:
    """Return the gradient of half the squared error for the logit of a probability."""
    return float(gradients.squared_error(np.array([_logit(p)]), np.array([y]))[0])
