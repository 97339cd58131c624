"""Which factors multiply through depth, and what their product comes to (notes O.1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.activations.relu import grows_with_the_input
from studydl.claims.activations.tanh import peaks_at_one_half
from studydl.claims.gradients._networks import ones, sigmoid_slope, tanh_slope
from studydl.claims.gradients._wrong_backward import (
    chain_rule,
    forgets_the_slope,
    three_factors,
    weight_for_activation,
    weights_do_not_count,
)
from studydl.language import Text
from studydl.nn import activations, gradients
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import at_most, curve, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["factors_through_depth", "four_sigmoids", "product_decides", "slopes_at_most_one"]

_BENGIO = "Bengio, Simard & Frasconi 1994, section IV"
_PASCANU = "Pascanu, Mikolov & Bengio 2013, section 2.1"
_GLOROT = "Glorot & Bengio 2010, section 4.2.1"
_RUMELHART = "Rumelhart, Hinton & Williams 1986, equations 4 to 7"


@claim(
    "gradients.factors-through-depth",
    en="Only slopes and weights multiply layer by layer: in the derivative for the first of ten"
    " weights the slopes enter 10 times and the other weights 9 times, but activations only"
    " 1 time, as the input of that weight.",
    zh="逐层连乘的只有激活函数导数和权重：十层网络中，第一个权重的梯度里，激活函数导数出现 10 次，"
    "其余权重出现 9 次，激活值却只出现 1 次，即这个权重自己的输入。",
    notes="O.1",
    on=gradients.chain_backward,
    misconceptions=[three_factors, weights_do_not_count, weight_for_activation],
    sources=[_RUMELHART, _GLOROT],
)
def factors_through_depth(backward: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Double one kind of factor at a time and count the doublings of the derivative.

    The signals are handed over, so that no kind moves another; powers of two round nothing.
    """
    layers = 10
    a, h = rng.normal(size=layers), rng.uniform(0.2, 2, size=layers + 1)
    w = rng.choice([-1.0, 1.0], size=layers) * rng.uniform(0.5, 2, size=layers)

    def derivative(slope_scale: float, weight_scale: float, h: Any) -> Any:
        signals = gradients.ChainSignals(a, h)
        slope = _scaled(slope_scale)
        return backward(np.float64(1.0), weight_scale * w, signals, slope).weights[0]

    plain = derivative(1, 1, h)
    product = math.prod(math.cosh(each) ** -2 for each in a) * math.prod(w[1:]) * h[0]
    yield equals("∂L/∂w₀ / (h₀ ∏ f'(aᵢ) ∏ wᵢ)", plain / product, 1.0, ROUNDING)
    for name, doubled, count in (
        ("f'", derivative(2, 1, h), 10.0),
        ("w", derivative(1, 2, h), 9.0),
        ("h", derivative(1, 1, 2 * h), 1.0),
    ):
        yield equals(f"log₂ ∂L/∂w₀(2{name}) / ∂L/∂w₀", np.log2(doubled / plain), count, EXACT)
    others = np.concatenate([h[:1], 2 * h[1:]])
    yield equals("∂L/∂w₀, 2h₁ to 2h₁₀", derivative(1, 1, others), plain, EXACT)


def _scaled(scale: float) -> Callable[[Any], Any]:
    return lambda a: scale * tanh_slope(a)


@misconception(
    "takes-the-output-for-the-slope",
    en="The sigmoid's largest slope is taken to be its value at 0, 1/2.",
    zh="把 Sigmoid 在 0 处的函数值 1/2 当成最大的导数。",
)
@chain_rule
def takes_one_half(g: Any, w: Any, a: Any, h: Any, _: Any, slope: Any) -> Any:
    """Double every slope."""
    delta = 2 * g * slope(a)
    return delta * w, delta * h


