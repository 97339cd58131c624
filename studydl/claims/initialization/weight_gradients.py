"""What standard initialisation makes of the weight gradients (notes 4.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization._networks import (
    System,
    drawn,
    linear,
    one,
    profile,
    relative_errors,
)
from studydl.claims.initialization._wrong_schemes import bound_as_deviation
from studydl.language import Text
from studydl.nn import activations
from studydl.nn import initialization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["gradient_mean", "weight_gradients"]

_GLOROT = "Glorot & Bengio 2010"
_LAYERS, _WIDTH, _EXAMPLES = 10, 100, 100


def _fades_too(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, for_weights = nn.backward(output_gradient, weights, signals, slope)
    last = len(weights) - 1
    return nn.Gradients(
        states, tuple(g * 3.0 ** ((k - last) / 2) for k, g in enumerate(for_weights))
    )


def _by_state_alone(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, _ = nn.backward(output_gradient, weights, signals, slope)
    pairs = zip(signals.activations[:-1], states, strict=True)
    return nn.Gradients(states, tuple(np.ones_like(h).T @ d for h, d in pairs))


@claim(
    "initialization.standard-weight-gradients",
    en="Under standard initialisation the weight gradients of a linear network have the same"
    " variance in every layer, within a factor of 10, though activations and state gradients differ"
    " by more than 1000; but all of them shrink with the network's depth, to 0.333 for each layer"
    " more.",
    zh="在标准初始化下，线性网络各层权重梯度的方差相同（相差不到10倍），"
    "尽管激活值和状态梯度的方差相差1000倍以上；但网络每加深一层，所有权重梯度的方差都再乘以0.333。",
    notes="4.2",
    on=System(nn.standard),
    misconceptions=[
        Misconception(
            "weight-gradients-fade-too",
            System(nn.standard, backward=_fades_too),
            Text(
                "The weight gradients are expected to fade towards the input as the state"
                " gradients do.",
                "以为权重梯度也会像状态梯度那样朝输入方向衰减。",
            ),
        ),
        Misconception(
            "state-gradient-alone",
            System(nn.standard, backward=_by_state_alone),
            Text(
                "The activation's part in the weight gradient is forgotten.",
                "忘了权重梯度里还有激活值这个因子。",
            ),
        ),
        bound_as_deviation,
    ],
    sources=[f"{_GLOROT}, equation 14 and figure 8"],
)
def weight_gradients(system: System, rng: Generator) -> Iterator[Measurement | Series]:
    """Measure all three profiles at a depth of 10, and one layer's gradient at 10 and at 4."""
    x, c = rng.normal(size=(2, _EXAMPLES, _WIDTH))
    weights = drawn(system, rng, [_WIDTH] * (_LAYERS + 1))
    found = profile(system, weights, x, c, linear, one)
    for name, y in (("h", found.activations), ("δ", found.states)):
        spread = float(np.max(y) / max(np.min(y), 1e-300))
        yield exceeds(f"max E[{name}²] / min, layers", spread, 1000.0)
    least = max(float(np.min(found.weights)), 1e-300)
    yield stays_below("max E[(∂L/∂W)²] / min, layers", float(np.max(found.weights)) / least, 10.0)
    shallow = profile(system, weights[:4], x, c, linear, one)
    # 6 layers more leave 3^-6; the error is that of all ten layers, both ways, to the power 1/6.
    ratio = np.mean(found.weights) / max(float(np.mean(shallow.weights)), 1e-300)
    widths = [_WIDTH] * (_LAYERS + 1)
    whole = math.hypot(relative_errors(x, widths)[-1], relative_errors(c, widths)[-1])
    error = five_standard_errors(whole / 6 / 3)
    yield equals("E[(∂L/∂W)²], factor per layer more", ratio ** (1 / 6), 1 / 3, error)
    layers = np.arange(1, _LAYERS + 1)
    rows = (("E[h²]", found.activations[:-1]), ("E[δ²]", found.states))
    for name, y in (*rows, ("E[(∂L/∂W)²]", found.weights)):
        label = f"log₁₀ {name}"
        yield curve(label, layers, np.log10(y + 1e-300), x_label="l", y_label=label)


def _with_a_mean(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, for_weights = nn.backward(output_gradient, weights, signals, slope)
    shifted = (g + np.std(g) / k for k, g in enumerate(for_weights, start=1))
    return nn.Gradients(states, tuple(shifted))


def _sizes(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, for_weights = nn.backward(output_gradient, weights, signals, slope)
    return nn.Gradients(states, tuple(np.abs(g) for g in for_weights))


@claim(
    "initialization.weight-gradient-mean",
    en="The expected weight gradient of a tanh network is 0 in every layer, at any depth, when the"
    " weights are drawn symmetrically: with all signs of a neighbouring layer flipped, which is as"
    " likely, each gradient for given output gradients is the negative of itself.",
    zh="只要权重的分布对称，tanh网络各层权重梯度的期望都是0，与深度无关："
    "把相邻一层权重的符号全部翻转（概率相同），在输出梯度给定时每个梯度恰好变为其相反数。",
    notes="4.2",
    on=System(nn.standard),
    misconceptions=[
        Misconception(
            "expectation-shrinks",
            System(nn.standard, backward=_with_a_mean),
            Text(
                "The expectation of the weight gradients is thought to become smaller in depth,"
                " which takes one that is not 0.",
                "以为深层参数梯度的期望会变小；这要求期望本来不为0。",
            ),
            notes="4.2",
        ),
        Misconception(
            "sizes-for-values",
            System(nn.standard, backward=_sizes),
            Text(
                "The mean of the gradients' sizes is taken for the mean of the gradients.",
                "把梯度绝对值的平均当成梯度的平均。",
            ),
        ),
    ],
    sources=[f"{_GLOROT}, section 4.2.1"],
)
def gradient_mean(system: System, rng: Generator) -> Iterator[Measurement]:
    """Flip the layer behind each layer, for the last one the layer before it; tanh is odd."""
    widths = [5, 7, 4, 6, 3]
    weights = drawn(system, rng, widths)
    x, c = rng.normal(size=(8, 5)), rng.normal(size=(8, 3))
    for layer in range(4):
        neighbour = layer + 1 if layer < 3 else layer - 1
        flipped = [-w if k == neighbour else w for k, w in enumerate(weights)]
        both = []
        for each in (weights, flipped):
            signals = system.forward(x, each, activations.tanh)
            slope = activations.tanh_gradient
            both.append(system.backward(c, each, signals, slope).weights[layer])
        yield equals(f"∂L/∂W + ∂L/∂W flipped, layer {layer + 1}", both[0] + both[1], 0.0, EXACT)
        size = float(np.sqrt(np.mean(both[0] ** 2)))
        yield exceeds(f"rms ∂L/∂W, layer {layer + 1}", size, 1e-4)
