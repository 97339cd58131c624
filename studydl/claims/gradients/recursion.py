"""Backpropagation's two recursions, with numbers and with matrices (notes O.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.gradients._networks import Network, ones, tanh_slope
from studydl.claims.gradients._quantities import gradient_of_first_weight, gradient_of_input
from studydl.claims.gradients._wrong_backward import (
    averages_the_examples,
    forgets_the_slope,
    next_activation,
    not_transposed,
    slope_after_the_matrix,
    slope_at_the_output,
    three_factors,
    weight_for_activation,
)
from studydl.nn import gradients as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.differentiation import complex_step
from studydl.verification.measure import equals
from studydl.verification.tolerance import COMPLEX_STEP, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.gradients._networks import Array
    from studydl.verification.evidence import Measurement

__all__ = ["matrix_recursion", "scalar_recursion"]

_RUMELHART = "Rumelhart, Hinton & Williams 1986, equations 4 to 7"
_GOODFELLOW = "Goodfellow, Bengio & Courville 2016, algorithm 6.4"


@claim(
    "gradients.scalar-recursion",
    en="With numbers, ∂L/∂hᵢ is what comes back from the layer above times the slope at its input"
    " times wᵢ, and ∂L/∂wᵢ is the same with hᵢ in the place of wᵢ: for linear units of weights"
    " 2, 3 and 5 and the input 7, the derivative of the output for the input is 30, and for the"
    " first weight 105.",
    zh="对标量而言，∂L/∂hᵢ 等于上一层传回的梯度乘以激活函数在其输入处的导数再乘以 wᵢ，"
    "∂L/∂wᵢ 则把 wᵢ 换成 hᵢ："
    "线性单元的权重依次为 2、3、5、输入为 7 时，输出对输入的导数是 30，对第一个权重的导数是 105。",
    notes="O.1",
    on=Network(nn.chain_forward, nn.chain_backward),
    misconceptions=[
        Misconception(
            wrong.name, Network(nn.chain_forward, wrong.implementation), wrong.why, wrong.notes
        )
        for wrong in (
            forgets_the_slope,
            slope_at_the_output,
            weight_for_activation,
            next_activation,
            three_factors,
        )
    ],
    sources=[_RUMELHART],
    quantities=[gradient_of_first_weight],
)
def scalar_recursion(network: Network, rng: Generator) -> Iterator[Measurement]:
    """Work one chain out by hand, and differentiate another by complex steps."""
    backward = network.backward
    w = np.array([2.0, 3.0, 5.0])
    signals = nn.ChainSignals(np.array([14.0, 42.0, 210.0]), np.array([7.0, 14.0, 42.0, 210.0]))
    by_hand = backward(np.float64(1.0), w, signals, ones)
    for i, expected in enumerate((30.0, 15.0, 5.0)):
        name = f"∂h₃/∂h{'₀₁₂'[i]}, w = {w[i]:g}, h = {signals.activations[i]:g}"
        yield equals(name, by_hand.activations[i], expected, EXACT)
    yield equals("∂h₃/∂wᵢ", by_hand.weights, [105.0, 70.0, 42.0], EXACT)

    w = rng.uniform(0.6, 1.4, size=4) * np.array([1.0, -1.0, 1.0, -1.0])
    x = np.float64(rng.uniform(0.6, 1.2))
    got = backward(np.float64(1.0), w, _signals(x, w), tanh_slope)
    outputs = network.forward(x, w, np.tanh).activations
    yield equals("h₁ to h₄, by a loop", outputs[1:], _signals(x, w).activations[1:], ROUNDING)
    slopes = [complex_step(_of_weight(x, w, i), w[i : i + 1]) for i in range(4)]
    yield equals("∂h₄/∂wᵢ = Im h₄(wᵢ + ih)/h", got.weights, np.ravel(slopes), COMPLEX_STEP)
    slope = complex_step(lambda v: _output(v, w), np.array([x]))
    yield equals("∂h₄/∂h₀ = Im h₄(h₀ + ih)/h", got.activations[:1], slope, COMPLEX_STEP)


def _signals(x: Any, weights: Array) -> nn.ChainSignals:
    states, outputs = [], [x]
    for w in weights:
        states.append(w * outputs[-1])
        outputs.append(np.tanh(states[-1]))
    return nn.ChainSignals(np.array(states), np.array(outputs))


def _output(x: Any, weights: Any) -> Any:
    for w in weights:
        x = np.tanh(w * x)
    return x


def _of_weight(x: Any, weights: Array, i: int) -> Callable[[Any], Any]:
    return lambda v: _output(x, [*weights[:i], v, *weights[i + 1 :]])


@claim(
    "gradients.matrix-recursion",
    en="With layers, the gradient is first multiplied by the slopes, element by element, and then"
    " by the transposed matrix, as a column: behind a linear layer with the rows (1, 2) and (3, 4)"
    " the gradient (10, 1) becomes (13, 24). The weight gradients of the examples are summed.",
    zh="对一层神经元而言，梯度先逐元素乘以激活函数的导数，再（作为列向量）左乘权重矩阵的转置："
    "线性层的权重矩阵两行为 (1, 2) 与 (3, 4) 时，梯度 (10, 1) 传回后变成 (13, 24)。"
    "各个样本的权重梯度要相加。",
    notes="O.1",
    on=nn.backward,
    misconceptions=[not_transposed, slope_after_the_matrix, averages_the_examples],
    sources=[_GOODFELLOW],
    quantities=[gradient_of_input],
)
def matrix_recursion(backward: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Work one layer out by hand, and differentiate a small network by complex steps."""
    w, h = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[2.0, 1.0]])
    signals = nn.Signals((h @ w.T,), (h, h @ w.T))
    (got, _), _ = backward(np.array([[10.0, 1.0]]), [w], signals, ones)
    for index, expected in enumerate((13.0, 24.0)):
        name = f"(Wᵀg){'₁₂'[index]}, W = (1, 2; 3, 4), g = (10, 1)"
        yield equals(name, got[0, index], expected, EXACT)

    weights = [rng.normal(scale=0.7, size=(3, 3)) for _ in range(3)]
    x, g = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    gradients = backward(g, weights, _network_signals(x, weights), tanh_slope)
    parts = [x, *weights]
    got_parts = [gradients.activations[0], *gradients.weights]
    for index, name in enumerate(("∂L/∂h₀", "∂L/∂W₀", "∂L/∂W₁", "∂L/∂W₂")):
        slopes = _by_complex_step(parts, index, g)
        yield equals(f"{name} = Im L(· + ih)/h", got_parts[index], slopes, COMPLEX_STEP)


def _network_signals(x: Array, weights: list[Array]) -> nn.Signals:
    states, outputs = [], [x]
    for w in weights:
        states.append(outputs[-1] @ w.T)
        outputs.append(np.tanh(states[-1]))
    return nn.Signals(tuple(states), tuple(outputs))


def _by_complex_step(parts: list[Array], index: int, g: Array) -> Array:
    """Differentiate Σ g h_L for one of the input and the weights, element by element."""

    def loss(values: Any) -> Any:
        results = []
        for at, value in zip(np.ndindex(parts[index].shape), values, strict=True):
            changed = parts[index].astype(np.complex128)
            changed[at] = value
            with_change: list[Any] = [*parts[:index], changed, *parts[index + 1 :]]
            h = with_change[0]
            for w in with_change[1:]:
                h = np.tanh(h @ w.T)
            results.append(np.sum(g * h))
        return np.array(results)

    return complex_step(loss, parts[index].ravel()).reshape(parts[index].shape)
