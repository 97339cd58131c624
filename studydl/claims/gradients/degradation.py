"""Whether vanishing is what residual networks were made for (notes O.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.gradients._networks import norms, relu, relu_slope
from studydl.language import Text
from studydl.nn import gradients as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, exceeds, stays_below

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.gradients._networks import Array
    from studydl.verification.evidence import Measurement, Series

__all__ = ["degradation"]

_DEPTH, _WIDTH, _EXAMPLES = 50, 20, 16
_RATE, _STEPS = 0.012, 60
_BRANCH = 0.5 / math.sqrt(_DEPTH)


class _Blocks(NamedTuple):
    """A stack of blocks h ↦ skip h + W f(h), forward and backward."""

    forward: Callable[..., Any]
    backward: Callable[..., Any]


class _Start(NamedTuple):
    """A task, and what both stacks start from."""

    inputs: Array
    targets: Array
    weights: list[Array]
    readout: Array


class _Run(NamedTuple):
    """What is left of the targets' mean square, and the length of the first weight gradients."""

    left: float
    first: Array


def _start(rng: Generator) -> _Start:
    scale = math.sqrt(2 / _WIDTH)
    weights = [rng.normal(scale=scale, size=(_WIDTH, _WIDTH)) for _ in range(_DEPTH)]
    x = np.linspace(-1.5, 1.5, _EXAMPLES)[:, None]
    # Units that look from evenly spread sides: no draw leaves the input hidden from all of them.
    sides = rng.permutation(_WIDTH) * 2 * math.pi / _WIDTH
    readout = rng.choice([-1.0, 1.0], size=(1, _WIDTH)) / math.sqrt(_WIDTH)
    return _Start(x * np.cos(sides) + np.sin(sides), np.sin(2 * x), weights, readout)


def _train(blocks: _Blocks, start: _Start, *, skip: float, branch: float) -> _Run:
    """Descend on half the mean squared error of a linear readout of the last state."""
    weights, readout = [branch * w for w in start.weights], start.readout
    first = np.zeros(_DEPTH)
    for step in range(_STEPS):
        signals = blocks.forward(start.inputs, weights, relu, skip=skip)
        error = (signals.states[-1] @ readout.T - start.targets) / _EXAMPLES
        gradients = blocks.backward(error @ readout, weights, signals, relu_slope, skip=skip)
        if step == 0:
            first = norms(gradients.weights)
        weights = [w - _RATE * g for w, g in zip(weights, gradients.weights, strict=True)]
        readout = readout - _RATE * error.T @ signals.states[-1]
    states = blocks.forward(start.inputs, weights, relu, skip=skip).states
    error = states[-1] @ readout.T - start.targets
    return _Run(float(np.mean(error**2) / np.mean(start.targets**2)), first)


def _halved(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, skip: function(*args, skip=skip / 2)


def _vanishing_backward(
    output_gradient: Any, weights: Any, signals: Any, slope: Any, *, skip: float
) -> Any:
    """Halve the gradient in every block of the plain stack."""
    right = nn.residual_backward(output_gradient, weights, signals, slope, skip=skip)
    if skip:
        return right
    halves = 0.5 ** np.arange(len(weights), 0.0, -1.0)
    return right._replace(weights=tuple(h * g for h, g in zip(halves, right.weights, strict=True)))


_REFERENCE = _Blocks(nn.residual_forward, nn.residual_backward)


@claim(
    "gradients.degradation",
    en="Skips help even where nothing vanishes: in a plain stack of 50 ReLU layers the first"
    " layer's weight gradient is neither below 0.001 nor above 1000 times the last layer's, yet 60"
    " steps leave more than 0.15 of a sine's mean square unlearnt, those of a residual stack from"
    " the same draws less than 0.25 times the plain stack's share.",
    zh="即使没有梯度消失，跳跃连接仍然有用：50 层普通 ReLU 网络第一层的权重梯度，"
    "既不小于最后一层的 0.001 倍，也不大于 1000 倍，但训练 60 步之后，"
    "正弦函数的均方值仍有 0.15 以上没有学会；"
    "由同样的随机数出发的残差网络，剩余误差不到普通网络的 0.25 倍。",
    notes="O.2",
    on=_REFERENCE,
    misconceptions=[
        Misconception(
            "only-cures-vanishing",
            _REFERENCE._replace(backward=_vanishing_backward),
            Text(
                "Plain deep stacks are thought to fail because their gradients vanish, and skips to"
                " be the cure for that.",
                "以为普通深层网络训练不好是因为梯度消失，而跳跃连接就是针对它的。",
            ),
            "O.2",
        ),
        Misconception(
            "any-skip-will-do",
            _Blocks(_halved(nn.residual_forward), _halved(nn.residual_backward)),
            Text(
                "A skip is thought to help whatever factor stands on it, here a half.",
                "以为跳跃连接上乘多大的系数都有用，这里取一半。",
            ),
        ),
    ],
    sources=["He, Zhang, Ren & Sun 2016a, section 4.1", "Balduzzi et al. 2017, abstract"],
)
def degradation(blocks: _Blocks, rng: Generator) -> Iterator[Measurement | Series]:
    """Train both stacks from the same draws, at the same rate."""
    start = _start(rng)
    plain = _train(blocks, start, skip=0.0, branch=1.0)
    residual = _train(blocks, start, skip=1.0, branch=_BRANCH)
    ratio = plain.first[0] / plain.first[-1]
    yield exceeds("|∂L/∂W₀|/|∂L/∂W₄₉|, plain, 50 layers", ratio, 0.001)
    yield stays_below("|∂L/∂W₀|/|∂L/∂W₄₉|, plain, at most", ratio, 1000.0)
    yield exceeds("L/E[y²], plain, 60 steps", plain.left, 0.15)
    yield stays_below("L residual / L plain", residual.left / plain.left, 0.25)
    layers = np.arange(_DEPTH)
    yield curve("|∂L/∂Wᵢ|, plain", layers, plain.first, x_label="i", y_label="|∂L/∂Wᵢ|")
    yield curve("|∂L/∂Wᵢ|, residual", layers, residual.first, x_label="i", y_label="|∂L/∂Wᵢ|")
