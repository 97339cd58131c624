"""When the bounded slopes of the sigmoid and of tanh make a gradient vanish, and when not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.activations._experiments import chain_without_biases
from studydl.claims.activations._quantities import chain_factor
from studydl.claims.activations.probability import centred_on_zero
from studydl.claims.activations.sigmoid import forgot_one_minus
from studydl.claims.activations.tanh import peaks_at_one_half, peaks_at_one_quarter
from studydl.language import Text
from studydl.nn import activations as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["sigmoid_weights", "tanh_depth"]

_PASCANU = "Pascanu, Mikolov & Bengio 2013, section 2.1"
_BENGIO = "Bengio, Simard & Frasconi 1994, section IV"


class _Curve(NamedTuple):
    value: Callable[[Any], Any]
    slope: Callable[[Any], Any]


@claim(
    "activations.sigmoid-weights",
    en="A slope of at most 0.25 alone does not make a gradient vanish, for each layer also"
    " multiplies by its weight: a chain of ten sigmoids held at 0 passes 9.54e-7 of the"
    " gradient on if the weights are one, all of it, 1, if they are four, and 1024 times it if"
    " they are eight.",
    zh="斜率不超过 0.25 本身并不必然使梯度消失，因为每层还要乘以权重："
    "十个输入保持在 0 的 Sigmoid 串联，"
    "权重为一时只传回梯度的 9.54e-7，权重为四时恰好传回 1 倍，权重为八时则放大到 1024 倍。",
    notes="1.3",
    on=_Curve(nn.sigmoid, nn.sigmoid_gradient),
    misconceptions=[
        Misconception(
            "forgot-one-minus",
            _Curve(nn.sigmoid, forgot_one_minus.implementation),
            Text("s(1 - s) is remembered as s.", "把 s(1 - s) 记成了 s。"),
        ),
        Misconception(
            "slope-of-tanh",
            _Curve(nn.sigmoid, nn.tanh_gradient),
            Text(
                "The largest slope of tanh, 1, is taken for the sigmoid's.",
                "把 tanh 的最大斜率 1 当成 Sigmoid 的。",
            ),
        ),
        Misconception(
            "centred-on-zero",
            _Curve(centred_on_zero.implementation, nn.sigmoid_gradient),
            Text(
                "The output at 0 is taken to be 0, so that no bias seems to be needed.",
                "以为 0 处的输出是 0，不需要偏置来校正。",
            ),
        ),
    ],
    sources=[_PASCANU, "Glorot & Bengio 2010, section 4.2.1"],
    quantities=[chain_factor],
    experiments=[chain_without_biases],
)
def sigmoid_weights(curve: _Curve, _: Generator) -> Iterator[Measurement]:
    """Chain units whose bias brings each pre-activation back to 0; powers of two are exact."""
    layers = 10
    yield equals("σ'(0)", curve.slope(np.zeros(1)), 0.25, EXACT)
    for weight in (1.0, 4.0, 8.0):
        output, factor = np.zeros(1), np.ones(1)
        z = output
        for _layer in range(layers):
            output = curve.value(z)
            factor = factor * weight * curve.slope(z)
            z = weight * output - weight / 2
        name = f"∏ w σ'(0), w = {weight:g}"
        yield equals(name, factor, (weight / 4) ** layers, EXACT)


@claim(
    "activations.tanh-depth",
    en="Whether ten tanh layers make the gradient vanish depends on their inputs: the product of"
    " the slopes is 1 if all inputs are 0, 1.71e-4 if they are 1 and 3.10e-12 if they are 2.",
    zh="十层 tanh 是否导致梯度消失取决于各层的输入："
    "输入都为 0 时斜率的乘积是 1，都为 1 时是 1.71e-4，都为 2 时是 3.10e-12。",
    notes="1.4",
    on=nn.tanh_gradient,
    misconceptions=[peaks_at_one_half, peaks_at_one_quarter],
    sources=[_BENGIO, "Glorot & Bengio 2010, section 3"],
)
def tanh_depth(slope: Callable[[Any], Any], _: Generator) -> Iterator[Measurement]:
    """Multiply ten slopes at three inputs, against 1/cosh(x)^20."""
    for x in (0.0, 1.0, 2.0):
        exact = math.cosh(x) ** -20
        product = np.prod(slope(np.full(10, x)))
        yield equals(f"∏ tanh'({x:g})", product, exact, ROUNDING)
        yield equals(f"∏ tanh'({x:g}) / cosh({x:g})⁻²⁰", product / exact, 1.0, ROUNDING)
