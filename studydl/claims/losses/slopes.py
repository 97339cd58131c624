"""Where the derivative of an activation stands in a loss's gradient, and where it cancels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.losses import oracle
from studydl.claims.losses._experiments import gradients_beside_each_other
from studydl.claims.losses._quantities import squared_error_gradient_of
from studydl.language import Text
from studydl.nn import activations
from studydl.nn import losses as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.differentiation import central_difference, complex_step
from studydl.verification.measure import at_most, equals
from studydl.verification.tolerance import CENTRAL_DIFFERENCE, COMPLEX_STEP, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.losses.oracle import Array
    from studydl.verification.evidence import Measurement

__all__ = [
    "OutputGradients",
    "hidden_slopes",
    "matched_pairs",
    "output_gradients",
    "squared_error_slope",
    "unmatched_pair",
]

_NIELSEN = "Nielsen 2015, chapter 3"
_LINKS = "Bishop 2006, section 4.3.6"


class OutputGradients(NamedTuple):
    """The gradients of two losses of a sigmoid output, for its logit."""

    cross_entropy: Callable[..., Any]
    squared_error: Callable[..., Any]


GRADIENTS = OutputGradients(nn.binary_cross_entropy_gradient, nn.sigmoid_squared_error_gradient)


def output_gradients(
    name: str, en: str, zh: str, *, notes: str = "", **wrong: Any
) -> Misconception:
    """Make a misconception of the gradients that are wrong."""
    return Misconception(name, GRADIENTS._replace(**wrong), Text(en, zh), notes)


def _halved(z: Any, y: Any) -> Any:
    s = activations.sigmoid(z)
    return (s - np.asarray(y)) * s / np.size(z)


@claim(
    "losses.squared-error-slope",
    en="Behind a sigmoid the squared error's gradient has the slope as a factor: where the logit is"
    " 10 and the label 0 it is 4.54e-5, and that of cross-entropy is 1.00. It is steepest at the"
    " probability 2/3, where it is 4/27 = 0.148, and flat where the prediction is worst.",
    zh="经过 Sigmoid 之后，平方误差的梯度带有斜率这个因子："
    "logit 为 10、标签为 0 时，它只有 4.54e-5，而交叉熵的梯度为 1.00。它在概率为 2/3 处最陡，"
    "为 4/27 = 0.148，而在错得最厉害的地方是平的。",
    notes="Z.5",
    on=GRADIENTS,
    misconceptions=[
        output_gradients(
            "no-slope-in-either",
            "Both gradients are thought to be prediction minus label.",
            "以为两种损失的梯度都是预测减标签。",
            squared_error=nn.binary_cross_entropy_gradient,
        ),
        output_gradients(
            "slope-in-both",
            "The sigmoid's slope is thought to be in both gradients.",
            "以为两种损失的梯度都含有 Sigmoid 的斜率。",
            cross_entropy=nn.sigmoid_squared_error_gradient,
        ),
        output_gradients(
            "output-for-slope",
            "The output s is put where its slope s(1 - s) belongs.",
            "在该用斜率 s(1 - s) 的地方用了输出 s。",
            squared_error=_halved,
        ),
    ],
    sources=[f"{_NIELSEN}, equations 54 and 55", "Solla, Levin & Fleisher 1988"],
    quantities=[squared_error_gradient_of],
    experiments=[gradients_beside_each_other],
)
def squared_error_slope(gradients: OutputGradients, rng: Generator) -> Iterator[Measurement]:
    """Measure the saturated wrong unit, the steepest point, the bound and the chain rule."""
    far = np.full(2, 10.0)
    s = oracle.logistic(10)
    slow = s * math.exp(-10) / (1 + math.exp(-10)) ** 2
    squared = 2 * gradients.squared_error(far, [0, 0])
    yield equals("∂C/∂z, squared error, z = 10, y = 0", squared, slow, ROUNDING)
    entropic = 2 * gradients.cross_entropy(far, [0, 0])
    yield equals("∂C/∂z, cross-entropy, z = 10, y = 0", entropic, s, ROUNDING)
    steepest = 2 * gradients.squared_error(np.full(2, math.log(2)), [0, 0])
    yield equals("∂C/∂z, squared error, p = 2/3: 4/27", steepest, 4 / 27, ROUNDING)
    z, y = rng.uniform(-9, 9, size=40), rng.integers(0, 2, size=40)
    each = 40 * gradients.squared_error(z, y)
    yield at_most("|∂C/∂z|, squared error", np.abs(each), 4 / 27, ROUNDING, at=z)
    step = complex_step(lambda v: (1 / (1 + np.exp(-v)) - y) ** 2 / 2, z)
    yield equals("∂C/∂z = Im C(z + ih)/h, squared error", each, step, COMPLEX_STEP, at=z)


class _Pairs(NamedTuple):
    """The gradients of three losses, for what goes into the output activation."""

    sigmoid: Callable[..., Any]
    softmax: Callable[..., Any]
    identity: Callable[..., Any]


_PAIRS = _Pairs(
    nn.binary_cross_entropy_gradient, nn.cross_entropy_gradient, nn.squared_error_gradient
)


def _softmax_with_slope(z: Any, y: Any) -> Any:
    p = nn.softmax(z)
    return nn.cross_entropy_gradient(z, y) * p * (1 - p)


def _twice(a: Any, y: Any) -> Any:
    return 2 * nn.squared_error_gradient(a, y)


@claim(
    "losses.matched-pairs",
    en="The slope cancels for a loss with its matching output activation: sigmoid or softmax with"
    " cross-entropy, the identity with the squared error. In each of the three the gradient for"
    " what goes into the activation is output minus target, over n.",
    zh="损失与相配的输出激活函数放在一起，斜率才会约去："
    "Sigmoid 或 softmax 配交叉熵，恒等函数配平方误差。"
    "这三种情形下，对激活函数输入的梯度都是“输出减目标，除以 n”。",
    notes="Z.5",
    on=_PAIRS,
    misconceptions=[
        Misconception(
            "only-for-the-sigmoid",
            _PAIRS._replace(softmax=_softmax_with_slope),
            Text(
                "The cancellation is thought to be a property of the sigmoid.",
                "以为约去斜率是 Sigmoid 独有的性质。",
            ),
        ),
        Misconception(
            "squared-error-never",
            _PAIRS._replace(identity=nn.sigmoid_squared_error_gradient),
            Text(
                "The squared error is thought to carry a slope whatever the output is.",
                "以为无论输出层是什么，平方误差的梯度都带有斜率。",
            ),
        ),
        Misconception(
            "forgets-the-half",
            _PAIRS._replace(identity=_twice),
            Text(
                "The squared error is written without the factor 1/2 that makes the pair match.",
                "写平方误差时漏了使两者相配的系数 1/2。",
            ),
        ),
    ],
    sources=[_LINKS, "Auer, Herbster & Warmuth 1996, section 1"],
)
def matched_pairs(pairs: _Pairs, rng: Generator) -> Iterator[Measurement]:
    """Compare each gradient with output minus target, the outputs computed one by one."""
    z, y = rng.normal(scale=2, size=(3, 4)), rng.dirichlet(np.ones(4), size=3)
    outputs = [[oracle.logistic(each) for each in row] for row in z]
    yield equals("sigmoid, cross-entropy", pairs.sigmoid(z, y), (outputs - y) / 12, ROUNDING)
    rows = np.array([oracle.softmax(row) for row in z])
    yield equals("softmax, cross-entropy", pairs.softmax(z, y), (rows - y) / 3, ROUNDING)
    yield equals("identity, squared error", pairs.identity(z, y), (z - y) / 12, ROUNDING)


@misconception(
    "always-cancels",
    en="“The gradient does not contain the activation's derivative” is taken to hold for every"
    " output activation, as a property of cross-entropy.",
    zh="把“导数不包含激活函数的导数”当成交叉熵本身的性质，以为对任何输出激活函数都成立。",
    notes="Z.5",
)
def always_cancels(a: Any, _slope: Any, y: Any) -> Any:
    return (a - y) / np.size(a)


@misconception(
    "slope-alone",
    en="The chain rule's slope is kept, but the loss's denominator is forgotten.",
    zh="保留了链式法则的斜率，却忘了损失导数的分母。",
)
def slope_alone(a: Any, slope: Any, y: Any) -> Any:
    return (a - y) * slope / np.size(a)


@misconception(
    "stops-at-the-output",
    en="The derivative for the output is taken for that for what goes into the activation.",
    zh="把对输出的导数当成对激活函数输入的导数。",
)
def stops_at_the_output(a: Any, _slope: Any, y: Any) -> Any:
    return (a - y) / (a * (1 - a)) / np.size(a)


def _normal_distribution(z: Array) -> Array:
    return np.array([math.erfc(-each / math.sqrt(2)) / 2 for each in z])


def _normal_density(z: Array) -> Array:
    return np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)


@claim(
    "losses.unmatched-pair",
    en="Behind another output activation f the gradient of cross-entropy is a - y times"
    " f'(z)/(a(1 - a)), and that factor stays: for the normal distribution function it is 1.60 at"
    " z = 0 and 2.43 at z = 2; only for the logistic sigmoid it is 1 everywhere.",
    zh="若输出层用别的激活函数 f，交叉熵的梯度是 a - y 乘以 f'(z)/(a(1 - a))，这个因子不会消失："
    "对正态分布函数，它在 z = 0 处为 1.60，在 z = 2 处为 2.43；只有 Sigmoid 才处处为 1。",
    notes="Z.5",
    on=nn.chained_cross_entropy_gradient,
    misconceptions=[always_cancels, slope_alone, stops_at_the_output],
    sources=[_LINKS, "McCullagh & Nelder 1989, section 2.2.4"],
)
def unmatched_pair(gradient: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the factor for the normal distribution function and for the sigmoid."""
    z, y = np.array([0.0, 2.0]), np.array([0.0, 0.0])
    a, slope = _normal_distribution(z), _normal_density(z)
    factor = 2 * gradient(a, slope, y) / (a - y)
    for at, measured in zip(z, factor, strict=True):
        exact = math.exp(-(at**2) / 2) / math.sqrt(2 * math.pi)
        p = math.erfc(-at / math.sqrt(2)) / 2
        name = f"f'(z)/(a(1 - a)), normal, z = {at:g}"
        yield equals(name, measured, exact / (p * (1 - p)), ROUNDING)
    z, y = rng.uniform(-2, 2, size=6), np.array([0, 1, 0, 1, 0.25, 0.75])
    measured = gradient(_normal_distribution(z), _normal_density(z), y)
    step = central_difference(lambda v: _likelihood_loss(_normal_distribution(v), y) / 6, z)
    yield equals("∂C/∂z, normal, n = 6", measured, step, CENTRAL_DIFFERENCE, at=z)
    s = np.array([oracle.logistic(each) for each in z])
    ratio = 6 * gradient(s, s * (1 - s), y) / (s - y)
    yield equals("f'(z)/(a(1 - a)), σ", ratio, 1.0, ROUNDING, at=z)


