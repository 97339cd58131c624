"""Cross-entropy and squared error, what stands before them, and their gradients.

Each loss is a mean over the batch. A cross-entropy takes logits, not probabilities: a probability
that has underflowed to 0 has no logarithm, the logit that it came from still has its loss.
"""

from __future__ import annotations

from studydl.nn.losses.binary import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    chained_cross_entropy_gradient,
    logistic_gradient,
)
from studydl.nn.losses.multiclass import cross_entropy, cross_entropy_gradient
from studydl.nn.losses.regression import (
    gaussian_negative_log_likelihood,
    sigmoid_squared_error_gradient,
    squared_error,
    squared_error_gradient,
)
from studydl.nn.losses.softmax import log_softmax, softmax

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "chained_cross_entropy_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "gaussian_negative_log_likelihood",
    "log_softmax",
    "logistic_gradient",
    "sigmoid_squared_error_gradient",
    "softmax",
    "squared_error",
    "squared_error_gradient",
]
