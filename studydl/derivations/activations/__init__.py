"""ReLU, Leaky ReLU, sigmoid and tanh: their derivatives, and how they are related."""

from __future__ import annotations

from studydl.derivations.activations.leaky_relu import leaky_relu_gradient
from studydl.derivations.activations.log_sigmoid import log_sigmoid, sigmoid_log_odds
from studydl.derivations.activations.relu import relu_gradient, relu_homogeneity
from studydl.derivations.activations.sigmoid import (
    sigmoid_gradient,
    sigmoid_gradient_maximum,
    sigmoid_saturation,
    sigmoid_symmetry,
)
from studydl.derivations.activations.tanh import (
    tanh_gradient,
    tanh_gradient_maximum,
    tanh_saturation,
)
from studydl.derivations.activations.tanh_and_sigmoid import (
    tanh_sigmoid_gradients,
    tanh_sigmoid_relation,
)

__all__ = [
    "leaky_relu_gradient",
    "log_sigmoid",
    "relu_gradient",
    "relu_homogeneity",
    "sigmoid_gradient",
    "sigmoid_gradient_maximum",
    "sigmoid_log_odds",
    "sigmoid_saturation",
    "sigmoid_symmetry",
    "tanh_gradient",
    "tanh_gradient_maximum",
    "tanh_saturation",
    "tanh_sigmoid_gradients",
    "tanh_sigmoid_relation",
]