def _likelihood_loss(a: Any, y: Any) -> Any:
    return -y * np.log(a) - (1 - y) * np.log(1 - a)


class _Backward(NamedTuple):
    """What a network of one hidden sigmoid layer needs to send a gradient back."""

    output_gradient: Callable[..., Any]
    hidden_slope: Callable[..., Any]


_BACKWARD = _Backward(nn.binary_cross_entropy_gradient, activations.sigmoid_gradient)


def _hidden_gradient(backward: _Backward, states: Array, outgoing: Array, targets: Array) -> Array:
    """Return the gradient for the hidden layer's states, of shape (examples, units)."""
    hidden = 1 / (1 + np.exp(-states))
    delta = np.asarray(backward.output_gradient(hidden @ outgoing, targets))
    return np.asarray(delta[:, None] * outgoing * backward.hidden_slope(states))


@claim(
    "losses.hidden-slopes",
    en="Cross-entropy removes the slope of the output unit only: behind it, the gradient for a"
    " hidden sigmoid unit still has the unit's own slope as a factor, 0.25 where its state is 0"
    " and 4.54e-5 where it is 10.",
    zh="交叉熵只消去输出单元的斜率：再往前，隐藏层 Sigmoid 单元的梯度仍然带有该单元自己的斜率，"
    "激活前的值为 0 时是 0.25，为 10 时只有 4.54e-5。",
    notes="Z.5",
    on=_BACKWARD,
    misconceptions=[
        Misconception(
            "no-slope-anywhere",
            _BACKWARD._replace(hidden_slope=np.ones_like),
            Text(
                "With cross-entropy no gradient of the network is thought to contain a derivative"
                " of an activation.",
                "以为用了交叉熵，整个网络的梯度里都不再有激活函数的导数。",
            ),
            notes="Z.5",
        ),
        Misconception(
            "output-slope-too",
            _BACKWARD._replace(output_gradient=nn.sigmoid_squared_error_gradient),
            Text(
                "The output unit's slope is thought to be there as well.",
                "以为输出单元的斜率也还在。",
            ),
        ),
        Misconception(
            "output-for-slope",
            _BACKWARD._replace(hidden_slope=activations.sigmoid),
            Text(
                "The hidden unit's output is put where its slope belongs.",
                "在该用隐藏单元斜率的地方用了它的输出。",
            ),
        ),
    ],
    sources=[f"{_NIELSEN}, problems on the cross-entropy", "Bishop 2006, equation 5.56"],
)
def hidden_slopes(backward: _Backward, rng: Generator) -> Iterator[Measurement]:
    """Measure the factor in two states, and the whole gradient by a complex step."""
    outgoing, y = rng.uniform(0.5, 1.5, size=2), np.array([0.0, 1.0, 1.0])
    states = np.array([[0.0, 10.0], [10.0, 0.0], [0.0, 10.0]])
    hidden = 1 / (1 + np.exp(-states))
    logits = hidden @ outgoing
    error = np.array([oracle.logistic(each) for each in logits]) - y
    factor = 3 * _hidden_gradient(backward, states, outgoing, y) / (error[:, None] * outgoing)
    far = math.exp(-10) / (1 + math.exp(-10)) ** 2
    yield equals("∂C/∂s / (error w), s = 0", factor[states == 0], 0.25, ROUNDING)
    yield equals("∂C/∂s / (error w), s = 10", factor[states == 10], far, ROUNDING)
    states = rng.normal(size=(3, 2))
    measured = _hidden_gradient(backward, states, outgoing, y)
    for unit in range(2):

        def loss(v: Any, unit: int = unit) -> Any:
            given = [v if k == unit else states[:, k] for k in range(2)]
            z = sum(w / (1 + np.exp(-s)) for w, s in zip(outgoing, given, strict=True))
            return oracle.analytic_loss(z, y) / 3

        step = complex_step(loss, states[:, unit])
        name = f"∂C/∂s = Im C(s + ih)/h, unit {unit + 1}"
        yield equals(name, measured[:, unit], step, COMPLEX_STEP)
