"""Where vanishing comes from, and when a small gradient is no gradient (notes O.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.gradients._networks import gaussian_stack, norms, sigmoid, sigmoid_slope
from studydl.claims.gradients._wrong_backward import chain_rule, not_transposed
from studydl.language import Text
from studydl.nn import gradients as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import curve, equals, stays_below
from studydl.verification.tolerance import CENTRAL_DIFFERENCE, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["never_exactly_zero", "vanishes_in_the_function"]

_BENGIO = "Bengio, Simard & Frasconi 1994, section IV"
_BAYDIN = "Baydin, Pearlmutter, Radul & Siskind 2018, section 3"


class _Modes(NamedTuple):
    """A network, and both ways of differentiating it."""

    forward: Callable[..., Any]
    backward: Callable[..., Any]
    push_forward: Callable[..., Any]


_MODES = _Modes(nn.forward, nn.backward, nn.push_forward)


def _unshrunk(direction: Any, weights: Any, signals: Any, slope: Any) -> Any:
    """Push a direction forward as though only the backward pass multiplied by slopes."""
    del signals, slope
    moves = [direction]
    for w in weights:
        moves.append(moves[-1] @ w.T)
    return tuple(moves)


def _kept_long(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    """Bring every layer's gradient back to the length that it started with."""
    right = nn.backward(output_gradient, weights, signals, slope)
    length = norms([output_gradient])[0]
    kept = tuple(g * length / norms([g])[0] for g in right.activations)
    return right._replace(activations=kept)


@claim(
    "gradients.vanishes-in-the-function",
    en="A gradient vanishes in the network's function, not in backpropagation: differentiating a"
    " stack of five sigmoid layers forwards, without any backward pass, or by finite differences"
    " gives the same derivatives, whose length is less than 0.02 of that of what moved the input.",
    zh="梯度消失源于网络所表示的函数本身，而不是反向传播这个算法："
    "对五层 Sigmoid 网络做前向求导（根本没有反向过程）或有限差分，得到的导数完全相同，"
    "其长度都不到输入变动的 0.02。",
    notes="O.1",
    on=_MODES,
    misconceptions=[
        Misconception(
            "only-the-backward-pass-shrinks",
            _MODES._replace(push_forward=_unshrunk),
            Text(
                "Vanishing is put down to the algorithm that runs backwards.",
                "把梯度消失归咎于反向传播这个算法。",
            ),
            "O.1",
        ),
        Misconception(
            "a-better-algorithm-keeps-it",
            _MODES._replace(backward=_kept_long),
            Text(
                "A backward pass that keeps the gradient's length is thought to be more exact.",
                "以为让梯度长度保持不变的反向过程会更准确。",
            ),
        ),
        Misconception(
            "the-same-matrix-both-ways",
            _MODES._replace(backward=not_transposed.implementation),
            Text(
                "Both directions are thought to multiply by the same matrix.",
                "以为正反两个方向乘的是同一个矩阵。",
            ),
        ),
    ],
    sources=[_BENGIO, _BAYDIN],
)
def vanishes_in_the_function(modes: _Modes, rng: Generator) -> Iterator[Measurement | Series]:
    """Differentiate in one direction by three methods, of which one goes backward."""
    width = 12
    weights = gaussian_stack(rng, 5, width, 1.0)
    x, direction, g = rng.normal(size=(3, 1, width))
    signals = modes.forward(x, weights, sigmoid)
    pushed = modes.push_forward(direction, weights, signals, sigmoid_slope)
    pulled = modes.backward(g, weights, signals, sigmoid_slope).activations
    step = 6e-6
    above, below = (
        modes.forward(x + sign * step * direction, weights, sigmoid).activations[-1]
        for sign in (1, -1)
    )
    difference = (above - below) / (2 * step)
    yield equals("dh₅ forwards = Δh₅/Δh₀", pushed[-1], difference, CENTRAL_DIFFERENCE)
    both = np.sum(g * pushed[-1]) / np.sum(pulled[0] * direction)
    yield equals("⟨g, dh₅⟩ forwards / ⟨∂L/∂h₀, dh₀⟩ backwards", both, 1.0, ROUNDING)
    lengths, back = norms(pushed), norms(pulled)
    yield stays_below("|dh₅|/|dh₀| forwards", lengths[-1] / lengths[0], 0.02)
    yield stays_below("|∂L/∂h₀|/|∂L/∂h₅| backwards", back[0] / back[-1], 0.02)
    yield stays_below("|Δh₅|/|Δh₀|", norms([difference])[0] / lengths[0], 0.02)
    layers = np.arange(6)
    yield curve("|dhᵢ| forwards", layers, lengths, x_label="i", y_label="|dhᵢ|")
    yield curve("|∂L/∂hᵢ| backwards", layers, back, x_label="i", y_label="|∂L/∂hᵢ|")


