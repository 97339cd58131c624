"""How hyperparameters are chosen: what to try, what to try it on, and which result to believe."""

from __future__ import annotations

from studydl.nn.hyperparameters.candidates import (
    chance_of_a_hit,
    grid_points,
    log_uniform,
    random_points,
)
from studydl.nn.hyperparameters.ridge import ridge
from studydl.nn.hyperparameters.validation import (
    Fold,
    Selection,
    cross_validated_error,
    k_fold,
    select,
)

__all__ = [
    "Fold",
    "Selection",
    "chance_of_a_hit",
    "cross_validated_error",
    "grid_points",
    "k_fold",
    "log_uniform",
    "random_points",
    "ridge",
    "select",
]
