"""What large activations and inactive units do to a gradient (notes O.1, O.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.activations.relu import one_everywhere
from studydl.claims.gradients._networks import Network, gaussian_stack, norms, relu, relu_slope
from studydl.claims.gradients._wrong_backward import activation_at_every_layer, chain_rule
from studydl.language import Text
from studydl.nn import activations
from studydl.nn import gradients as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import at_most, curve, equals
from studydl.verification.tolerance import EXACT, ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.gradients._networks import Array
    from studydl.verification.evidence import Measurement, Series

__all__ = ["activation_enters_once", "relu_passes_half", "saturation_vanishes"]

_GLOROT = "Glorot & Bengio 2010, section 4.2.1"
_LECUN = "LeCun, Bottou, Orr & Müller 1998, section 4.4"
_HE = "He, Zhang, Ren & Sun 2015, section 2.2, equation 14"


@claim(
    "gradients.activation-enters-once",
    en="Larger activations by themselves do not explode through depth: 1024 times the input makes"
    " every weight gradient of a six-layer ReLU network 1024 times as large, at each layer alike,"
    " and leaves the gradients for the activations as they were, 1 times.",
    zh="激活值变大本身并不会逐层爆炸：六层 ReLU 网络的输入放大到 1024 倍，"
    "每一层的权重梯度都同样变为 1024 倍，而关于激活值的梯度保持 1 倍不变。",
    notes="O.1",
    on=Network(nn.forward, nn.backward),
    misconceptions=[
        Misconception(
            "activation-at-every-layer",
            Network(nn.forward, activation_at_every_layer.implementation),
            activation_at_every_layer.why,
            "O.1",
        ),
        Misconception(
            "saturates-like-tanh",
            Network(lambda x, weights, _: nn.forward(x, weights, np.tanh), nn.backward),
            Text(
                "ReLU is expected to bound its output as tanh does.",
                "以为 ReLU 的输出像 tanh 一样有界。",
            ),
        ),
        Misconception(
            "input-scale-does-not-matter",
            Network(lambda x, weights, f: nn.forward(x / np.max(x), weights, f), nn.backward),
            Text(
                "The scale of the input is thought to cancel, as it does behind a normalisation.",
                "以为输入的尺度会抵消掉，其实那是有归一化时才成立的。",
            ),
        ),
    ],
    sources=[_GLOROT, "Goodfellow, Bengio & Courville 2016, algorithm 6.4"],
)
def activation_enters_once(network: Network, rng: Generator) -> Iterator[Measurement]:
    """Scale the input by a power of two, which a ReLU network passes on without rounding."""
    weights = gaussian_stack(rng, 6, 12, math.sqrt(2))
    x, g = rng.normal(size=(2, 5, 12))

    def gradients(scale: float) -> Any:
        signals = network.forward(scale * x, weights, relu)
        return network.backward(g, weights, signals, relu_slope)

    small, large = gradients(1.0), gradients(1024.0)
    for i in range(6):
        counted = small.weights[i] != 0
        ratio = large.weights[i][counted] / small.weights[i][counted]
        yield equals(f"∂L/∂W{'₀₁₂₃₄₅'[i]}, 1024 x over x", ratio, 1024.0, EXACT)
        counted = small.activations[i] != 0
        ratio = large.activations[i][counted] / small.activations[i][counted]
        yield equals(f"∂L/∂h{'₀₁₂₃₄₅'[i]}, 1024 x over x", ratio, 1.0, EXACT)


@misconception(
    "grows-with-the-activation",
    en="The weight gradient is thought to grow with the activation for ever, as it does for a"
    " linear unit.",
    zh="以为权重的梯度会随激活值一直变大，就像线性单元那样。",
    notes="O.1",
)
@chain_rule
def grows_with_the_activation(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Take the slope to be 1."""
    del a, h_next, slope
    return g * w, g * h