@claim(
    "gradients.four-sigmoids",
    en="Four sigmoids with weights of 1 leave at most 0.0039 of a gradient, the fourth power of"
    " 0.25, and that only where all their inputs are 0: at inputs of 2 it is 1.22e-4. With"
    " weights of 4 the same sigmoids at 0 leave all of it.",
    zh="权重为 1 的四个 Sigmoid 最多留下梯度的 0.0039，即 0.25 的四次方，且要求输入全为 0："
    "输入为 2 时只剩 1.22e-4。若权重为 4，输入为 0 的同样四个 Sigmoid 会让梯度全部通过。",
    notes="O.1",
    on=gradients.chain_backward,
    misconceptions=[weights_do_not_count, takes_one_half, forgets_the_slope],
    sources=[_PASCANU, _GLOROT],
)
def four_sigmoids(backward: Callable[..., Any], rng: Generator) -> Iterator[Measurement | Series]:
    """Pass a derivative through four units whose inputs are handed over."""

    def passed(inputs: Any, weight: float) -> Any:
        signals = gradients.ChainSignals(inputs, np.full(5, 0.5))
        weights = np.full(4, weight)
        return backward(np.float64(1.0), weights, signals, sigmoid_slope).activations

    at_zero = passed(np.zeros(4), 1.0)
    yield equals("∏ σ'(0) w, w = 1", at_zero[0], 0.25**4, EXACT)
    yield equals("σ'(0) w, w = 1", at_zero[3], 0.25, EXACT)
    steep = math.exp(-2) / (1 + math.exp(-2)) ** 2
    yield equals("∏ σ'(2) w, w = 1", passed(np.full(4, 2.0), 1.0)[0], steep**4, ROUNDING)
    yield equals("∏ σ'(0) w, w = 4", passed(np.zeros(4), 4.0)[0], 1.0, EXACT)
    inputs = rng.normal(scale=2, size=4)
    yield at_most("∏ σ'(aᵢ) w, w = 1", passed(inputs, 1.0)[0], 0.25**4, ROUNDING)
    y = np.abs(at_zero)
    yield curve("∂L/∂hᵢ, σ at 0", np.arange(5), y, x_label="i", y_label="∂L/∂hᵢ")


