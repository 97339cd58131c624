"""What cards with drawn parameters ask of the backward passes and clippings that are handed in."""

from __future__ import annotations

from typing import Any

import numpy as np

from studydl.claims.gradients._networks import linear, ones
from studydl.nn import gradients as nn
from studydl.verification.claim import quantity

__all__ = [
    "added_by_penalty",
    "back_through_two_blocks",
    "clipped_component",
    "gradient_of_first_weight",
    "gradient_of_input",
]


@quantity("gradient-of-first-weight")
def gradient_of_first_weight(network: Any, *, b: float, c: float, x: float) -> float:
    """Return what the first of three linear units of the weights 2, b and c gets for its weight."""
    weights = np.array([2.0, b, c])
    signals = nn.chain_forward(np.float64(x), weights, linear)
    return float(network.backward(np.float64(1.0), weights, signals, ones).weights[0])


@quantity("gradient-of-input")
def gradient_of_input(backward: Any, *, a: float, b: float) -> float:
    """Return what (a, b) behind a linear layer of the rows (1, 2) and (3, 4) is in front of it."""
    weights = [np.array([[1.0, 2.0], [3.0, 4.0]])]
    signals = nn.forward(np.ones((1, 2)), weights, linear)
    (behind, _), _ = backward(np.array([[float(a), float(b)]]), weights, signals, ones)
    return float(behind[0, 0])


@quantity("clipped-component")
def clipped_component(clipping: Any, *, x: float, c: float) -> float:
    """Return what is left of a parameter's gradient x, that of the other one being 8."""
    clipped = clipping.clip([np.array([float(x)]), np.array([8.0])], max_norm=c)
    return float(clipped[0][0])


@quantity("back-through-two-blocks")
def back_through_two_blocks(network: Any, *, a: float, b: float) -> float:
    """Return what two residual blocks whose branches have the slopes a and b make of 1."""
    weights = [np.array([[float(a)]]), np.array([[float(b)]])]
    signals = nn.residual_forward(np.ones((1, 1)), weights, linear)
    return float(network.backward(np.ones((1, 1)), weights, signals, ones).activations[0][0, 0])


@quantity("added-by-penalty")
def added_by_penalty(add: Any, *, w: float, strength: float) -> float:
    """Return what a penalty adds to a gradient of 1024."""
    (with_penalty,) = add([np.array([1024.0])], [np.array([float(w)])], strength=strength)
    return float(with_penalty[0]) - 1024.0