@misconception(
    "slope-alone",
    en="Only the slope is looked at: the gradient is expected to fall from 0 on.",
    zh="只看激活函数的导数，以为梯度从 0 开始就一直下降。",
)
@chain_rule
def slope_alone(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Leave the activation out."""
    del h, h_next
    delta = g * slope(a)
    return delta * w, delta


@claim(
    "gradients.saturation-vanishes",
    en="Where a unit saturates, a large activation makes the gradient vanish: for a tanh unit with"
    " a weight of one the weight's derivative h tanh'(h) is largest, 0.4477, at h = 0.7717, and at"
    " h = 10 it is down to 8.24e-8.",
    zh="在会饱和的单元上，激活值太大反而使梯度消失：权重为一的 tanh 单元，"
    "其权重的导数 h tanh'(h) 在 h = 0.7717 处最大，为 0.4477；到 h = 10 时只剩 8.24e-8。",
    notes="O.1",
    on=nn.chain_backward,
    misconceptions=[grows_with_the_activation, slope_alone],
    sources=[_LECUN, "Glorot & Bengio 2010, section 3"],
)
def saturation_vanishes(
    backward: Callable[..., Any], rng: Generator
) -> Iterator[Measurement | Series]:
    """Measure the peak, where 2 h tanh(h) = 1, the bound around it, and a point far out."""

    def derivative(h: float) -> Any:
        signals = nn.ChainSignals(np.array([h]), np.array([h, math.tanh(h)]))
        return backward(np.float64(1.0), np.ones(1), signals, lambda a: np.cosh(a) ** -2).weights[0]

    peak = _root(lambda h: 2 * h * math.tanh(h) - 1, 0.5, 1.0)
    largest = peak * math.cosh(peak) ** -2
    yield equals("h tanh'(h) at h = 0.7717", derivative(peak), largest, ROUNDING)
    for h in rng.uniform(0, 20, size=10):
        yield at_most("h tanh'(h)", derivative(h), largest, ROUNDING)
    yield equals("h tanh'(h) at h = 10", derivative(10.0), 10 * math.cosh(10.0) ** -2, ROUNDING)
    ratio = derivative(10.0) / (10 * math.cosh(10.0) ** -2)
    yield equals("h tanh'(h) / (h/cosh² h) at h = 10", ratio, 1.0, ROUNDING)
    h = np.linspace(0, 6, 61)
    y = [float(derivative(each)) for each in h]
    yield curve("h tanh'(h)", h, y, x_label="h", y_label="∂h₁/∂w")


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return low


class _ReluNetwork(NamedTuple):
    """A network, with the activation that is studied and its slope."""

    forward: Callable[..., Any]
    backward: Callable[..., Any]
    value: Callable[[Any], Any]
    slope: Callable[[Any], Any]


_RELU = _ReluNetwork(nn.forward, nn.backward, activations.relu, activations.relu_gradient)


@claim(
    "gradients.relu-passes-half",
    en="A ReLU layer passes only half of a gradient's mean square on, because half of its units"
    " are inactive: with weights of variance 1/fan_out the share that is left is 0.5 per layer,"
    " with He's 2/fan_out it is 1.",
    zh="由于一半单元未激活，ReLU 层只能传回梯度均方值的一半：权重方差取 1/fan_out 时，"
    "每层留下 0.5；取 He 的 2/fan_out 时，每层保持 1。",
    notes="O.2",
    on=_RELU,
    misconceptions=[
        Misconception(
            "relu-never-vanishes",
            _RELU._replace(slope=one_everywhere.implementation),
            Text(
                "The slope 1 of positive inputs is taken for the slope of all: ReLU's gradient is"
                " said never to vanish.",
                "把正值处的导数 1 当成处处的导数，于是说 ReLU 不会梯度消失。",
            ),
            "O.2",
        ),
        Misconception(
            "passes-half-of-each",
            _RELU._replace(slope=lambda a: np.full_like(a, 0.5)),
            Text(
                "Half of the units switched off is taken for every gradient halved; its square is"
                " then a quarter.",
                "把“一半单元关闭”理解成每个梯度减半，均方值就成了四分之一。",
            ),
        ),
        Misconception(
            "active-units-make-up-for-it",
            _RELU._replace(slope=lambda a: np.where(a > 0, 2.0, 0.0)),
            Text(
                "The active units are thought to pass twice as much, as those that dropout keeps.",
                "以为激活的单元会加倍传回，像 dropout 保留下来的单元那样。",
            ),
        ),
    ],
    sources=[_HE],
)
def relu_passes_half(network: _ReluNetwork, rng: Generator) -> Iterator[Measurement | Series]:
    """Send independent gradients through wide layers whose fans differ."""
    fan_in, fan_out, draws = 60, 90, 200
    x, g = rng.normal(size=(draws, 1, fan_in)), rng.normal(size=(draws, 1, fan_out))
    drawn = rng.normal(size=(draws, fan_out, fan_in))
    for times in (1, 2):
        squares = []
        for each in range(draws):
            w = drawn[each] * math.sqrt(times / fan_out)
            signals = network.forward(x[each], [w], network.value)
            back = network.backward(g[each], [w], signals, network.slope).activations[0]
            squares.append(np.mean(back**2))
        # Given unit squares, one draw's mean has the variance below (see `_variance`).
        error = times / 2 * math.sqrt(_variance(fan_in, fan_out) / draws)
        name = f"E[(∂L/∂h₀)²]/E[(∂L/∂h₁)²], Var w = {times}/fan_out"
        yield equals(name, np.mean(squares), times / 2, five_standard_errors(error))
    yield from _profiles(network, rng)


def _variance(fan_in: int, fan_out: int) -> float:
    """Return the variance of Σ_k (Σ_j m_j g_j w_jk)² / fan_in for weights that make its mean 1.

    With masks m of 0 and 1, and 2 m² = q: given q and g the sum over k is S χ²(fan_in) / fan_in
    with S = Σ q_j g_j² / fan_out, so that its variance is E[S²] 2/fan_in + Var[S]; and
    Var[S] = (E[q² g⁴] - 1) / fan_out = (2 · 3 - 1) / fan_out. One direction in k, that of the
    input, is not independent of the masks; E[S²] below 2 covers it.
    """
    return 4 / fan_in + 5 / fan_out


def _profiles(network: _ReluNetwork, rng: Generator) -> Iterator[Series]:
    depth, width = 20, 64
    x, g = rng.normal(size=(2, 1, width))
    unscaled = gaussian_stack(rng, depth, width, 1.0)
    for times in (1, 2, 4):
        weights: list[Array] = [math.sqrt(times) * w for w in unscaled]
        signals = network.forward(x, weights, network.value)
        lengths = norms(network.backward(g, weights, signals, network.slope).activations)
        name = f"|∂L/∂hᵢ|, Var w = {times}/n"
        yield curve(name, np.arange(depth + 1), lengths, x_label="i", y_label="|∂L/∂hᵢ|")
