"""What zero weights, or equal ones, do to a network (notes 4.0)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization._networks import System
from studydl.language import Text
from studydl.nn import initialization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.random import Generator

    from studydl.claims.initialization._statistics import Array
    from studydl.verification.evidence import Measurement

__all__ = ["zero_blocks", "zero_single_layer", "zero_symmetry"]

_GOODFELLOW = "Goodfellow, Bengio & Courville 2016, section 8.4"
_RUMELHART = "Rumelhart, Hinton & Williams 1986, Parallel Distributed Processing, chapter 8"


def _sigmoid(s: Any) -> Any:
    return np.exp(-np.logaddexp(0.0, -s))


def _sigmoid_slope(s: Any) -> Any:
    return _sigmoid(s) * _sigmoid(-s)


def _relu(s: Any) -> Any:
    return np.maximum(s, 0.0)


def _relu_slope(s: Any) -> Any:
    return np.heaviside(s, 0.0)


def _tanh_slope(s: Any) -> Any:
    return 1 / np.cosh(s) ** 2


def _descend(
    net: System, weights: Sequence[Any], x: Array, target: Array, *, rate: float, steps: int
) -> list[Any]:
    """Descend on the cross-entropy of a sigmoid network, whose gradient for s_L is h_L - t."""
    for _ in range(steps):
        signals = net.forward(x, weights, _sigmoid)
        p = signals.activations[-1]
        # Divided by the output's slope, which the backward pass multiplies by.
        output_gradient = (p - target) / (p * (1 - p) + 1e-300) / len(x)
        gradients = net.backward(output_gradient, weights, signals, _sigmoid_slope)
        weights = [w - rate * g for w, g in zip(weights, gradients.weights, strict=True)]
    return list(weights)


def _told_apart(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, for_weights = nn.backward(output_gradient, weights, signals, slope)
    return nn.Gradients(
        states, tuple(g * (1 + np.arange(g.shape[1]) / g.shape[1]) for g in for_weights)
    )


def _all_zero(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, for_weights = nn.backward(output_gradient, weights, signals, slope)
    if any(not np.any(w) for w in weights):
        for_weights = tuple(np.zeros_like(g) for g in for_weights)
    return nn.Gradients(states, for_weights)


def _rounded(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, for_weights = nn.backward(output_gradient, weights, signals, slope)
    return nn.Gradients(states, tuple(np.round(g, 1) for g in for_weights))


def _past_the_weights(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    return nn.backward(output_gradient, [w + (w == 0) for w in weights], signals, slope)


def _starts_silent(inputs: Any, weights: Any, activation: Callable[[Any], Any]) -> Any:
    signals = nn.forward(inputs, weights, activation)
    silent = [np.where(s == 0, 0.0, h) for s, h in zip(*_hidden(signals), strict=True)]
    return nn.Signals(signals.states, (signals.activations[0], *silent, signals.activations[-1]))


def _hidden(signals: nn.Signals) -> tuple[Any, Any]:
    return signals.states[:-1], signals.activations[1:-1]


_learns_at_once = Misconception(
    "gradient-ignores-the-weights",
    System(nn.zeros, backward=_past_the_weights),
    Text(
        "The error is thought to reach every layer, whatever the weights on its way are.",
        "以为误差总能传到每一层，与途中的权重无关。",
    ),
)
_never_moves = Misconception(
    "zero-weights-zero-gradients",
    System(nn.zeros, backward=_all_zero),
    Text(
        "Zero weights are thought to make every gradient zero.",
        "以为权重为零时所有梯度都为零。",
    ),
)
_silent = Misconception(
    "zero-in-zero-out",
    System(nn.zeros, forward=_starts_silent),
    Text(
        "A unit whose state is 0 is thought to put out 0, as tanh and ReLU do.",
        "以为状态为0的单元输出也是0，就像tanh和ReLU那样。",
    ),
)


@claim(
    "initialization.zero-symmetry",
    en="Units that start from equal weights stay copies of one another: after 50 steps from zero,"
    " or from any constant, the weights of every hidden sigmoid unit are 1 times those of the"
    " first. From random weights they part.",
    zh="初始权重相同的单元会一直互为副本：从零或任意常数出发训练50步之后，"
    "每个隐藏Sigmoid单元的权重都是第一个单元的1倍；从随机权重出发则各不相同。",
    notes="4.0",
    on=System(nn.zeros),
    misconceptions=[
        Misconception(
            "training-tells-them-apart",
            System(nn.zeros, backward=_told_apart),
            Text(
                "Training is thought to give each unit a task of its own by itself.",
                "以为训练自己就会让各个单元分工。",
            ),
        ),
        _never_moves,
        _silent,
    ],
    sources=[_GOODFELLOW, _RUMELHART],
)
def zero_symmetry(net: System, rng: Generator) -> Iterator[Measurement]:
    """Train a hidden layer of 5 from zeros, from a constant and from random weights."""
    x = rng.normal(size=(20, 3))
    target = (x[:, :1] + rng.normal(size=(20, 1)) > 0.3).astype(float)
    steps = 50
    for start in (0.0, 0.4):
        weights = [net.initialize(3, 5) + start, net.initialize(5, 1) + start]
        into, out = _descend(net, weights, x, target, rate=1.0, steps=steps)
        yield equals(
            f"w / w of unit 1, {steps} steps, W = {start:g}", into / into[:, :1], 1, ROUNDING
        )
        yield equals(f"v / v of unit 1, {steps} steps, W = {start:g}", out / out[:1], 1, ROUNDING)
        yield exceeds(f"max |ΔW|, W = {start:g}", float(np.max(np.abs(into - start))), 1e-3)
    random = [rng.normal(size=(3, 5)), rng.normal(size=(5, 1))]
    into, _ = _descend(net, random, x, target, rate=1.0, steps=steps)
    apart = float(np.min(np.std(into, axis=1)))
    yield exceeds("σ(w) over units, W random", apart, 0.01)


@claim(
    "initialization.zero-weights-gradients",
    en="From zero weights a deep tanh or ReLU network has gradient 0 for every weight and never"
    " moves; a sigmoid network, whose units put out 0.5, has a gradient in its last layer only.",
    zh="权重全为零时，深层tanh或ReLU网络每个权重的梯度都是0，永远不会动；"
    "Sigmoid网络的单元输出0.5，只有最后一层有梯度。",
    notes="4.0",
    on=System(nn.zeros),
    misconceptions=[_learns_at_once, _never_moves, _silent],
    sources=[_GOODFELLOW],
)
def zero_blocks(net: System, rng: Generator) -> Iterator[Measurement]:
    """Take the first gradients of three zero layers; the sigmoid's last ones by exact sums."""
    shapes = ((3, 4), (4, 5), (5, 2))
    weights = [net.initialize(*shape) for shape in shapes]
    x, cotangent = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    for name, value, slope in (("tanh", np.tanh, _tanh_slope), ("relu", _relu, _relu_slope)):
        signals = net.forward(x, weights, value)
        gradients = net.backward(cotangent, weights, signals, slope)
        for layer, gradient in enumerate(gradients.weights, start=1):
            yield equals(f"∂L/∂W, {name}, layer {layer}", gradient, 0.0, EXACT)
    signals = net.forward(x, weights, _sigmoid)
    gradients = net.backward(cotangent, weights, signals, _sigmoid_slope)
    yield equals("σ(0)", signals.activations[2], 0.5, ROUNDING)
    for layer in (1, 2):
        yield equals(f"∂L/∂W, σ, layer {layer}", gradients.weights[layer - 1], 0.0, EXACT)
    column = [0.5 * 0.25 * math.fsum(each) for each in cotangent.T.tolist()]
    expected = np.broadcast_to(column, (5, 2))
    yield equals("∂L/∂W, σ, layer 3", gradients.weights[2], expected, ROUNDING)


