"""Backpropagation, what depth and residual paths do to gradients, and clipping."""

from __future__ import annotations

from studydl.derivations.gradients.backpropagation import (
    bias_gradient,
    delta_recursion,
    weight_gradient,
)
from studydl.derivations.gradients.clipping import clipped_direction, clipped_norm
from studydl.derivations.gradients.depth import (
    depth_product,
    first_weight_gradient,
    sigmoid_depth_bound,
)
from studydl.derivations.gradients.residual import residual_product, residual_sum

__all__ = [
    "bias_gradient",
    "clipped_direction",
    "clipped_norm",
    "delta_recursion",
    "depth_product",
    "first_weight_gradient",
    "residual_product",
    "residual_sum",
    "sigmoid_depth_bound",
    "weight_gradient",
]
