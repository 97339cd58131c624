"""Wrong batch norms that several claims have to reject, each told by the part that is wrong."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.nn.normalization import (
    BatchNormCache,
    NormGradients,
    Standardized,
    batch_norm,
    batch_norm_backward,
)
from studydl.verification.claim import misconception

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.claims.normalization.oracle import Array

__all__ = [
    "BATCH_NORM",
    "Layer",
    "backward_rule",
    "constant_deviation",
    "constant_statistics",
    "divides_by_the_variance",
    "each_channel_of_each_image",
    "each_example",
    "each_position",
    "epsilon_outside_the_root",
    "everything_at_once",
    "forgets_the_gain",
    "forward_rule",
    "identity_layer",
    "maps_to_the_unit_interval",
    "rule",
    "unbiased_deviation",
]

_Forward = tuple[Any, BatchNormCache]


class Layer(NamedTuple):
    """A normalising layer: its forward pass in training and its backward pass."""

    forward: Callable[..., Any]
    backward: Callable[..., Any]


BATCH_NORM = Layer(batch_norm, batch_norm_backward)


def rule(
    axes: Callable[[Array], tuple[int, ...]], divisor: Callable[[Array, float, int], Array]
) -> Callable[..., _Forward]:
    """Make a batch norm of a rule for its axes and one for what it divides by."""

    def forward(x: Array, gain: Array, shift: Array, *, epsilon: float = 1e-5) -> _Forward:
        x = np.asarray(x, np.float64)
        over = axes(x)
        mean, variance = x.mean(over, keepdims=True), x.var(over, keepdims=True)
        count = x.size // mean.size
        deviation = divisor(variance, epsilon, count)
        values = np.divide(x - mean, deviation, out=np.zeros_like(x), where=deviation != 0)
        beside = (-1, *[1] * (x.ndim - 2))
        output = values * np.reshape(gain, beside) + np.reshape(shift, beside)
        cache = Standardized(values, mean, variance, deviation, over)
        return output, BatchNormCache(cache, np.asarray(gain, np.float64))

    return forward


def features(x: Array) -> tuple[int, ...]:
    """Return every axis but that of the features."""
    return (0, *range(2, x.ndim))


def root(variance: Array, epsilon: float, _count: int) -> Array:
    """Return what batch norm divides by."""
    return np.sqrt(variance + epsilon)


def forward_rule(
    standardize: Callable[[Array], Array],
) -> Callable[..., _Forward]:
    """Make a batch norm of another rule for (batch, d), which has no variance to remember."""

    def forward(x: Array, gain: Array, shift: Array, *, epsilon: float = 1e-5) -> _Forward:
        del epsilon
        values = standardize(np.asarray(x, np.float64))
        nothing = np.zeros((1, values.shape[1]))
        cache = Standardized(values, nothing, nothing + 1, nothing + 1, (0,))
        return values * gain + shift, BatchNormCache(cache, np.asarray(gain, np.float64))

    return forward


def backward_rule(
    for_input: Callable[[Array, Standardized], Array],
) -> Callable[..., NormGradients]:
    """Make a backward pass of a rule that takes γ g to the gradient for the input."""

    def backward(gradient: Array, cache: BatchNormCache) -> NormGradients:
        right = batch_norm_backward(gradient, cache)
        beside = cache.gain.reshape(-1, *[1] * (gradient.ndim - 2))
        return right._replace(x=for_input(beside * gradient, cache.standardized))

    return backward


@misconception(
    "each-example",
    en="Mean and variance are taken over the features of one example: that is layer norm.",
    zh="均值和方差沿单个样本的各特征计算：那是 Layer Norm。",
)
def each_example(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> _Forward:
    return rule(lambda a: tuple(range(1, a.ndim)), root)(x, gain, shift, epsilon=epsilon)


@misconception(
    "everything-at-once",
    en="One mean and one variance are taken over the whole batch, all features together.",
    zh="对整个 batch 的所有特征一起只求一个均值和一个方差。",
)
def everything_at_once(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> _Forward:
    return rule(lambda a: tuple(range(a.ndim)), root)(x, gain, shift, epsilon=epsilon)


@misconception(
    "each-position",
    en="A pixel looks like a neuron, so every place of the image gets a mean of its own.",
    zh="把每个像素位置都当成一个神经元，各有自己的均值。",
)
def each_position(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> _Forward:
    return rule(lambda _: (0,), root)(x, gain, shift, epsilon=epsilon)


@misconception(
    "each-channel-of-each-image",
    en="Mean and variance are taken over height and width only: that is instance norm.",
    zh="只沿高和宽求均值与方差：那是 Instance Norm。",
)
def each_channel_of_each_image(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> _Forward:
    return rule(lambda a: tuple(range(2, a.ndim)), root)(x, gain, shift, epsilon=epsilon)


@misconception(
    "divides-by-the-variance",
    en="The notes call δ the variance, and their formula divides by δ.",
    zh="笔记称 δ 为方差，而公式正是除以 δ。",
    notes="2.3",
)
def divides_by_the_variance(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> _Forward:
    return rule(features, lambda v, e, _: v + e)(x, gain, shift, epsilon=epsilon)


@misconception(
    "unbiased-deviation",
    en="The running variance is unbiased, so the batch is thought to be divided by n - 1 too.",
    zh="滑动方差是无偏的，于是以为训练时的 batch 也除以 n - 1。",
)
def unbiased_deviation(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> _Forward:
    def unbiased(variance: Any, count: int) -> Any:
        return variance * count / max(count - 1, 1)

    def divisor(variance: Array, offset: float, count: int) -> Array:
        deviation: Array = np.sqrt(unbiased(variance, count) + offset)
        return deviation

    output, cache = rule(features, divisor)(x, gain, shift, epsilon=epsilon)
    found = cache.standardized
    variance = unbiased(found.variance, found.values.size // found.mean.size)
    return output, cache._replace(standardized=dataclasses.replace(found, variance=variance))


@misconception(
    "epsilon-outside-the-root",
    en="ε is added to the deviation, as Adam does it, instead of to the variance.",
    zh="像 Adam 那样把 ε 加在标准差上，而不是加在方差上。",
)
def epsilon_outside_the_root(x: Any, gain: Any, shift: Any, *, epsilon: float = 1e-5) -> _Forward:
    return rule(features, lambda v, e, _: np.sqrt(v) + e)(x, gain, shift, epsilon=epsilon)


@misconception(
    "maps-to-the-unit-interval",
    en="The notes say that μ and δ bring X into [0, 1], which is what min-max scaling does.",
    zh="笔记说 μ、δ 把 X 调整到 [0, 1]，那其实是最大最小值归一化。",
    notes="2.2",
)
@forward_rule
def maps_to_the_unit_interval(x: Array) -> Array:
    """Divide by the range."""
    low, high = x.min(0), x.max(0)
    scaled = np.divide(x - low, high - low, out=np.zeros_like(x), where=high > low)
    return np.asarray(scaled)


@misconception(
    "identity-layer",
    en="Without normalisation the layer hands its input on; gain and shift alone remain.",
    zh="不做归一化，只剩下缩放和平移。",
)
@forward_rule
def identity_layer(x: Array) -> Array:
    """Leave the input as it is."""
    return x


@misconception(
    "constant-statistics",
    en="Mean and deviation look like constants, so only the division is differentiated.",
    zh="把均值和标准差看成常数，只对除法求导。",
)
@backward_rule
def constant_statistics(g: Array, standardized: Standardized) -> Array:
    """Divide only."""
    return np.asarray(g / standardized.deviation)


@misconception(
    "constant-deviation",
    en="The mean's dependence on the input is remembered, the deviation's forgotten.",
    zh="记得均值依赖输入，却忘了标准差也依赖输入。",
)
@backward_rule
def constant_deviation(g: Array, standardized: Standardized) -> Array:
    """Take the mean out, then divide."""
    centred = g - g.mean(standardized.axes, keepdims=True)
    return np.asarray(centred / standardized.deviation)


@misconception(
    "forgets-the-gain",
    en="The gradient goes back through the standardising, past the gain γ.",
    zh="反向传播经过了标准化，却漏乘了 γ。",
)
def forgets_the_gain(gradient: Array, cache: BatchNormCache) -> NormGradients:
    right = batch_norm_backward(gradient, cache)
    plain = batch_norm_backward(gradient, cache._replace(gain=np.ones_like(cache.gain)))
    return right._replace(x=plain.x)
