"""Softmax and the losses behind it and behind the sigmoid: their gradients, and safe forms."""

from __future__ import annotations

from studydl.derivations.losses.cross_entropy import (
    cross_entropy_likelihood,
    equal_logits,
    softmax_gradient,
)
from studydl.derivations.losses.logistic import logit_gradient, weight_gradient
from studydl.derivations.losses.softmax import (
    log_softmax,
    softmax_jacobian,
    softmax_of_two,
    softmax_shift,
)
from studydl.derivations.losses.squared_error import squared_error_saturation, squared_error_slope

__all__ = [
    "cross_entropy_likelihood",
    "equal_logits",
    "log_softmax",
    "logit_gradient",
    "softmax_gradient",
    "softmax_jacobian",
    "softmax_of_two",
    "softmax_shift",
    "squared_error_saturation",
    "squared_error_slope",
    "weight_gradient",
]
