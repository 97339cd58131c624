"""How weights start, and what a deep network makes of them: forward and backward, layer by layer.

A weight matrix has the shape (fan_in, fan_out): a layer computes ``s = h @ w``. It has no bias,
for a bias starts at 0.
"""

from __future__ import annotations

from studydl.nn.initialization.network import (
    Gradients,
    Moments,
    Signals,
    backward,
    forward,
    moments,
)
from studydl.nn.initialization.schemes import (
    he_gain,
    he_normal,
    he_uniform,
    normal,
    standard,
    xavier_normal,
    xavier_uniform,
    zeros,
)

__all__ = [
    "Gradients",
    "Moments",
    "Signals",
    "backward",
    "forward",
    "he_gain",
    "he_normal",
    "he_uniform",
    "moments",
    "normal",
    "standard",
    "xavier_normal",
    "xavier_uniform",
    "zeros",
]