@claim(
    "initialization.zero-single-layer",
    en="A single layer may start from zero: logistic regression learns from there, and ends at the"
    " same weights as from a random start, within 0.001.",
    zh="单层模型可以从零开始：逻辑回归从全零权重照样能学，"
    "最终得到的权重与随机初始化相同，相差不到0.001。",
    notes="4.0",
    on=System(nn.zeros),
    misconceptions=[
        _never_moves,
        Misconception(
            "stays-with-its-start",
            System(nn.zeros, backward=_rounded),
            Text(
                "Where training ends is thought to depend on its start in every model, as it does"
                " once small gradients are rounded away.",
                "以为任何模型的训练终点都取决于起点；只有把小梯度舍成零时才会如此。",
            ),
        ),
    ],
    sources=[
        "Goodfellow, Bengio & Courville 2016, sections 4.3 and 8.4",
        "Bishop 2006, section 4.3",
    ],
)
def zero_single_layer(net: System, rng: Generator) -> Iterator[Measurement]:
    """Train on labels that no line separates, so that the loss has its one lowest point."""
    x = rng.normal(size=(60, 2))
    probability = 1 / (1 + np.exp(-(x[:, :1] - 0.5 * x[:, 1:])))
    target = (rng.uniform(size=(60, 1)) < probability).astype(float)
    zero, random = net.initialize(2, 1), rng.normal(scale=2, size=(2, 1))
    (from_zero,) = _descend(net, [zero], x, target, rate=4.0, steps=300)
    (from_random,) = _descend(net, [random], x, target, rate=4.0, steps=300)
    yield exceeds("|W|, from W = 0", float(np.max(np.abs(from_zero))), 0.1)
    apart = float(np.max(np.abs(from_zero - from_random)))
    yield stays_below("|W - W'|, from W = 0 and from random W'", apart, 0.001)
