"""What one layer does to signals and gradients, and why both matter (notes 4.0)."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization._networks import Net
from studydl.language import Text
from studydl.nn import initialization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.differentiation import central_difference
from studydl.verification.measure import equals
from studydl.verification.tolerance import CENTRAL_DIFFERENCE, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator

    from studydl.claims.initialization._statistics import Array
    from studydl.verification.evidence import Measurement

__all__ = ["one_sign", "saturated_input", "weight_gradient"]

_GLOROT = "Glorot & Bengio 2010, equations 2 and 3"
_LECUN = "LeCun, Bottou, Orr & Müller 1998, section 4.3"


def _tanh_slope(s: Any) -> Any:
    return 1 / np.cosh(s) ** 2


def _loss(inputs: Array, weights: Sequence[Array], cotangent: Array) -> float:
    """Return Σ c h_L of a tanh network, unit by unit and with the math module alone."""
    total = 0.0
    for example, c in zip(inputs.tolist(), cotangent.tolist(), strict=True):
        h = example
        for w in weights:
            columns = w.T.tolist()
            h = [math.tanh(sum(a * b for a, b in zip(h, col, strict=True))) for col in columns]
        total += sum(a * b for a, b in zip(h, c, strict=True))
    return total


def _slope_by_weight(
    inputs: Array, weights: Sequence[Array], cotangent: Array, layer: int
) -> Array:
    """Return the loss's derivative for each weight of a layer, by central differences."""
    gradient = np.empty_like(weights[layer])
    for index in np.ndindex(gradient.shape):
        changed = [w.copy() for w in weights]

        def loss_at(value: Any, at: Any = index, changed: list[Array] = changed) -> float:
            changed[layer][at] = value
            return _loss(inputs, changed, cotangent)

        gradient[index] = central_difference(loss_at, weights[layer][index])
    return gradient


def _without_slopes(output_gradient: Any, weights: Any, signals: Any, _slope: Any) -> Any:
    return nn.backward(output_gradient, weights, signals, np.ones_like)