@misconception(
    "needs-every-factor",
    en="A gradient is thought to change only if all factors lie on the same side of 1.",
    zh="以为只有各层的因子全都大于 1 或全都小于 1，梯度才会爆炸或消失。",
    notes="O.1",
)
def needs_every_factor(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    right = gradients.chain_backward(output_gradient, weights, signals, slope)
    sizes = np.abs(slope(signals.pre_activations) * weights)
    one_sided = np.all(sizes > 1) or np.all(sizes < 1)
    return right if one_sided else right._replace(activations=np.ones_like(right.activations))


@misconception(
    "averages-the-factors",
    en="The mean of the factors is compared with 1; what counts in a product is their geometric"
    " mean.",
    zh="拿各因子的算术平均与 1 比较；而连乘时起作用的是几何平均。",
)
def averages_the_factors(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    right = gradients.chain_backward(output_gradient, weights, signals, slope)
    mean = np.mean(np.abs(slope(signals.pre_activations) * weights))
    powers = mean ** np.arange(len(weights), -1.0, -1.0)
    return right._replace(activations=output_gradient * powers)


@misconception(
    "largest-factor-decides",
    en="The layer with the largest factor is thought to set the pace for all.",
    zh="以为由因子最大的那一层说了算。",
)
def largest_decides(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    right = gradients.chain_backward(output_gradient, weights, signals, slope)
    largest = np.max(np.abs(slope(signals.pre_activations) * weights))
    powers = largest ** np.arange(len(weights), -1.0, -1.0)
    return right._replace(activations=output_gradient * powers)


@claim(
    "gradients.product-decides",
    en="What decides is the product of all factors |f'w|, whose geometric mean may lie on either"
    " side of 1 while single factors do not: five factors of 0.25 among five of 8 make a gradient"
    " 32 times as large, and among five of 2 leave 0.03125 of it, though their mean is 1.125.",
    zh="起决定作用的是所有因子 |f'w| 的乘积，即它们的几何平均在 1 的哪一侧，"
    "不要求每个因子都在同一侧：五个 0.25 与五个 8 相间，梯度变为 32 倍；"
    "五个 0.25 与五个 2 相间，梯度只剩 0.03125，尽管算术平均是 1.125。",
    notes="O.1",
    on=gradients.chain_backward,
    misconceptions=[needs_every_factor, averages_the_factors, largest_decides],
    sources=[_PASCANU, _BENGIO],
)
def product_decides(backward: Callable[..., Any], rng: Generator) -> Iterator[Measurement | Series]:
    """Multiply powers of two in a random order, which must not matter."""
    for large, expected in ((8.0, 32.0), (2.0, 0.03125)):
        factors = rng.permutation([0.25] * 5 + [large] * 5)
        signs = rng.choice([-1.0, 1.0], size=10)
        signals = gradients.ChainSignals(np.ones(10), np.ones(11))
        got = np.abs(backward(np.float64(1.0), factors * signs, signals, ones).activations)
        mean = np.mean(factors)
        name = f"|∂L/∂h₀|, 0.25 and {large:g}, mean |f'w| = {mean:g}"
        yield equals(name, got[0], expected, EXACT)
        yield curve(name, np.arange(11), got, x_label="i", y_label="|∂L/∂hᵢ|")
    same = backward(np.float64(1.0), np.full(10, 2.0), signals, ones).activations
    yield equals("|∂L/∂h₀|, each |f'w| = 2 > 1", same[0], 1024.0, EXACT)


class _Slopes(NamedTuple):
    relu: Callable[[Any], Any]
    leaky_relu: Callable[[Any], Any]
    tanh: Callable[[Any], Any]
    sigmoid: Callable[[Any], Any]


_SLOPES = _Slopes(
    activations.relu_gradient,
    activations.leaky_relu_gradient,
    activations.tanh_gradient,
    activations.sigmoid_gradient,
)


@claim(
    "gradients.slopes-at-most-one",
    en="No slope of ReLU, Leaky ReLU, tanh or the sigmoid exceeds 1, so that these slopes alone"
    " never make a gradient grow; the sigmoid's largest is 0.25, that of each of the others is 1.",
    zh="ReLU、Leaky ReLU、tanh、Sigmoid 的导数都不超过 1，因此仅凭这些导数不会使梯度变大；"
    "Sigmoid 的最大导数是 0.25，另外三个都是 1。",
    notes="O.1",
    on=_SLOPES,
    misconceptions=[
        Misconception(
            "tanh-peaks-at-one-half",
            _SLOPES._replace(tanh=peaks_at_one_half.implementation),
            peaks_at_one_half.why,
            "O.1",
        ),
        Misconception(
            "relu-grows",
            _SLOPES._replace(relu=grows_with_the_input.implementation),
            grows_with_the_input.why,
        ),
        Misconception(
            "sigmoid-as-steep-as-tanh",
            _SLOPES._replace(sigmoid=activations.tanh_gradient),
            Text(
                "The sigmoid is expected to be as steep as tanh.",
                "以为 Sigmoid 与 tanh 一样陡。",
            ),
        ),
    ],
    sources=["Glorot & Bengio 2010, section 3", "Glorot, Bordes & Bengio 2011, section 3.1"],
)
def slopes_at_most_one(slopes: _Slopes, rng: Generator) -> Iterator[Measurement]:
    """Measure the bound on random inputs, where it is attained, and a product of twenty."""
    x = rng.normal(scale=4, size=100)
    top = np.array([3.0]), np.array([3.0]), np.zeros(1), np.zeros(1)
    for name, slope, at, peak in zip(slopes._fields, slopes, top, (1, 1, 1, 0.25), strict=True):
        yield equals(f"{name}'({at[0]:g})", slope(at), peak, EXACT)
        yield at_most(f"{name}'(x)", slope(x), peak, ROUNDING, at=x)
        product = np.prod(slope(x[:20]))
        yield at_most(f"∏ {name}'(xᵢ), i ≤ 20", product, 1.0, ROUNDING)
