"""What optimisers accumulate, how long their steps are, and where those of Newton's method land."""

from __future__ import annotations

from studydl.derivations.optimizers.adagrad import adagrad_rate_decay
from studydl.derivations.optimizers.adam import adam_first_moment, adam_second_moment
from studydl.derivations.optimizers.bfgs import bfgs_secant
from studydl.derivations.optimizers.brake import nesterov_brake
from studydl.derivations.optimizers.descent import descent_zigzag
from studydl.derivations.optimizers.momentum import (
    momentum_signal_to_noise,
    momentum_terminal_factor,
)
from studydl.derivations.optimizers.nesterov import (
    nesterov_by_differences,
    nesterov_shifted_variable,
)
from studydl.derivations.optimizers.newton import newton_invariance, newton_quadratic
from studydl.derivations.optimizers.rmsprop import (
    rmsprop_constant_gradient,
    rmsprop_mean_square,
    rmsprop_weight_sum,
)

__all__ = [
    "adagrad_rate_decay",
    "adam_first_moment",
    "adam_second_moment",
    "bfgs_secant",
    "descent_zigzag",
    "momentum_signal_to_noise",
    "momentum_terminal_factor",
    "nesterov_brake",
    "nesterov_by_differences",
    "nesterov_shifted_variable",
    "newton_invariance",
    "newton_quadratic",
    "rmsprop_constant_gradient",
    "rmsprop_mean_square",
    "rmsprop_weight_sum",
]
