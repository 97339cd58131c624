"""Squared error behind a sigmoid: the slope of the sigmoid stays in its gradient."""

from __future__ import annotations

from sympy import Abs, Rational, Symbol, exp

from studydl.derivations.losses._terms import SIGMOID, C, a, z
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import losses
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import REALS, UNIT, Domain
from studydl.verification.partial import Partial

__all__ = ["squared_error_saturation", "squared_error_slope"]

_y = Symbol("y", real=True)
_of_logit_and_target = Domain({z: REALS, _y: UNIT})
_nielsen = "Nielsen 2015, Neural Networks and Deep Learning, chapter 3"


def _gradient(y: float, z: float) -> float:
    return float(losses.sigmoid_squared_error_gradient(z, y))


def _ratio(y: float, z: float) -> float:
    """Return the gradient of squared error over that of cross-entropy, behind a sigmoid."""
    return _gradient(y, z) / float(losses.binary_cross_entropy_gradient(z, y))


with as_written():
    squared_error_slope = Derivation(
        "losses.squared-error-slope",
        title=Text(
            "Behind a sigmoid, the gradient of squared error keeps the slope a(1 - a)",
            "Sigmoid 之后，平方误差的梯度保留导数 a(1 - a)",
        ),
        notes="Z.5",
        domain=_of_logit_and_target,
        definitions={**SIGMOID, C: Rational(1, 2) * (a - _y) ** 2},
        steps=(
            Step(
                Partial(C, z),
                Text(
                    "What is sought: how the loss C moves with the logit z. The target is y.",
                    "要求的是：损失 C 怎样随 logit z 变化。目标是 y。",
                ),
            ),
            Step(
                Rational(1, 2) * (2 * (a - _y)) * Partial(a, z),
                Text(
                    "Chain rule: a square u² has the slope 2u, and a moves with z.",
                    "链式法则：平方 u² 的导数为 2u，而 a 随 z 变化。",
                ),
            ),
            Step(
                (a - _y) * Partial(a, z),
                Text(
                    "One half of two is one: that is what the half in the loss is for.",
                    "一半乘 2 得 1：损失中的 1/2 正是为此而设。",
                ),
            ),
            Step(
                (a - _y) * (a * (1 - a)),
                Text(
                    "The slope of the sigmoid; nothing in the loss cancels it.",
                    "代入 sigmoid 的导数；损失中没有什么与它相消。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.losses.sigmoid_squared_error_gradient(z, y)", _gradient),),
        sources=(_nielsen,),
    )

    squared_error_saturation = Derivation(
        "losses.squared-error-saturation",
        title=Text(
            "Far from 0, squared error's gradient is exp(-|z|) times that of cross-entropy",
            "远离 0 时，平方误差的梯度约为交叉熵的 exp(-|z|) 倍",
        ),
        notes="Z.5",
        domain=_of_logit_and_target,
        definitions=SIGMOID,
        steps=(
            Step(
                ((a - _y) * Partial(a, z)) / (a - _y),
                Text(
                    "Gradient of squared error over gradient of cross-entropy, which is a - y.",
                    "平方误差的梯度比交叉熵的梯度；后者是 a - y。",
                ),
            ),
            Step(
                Partial(a, z),
                Text(
                    "The error a - y cancels; it is not 0, unless there is nothing to learn.",
                    "约去误差 a - y；只有无可学时它才为 0。",
                ),
            ),
            Step(
                a * (1 - a),
                Text(
                    "The slope of the sigmoid, derived in activations.sigmoid-gradient.",
                    "Sigmoid 的导数，推导见 activations.sigmoid-gradient。",
                ),
            ),
            Step(
                exp(-Abs(z)) / (1 + exp(-Abs(z))) ** 2,
                Text(
                    "As in activations.sigmoid-saturation: at most 1/4, and tiny far from 0.",
                    "同 activations.sigmoid-saturation：至多 1/4，远离 0 时极小。",
                ),
            ),
        ),
        comparisons=(
            Comparison(
                "nn.losses.sigmoid_squared_error_gradient over binary_cross_entropy_gradient",
                _ratio,
            ),
        ),
        sources=(_nielsen,),
    )
