"""Normalisation: whitening, batch, layer, weight and cosine norm, forward and backward."""

from __future__ import annotations

from studydl.nn.normalization.batch_norm import (
    BatchNormCache,
    NormGradients,
    RunningStatistics,
    batch_norm,
    batch_norm_backward,
    batch_norm_inference,
    update_running_statistics,
)
from studydl.nn.normalization.cosine_norm import (
    CosineNormGradients,
    cosine_norm,
    cosine_norm_backward,
)
from studydl.nn.normalization.counts import (
    Count,
    batch_norm_count,
    layer_norm_count,
    recurrent_batch_norm_count,
    weight_norm_count,
    whitening_count,
)
from studydl.nn.normalization.frame import (
    Standardized,
    affine,
    standardize,
    standardize_backward,
)
from studydl.nn.normalization.layer_norm import LayerNormCache, layer_norm, layer_norm_backward
from studydl.nn.normalization.recurrent import (
    Norm,
    Placement,
    RecurrentCache,
    RecurrentGradients,
    RecurrentWeights,
    batch_norm_at,
    layer_norm_at,
    recurrent_backward,
    recurrent_forward,
    sequence_batch_norm,
    sequence_batch_norm_backward,
)
from studydl.nn.normalization.weight_norm import (
    WeightNormGradients,
    WeightNormStart,
    weight_norm,
    weight_norm_backward,
    weight_norm_start,
)
from studydl.nn.normalization.whitening import (
    WhiteningCache,
    covariance,
    pca_whitening,
    zca_whitening,
    zca_whitening_backward,
)

__all__ = [
    "BatchNormCache",
    "CosineNormGradients",
    "Count",
    "LayerNormCache",
    "Norm",
    "NormGradients",
    "Placement",
    "RecurrentCache",
    "RecurrentGradients",
    "RecurrentWeights",
    "RunningStatistics",
    "Standardized",
    "WeightNormGradients",
    "WeightNormStart",
    "WhiteningCache",
    "affine",
    "batch_norm",
    "batch_norm_at",
    "batch_norm_backward",
    "batch_norm_count",
    "batch_norm_inference",
    "cosine_norm",
    "cosine_norm_backward",
    "covariance",
    "layer_norm",
    "layer_norm_at",
    "layer_norm_backward",
    "layer_norm_count",
    "pca_whitening",
    "recurrent_backward",
    "recurrent_batch_norm_count",
    "recurrent_forward",
    "sequence_batch_norm",
    "sequence_batch_norm_backward",
    "standardize",
    "standardize_backward",
    "update_running_statistics",
    "weight_norm",
    "weight_norm_backward",
    "weight_norm_count",
    "weight_norm_start",
    "whitening_count",
    "zca_whitening",
    "zca_whitening_backward",
]
