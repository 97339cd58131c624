"""Deep networks trained side by side: what a slope of 1 does for training, and what it does not."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.activations.relu import one_everywhere
from studydl.language import Text
from studydl.nn import activations as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import exceeds, stays_below

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.activations.oracle import Array
    from studydl.verification.evidence import Measurement

__all__ = ["deep_training"]

_NETWORKS, _WIDTH, _HIDDEN, _EXAMPLES = 3, 16, 4, 24
_RATE, _STEPS = 0.05, 300


class _Activations(NamedTuple):
    """Three activations, each followed by its derivative."""

    relu: Callable[[Any], Any]
    relu_slope: Callable[[Any], Any]
    tanh: Callable[[Any], Any]
    tanh_slope: Callable[[Any], Any]
    sigmoid: Callable[[Any], Any]
    sigmoid_slope: Callable[[Any], Any]


_REFERENCE = _Activations(
    nn.relu, nn.relu_gradient, nn.tanh, nn.tanh_gradient, nn.sigmoid, nn.sigmoid_gradient
)


def _weights(rng: Generator) -> list[Array]:
    """Draw several networks at once, of variance 1/fan_in; each layer is one stack."""
    sizes = [1] + [_WIDTH] * _HIDDEN + [1]
    return [
        rng.normal(scale=1 / math.sqrt(fan_in), size=(_NETWORKS, fan_in, fan_out))
        for fan_in, fan_out in pairwise(sizes)
    ]


def _forward(
    value: Any, slope: Any, x: Array, weights: list[Array], biases: list[Array]
) -> tuple[list[Array], list[Array]]:
    """Return every layer's output, the input first, and every layer's slope; the last is linear."""
    outputs, slopes = [x], []
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        z = outputs[-1] @ w + b
        outputs.append(value(z))
        slopes.append(slope(z))
    z = outputs[-1] @ weights[-1] + biases[-1]
    return [*outputs, z], [*slopes, np.ones_like(z)]


def _gradients(
    error: Array, outputs: list[Array], slopes: list[Array], weights: list[Array]
) -> tuple[list[Array], list[Array]]:
    """Return the gradients of half the mean squared error for every layer's weights and biases."""
    for_weights, for_biases = [], []
    gradient = error / _EXAMPLES
    for layer in reversed(range(len(weights))):
        gradient = gradient * slopes[layer]
        for_weights.append(outputs[layer].mT @ gradient)
        for_biases.append(gradient.sum(axis=1, keepdims=True))
        gradient = gradient @ weights[layer].mT
    return for_weights[::-1], for_biases[::-1]


def _train(value: Any, slope: Any, weights: list[Array]) -> tuple[float, float]:
    """Train on a parabola, centred, from the same weights for every activation.

    Returns:
        The share of the parabola's mean square that is left, and the norm of the first gradient at
        the first layer's weights; both are medians over the networks.
    """
    x = np.broadcast_to(np.linspace(-1.5, 1.5, _EXAMPLES)[:, None], (_NETWORKS, _EXAMPLES, 1))
    target = x**2 - np.mean(x**2)
    biases = [np.zeros((_NETWORKS, 1, w.shape[2])) for w in weights]
    norms = np.zeros(_NETWORKS)
    for step in range(_STEPS):
        outputs, slopes = _forward(value, slope, x, weights, biases)
        for_weights, for_biases = _gradients(outputs[-1] - target, outputs, slopes, weights)
        if step == 0:
            norms = np.sqrt(np.sum(for_weights[0] ** 2, axis=(1, 2)))
        weights = [w - _RATE * g for w, g in zip(weights, for_weights, strict=True)]
        biases = [b - _RATE * g for b, g in zip(biases, for_biases, strict=True)]
    outputs, _ = _forward(value, slope, x, weights, biases)
    left = np.mean((outputs[-1] - target) ** 2, axis=(1, 2)) / np.mean(target**2)
    return float(np.median(left)), float(np.median(norms))


@claim(
    "activations.deep-training",
    en="Four hidden layers deep and from the same weights, ReLU and tanh networks both learn a"
    " parabola to below 0.3 of its variance in the steps in which a sigmoid network does not; at"
    " the first layer the sigmoid's gradient is more than 10 times smaller than either's.",
    zh="四个隐藏层、初始权重相同、训练步数相同：ReLU 网络和 tanh 网络都能学会抛物线，"
    "剩余误差低于方差的 0.3，"
    "Sigmoid 网络则做不到；在第一层，Sigmoid 的梯度比前两者都小 10 倍以上。",
    notes="1.1",
    on=_REFERENCE,
    misconceptions=[
        Misconception(
            "slope-of-one-is-enough",
            _REFERENCE._replace(relu=lambda x: x, relu_slope=one_everywhere.implementation),
            Text(
                "ReLU is thought to train fast because its slope is 1; the identity has that slope"
                " everywhere, and learns only straight lines.",
                "以为 ReLU 训练快就因为斜率是 1；恒等函数的斜率处处为 1，却只能学会直线。",
            ),
            notes="1.1",
        ),
        Misconception(
            "only-relu-goes-deep",
            _REFERENCE._replace(tanh=nn.sigmoid, tanh_slope=nn.sigmoid_gradient),
            Text(
                "All S-shaped curves are thought to fail alike in deep networks.",
                "以为所有 S 形曲线在深层网络里都同样训练不动。",
            ),
        ),
        Misconception(
            "all-curves-train-alike",
            _REFERENCE._replace(sigmoid=nn.tanh, sigmoid_slope=nn.tanh_gradient),
            Text(
                "The sigmoid is tanh up to scale, and is thought to train as well.",
                "Sigmoid 与 tanh 只差缩放，于是以为训练效果一样。",
            ),
        ),
    ],
    sources=["Glorot & Bengio 2010, section 3", "Krizhevsky, Sutskever & Hinton 2012, section 3.1"],
)
def deep_training(nets: _Activations, rng: Generator) -> Iterator[Measurement]:
    """Train all three, and compare what is left and the first gradients."""
    weights = _weights(rng)
    relu_left, relu_norm = _train(nets.relu, nets.relu_slope, weights)
    tanh_left, tanh_norm = _train(nets.tanh, nets.tanh_slope, weights)
    sigmoid_left, sigmoid_norm = _train(nets.sigmoid, nets.sigmoid_slope, weights)
    yield stays_below("L/Var(y), relu", relu_left, 0.3)
    yield stays_below("L/Var(y), tanh", tanh_left, 0.3)
    yield exceeds("L/Var(y), σ", sigmoid_left, 0.3)
    # A network without any gradient is no reference: a norm of 0 counts as 1e-300.
    smallest = max(sigmoid_norm, 1e-300)
    yield exceeds("|∂L/∂W₁| relu / σ", relu_norm / smallest, 10.0)
    yield exceeds("|∂L/∂W₁| tanh / σ", tanh_norm / smallest, 10.0)
