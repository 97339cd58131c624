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

_DEPTH, _WIDTH, _EXAMPLES = 40, 20, 24
_RATE, _STEPS = 0.01, 80


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
    inputs = x @ rng.normal(size=(1, _WIDTH)) + rng.normal(scale=0.5, size=_WIDTH)
    readout = rng.normal(scale=1 / math.sqrt(_WIDTH), size=(1, _WIDTH))
    return _Start(inputs, np.sin(2 * x), weights, readout)


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


def _plain_forward(inputs: Any, weights: Any, activation: Any, *, skip: float) -> Any:
    del skip
    return nn.residual_forward(inputs, weights, activation, skip=0.0)


def _plain_backward(
    output_gradient: Any, weights: Any, signals: Any, slope: Any, *, skip: float
) -> Any:
    del skip
    return nn.residual_backward(output_gradient, weights, signals, slope, skip=0.0)


def _vanishing_backward(
    output_gradient: Any, weights: Any, signals: Any, slope: Any, *, skip: float
) -> Any:
    """Halve the gradient in every block of the plain stack."""
    right = nn.residual_backward(output_gradient, weights, signals, slope, skip=skip)
    if skip:
        return right
    halves = 0.5 ** np.arange(len(weights), 0.0, -1.0)
    return right._replace(weights=tuple(h * g for h, g in zip(halves, right.weights, strict=True)))


def _always_skipping(function: Callable[..., Any], at: int) -> Callable[..., Any]:
    """Make a plain stack residual, with branches as small as the residual one has."""

    def skipping(*args: Any, skip: float) -> Any:
        parts = list(args)
        if not skip:
            parts[at] = [_BRANCH * w for w in parts[at]]
        return function(*parts, skip=1.0)

    return skipping


_BRANCH = 0.5 / math.sqrt(_DEPTH)
_REFERENCE = _Blocks(nn.residual_forward, nn.residual_backward)


@claim(
    "gradients.degradation",
    en="Skips help even where nothing vanishes: in a plain stack of 40 ReLU layers the first"
    " layer's weight gradient is neither below 0.01 nor above 500 times the last layer's, yet in"
    " 80 steps it learns a sine only to above 0.15 of its mean square, the residual stack to below"
    " 0.3, at less than a third of the plain one's error.",
    zh="即使没有梯度消失，跳跃连接仍然有用：40 层普通 ReLU 网络第一层的权重梯度，"
    "既不小于最后一层的 0.01 倍，也不大于 500 倍，但训练 80 步后，"
    "学习正弦函数的误差仍高于均方值的 0.15；残差网络则低于 0.3，且不到普通网络误差的三分之一。",
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
            "depth-does-no-harm",
            _Blocks(
                _always_skipping(nn.residual_forward, 1), _always_skipping(nn.residual_backward, 1)
            ),
            Text(
                "With gradients of a healthy size a plain deep stack is thought to train well.",
                "以为只要梯度大小正常，普通的深层网络就能训练好。",
            ),
        ),
        Misconception(
            "good-initialisation-is-enough",
            _Blocks(_plain_forward, _plain_backward),
            Text(
                "He's initialisation is thought to make skips superfluous.",
                "以为有了 He 初始化就不需要跳跃连接。",
            ),
        ),
    ],
    sources=["He, Zhang, Ren & Sun 2016a, section 4.1", "Balduzzi et al. 2017, section 2"],
)
def degradation(blocks: _Blocks, rng: Generator) -> Iterator[Measurement | Series]:
    """Train both stacks from the same draws, at the same rate."""
    start = _start(rng)
    plain = _train(blocks, start, skip=0.0, branch=1.0)
    residual = _train(blocks, start, skip=1.0, branch=_BRANCH)
    ratio = plain.first[0] / plain.first[-1]
    yield exceeds("|∂L/∂W₀|/|∂L/∂W₃₉|, plain, 40 layers", ratio, 0.01)
    yield stays_below("|∂L/∂W₀|/|∂L/∂W₃₉|, plain, at most", ratio, 500.0)
    yield exceeds("L/E[y²], plain, 80 steps", plain.left, 0.15)
    yield stays_below("L/E[y²], residual, 80 steps", residual.left, 0.3)
    yield stays_below("L residual / L plain", residual.left / plain.left, 1 / 3)
    layers = np.arange(_DEPTH)
    yield curve("|∂L/∂Wᵢ|, plain", layers, plain.first, x_label="i", y_label="|∂L/∂Wᵢ|")
    yield curve("|∂L/∂Wᵢ|, residual", layers, residual.first, x_label="i", y_label="|∂L/∂Wᵢ|")
