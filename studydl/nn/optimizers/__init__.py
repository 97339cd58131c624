"""Optimisers as pure steps: (state, gradient) in, (update to be added, next state) out."""

from __future__ import annotations

from studydl.nn.optimizers.adam import AdamState, adam
from studydl.nn.optimizers.momentum import MomentumState, momentum

__all__ = ["AdamState", "MomentumState", "adam", "momentum"]
