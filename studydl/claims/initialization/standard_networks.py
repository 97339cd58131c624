"""What standard initialisation does in depth (notes 4.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization import _theory
from studydl.claims.initialization._networks import (
    System,
    drawn,
    profile,
    relative_errors,
)
from studydl.claims.initialization._wrong_schemes import bound_as_deviation
from studydl.language import Text
from studydl.nn import activations
from studydl.nn import initialization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals
from studydl.verification.tolerance import five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["first_layer", "standard_depth"]

_GLOROT = "Glorot & Bengio 2010"
_LAYERS, _WIDTH, _EXAMPLES = 10, 100, 100


def _without_the_root(rng: Generator, fan_in: int, fan_out: int) -> Any:
    return rng.uniform(-1 / fan_in, 1 / fan_in, size=(fan_in, fan_out))


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
        bound_as_deviation,
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
        bound_as_deviation,
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
    weights = drawn(system, rng, widths)
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
