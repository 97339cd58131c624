"""What penalties, dropout, noise, early stopping and averages do, where it can be worked out."""

from __future__ import annotations

from studydl.derivations.regularization.dropout import (
    dropout_expectation,
    dropout_ridge,
    dropout_variance,
)
from studydl.derivations.regularization.early_stopping import (
    early_stopping_path,
    early_stopping_penalty,
)
from studydl.derivations.regularization.ensemble import ambiguity, ensemble_variance
from studydl.derivations.regularization.noise import input_noise
from studydl.derivations.regularization.penalties import ridge_minimizer, soft_threshold

__all__ = [
    "ambiguity",
    "dropout_expectation",
    "dropout_ridge",
    "dropout_variance",
    "early_stopping_path",
    "early_stopping_penalty",
    "ensemble_variance",
    "input_noise",
    "ridge_minimizer",
    "soft_threshold",
]
