"""What Xavier initialisation keeps through a deep network, and under which conditions (4.3)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization import _theory
from studydl.claims.initialization._experiments import tanh_signal_by_xavier
from studydl.claims.initialization._networks import (
    System,
    drawn,
    linear,
    one,
    profile,
    relative_errors,
)
from studydl.claims.initialization._wrong_schemes import (
    he_for_xavier,
    scheme,
    standard_for_xavier,
)
from studydl.language import Text
from studydl.nn import activations
from studydl.nn import initialization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals, stays_below
from studydl.verification.tolerance import five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["xavier_linear", "xavier_tanh", "xavier_unequal_widths"]

_GLOROT = "Glorot & Bengio 2010"
_LAYERS, _WIDTH, _EXAMPLES = 10, 100, 100


@claim(
    "initialization.xavier-linear",
    en="In a linear network of equally wide layers Xavier initialisation keeps all three: after ten"
    " layers the variances of activations, of state gradients and of weight gradients are still 1"
    " times what they were, up to the chance of the draw.",
    zh="在各层等宽的线性网络中，Xavier初始化三者皆保："
    "经过十层，激活值、状态梯度和权重梯度的方差仍是原来的1倍，只有随机抽样带来的偏差。",
    notes="4.3",
    on=System(nn.xavier_uniform),
    misconceptions=[
        standard_for_xavier,
        he_for_xavier,
        Misconception(
            "forgets-the-two",
            scheme(lambda m, n: 1 / (m + n)),
            Text(
                "The mean of the fans is remembered as their sum.",
                "把两个fan的平均值记成了它们的和。",
            ),
        ),
    ],
    sources=[f"{_GLOROT}, equations 10 to 14"],
)
def xavier_linear(system: System, rng: Generator) -> Iterator[Measurement | Series]:
    """Measure the far end of each profile against the near one."""
    widths = [_WIDTH] * (_LAYERS + 1)
    weights = drawn(system, rng, widths)
    x, c = rng.normal(size=(2, _EXAMPLES, _WIDTH))
    found = profile(system, weights, x, c, linear, one)
    forward, backward = relative_errors(x, widths), relative_errors(c, widths)
    # Compared per layer, for a product of 1e-5 would lie no further from 1 than 1 - 1e-5. The part
    # 0.1 is what gradients of different examples have in common, less than 1/√examples.
    for name, ratio, steps, error in (
        ("Var(h₁₀) / Var(h₀)", found.activations[-1] / np.mean(x * x), 10, forward[-1]),
        ("Var(δ₁) / Var(δ₁₀)", found.states[0] / found.states[-1], 9, backward[-2]),
        ("Var(∂L/∂W₁) / Var(h₀) Var(δ₁₀)", found.weights[0] / np.mean(c * c), 9, backward[-2]),
        ("Var(∂L/∂W₁₀) / Var(h₀) Var(δ₁₀)", found.weights[-1] / np.mean(x * x), 9, forward[-2]),
    ):
        tolerance = five_standard_errors(math.hypot(error, 1 / math.sqrt(_EXAMPLES)) / steps)
        yield equals(f"{name}, per layer", ratio ** (1 / steps), 1.0, tolerance)
    layers = np.arange(1, _LAYERS + 1)
    rows = (("E[h²]", found.activations[1:]), ("E[δ²]", found.states))
    for name, y in (*rows, ("E[(∂L/∂W)²]", found.weights)):
        yield curve(name, layers, y, x_label="l", y_label=name)


@claim(
    "initialization.xavier-unequal-widths",
    en="Where widths differ Xavier initialisation keeps neither direction: from 40 units to 160 it"
    " multiplies the signal's variance by 0.4 and the gradient's by 1.6, from 160 to 40 the other"
    " way round, so that ten alternating layers leave 0.107 of both.",
    zh="各层宽度不同时，Xavier初始化两个方向都保不住：从40个单元到160个单元，"
    "信号的方差乘以0.4，梯度的方差乘以1.6；从160个到40个则相反。十层交替之后，两者都只剩0.107。",
    notes="4.3",
    on=System(nn.xavier_normal),
    misconceptions=[
        Misconception(
            "keeps-every-variance",
            scheme(lambda m, n: 1 / math.sqrt(m * n)),
            Text(
                "A scheme made for both directions is thought to keep both through any widths.",
                "以为兼顾两个方向的方法在任何宽度下都能使两者保持不变。",
            ),
            notes="4.3",
        ),
        Misconception(
            "inputs-only",
            scheme(lambda m, _: 1 / m),
            Text(
                "The scheme is thought to keep the forward pass exactly: fan_in Var(W) = 1.",
                "以为该方法精确保持前向传播，即fan_in Var(W) = 1。",
            ),
        ),
        standard_for_xavier,
    ],
    sources=[f"{_GLOROT}, equations 10 to 12"],
)
def xavier_unequal_widths(system: System, rng: Generator) -> Iterator[Measurement]:
    """Send signals both ways through alternating widths."""
    widths = [40, 160] * (_LAYERS // 2) + [40]
    weights = drawn(system, rng, widths)
    x, c = rng.normal(size=(2, 200, 40))
    found = profile(system, weights, x, c, linear, one)
    forward = found.activations / np.mean(x * x)
    backward = found.states / np.mean(c * c)
    errors = relative_errors(x, widths), relative_errors(c, widths)
    for name, value, factor, error in (
        ("Var(h₁) / Var(h₀), 40→160", forward[1], 0.4, errors[0][1]),
        ("Var(h₂) / Var(h₁), 160→40", forward[2] / forward[1], 1.6, errors[0][2]),
        ("Var(δ₉) / Var(δ₁₀), 160→40", backward[-2], 0.4, errors[1][1]),
        ("Var(δ₈) / Var(δ₉), 40→160", backward[-3] / backward[-2], 1.6, errors[1][2]),
        ("Var(h₁₀) / Var(h₀)", forward[-1], 0.64**5, errors[0][-1]),
        ("Var(∂L/∂h₀) / Var(δ₁₀)", found.entrance / np.mean(c * c), 0.64**5, errors[1][-1]),
    ):
        yield equals(name, value, factor, five_standard_errors(factor * error))


def _as_if_linear(inputs: Any, weights: Any, _activation: Any) -> Any:
    return nn.forward(inputs, weights, linear)


@claim(
    "initialization.xavier-tanh",
    en="Even with equal widths Xavier initialisation does not keep the variance through tanh, which"
    " flattens away from the origin: 0.394 of it is left after one layer, 0.0522 after ten,"
    " 0.0259 after twenty, about 1/(2l) after l; the state gradients' falls to 0.0379 over 20"
    " layers. Both fade as a power of the depth, not exponentially.",
    zh="即使各层等宽，经过tanh时Xavier初始化也保不住方差，因为tanh离原点越远越平："
    "一层之后剩0.394，十层之后剩0.0522，二十层之后剩0.0259，l层之后约为1/(2l)；"
    "20层中状态梯度的方差降到0.0379。两者都按深度的幂次衰减，而不是指数衰减。",
    notes="4.3",
    on=System(nn.xavier_uniform),
    misconceptions=[
        Misconception(
            "keeps-the-variance",
            System(nn.xavier_uniform, forward=_as_if_linear),
            Text(
                "tanh is taken for the straight line that the derivation puts in its place.",
                "把tanh当成推导中代替它的那条直线。",
            ),
            notes="4.3",
        ),
        standard_for_xavier,
        he_for_xavier,
    ],
    sources=[f"{_GLOROT}, section 4.2.1", "Poole et al. 2016, section 3"],
    experiments=[tanh_signal_by_xavier],
)
def xavier_tanh(system: System, rng: Generator) -> Iterator[Measurement | Series]:
    """Compare one network of 20 layers with integrals over wide layers."""
    layers, width = 20, 160
    widths = [width] * (layers + 1)
    weights = drawn(system, rng, widths)
    x, c = rng.normal(size=(2, width, width))
    x /= math.sqrt(np.mean(x * x))
    found = profile(system, weights, x, c, activations.tanh, activations.tanh_gradient)
    expected = _theory.mean_squares(np.tanh, 1.0, layers)
    errors = relative_errors(x, widths)
    for layer in (1, 10, 20):
        error = five_standard_errors(expected[layer] * errors[layer])
        yield equals(f"E[h²], l = {layer}", found.activations[layer], expected[layer], error)
    factors = _theory.gradient_factors(np.tanh, lambda s: np.cosh(s) ** -2, 1.0, layers)
    whole = float(np.prod(factors[:-1]))
    error = five_standard_errors(whole * relative_errors(c, widths)[-2])
    yield equals("E[δ₁²] / E[δ₂₀²], 20 layers", found.states[0] / found.states[-1], whole, error)
    yield stays_below("2 l E[h²] - 1, l = 20", float(40 * expected[20] - 1), 0.2)
    y = found.activations
    yield curve("E[h²]", np.arange(layers + 1), y, x_label="l", y_label="E[h²]")
