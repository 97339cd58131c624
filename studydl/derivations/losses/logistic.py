"""Cross-entropy behind a sigmoid: the slope of the sigmoid leaves its gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Function, IndexedBase, Symbol, exp, log

from studydl.derivations.losses._terms import SIGMOID, C, a, i, j, n, sigma, z
from studydl.derivations.writing import as_written, minus, total
from studydl.language import Text
from studydl.nn import activations, losses
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import (
    UNIT,
    Domain,
    Index,
    Integers,
    Interval,
    Matrix,
    Sequence,
)
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

__all__ = ["logit_gradient", "weight_gradient"]

_target = Symbol("y", real=True)
_d, _k = Symbol("d", integer=True, positive=True), Symbol("k", integer=True, positive=True)
_X, _w, _y = IndexedBase("x"), IndexedBase("w"), IndexedBase("y")
_bias = Symbol("b", real=True)
_logit, _activation, _loss = (Function(name, real=True) for name in "zaL")

_bishop = "Bishop 2006, Pattern Recognition and Machine Learning, section 4.3.2"
_nielsen = "Nielsen 2015, Neural Networks and Deep Learning, chapter 3"


def _binary_gradient(y: float, z: float) -> float:
    return float(losses.binary_cross_entropy_gradient(z, y))


def _chained_gradient(y: float, z: float) -> float:
    slope = activations.sigmoid_gradient(z)
    return float(losses.chained_cross_entropy_gradient(activations.sigmoid(z), slope, y))


def _weight_gradient(x: Numbers, w: Numbers, y: Numbers, n: int, d: int, j: int, b: float) -> float:
    inputs = x[:n, :d]
    return float(losses.logistic_gradient(inputs, inputs @ w[:d] + b, y[:n])[j - 1])


with as_written():
    logit_gradient = Derivation(
        "losses.logit-gradient",
        title=Text(
            "Behind a sigmoid, the gradient of cross-entropy for the logit is a - y",
            "Sigmoid 之后，交叉熵对 logit 的梯度是 a - y",
        ),
        notes="Z.5",
        domain=Domain({z: Interval(-4, 4), _target: UNIT}),
        definitions={
            **SIGMOID,
            C: minus(_target * log(a) + (1 - _target) * log(1 - a)),
        },
        steps=(
            Step(
                Partial(C, z),
                Text(
                    "What is sought: how the loss C moves with the logit z. The target is y.",
                    "要求的是：损失 C 怎样随 logit z 变化。目标是 y。",
                ),
            ),
            Step(
                ((1 - _target) / (1 - a) - _target / a) * Partial(a, z),
                Text(
                    "Chain rule through the output a; log a has slope 1/a.",
                    "经过输出 a 用链式法则；log a 的导数为 1/a。",
                ),
            ),
            Step(
                ((a - _target) / (a * (1 - a))) * Partial(a, z),
                Text(
                    "Put both fractions over a(1 - a): a - a y - y + a y = a - y.",
                    "通分，公分母 a(1 - a)：a - a y - y + a y = a - y。",
                ),
            ),
            Step(
                ((a - _target) / (a * (1 - a))) * (a * (1 - a)),
                Text(
                    "The slope of the sigmoid, derived in activations.sigmoid-gradient.",
                    "Sigmoid 的导数，推导见 activations.sigmoid-gradient。",
                ),
            ),
            Step(
                a - _target,
                Text(
                    "The denominator of the loss cancels the slope of the sigmoid.",
                    "损失带来的分母与 sigmoid 的导数约去。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.losses.binary_cross_entropy_gradient(z, y)", _binary_gradient),
            Comparison("nn.losses.chained_cross_entropy_gradient(a, a', y)", _chained_gradient),
        ),
        sources=(_bishop, _nielsen),
    )

    _output = _activation(i)
    _error = _output - _y[i]
    _slope = _output * (1 - _output)
    _sigmoid: dict[Any, Any] = {sigma(z): 1 / (1 + exp(-z))}

    weight_gradient = Derivation(
        "losses.weight-gradient",
        title=Text(
            "The gradient of cross-entropy for a weight has no slope of the sigmoid in it",
            "交叉熵对权重的梯度不含 sigmoid 的导数",
        ),
        notes="Z.5",
        domain=Domain(
            {
                n: Integers(1, 3),
                _d: Integers(1, 3),
                j: Index(_d),
                _X: Matrix(Interval(-1, 1)),
                _w: Sequence(Interval(-1, 1)),
                _bias: Interval(-1, 1),
                _y: Sequence(UNIT),
            }
        ),
        definitions={
            **_sigmoid,
            _logit(i): total(_w[_k] * _X[i, _k], _k, 1, _d) + _bias,
            _output: sigma(_logit(i)),
            _loss(i): minus(_y[i] * log(_output) + (1 - _y[i]) * log(1 - _output)),
        },
        steps=(
            Step(
                (1 / n) * total(Partial(_loss(i), _w[j]), i, 1, n),
                Text(
                    "What is sought: the slope of a mean loss, which is the mean of the slopes.",
                    "要求的是：n 个样本的平均损失的导数，即各样本导数的平均。",
                ),
            ),
            Step(
                (1 / n) * total((_error / _slope) * Partial(_output, _w[j]), i, 1, n),
                Text(
                    "Chain rule through the output, as in logit-gradient.",
                    "经过输出用链式法则，同 logit-gradient。",
                ),
            ),
            Step(
                (1 / n) * total((_error / _slope) * (_slope * Partial(_logit(i), _w[j])), i, 1, n),
                Text(
                    "Chain rule once more: the sigmoid has the slope a(1 - a).",
                    "再用一次链式法则：sigmoid 的导数是 a(1 - a)。",
                ),
            ),
            Step(
                (1 / n) * total(_error * Partial(_logit(i), _w[j]), i, 1, n),
                Text(
                    "The slope of the sigmoid cancels; it is never 0.",
                    "约去 sigmoid 的导数；它恒不为 0。",
                ),
            ),
            Step(
                (1 / n) * total(_X[i, j] * (sigma(_logit(i)) - _y[i]), i, 1, n),
                Text(
                    "The logit is linear in the weights, its slope for w is the input; a = σ(z).",
                    "Logit 是权重的线性函数，对 w 的导数就是相应的输入；a = σ(z)。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.losses.logistic_gradient(x, z, y)_j", _weight_gradient),),
        sources=(_bishop, _nielsen),
    )
