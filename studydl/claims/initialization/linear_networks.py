"""What a layer does to a variance, in linear networks (notes 4.0 and 4.1)."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization._experiments import deep_linear_signal
from studydl.claims.initialization._networks import (
    Net,
    linear,
    one,
    profile,
    relative_errors,
)
from studydl.language import Text
from studydl.nn import initialization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals
from studydl.verification.tolerance import five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["variance_factor"]

_GLOROT = "Glorot & Bengio 2010, section 4.2.1"
_LAYERS, _EXAMPLES = 10, 100


def _averaging(inputs: Any, weights: Any, activation: Any) -> Any:
    return nn.forward(inputs, [w / math.sqrt(w.shape[0]) for w in weights], activation)


def _deviations_add(inputs: Any, weights: Any, activation: Any) -> Any:
    return nn.forward(inputs, [w * math.sqrt(w.shape[0]) for w in weights], activation)


def _only_amplifies(inputs: Any, weights: Any, activation: Any) -> Any:
    factors = [w.shape[0] * np.mean(w * w) for w in weights]
    turned = [w / min(factor, 1.0) for w, factor in zip(weights, factors, strict=True)]
    return nn.forward(inputs, turned, activation)


def _gradient_kept(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    scaled = [w / (math.sqrt(w.shape[1] * np.mean(w * w)) + 1e-300) for w in weights]
    return nn.backward(output_gradient, scaled, signals, slope)


@claim(
    "initialization.variance-factor",
    en="In a linear network a layer multiplies the variance of the signal by fan_in·Var(W) and, on"
    " the way back, that of the gradient by fan_out·Var(W). Only a factor of 1 lasts: after ten"
    " layers a factor of 0.5 leaves 9.77e-4, a factor of 2 makes 1024.",
    zh="在线性网络中，每一层把信号的方差乘以fan_in·Var(W)，反向时把梯度的方差乘以fan_out·Var(W)。"
    "只有因子为1才能持久：经过十层，因子0.5只剩9.77e-4，因子2则放大到1024。",
    notes="4.0",
    on=Net(),
    misconceptions=[
        Misconception(
            "always-amplifies",
            Net(forward=_only_amplifies),
            Text(
                "The trouble with random weights is thought to be that they amplify.",
                "以为随机初始化的问题就是把方差放大。",
            ),
            notes="4.1",
        ),
        Misconception(
            "averages-its-inputs",
            Net(forward=_averaging),
            Text(
                "A unit is thought to average its inputs, so that their number does not matter.",
                "以为单元是对输入取平均，输入个数因此无关紧要。",
            ),
        ),
        Misconception(
            "deviations-add",
            Net(forward=_deviations_add),
            Text(
                "Standard deviations of independent terms are added, though their variances add.",
                "把独立项的标准差相加；相加的其实是方差。",
            ),
        ),
        Misconception(
            "gradient-ignores-the-spread",
            Net(backward=_gradient_kept),
            Text(
                "The spread of the weights is thought to concern the forward pass alone.",
                "以为权重的离散程度只影响前向传播。",
            ),
        ),
    ],
    sources=[f"{_GLOROT}, equations 5 and 6"],
    experiments=[deep_linear_signal],
)
def variance_factor(net: Net, rng: Generator) -> Iterator[Measurement | Series]:
    """Send signals both ways through layers of alternately 80 and 120 units."""
    widths = [80, 120] * (_LAYERS // 2) + [80]
    x, c = rng.normal(size=(2, _EXAMPLES, 80))
    mean = math.sqrt(80 * 120)
    for factor in (0.5, 1.0, 2.0):
        variance = factor / mean
        weights = [rng.normal(scale=math.sqrt(variance), size=(m, n)) for m, n in pairwise(widths)]
        found = profile(net, weights, x, c, linear, one)
        forward = found.activations / np.mean(x * x)
        backward = found.states / np.mean(c * c)
        errors = five_standard_errors(80 * variance * relative_errors(x, widths)[1])
        yield equals(f"Var(h₁), {80 * variance:.3g}", forward[1], 80 * variance, errors)
        errors = five_standard_errors(80 * variance * relative_errors(c, widths)[1])
        yield equals(f"Var(δ₉), {80 * variance:.3g}", backward[-2], 80 * variance, errors)
        whole = factor**_LAYERS
        error = five_standard_errors(whole * relative_errors(x, widths)[-1])
        yield equals(f"Var(h₁₀), {factor:g}", forward[-1], whole, error)
        error = five_standard_errors(whole * relative_errors(c, widths)[-1])
        entrance = found.entrance / np.mean(c * c)
        yield equals(f"Var(∂L/∂h₀), {factor:g}", entrance, whole, error)
        layers = np.arange(_LAYERS + 1)
        name = f"log₁₀ Var(h), {factor:g}"
        yield curve(name, layers, np.log10(forward + 1e-300), x_label="l", y_label=name)
