"""Which variance random weights need, so that signals keep theirs through the layers."""

from __future__ import annotations

from studydl.derivations.initialization.rectifiers import (
    he_variance,
    leaky_relu_mean_square,
    relu_mean_square,
)
from studydl.derivations.initialization.signals import backward_variance, forward_variance
from studydl.derivations.initialization.standard import standard_first_layer, standard_variance
from studydl.derivations.initialization.xavier import xavier_bound, xavier_variance

__all__ = [
    "backward_variance",
    "forward_variance",
    "he_variance",
    "leaky_relu_mean_square",
    "relu_mean_square",
    "standard_first_layer",
    "standard_variance",
    "xavier_bound",
    "xavier_variance",
]