def _averaged(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, for_weights = nn.backward(output_gradient, weights, signals, slope)
    return nn.Gradients(states, tuple(g / len(output_gradient) for g in for_weights))


def _incoming_states(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, _ = nn.backward(output_gradient, weights, signals, slope)
    entering = (signals.activations[0], *signals.states[:-1])
    return nn.Gradients(states, tuple(h.T @ d for h, d in zip(entering, states, strict=True)))


def _ignores_the_input(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, _ = nn.backward(output_gradient, weights, signals, slope)
    pairs = zip(signals.activations[:-1], states, strict=True)
    return nn.Gradients(states, tuple(np.ones_like(h).T @ d for h, d in pairs))


_forgets_the_slope = Misconception(
    "forgets-the-slope",
    Net(backward=_without_slopes),
    Text(
        "The gradient for the activation is taken for the gradient for the state.",
        "把对激活值的梯度当成对状态的梯度，漏乘了激活函数的导数。",
    ),
)


@claim(
    "initialization.weight-gradient",
    en="A weight's gradient is the activation that enters it times the gradient of the state that"
    " it feeds, summed over the examples: it is 0 as soon as either of them is 0.",
    zh="权重的梯度等于流入它的激活值乘以它所馈入的状态的梯度，再对样本求和："
    "两者之中只要有一个是0，它就是0。",
    notes="4.0",
    on=Net(),
    misconceptions=[
        _forgets_the_slope,
        Misconception(
            "incoming-state",
            Net(backward=_incoming_states),
            Text(
                "The state below is taken for the activation that it turns into.",
                "把下一层的状态值当成它经过激活函数之后的激活值。",
            ),
        ),
        Misconception(
            "state-gradient-alone",
            Net(backward=_ignores_the_input),
            Text(
                "All weights into a unit are thought to share the unit's gradient.",
                "以为流入同一单元的所有权重都得到该单元的梯度。",
            ),
        ),
        Misconception(
            "averages-the-examples",
            Net(backward=_averaged),
            Text(
                "The gradient of a sum over examples is divided by their number.",
                "对样本求和的损失，其梯度被除以了样本数。",
            ),
        ),
    ],
    sources=[_GLOROT, "Rumelhart, Hinton & Williams 1986"],
)
def weight_gradient(net: Net, rng: Generator) -> Iterator[Measurement]:
    """Differentiate a naive network weight by weight; then silence one factor at a time."""
    widths, examples = (3, 4, 2, 3), 3
    weights = [rng.normal(size=(m, n)) for m, n in pairwise(widths)]
    inputs, cotangent = rng.normal(size=(examples, 3)), rng.normal(size=(examples, 3))
    signals = net.forward(inputs, weights, np.tanh)
    gradients = net.backward(cotangent, weights, signals, _tanh_slope)
    for layer in range(3):
        expected = _slope_by_weight(inputs, weights, cotangent, layer)
        got = gradients.weights[layer]
        yield equals(f"∂L/∂W, layer {layer + 1}", got, expected, CENTRAL_DIFFERENCE)
        product = sum(
            np.multiply.outer(h, d)
            for h, d in zip(signals.activations[layer], gradients.states[layer], strict=True)
        )
        yield equals(f"∂L/∂W = Σ h δ, layer {layer + 1}", got, product, ROUNDING)
    inputs[:, 1] = 0.0
    signals = net.forward(inputs, weights, np.tanh)
    cotangent[:, 2] = 0.0
    gradients = net.backward(cotangent, weights, signals, _tanh_slope)
    yield equals("∂L/∂W where h = 0", gradients.weights[0][1], 0.0, EXACT)
    yield equals("∂L/∂W where δ = 0", gradients.weights[2][:, 2], 0.0, EXACT)


def _silenced_by_saturation(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, for_weights = nn.backward(output_gradient, weights, signals, slope)
    slopes = [np.ones_like(signals.activations[0]), *map(slope, signals.states[:-1])]
    pairs = zip(slopes, for_weights, strict=True)
    return nn.Gradients(states, tuple(f.mean(axis=0)[:, None] * g for f, g in pairs))


@claim(
    "initialization.saturated-input",
    en="A saturated unit starves the weights that lead into it, not those that lead out of it: for"
    " a tanh unit at state 10 the first kind of gradient loses all but 8.24e-9, the second is"
    " multiplied by the unit's full activation, 1.000.",
    zh="饱和的单元“饿死”的是流入它的权重，而不是从它流出的权重："
    "tanh单元的状态为10时，前者的梯度只剩8.24e-9，后者则乘以该单元完整的激活值1.000。",
    notes="4.0",
    on=Net(),
    misconceptions=[
        Misconception(
            "silences-what-follows",
            Net(backward=_silenced_by_saturation),
            Text(
                "An incoming activation that is saturated is thought to make the gradient of the"
                " weight that it enters vanish.",
                "以为入激活值饱和会使它所进入的权重的梯度消失。",
            ),
            notes="4.0",
        ),
        _forgets_the_slope,
        Misconception(
            "incoming-state",
            Net(backward=_incoming_states),
            Text(
                "The state of the unit below is taken for its activation.",
                "把下面单元的状态值当成激活值。",
            ),
        ),
    ],
    sources=[_GLOROT, "LeCun, Bottou, Orr & Müller 1998, section 4.4"],
)
def saturated_input(net: Net, rng: Generator) -> Iterator[Measurement]:
    """Hold the units of a middle layer at a state of 10, and compare with hand-made products."""
    x = rng.uniform(0.5, 1.5, size=(1, 3))
    into = np.full((3, 2), 10 / np.sum(x))
    out = rng.uniform(0.1, 0.3, size=(2, 4))
    signals = net.forward(x, [into, out], np.tanh)
    yield equals("s", signals.states[0], 10.0, ROUNDING)
    yield equals("h = tanh(s)", signals.activations[1], math.tanh(10), ROUNDING)
    gradients = net.backward(np.ones((1, 4)), [into, out], signals, _tanh_slope)
    delta = [1 / math.cosh(math.tanh(10) * sum(column)) ** 2 for column in out.T.tolist()]
    behind = gradients.weights[1] / np.array(delta)
    yield equals("∂L/∂W out of the unit / δ", behind, math.tanh(10), ROUNDING)
    arriving = np.array([sum(w * d for w, d in zip(row, delta, strict=True)) for row in out])
    before = gradients.weights[0] / (x.T * arriving)
    slope = math.cosh(10) ** -2
    yield equals("∂L/∂W into the unit / (x ∂L/∂h) = 8.24e-9", before / slope, 1.0, ROUNDING)
    yield equals("tanh'(10)", before, np.full((3, 2), slope), ROUNDING)


def _centres_its_input(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, _ = nn.backward(output_gradient, weights, signals, slope)
    centred = [h - h.mean(axis=1, keepdims=True) for h in signals.activations[:-1]]
    return nn.Gradients(states, tuple(h.T @ d for h, d in zip(centred, states, strict=True)))


def _follows_the_weights(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Any:
    states, for_weights = nn.backward(output_gradient, weights, signals, slope)
    pairs = zip(weights, for_weights, strict=True)
    return nn.Gradients(states, tuple(np.sign(w) * np.abs(g) for w, g in pairs))


@claim(
    "initialization.mean-couples-the-weights",
    en="If all activations that enter a unit are positive, an example moves all of its weights in"
    " one direction, whatever the weights are: a share of 1 of them has the gradient's majority"
    " sign, of evenly mixed activations a share of 0.5.",
    zh="如果流入单元的激活值全为正，一个样本就会把它的全部权重推向同一方向，与权重本身无关："
    "梯度同号的权重占比为1；激活值正负各半时，占比为0.5。",
    notes="4.0",
    on=Net(),
    misconceptions=[
        Misconception(
            "mean-does-not-matter",
            Net(backward=_centres_its_input),
            Text(
                "Only the spread of the activations is thought to matter, not their mean.",
                "以为只有激活值的离散程度重要，均值无所谓。",
            ),
        ),
        Misconception(
            "signs-of-the-weights",
            Net(backward=_follows_the_weights),
            Text(
                "The sign of a weight's gradient is thought to follow the weight.",
                "以为梯度的符号跟着权重本身的符号走。",
            ),
        ),
    ],
    sources=[_LECUN],
)
def one_sign(net: Net, rng: Generator) -> Iterator[Measurement]:
    """Count signs in each column of one example's gradient."""
    weights = [rng.normal(size=(60, 7))]
    positive = rng.uniform(0.1, 2, size=(1, 60))
    mixed = np.where(np.arange(60) % 2 == 0, positive, -positive)
    for label, x in (("h > 0", positive), ("h of both signs", mixed)):
        signals = net.forward(x, weights, np.tanh)
        gradient = net.backward(np.ones((1, 7)), weights, signals, _tanh_slope).weights[0]
        above, below = np.mean(gradient > 0, axis=0), np.mean(gradient < 0, axis=0)
        share = 1.0 if label == "h > 0" else 0.5
        yield equals(f"P(one sign), {label}", np.maximum(above, below), share, EXACT)
