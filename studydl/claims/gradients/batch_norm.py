"""What batch norm does to gradients in depth (notes O.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.gradients._networks import (
    Network,
    gaussian_stack,
    linear,
    norms,
    relu,
    relu_slope,
    tanh_slope,
)
from studydl.language import Text
from studydl.nn import gradients as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["batch_norm_explodes", "batch_norm_ignores_scale"]

_IOFFE = "Ioffe & Szegedy 2015, section 3.3"
_YANG = "Yang, Pennington, Rao, Sohl-Dickstein & Schoenholz 2019, abstract"


def _plain_forward(inputs: Any, weights: Any, activation: Any, *, epsilon: float = 0.0) -> Any:
    """Answer as a network without batch norm, in the form of one with it."""
    del epsilon
    signals = nn.forward(inputs, weights, activation)
    normalized = nn.normalized_forward(inputs, weights, activation)
    kept = [
        _replaced(z, a)
        for z, a in zip(normalized.standardized, signals.pre_activations, strict=True)
    ]
    return nn.NormalizedSignals(tuple(kept), signals.activations)


def _replaced(z: Any, values: Any) -> Any:
    return type(z)(values, 0 * z.mean, z.variance, np.ones_like(z.deviation), z.axes)


def _plain_backward(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states = tuple(z.values for z in signals.standardized)
    return nn.backward(output_gradient, weights, nn.Signals(states, signals.activations), slope)


def _with_constant_statistics(
    output_gradient: Any, weights: Any, signals: Any, slope: Any
) -> nn.Gradients:
    g, for_activations, for_weights = output_gradient, [output_gradient], []
    for i in reversed(range(len(weights))):
        z = signals.standardized[i]
        delta = g * slope(z.values) / z.deviation
        for_weights.append(delta.T @ signals.activations[i])
        g = delta @ weights[i]
        for_activations.append(g)
    return nn.Gradients(tuple(for_activations[::-1]), tuple(for_weights[::-1]))


def _scaled_with_the_weights(
    output_gradient: Any, weights: Any, signals: Any, slope: Any
) -> nn.Gradients:
    right = nn.normalized_backward(output_gradient, weights, signals, slope)
    grown = tuple(g * np.sum(w * w) for g, w in zip(right.weights, weights, strict=True))
    return right._replace(weights=grown)


@claim(
    "gradients.batch-norm-ignores-scale",
    en="Batch norm takes the scale of weights out of depth: multiplying one layer's weights by 8"
    " changes no output and no gradient of another layer, 1 times each, and divides that layer's"
    " own weight gradient by 8 (with ε = 0), which stands at right angles to each unit's weights.",
    zh="批归一化消除了权重尺度对深度的影响：把某一层的权重乘以 8（取 ε = 0），所有输出、"
    "其他各层的梯度都不变（仍是 1 倍），而这一层自己的权重梯度变为原来的 1/8；"
    "并且每个单元的权重梯度都与该单元的权重正交。",
    notes="O.2",
    on=Network(nn.normalized_forward, nn.normalized_backward),
    misconceptions=[
        Misconception(
            "normalises-nothing",
            Network(_plain_forward, _plain_backward),
            Text(
                "A plain layer is expected to be as indifferent to the scale of its weights.",
                "以为普通的层对权重尺度同样不敏感。",
            ),
        ),
        Misconception(
            "statistics-are-constants",
            Network(nn.normalized_forward, _with_constant_statistics),
            Text(
                "Mean and variance are treated as constants in the backward pass, though they"
                " depend on the weights.",
                "反向传播时把均值和方差当成常数，其实它们也依赖于权重。",
            ),
        ),
        Misconception(
            "gradient-grows-with-the-weights",
            Network(nn.normalized_forward, _scaled_with_the_weights),
            Text(
                "Larger weights are expected to get larger gradients.",
                "以为权重越大，它的梯度也越大。",
            ),
        ),
    ],
    sources=[_IOFFE],
)
def batch_norm_ignores_scale(network: Network, rng: Generator) -> Iterator[Measurement]:
    """Scale the second of three layers by a power of two, which nothing here rounds."""
    sizes = (5, 7, 6, 4)
    weights = [rng.normal(size=(sizes[i + 1], sizes[i])) for i in range(3)]
    x, g = rng.normal(size=(9, 5)), rng.normal(size=(9, 4))

    def run(scale: float) -> tuple[Any, Any]:
        scaled = [weights[0], scale * weights[1], weights[2]]
        signals = network.forward(x, scaled, np.tanh, epsilon=0.0)
        return signals, network.backward(g, scaled, signals, tanh_slope)

    (signals, plain), (scaled_signals, scaled) = run(1.0), run(8.0)
    ratio = scaled_signals.activations[-1] / signals.activations[-1]
    yield equals("h₃ of 8 W₁ / of W₁", ratio, 1.0, EXACT)
    yield equals("∂L/∂h₀ of 8 W₁ / of W₁", scaled.activations[0] / plain.activations[0], 1.0, EXACT)
    for i, expected in enumerate((1.0, 0.125, 1.0)):
        name = f"∂L/∂W{'₀₁₂'[i]} of 8 W₁ / of W₁"
        yield equals(name, scaled.weights[i] / plain.weights[i], expected, EXACT)
    flat = network.forward(np.array([[-0.01], [0.01]]), [np.ones((1, 1))], linear)
    shrunk = 0.01 / math.sqrt(1e-4 + 1e-5)
    yield equals("z of ±0.01, ε = 1e-5", flat.activations[1][1], shrunk, ROUNDING)
    for i, w in enumerate(weights):
        parts = w * plain.weights[i]
        above, below = np.maximum(parts, 0).sum(axis=1), np.maximum(-parts, 0).sum(axis=1)
        yield equals(f"⟨w, ∂L/∂w⟩ = 0, W{'₀₁₂'[i]}", above / below, 1.0, ROUNDING)


class _Both(NamedTuple):
    """A network with batch norm, and one without."""

    normalized_forward: Callable[..., Any]
    normalized_backward: Callable[..., Any]
    forward: Callable[..., Any]
    backward: Callable[..., Any]


_BOTH = _Both(nn.normalized_forward, nn.normalized_backward, nn.forward, nn.backward)


def _kept_in_range(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> nn.Gradients:
    right = nn.normalized_backward(output_gradient, weights, signals, slope)
    length = norms([output_gradient])[0]
    return right._replace(activations=tuple(g * length / norms([g])[0] for g in right.activations))


@claim(
    "gradients.batch-norm-explodes",
    en="Batch norm ends vanishing by small weights, but keeps gradients no constant size: through"
    " thirty batch-normalised ReLU layers without skips the gradient grows by about 1.21 a layer"
    " towards the input, more than 50-fold in all, whatever the scale of the weights; where these"
    " are small, less than 1e-20 of it is left without batch norm.",
    zh="批归一化消除了小权重造成的梯度消失，却不能让梯度大小保持不变："
    "在三十层带批归一化、没有跳跃连接的 ReLU 网络中，无论权重尺度如何，梯度越靠近输入越大，"
    "每层约放大 1.21 倍，总共超过 50 倍；"
    "而权重较小时，没有批归一化的网络只剩下不到 1e-20。",
    notes="O.2",
    on=_BOTH,
    misconceptions=[
        Misconception(
            "keeps-gradients-in-range",
            _BOTH._replace(normalized_backward=_kept_in_range),
            Text(
                "As activations are brought into a sensible range in every layer, gradients are"
                " expected to stay in one too.",
                "每层的激活值都被伸缩到合理范围，于是以为梯度也就处在合理范围。",
            ),
            "O.2",
        ),
        Misconception(
            "changes-nothing",
            _BOTH._replace(normalized_forward=_plain_forward, normalized_backward=_plain_backward),
            Text(
                "Batch norm is thought to matter for the forward pass only.",
                "以为批归一化只影响前向传播。",
            ),
        ),
        Misconception(
            "small-weights-do-no-harm",
            _BOTH._replace(
                forward=lambda x, w, f: nn.forward(x, [10 * each for each in w], f),
                backward=lambda g, w, signals, slope: nn.backward(
                    g, [10 * each for each in w], signals, slope
                ),
            ),
            Text(
                "The plain network is expected to make up for small weights by itself.",
                "以为普通网络自己就能弥补权重过小。",
            ),
        ),
    ],
    sources=[_YANG, _IOFFE],
)
def batch_norm_explodes(nets: _Both, rng: Generator) -> Iterator[Measurement | Series]:
    """Send gradients through nets at initialisation, at two scales of the same weights.

    Wide and at a large batch a layer multiplies the mean square by E[f'(z)²]/Var[f(z)] for a
    standard normal z, which for ReLU is (1/2) / (1/2 - 1/2π) = π/(π - 1).
    """
    depth, width = 30, 64
    weights = gaussian_stack(rng, depth, width, 1.0)
    x, g = rng.normal(size=(2, width, width))
    layers = np.arange(depth + 1)
    for scale in (1.0, 0.1):
        scaled = [scale * w for w in weights]
        signals = nets.normalized_forward(x, scaled, relu)
        lengths = norms(nets.normalized_backward(g, scaled, signals, relu_slope).activations)
        yield exceeds(f"|∂L/∂h₀|/|∂L/∂h₃₀|, {scale:g} W", lengths[0] / lengths[-1], 50.0)
        rate = (lengths[4] / lengths[-4]) ** (1 / (depth - 7))
        off = rate / math.sqrt(math.pi / (math.pi - 1)) - 1
        yield stays_below(f"growth a layer / √(π/(π - 1)) = 1.21, - 1, {scale:g} W", off, 0.06)
        name = f"|∂L/∂hᵢ|, batch norm, {scale:g} W"
        yield curve(name, layers, lengths, x_label="i", y_label="|∂L/∂hᵢ|")
    lengths = norms(nets.backward(g, scaled, nets.forward(x, scaled, relu), relu_slope).activations)
    left = lengths[0] / lengths[-1]
    yield stays_below("|∂L/∂h₀|/|∂L/∂h₃₀|, plain, 0.1 W", left, 1e-20)
    yield exceeds("|∂L/∂h₀|/|∂L/∂h₃₀|, plain, 0.1 W, above 0", left, 1e-60)
    yield curve("|∂L/∂hᵢ|, plain, 0.1 W", layers, lengths, x_label="i", y_label="|∂L/∂hᵢ|")
