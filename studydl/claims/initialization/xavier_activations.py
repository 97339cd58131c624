"""Which activations Xavier initialisation suits, and why the sigmoid is none (notes 4.2, 4.3)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.initialization import _theory
from studydl.claims.initialization._experiments import sigmoid_gradient
from studydl.claims.initialization._networks import Net, gaussian, profile, relative_errors
from studydl.language import Text
from studydl.nn import initialization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals, exceeds
from studydl.verification.tolerance import EXACT, ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.initialization._networks import Profile
    from studydl.claims.initialization._statistics import Array
    from studydl.verification.evidence import Measurement, Series

__all__ = ["sigmoid_fades", "xavier_other_activations"]

_GLOROT = "Glorot & Bengio 2010"
_LAYERS, _WIDTH = 10, 120


class _Curve(NamedTuple):
    value: Callable[[Any], Any]
    slope: Callable[[Any], Any]


def _sigmoid(s: Any) -> Any:
    return (1 + np.tanh(s / 2)) / 2


def _sigmoid_slope(s: Any) -> Any:
    return np.cosh(s / 2) ** -2.0 / 4


_TANH = _Curve(np.tanh, lambda s: np.cosh(s) ** -2.0)
_ARCTAN = _Curve(np.arctan, lambda s: 1 / (1 + s * s))
_SOFTSIGN = _Curve(lambda s: s / (1 + np.abs(s)), lambda s: (1 + np.abs(s)) ** -2.0)
_SIGMOID = _Curve(_sigmoid, _sigmoid_slope)
_CENTRED = _Curve(lambda s: _sigmoid(s) - 0.5, _sigmoid_slope)


def _run(net: Net, rng: Generator, unit: _Curve, factor: float) -> tuple[Profile, Array]:
    """Return the profile of one network, and the errors of its backward pass."""
    widths = [_WIDTH] * (_LAYERS + 1)
    weights = gaussian(rng, widths, factor)
    x, c = rng.normal(size=(2, _WIDTH, _WIDTH))
    x /= math.sqrt(np.mean(x * x))
    return profile(net, weights, x, c, *unit), relative_errors(c, widths)


def _fades_unless_tanh(inputs: Any, weights: Any, activation: Any) -> Any:
    suits = np.isclose(activation(np.ones(1)), math.tanh(1))[0]
    return nn.forward(inputs, [w if suits else w / 2 for w in weights], activation)


def _slope_from_the_tanh(output_gradient: Any, weights: Any, signals: Any, _slope: Any) -> Any:
    return nn.backward(output_gradient, weights, signals, _TANH.slope)


def _all_slopes_one(output_gradient: Any, weights: Any, signals: Any, _slope: Any) -> Any:
    return nn.backward(output_gradient, weights, signals, np.ones_like)


@claim(
    "initialization.xavier-other-activations",
    en="Xavier initialisation is not for tanh alone: what it takes is an odd activation of slope 1"
    " at the origin. After ten layers tanh leaves 0.0522 of the mean square and arctan 0.0574,"
    " more; softsign, which bends at once, leaves 0.00392. The state gradients at the first layer"
    " are 0.0791, 0.0811 and 0.00717 of the last.",
    zh="Xavier初始化并非只适用于tanh：它需要的是在原点处斜率为1的奇函数。"
    "十层之后，均方值tanh剩下0.0522，arctan剩下0.0574，比tanh还多；"
    "在原点附近就开始弯曲的softsign剩下0.00392。"
    "第一层的状态梯度分别是最后一层的0.0791、0.0811和0.00717。",
    notes="4.3",
    on=Net(),
    misconceptions=[
        Misconception(
            "only-tanh",
            Net(forward=_fades_unless_tanh),
            Text(
                "Xavier's scheme was shown with tanh, and every other activation is thought to make"
                " signals fade layer by layer.",
                "Xavier初始化是用tanh演示的，于是以为换成别的激活函数信号就会逐层衰减。",
            ),
            notes="4.3",
        ),
        Misconception(
            "slopes-like-tanh",
            Net(backward=_slope_from_the_tanh),
            Text(
                "All S-shaped activations are thought to pass the gradient on as tanh does.",
                "以为所有S形激活函数传递梯度的方式都与tanh相同。",
            ),
        ),
        Misconception(
            "slope-one-everywhere",
            Net(backward=_all_slopes_one),
            Text(
                "The slope 1 at the origin is taken for the slope everywhere.",
                "把原点处的斜率1当成处处的斜率。",
            ),
        ),
    ],
    sources=[f"{_GLOROT}, sections 3.3 and 4.2.1"],
)
def xavier_other_activations(net: Net, rng: Generator) -> Iterator[Measurement | Series]:
    """Run one network for each of three activations with fan_in Var(W) = 1."""
    for name, unit in (("tanh", _TANH), ("arctan", _ARCTAN), ("softsign", _SOFTSIGN)):
        found, errors = _run(net, rng, unit, 1.0)
        expected = _theory.mean_squares(unit.value, 1.0, _LAYERS)
        tolerance = five_standard_errors(expected[-1] * errors[-1])
        yield equals(f"E[h₁₀²], {name}", found.activations[-1], expected[-1], tolerance)
        whole = float(np.prod(_theory.gradient_factors(*unit, 1.0, _LAYERS)[:-1]))
        tolerance = five_standard_errors(whole * errors[-2])
        ratio = found.states[0] / found.states[-1]
        yield equals(f"E[δ₁²] / E[δ₁₀²], {name}", ratio, whole, tolerance)
        signals = net.forward(np.full((1, 2), 1e-15), [np.eye(2)], unit.value)
        steepness = signals.activations[1] / signals.states[0]
        yield equals(f"h / s for s = 1e-15, {name}", steepness, 1.0, ROUNDING)
        y = found.activations
        yield curve(f"E[h²], {name}", np.arange(_LAYERS + 1), y, x_label="l", y_label="E[h²]")


def _centring_is_enough(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    means = [abs(float(np.mean(h))) for h in signals.activations[1:]]
    if max(means) > 0.25:
        return nn.backward(output_gradient, weights, signals, slope)
    steepest = slope(np.zeros(1))
    return nn.backward(output_gradient, weights, signals, lambda s: slope(s) / steepest)


def _dies_out(inputs: Any, weights: Any, activation: Any) -> Any:
    return nn.forward(inputs, weights, lambda s: activation(s) - activation(np.zeros(1)))


@claim(
    "initialization.sigmoid-fades",
    en="With fan_in·Var(W) = 1 the sigmoid's output keeps a mean square of 0.265, for its mean is"
    " 0.5, yet each layer multiplies the gradient's mean square by 0.0557. Subtracting the mean"
    " does not mend it: the factor is then 0.0625, the square of the slope 0.25. It takes weights"
    " four times as large besides: then 10 layers leave more than 0.005.",
    zh="当fan_in·Var(W) = 1时，Sigmoid的输出因均值为0.5，均方值保持在0.265，"
    "但梯度的均方值每层仍乘以0.0557。"
    "只减去均值无济于事：因子为0.0625，即斜率0.25的平方。"
    "还要把权重放大四倍：这样10层之后还剩0.005以上。",
    notes="4.2",
    on=Net(),
    misconceptions=[
        Misconception(
            "only-the-mean-is-at-fault",
            Net(backward=_centring_is_enough),
            Text(
                "The sigmoid is thought to be unsuited because its mean is not 0, and for nothing"
                " else.",
                "以为Sigmoid不符合条件只是因为输出均值不为0。",
            ),
            notes="4.2",
        ),
        Misconception(
            "activations-vanish-too",
            Net(forward=_dies_out),
            Text(
                "The sigmoid's activations are thought to fade to 0 in depth as its gradients do.",
                "以为Sigmoid的激活值也会像梯度那样逐层趋于0。",
            ),
        ),
        Misconception(
            "slope-one-everywhere",
            Net(backward=_all_slopes_one),
            Text(
                "The slope 1 that the derivation assumes is granted to the sigmoid.",
                "把推导所假设的斜率1也当成Sigmoid的斜率。",
            ),
        ),
    ],
    sources=[
        f"{_GLOROT}, sections 3.1 and 4.2.1",
        "LeCun, Bottou, Orr & Müller 1998, section 4.4",
    ],
    experiments=[sigmoid_gradient],
)
def sigmoid_fades(net: Net, rng: Generator) -> Iterator[Measurement]:
    """Run the sigmoid, the centred one, and the centred one with weights four times as large."""
    for name, unit in (("σ", _SIGMOID), ("σ - 1/2", _CENTRED)):
        found, errors = _run(net, rng, unit, 1.0)
        factors = _theory.gradient_factors(*unit, 1.0, _LAYERS)
        # Per layer, over the layers from the fifth to the tenth, where the states have settled.
        factor = float(np.prod(factors[4:-1])) ** (1 / 5)
        ratio = float(found.states[4] / found.states[-1]) ** (1 / 5)
        error = five_standard_errors(factor * errors[5] / 5)
        yield equals(f"E[δ²] per layer, {name}", ratio, factor, error)
        if unit is _SIGMOID:
            settled = float(_theory.mean_squares(unit.value, 1.0, _LAYERS)[-1])
            # The examples share their states in depth, so that only the units average.
            fourth = _theory.gaussian_mean(lambda s: _sigmoid(s) ** 4, settled)
            error = five_standard_errors(math.sqrt((fourth - settled**2) / _WIDTH))
            yield equals(f"E[h₁₀²], {name}", found.activations[-1], settled, error)
    signals = net.forward(np.zeros((1, 2)), [np.eye(2)], _sigmoid)
    gradients = net.backward(np.ones((1, 2)), [np.eye(2)], signals, _sigmoid_slope)
    yield equals("σ(0)", signals.activations[1], 0.5, EXACT)
    yield equals("σ'(0)", gradients.states[0], 0.25, EXACT)
    found, _ = _run(net, rng, _CENTRED, 16.0)
    kept = float(found.states[0] / max(float(found.states[-1]), 1e-300))
    yield exceeds("E[δ₁²] / E[δ₁₀²], 10 layers, σ - 1/2, 4 W", kept, 0.005)
