"""What becomes of signals in deep tanh networks of random weights, by their spread (notes 4.1)."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization import _theory
from studydl.claims.initialization._experiments import tanh_signal_by_deviation
from studydl.claims.initialization._networks import (
    Net,
    System,
    gaussian,
    profile,
    relative_errors,
)
from studydl.language import Text
from studydl.nn import activations
from studydl.nn import initialization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals, exceeds
from studydl.verification.tolerance import five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["random_depth", "saturated_gradients"]

_GLOROT = "Glorot & Bengio 2010, section 4.2.1"
_POOLE = "Poole, Lahiri, Raghu, Sohl-Dickstein & Ganguli 2016, section 3"
_SCHOENHOLZ = "Schoenholz, Gilmer, Ganguli & Sohl-Dickstein 2017, sections 3 and 4"

_LAYERS, _WIDTH, _EXAMPLES = 10, 100, 100


def _tanh_slope(s: Any) -> Any:
    return np.cosh(s) ** -2.0


def _spread_by_hand(spread: float) -> Any:
    def initialize(rng: Generator, fan_in: int, fan_out: int, **_: Any) -> Any:
        return nn.normal(rng, fan_in, fan_out, standard_deviation=spread)

    return initialize


def _always_scaled(rng: Generator, fan_in: int, fan_out: int, *, standard_deviation: float) -> Any:
    spread = standard_deviation / math.sqrt(fan_in)
    return nn.normal(rng, fan_in, fan_out, standard_deviation=spread)


@claim(
    "initialization.random-depth",
    en="Whether the activations of ten tanh layers of 100 units collapse depends on the weights'"
    " standard deviation: 0.01 shrinks their mean square to 9.80e-21, and that of the gradients to"
    " 9.80e-19 on the way back; 1 drives a share of 0.78 of the activations beyond 0.99 in size;"
    " with 0.1, which is 1/√100, 0.0522 of the mean square is left.",
    zh="十层、每层100个单元的tanh网络，激活值是否塌缩取决于权重的标准差："
    "0.01使均方值缩小到9.80e-21，反向的梯度均方值也缩小到9.80e-19；"
    "1使占比0.78的激活值绝对值超过0.99；而0.1（即1/√100）时均方值仍剩下0.0522。",
    notes="4.1",
    on=System(nn.normal),
    misconceptions=[
        Misconception(
            "collapses-whatever-the-spread",
            System(_spread_by_hand(0.01)),
            Text(
                "Random weights as such are thought to make deep activations collapse.",
                "以为只要是随机初始化，深层激活值就必然塌缩。",
            ),
            notes="4.1",
        ),
        Misconception(
            "keeps-whatever-the-spread",
            System(_spread_by_hand(0.1)),
            Text(
                "The spread of the first weights is thought not to matter in depth.",
                "以为初始权重的离散程度对深层没有影响。",
            ),
        ),
        Misconception(
            "scales-by-itself",
            System(_always_scaled),
            Text(
                "A random scheme is thought to allow for the number of inputs.",
                "以为随机初始化会自动考虑输入个数。",
            ),
        ),
    ],
    sources=[f"{_GLOROT}, equation 5", _POOLE],
    experiments=[tanh_signal_by_deviation],
)
def random_depth(system: System, rng: Generator) -> Iterator[Measurement | Series]:
    """Draw one network for each spread, and compare with integrals over wide layers."""
    widths = [_WIDTH] * (_LAYERS + 1)
    x, c = rng.normal(size=(2, _EXAMPLES, _WIDTH))
    x /= math.sqrt(np.mean(x * x))
    for spread in (0.01, 0.1, 1.0):
        weights = [
            system.initialize(rng, m, n, standard_deviation=spread) for m, n in pairwise(widths)
        ]
        found = profile(system, weights, x, c, activations.tanh, activations.tanh_gradient)
        squares, factor = found.activations, _WIDTH * spread**2
        expected = _theory.mean_squares(np.tanh, factor, _LAYERS)
        if spread < 1:
            error = five_standard_errors(expected[-1] * relative_errors(x, widths)[-1])
            yield equals(f"E[h₁₀²], 100 units, σ = {spread:g}", squares[-1], expected[-1], error)
            factors = _theory.gradient_factors(np.tanh, _tanh_slope, factor, _LAYERS)
            whole = float(np.prod(factors[:-1]))
            error = five_standard_errors(whole * relative_errors(c, widths)[-2])
            ratio = found.states[0] / found.states[-1]
            yield equals(f"E[δ₁²] / E[δ₁₀²], σ = {spread:g}", ratio, whole, error)
        # Larger inputs do not change what the spread decides.
        for scale in (1, 5):
            top = system.forward(scale * x, weights, activations.tanh).activations[-1]
            state = factor * _theory.mean_squares(np.tanh, factor, _LAYERS, scale**2)[-2]
            share = math.erfc(math.atanh(0.99) / math.sqrt(2 * state))
            # The error is that of the units: what the examples have in common is not averaged.
            error = five_standard_errors(math.sqrt(share * (1 - share) / _WIDTH))
            beyond = float(np.mean(np.abs(top) > 0.99))
            yield equals(f"P(|h₁₀| > 0.99), σ = {spread:g}, {scale} x", beyond, share, error)
        name = f"log₁₀ E[h²], σ = {spread:g}"
        y = np.log10(squares + 1e-300)
        yield curve(name, np.arange(_LAYERS + 1), y, x_label="l", y_label=name)


def _typical_slope(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    return nn.backward(
        output_gradient, weights, signals, lambda s: np.full_like(s, slope(np.median(np.abs(s))))
    )


def _mean_slope(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    return nn.backward(
        output_gradient, weights, signals, lambda s: np.full_like(s, np.mean(slope(s)))
    )


@claim(
    "initialization.saturated-gradients",
    en="In ten tanh layers of 100 units whose weights have standard deviation 1, a share of"
    " 0.755 of the last units has a slope below 0.01, and yet the gradients explode: the others"
    " pass on so much that the mean square of the first layer's weight gradient is more than 10000"
    " times the last's.",
    zh="十层、每层100个单元的tanh网络，权重标准差为1时，最后一层有0.755的单元斜率小于0.01，"
    "但梯度非但没有消失，反而爆炸：其余单元传回的梯度极大，第一层权重梯度的均方值是最后一层的10000倍以上。",
    notes="4.1",
    on=Net(),
    misconceptions=[
        Misconception(
            "saturated-means-vanished",
            Net(backward=_typical_slope),
            Text(
                "The slope of the typical unit, which is near 0, is taken for that of all.",
                "把典型单元接近0的斜率当成所有单元的斜率，于是认为参数梯度为0。",
            ),
            notes="4.1",
        ),
        Misconception(
            "average-slope",
            Net(backward=_mean_slope),
            Text(
                "The mean of the slopes is put in the place of the mean of their squares.",
                "用斜率的平均值代替了斜率平方的平均值。",
            ),
        ),
    ],
    sources=[_SCHOENHOLZ, _POOLE],
)
def saturated_gradients(net: Net, rng: Generator) -> Iterator[Measurement | Series]:
    """Measure the slopes, the factor of one layer, and the whole profile of the gradients."""
    weights = gaussian(rng, [_WIDTH] * (_LAYERS + 1), _WIDTH * 1.0**2)
    x, c = rng.normal(size=(2, _EXAMPLES, _WIDTH))
    signals = net.forward(x, weights, activations.tanh)
    gradients = net.backward(c, weights, signals, activations.tanh_gradient)
    # tanh' = 1/cosh^2 is below 0.01 where cosh is above 10.
    state = _WIDTH * _theory.mean_squares(np.tanh, _WIDTH, _LAYERS)[-2]
    share = math.erfc(math.acosh(10) / math.sqrt(2 * state))
    flat = np.mean(activations.tanh_gradient(signals.states[-1]) < 0.01)
    error = five_standard_errors(math.sqrt(share * (1 - share) / _WIDTH))
    yield equals("P(tanh'(s₁₀) < 0.01), 100 units, σ = 1", flat, share, error)
    squares = np.asarray(net.moments(gradients.weights).mean_square)
    ratio = float(squares[0] / max(squares[-1], 1e-300))
    yield exceeds("E[(∂L/∂W₁)²] / E[(∂L/∂W₁₀)²]", ratio, 10_000.0)
    name = "log₁₀ E[(∂L/∂W)²]"
    y = np.log10(squares + 1e-300)
    yield curve(name, np.arange(1, _LAYERS + 1), y, x_label="l", y_label=name)
