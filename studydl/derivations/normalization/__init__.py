"""The backward passes of the normalisations, and what weight norm does to the length of v."""

from __future__ import annotations

from studydl.derivations.normalization.batch_norm import (
    batch_norm_gain_gradient,
    batch_norm_input_gradient,
    batch_norm_shift_gradient,
)
from studydl.derivations.normalization.layer_norm import (
    layer_norm_gain_gradient,
    layer_norm_input_gradient,
)
from studydl.derivations.normalization.standardizing import (
    deviation_gradient,
    standardized_gradient,
)
from studydl.derivations.normalization.weight_norm import (
    weight_norm_direction_gradient,
    weight_norm_growth,
    weight_norm_length_gradient,
    weight_norm_never_shrinks,
    weight_norm_orthogonality,
)

__all__ = [
    "batch_norm_gain_gradient",
    "batch_norm_input_gradient",
    "batch_norm_shift_gradient",
    "deviation_gradient",
    "layer_norm_gain_gradient",
    "layer_norm_input_gradient",
    "standardized_gradient",
    "weight_norm_direction_gradient",
    "weight_norm_growth",
    "weight_norm_length_gradient",
    "weight_norm_never_shrinks",
    "weight_norm_orthogonality",
]
