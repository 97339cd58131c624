"""Wrong layer norms that several claims have to reject, each told by the part that is wrong."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.normalization._wrong_batch_norm import Layer
from studydl.language import Text
from studydl.nn.normalization import LayerNormCache, layer_norm, layer_norm_backward, standardize
from studydl.verification.claim import Misconception, misconception

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "constant_statistics",
    "forgets_the_gain",
    "gain_for_each_example",
    "last_axis_only",
    "means_over_the_batch",
    "no_normalisation",
    "one_gain_for_all",
    "over_the_batch",
    "unbiased_deviation",
    "wrong_backward",
]


@misconception(
    "over-the-batch",
    en="Mean and variance are taken over the examples: that is batch norm.",
    zh="均值和方差沿 batch 求：那是 Batch Norm。",
)
def over_the_batch(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    found = standardize(x, axes=tuple(range(x.ndim - np.ndim(gain))), epsilon=epsilon)
    return found.values * gain + shift, LayerNormCache(found, np.asarray(gain))


@misconception(
    "gain-for-each-example",
    en="As every example has its own statistics, it is said to have its own γ and β.",
    zh="既然每个样本有自己的统计量，就以为每个样本也有自己的 γ、β。",
    notes="2.4",
)
def gain_for_each_example(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    features = np.shape(gain)
    plain, cache = layer_norm(x, np.ones(features), np.zeros(features), epsilon=epsilon)
    beside = (-1, *[1] * (x.ndim - 1))
    own_gain = np.resize(gain, len(x)).reshape(beside)
    own_shift = np.resize(shift, len(x)).reshape(beside)
    return plain * own_gain + own_shift, cache


@misconception(
    "unbiased-deviation",
    en="The features are taken for a sample, whose variance is divided by n - 1.",
    zh="把各特征当成样本，方差除以 n - 1。",
)
def unbiased_deviation(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    count = math.prod(np.shape(gain))
    shrunk = epsilon * (count - 1) / count
    root = math.sqrt((count - 1) / count)
    plain, cache = layer_norm(x, np.ones_like(gain), np.zeros_like(gain), epsilon=shrunk)
    return plain * root * gain + shift, cache


@misconception(
    "last-axis-only",
    en="Mean and variance are taken along the last axis alone, whatever the features are.",
    zh="不管特征是哪些轴，只沿最后一个轴求均值和方差。",
)
def last_axis_only(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    found = standardize(x, axes=(x.ndim - 1,), epsilon=epsilon)
    return found.values * gain + shift, LayerNormCache(found, np.asarray(gain))


@misconception(
    "no-normalisation",
    en="Without it, gain and shift alone remain.",
    zh="不做归一化，只剩下缩放和平移。",
)
def no_normalisation(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> Any:
    _, cache = layer_norm(x, gain, shift, epsilon=epsilon)
    return x * gain + shift, cache


def wrong_backward(name: str, en: str, zh: str, backward: Callable[..., Any]) -> Misconception:
    """Return a layer whose values are right and whose gradients are not."""
    return Misconception(name, Layer(layer_norm, backward), Text(en, zh))


def constant_statistics(g: Any, cache: Any) -> Any:
    """Divide only."""
    right = layer_norm_backward(g, cache)
    return right._replace(x=cache.gain * g / cache.standardized.deviation)


def forgets_the_gain(g: Any, cache: Any) -> Any:
    """Go back past γ."""
    right = layer_norm_backward(g, cache)
    plain = cache._replace(gain=np.ones_like(cache.gain))
    return right._replace(x=layer_norm_backward(g, plain).x)


def means_over_the_batch(g: Any, cache: Any) -> Any:
    """Take the means that batch norm takes."""
    right, x_hat = layer_norm_backward(g, cache), cache.standardized.values
    for_x_hat = cache.gain * g
    mean = for_x_hat.mean(axis=0)
    along = (for_x_hat * x_hat).mean(axis=0)
    return right._replace(x=(for_x_hat - mean - x_hat * along) / cache.standardized.deviation)


def one_gain_for_all(g: Any, cache: Any) -> Any:
    """Give every feature the mean of all gains' gradients."""
    right = layer_norm_backward(g, cache)
    return right._replace(gain=np.full_like(right.gain, np.mean(right.gain)))