@misconception(
    "multiplies-the-gradients",
    en="The layers' gradients themselves are thought to be multiplied with each other, not the"
    " factors between them.",
    zh="以为把各层的梯度值本身连乘，而不是把相邻两层之间的因子连乘。",
    notes="O.1",
)
@chain_rule
def multiplies_the_gradients(g: Any, w: Any, a: Any, h: Any, _: Any, slope: Any) -> Any:
    """Square on the way."""
    delta = g * slope(a)
    return g * delta * w, delta * h


@misconception(
    "always-in-double",
    en="Every computation is taken to be in double precision.",
    zh="以为计算总是以双精度进行。",
)
def always_in_double(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    double = nn.ChainSignals(*(np.asarray(each, np.float64) for each in signals))
    return nn.chain_backward(
        np.float64(output_gradient), np.asarray(weights, np.float64), double, slope
    )


@misconception(
    "zero-below-the-unit-of-rounding",
    en="Whatever is smaller than the relative rounding error is thought to be stored as 0.",
    zh="以为凡是小于相对舍入误差的数都会被存成 0。",
)
def zero_below_epsilon(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    right = nn.chain_backward(output_gradient, weights, signals, slope)
    small = np.finfo(right.weights.dtype).eps
    return right._replace(weights=np.where(np.abs(right.weights) < small, 0, right.weights))


@claim(
    "gradients.never-exactly-zero",
    en="A product of small factors is never exactly 0 until rounding makes it so. Behind sigmoids"
    " at 0 with weights of one, a step of learning rate one no longer changes a weight of one after"
    " 13 layers in float32 and after 27 in float64; in float32 the gradient itself is 0 only after"
    " 75 layers.",
    zh="很小的因子连乘，在被舍入之前永远不会恰好等于 0。输入保持在 0、权重为一的 Sigmoid 串联，"
    "学习率取一时，float32 下 13 层之后、float64 下 27 层之后，更新才不再改变数值为一的权重；"
    "而在 float32 下，梯度本身要到 75 层之后才变成 0。",
    notes="O.1",
    on=nn.chain_backward,
    misconceptions=[multiplies_the_gradients, always_in_double, zero_below_epsilon],
    sources=["Goldberg 1991, sections 1.2 and 2.2", _BENGIO],
)
def never_exactly_zero(backward: Callable[..., Any], _: Generator) -> Iterator[Measurement]:
    """Deepen a chain until the weight stands still, and until the gradient is 0."""
    for dtype, layers in ((np.float32, 13.0), (np.float64, 27.0)):
        first = _first_depth(backward, dtype, lambda g: 1 - g == 1)
        yield equals(f"depth at which 1 - ∂L/∂w = 1, {dtype.__name__}", first, layers, EXACT)
    first = _first_depth(backward, np.float32, lambda g: g == 0)
    yield equals("depth at which ∂L/∂w = 0, float32", first, 75.0, EXACT)
    deep = _first_weight_gradient(backward, np.float64, 75)
    yield equals("∂L/∂w / 0.25⁷⁵, float64", deep / 0.25**75, 1.0, EXACT)


def _first_weight_gradient(backward: Callable[..., Any], dtype: Any, layers: int) -> Any:
    signals = nn.ChainSignals(np.zeros(layers, dtype), np.ones(layers + 1, dtype))
    weights = np.ones(layers, dtype)
    return backward(dtype(1), weights, signals, lambda a: a + a.dtype.type(0.25)).weights[0]


def _first_depth(
    backward: Callable[..., Any], dtype: Any, condition: Callable[[Any], Any]
) -> float:
    for layers in range(1, 90):
        if condition(_first_weight_gradient(backward, dtype, layers)):
            return float(layers)
    return float("inf")
