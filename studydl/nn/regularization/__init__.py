"""Against overfitting: data, penalties, dropout, ensembles, early stopping, batch statistics."""

from __future__ import annotations

from studydl.nn.regularization.augmentation import (
    Gaussian,
    empirical_distribution,
    fit_gaussian,
    gaussian_sample,
    noisy_copies,
    resample,
)
from studydl.nn.regularization.batch_unit import batch_unit, batch_unit_gradient
from studydl.nn.regularization.capacity import lipschitz_bound, relu_network
from studydl.nn.regularization.dropout import (
    dropout,
    dropout_gradient,
    dropout_mask,
    dropout_regression,
    dropout_step,
    scale_for_test,
)
from studydl.nn.regularization.early_stopping import Stopped, descend, stop_early
from studydl.nn.regularization.ensemble import (
    Ambiguity,
    Stump,
    ambiguity_decomposition,
    average,
    fit_stump,
    majority_vote,
    stump_output,
    variance_of_average,
)
from studydl.nn.regularization.linear import elastic_net, lasso, least_squares, ridge
from studydl.nn.regularization.penalties import shrink, soft_threshold, worst_perturbation

__all__ = [
    "Ambiguity",
    "Gaussian",
    "Stopped",
    "Stump",
    "ambiguity_decomposition",
    "average",
    "batch_unit",
    "batch_unit_gradient",
    "descend",
    "dropout",
    "dropout_gradient",
    "dropout_mask",
    "dropout_regression",
    "dropout_step",
    "elastic_net",
    "empirical_distribution",
    "fit_gaussian",
    "fit_stump",
    "gaussian_sample",
    "lasso",
    "least_squares",
    "lipschitz_bound",
    "majority_vote",
    "noisy_copies",
    "relu_network",
    "resample",
    "ridge",
    "scale_for_test",
    "shrink",
    "soft_threshold",
    "stop_early",
    "stump_output",
    "variance_of_average",
    "worst_perturbation",
]
