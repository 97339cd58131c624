"""What standard initialisation does in depth (notes 4.2)."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization import _theory
from studydl.claims.initialization._networks import (
    System,
    linear,
    one,
    profile,
    relative_errors,
)
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

__all__ = ["first_layer", "gradient_mean", "standard_depth", "weight_gradients"]

_GLOROT = "Glorot & Bengio 2010"
_LAYERS, _WIDTH, _EXAMPLES = 10, 100, 100


def _weights(system: System, rng: Generator, widths: list[int]) -> list[Any]:
    return [system.initialize(rng, m, n) for m, n in pairwise(widths)]


def _bound_as_deviation(rng: Generator, fan_in: int, fan_out: int) -> Any:
    return nn.normal(rng, fan_in, fan_out, standard_deviation=1 / math.sqrt(fan_in))


def _without_the_root(rng: Generator, fan_in: int, fan_out: int) -> Any:
    return rng.uniform(-1 / fan_in, 1 / fan_in, size=(fan_in, fan_out))


_bound = Misconception(
    "bound-as-deviation",
    System(_bound_as_deviation),
    Text(
        "The bound 1/√n is taken for the standard deviation.",
        "把边界1/√n当成标准差。",
    ),
)


def _standardises(inputs: Any, weights: Any, activation: Any) -> Any:
    return nn.forward((inputs - np.mean(inputs)) / np.std(inputs), weights, activation)


@claim(
    "initialization.standard-first-layer",
    en="Under standard initialisation the states of the first layer have mean 0 and a third of the"
    " inputs' mean square as variance, whatever fan_in: 0.333 for standardised inputs, but 1.67"
    " for inputs of mean 2 and variance 1. The activation has no part in it.",
    zh="在标准初始化下，无论fan_in是多少，第一层状态值的均值都是0，方差是输入均方值的三分之一："
    "输入已标准化时为0.333；输入均值为2、方差为1时则为1.67。这与激活函数无关。",
    notes="4.2",
    on=System(nn.standard),
    misconceptions=[
        Misconception(
            "constant-one-third",
            System(nn.standard, forward=_standardises),
            Text(
                "The variance 1/3 is thought to be a constant of the scheme, whatever comes in.",
                "以为1/3是该方法本身的常量，与输入无关。",
            ),
            notes="4.2",
        ),
        _bound,
        Misconception(
            "shrinks-with-the-width",
            System(_without_the_root),
            Text("The bound is remembered as 1/n.", "把边界记成了1/n。"),
        ),
    ],
    sources=[f"{_GLOROT}, equation 1", "LeCun, Bottou, Orr & Müller 1998, section 4.6"],
)
def first_layer(system: System, rng: Generator) -> Iterator[Measurement]:
    """Measure many units, whose states are independent once the inputs are given."""
    units = 3000
    for fan_in in (60, 240):
        x = rng.normal(size=(10, fan_in))
        x = (x - np.mean(x)) / np.std(x)
        for mean in (0.0, 2.0):
            given = x + mean
            weights = [system.initialize(rng, fan_in, units)]
            found = system.moments(system.forward(given, weights, activations.sigmoid).states)
            expected = (1 + mean**2) / 3
            label = f"E[x] = {mean:g}, Var(x) = 1, fan_in = {fan_in}"
            error = expected * relative_errors(given, [fan_in, units])[1]
            yield equals(
                f"Var(s₁), {label}", found.mean_square[0], expected, five_standard_errors(error)
            )
            # Over the units a mean of the states varies as the state of the mean input does.
            centre = np.sum(np.mean(given, axis=0) ** 2)
            error = math.sqrt(centre / (3 * fan_in) / units)
            yield equals(f"E[s₁], {label}", found.mean[0], 0.0, five_standard_errors(error))


def _falls_with_depth(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, for_weights = nn.backward(output_gradient, weights, signals, slope)
    return nn.Gradients(tuple(reversed(states)), for_weights)


def _without_slopes(output_gradient: Any, weights: Any, signals: Any, _slope: Any) -> Any:
    scaled = [w * math.sqrt(3) for w in weights]
    return nn.backward(output_gradient, scaled, signals, np.ones_like)


@claim(
    "initialization.standard-depth",
    en="Under standard initialisation both signals fade, each in its own direction, in the end to"
    " 0.333 per layer: in ten tanh layers of 100 units the activations' variance falls towards the"
    " output to 8.94e-6, and the state gradients' falls towards the input to 2.83e-5 of what it is"
    " in the last layer.",
    zh="在标准初始化下，两种信号各沿自己的方向衰减，最终每层只剩0.333："
    "十层、每层100个单元的tanh网络中，激活值的方差朝输出方向降到8.94e-6，"
    "状态梯度的方差则朝输入方向降到最后一层的2.83e-5。",
    notes="4.2",
    on=System(nn.standard),
    misconceptions=[
        Misconception(
            "gradients-fade-towards-the-output",
            System(nn.standard, backward=_falls_with_depth),
            Text(
                "The deeper the layer, the smaller its state gradient is thought to be, as its"
                " activations are.",
                "以为层数越深状态梯度也越小，就像激活值那样。",
            ),
            notes="4.2",
        ),
        _bound,
        Misconception(
            "gradients-pass-unchanged",
            System(nn.standard, backward=_without_slopes),
            Text(
                "The scale of the weights is thought to concern the forward pass alone.",
                "以为权重的尺度只影响前向传播。",
            ),
        ),
    ],
    sources=[f"{_GLOROT}, equations 13 to 15 and figure 7"],
)
def standard_depth(system: System, rng: Generator) -> Iterator[Measurement | Series]:
    """Compare one network with integrals over wide layers, in both directions."""
    widths = [_WIDTH] * (_LAYERS + 1)
    weights = _weights(system, rng, widths)
    x, c = rng.normal(size=(2, _EXAMPLES, _WIDTH))
    x /= math.sqrt(np.mean(x * x))
    found = profile(system, weights, x, c, activations.tanh, activations.tanh_gradient)
    expected = _theory.mean_squares(np.tanh, 1 / 3, _LAYERS)
    factors = _theory.gradient_factors(np.tanh, lambda s: np.cosh(s) ** -2, 1 / 3, _LAYERS)
    forward_errors = relative_errors(x, widths)
    error = five_standard_errors(expected[-1] * forward_errors[-1])
    yield equals("E[h₁₀²], 100 units", found.activations[-1], expected[-1], error)
    # Layer l hands f'(s_l)^2 fan_out Var(W) on: from δ₁₀ to δ₁ the slopes of layers 9 to 1 count.
    whole = float(np.prod(factors[:-1]))
    error = five_standard_errors(whole * relative_errors(c, widths)[-2])
    yield equals("E[δ₁²] / E[δ₁₀²]", found.states[0] / found.states[-1], whole, error)
    error = five_standard_errors(math.sqrt(2 / _WIDTH) / 3)
    yield equals("E[h₁₀²] / E[h₉²]", found.activations[-1] / found.activations[-2], 1 / 3, error)
    yield equals("E[δ₉²] / E[δ₁₀²]", found.states[-2] / found.states[-1], 1 / 3, error)
    layers = np.arange(1, _LAYERS + 1)
    for name, y in (("E[h²]", found.activations[1:]), ("E[δ²]", found.states)):
        label = f"log₁₀ {name}"
        yield curve(label, layers, np.log10(y + 1e-300), x_label="l", y_label=label)


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
        _bound,
    ],
    sources=[f"{_GLOROT}, equation 14 and figure 8"],
)
def weight_gradients(system: System, rng: Generator) -> Iterator[Measurement | Series]:
    """Measure all three profiles at a depth of 10, and one layer's gradient at 10 and at 4."""
    x, c = rng.normal(size=(2, _EXAMPLES, _WIDTH))
    weights = _weights(system, rng, [_WIDTH] * (_LAYERS + 1))
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
    weights = _weights(system, rng, widths)
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
