"""How gradients travel through depth, and what keeps them from vanishing or exploding.

A layer computes ``a = W h`` and ``h = f(a)``, as the notes write it; a weight matrix has the shape
(fan_out, fan_in), and examples lie in rows, so that a batch computes ``h W^T``.
"""

from __future__ import annotations

from studydl.nn.gradients.backpropagation import (
    Gradients,
    Signals,
    backward,
    forward,
    push_forward,
)
from studydl.nn.gradients.chain import ChainGradients, ChainSignals, chain_backward, chain_forward
from studydl.nn.gradients.clipping import clip_by_norm, clip_by_value, global_norm
from studydl.nn.gradients.decay import add_weight_decay
from studydl.nn.gradients.normalized import (
    NormalizedSignals,
    normalized_backward,
    normalized_forward,
)
from studydl.nn.gradients.residual import ResidualSignals, residual_backward, residual_forward

__all__ = [
    "ChainGradients",
    "ChainSignals",
    "Gradients",
    "NormalizedSignals",
    "ResidualSignals",
    "Signals",
    "add_weight_decay",
    "backward",
    "chain_backward",
    "chain_forward",
    "clip_by_norm",
    "clip_by_value",
    "forward",
    "global_norm",
    "normalized_backward",
    "normalized_forward",
    "push_forward",
    "residual_backward",
    "residual_forward",
]
