"""Optimisers as pure steps: (state, gradient) in, (update to be added, next state) out."""

from __future__ import annotations

from studydl.nn.optimizers.adagrad import AdaGradState, adagrad
from studydl.nn.optimizers.adam import AdamState, adam
from studydl.nn.optimizers.momentum import MomentumState, momentum
from studydl.nn.optimizers.nesterov import (
    NesterovDifferenceState,
    lookahead_point,
    nesterov,
    nesterov_by_differences,
    nesterov_lookahead,
)
from studydl.nn.optimizers.newton import newton
from studydl.nn.optimizers.quasi_newton import bfgs_inverse, lbfgs_direction
from studydl.nn.optimizers.rmsprop import RMSPropState, rmsprop
from studydl.nn.optimizers.schedules import (
    cosine_decay,
    exponential_decay,
    inverse_time_decay,
    step_decay,
)
from studydl.nn.optimizers.sgd import epoch_batches, minibatch_gradient, sgd

__all__ = [
    "AdaGradState",
    "AdamState",
    "MomentumState",
    "NesterovDifferenceState",
    "RMSPropState",
    "adagrad",
    "adam",
    "bfgs_inverse",
    "cosine_decay",
    "epoch_batches",
    "exponential_decay",
    "inverse_time_decay",
    "lbfgs_direction",
    "lookahead_point",
    "minibatch_gradient",
    "momentum",
    "nesterov",
    "nesterov_by_differences",
    "nesterov_lookahead",
    "newton",
    "rmsprop",
    "sgd",
    "step_decay",
]
