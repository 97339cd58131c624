"""ReLU: its derivative on each side of the kink, and how it passes a positive factor through."""

from __future__ import annotations

from sympy import Abs, Derivative, Max, Rational, Symbol

from studydl.derivations.activations._terms import OF_X, x
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import activations
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, REALS, Domain

__all__ = ["relu_gradient", "relu_homogeneity"]

_c = Symbol("c", positive=True)
_glorot = "Glorot, Bordes & Bengio 2011, Deep Sparse Rectifier Neural Networks, section 3"
_goodfellow = "Goodfellow, Bengio & Courville 2016, Deep Learning, section 6.3"
_half = Rational(1, 2)

with as_written():
    relu_gradient = Derivation(
        "activations.relu-gradient",
        title=Text(
            "The derivative of ReLU is 1 right of the kink and 0 left of it",
            "ReLU 的导数在折点右侧为 1，左侧为 0",
        ),
        notes="1.1",
        domain=OF_X,
        steps=(
            Step(
                Derivative(Max(0, x), x),
                Text(
                    "What is sought: the slope of ReLU, which has one everywhere but at x = 0.",
                    "要求的是 ReLU 的导数；除 x = 0 以外，它处处可导。",
                ),
            ),
            Step(
                Derivative(_half * (x + Abs(x)), x),
                Text(
                    "For x > 0 both x and |x| are x; for x < 0 they cancel to 0.",
                    "x > 0 时 x 与 |x| 都等于 x；x < 0 时二者相消为 0。",
                ),
            ),
            Step(
                _half * (1 + Derivative(Abs(x), x)),
                Text(
                    "The derivative is linear, and x has slope 1.",
                    "求导是线性运算，x 的导数为 1。",
                ),
            ),
            Step(
                _half * (1 + x / Abs(x)),
                Text(
                    "|x| has slope 1 right of 0 and -1 left of it: that is x/|x|, and none at 0.",
                    "|x| 在 0 右侧斜率为 1，左侧为 -1，即 x/|x|；在 0 处没有导数。",
                ),
            ),
            Step(
                Max(0, x / Abs(x)),
                Text(
                    "Half of 1 + 1 is 1, half of 1 - 1 is 0. At the kink, code has to choose.",
                    "1 + 1 的一半是 1，1 - 1 的一半是 0。折点处的取值由代码约定。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.activations.relu_gradient(x)", activations.relu_gradient),),
        sources=(_glorot, _goodfellow),
    )

    relu_homogeneity = Derivation(
        "activations.relu-homogeneity",
        title=Text(
            "ReLU passes a positive factor through: ReLU(cx) = c ReLU(x)",
            "正的倍数可以穿过 ReLU：ReLU(cx) = c ReLU(x)",
        ),
        notes="1.1",
        domain=Domain({_c: POSITIVE, x: REALS}),
        steps=(
            Step(
                Max(0, _c * x),
                Text(
                    "What is to be rewritten: ReLU of an input scaled by c > 0.",
                    "要改写的是：输入放大 c > 0 倍之后的 ReLU。",
                ),
            ),
            Step(
                _half * (_c * x + Abs(_c * x)),
                Text(
                    "The larger of 0 and a number u is half of u + |u|.",
                    "0 与 u 中较大的一个等于 u + |u| 的一半。",
                ),
            ),
            Step(
                _half * (_c * x + _c * Abs(x)),
                Text(
                    "|cx| = c|x|, because c is positive; with a negative c this would be wrong.",
                    "c 为正，所以 |cx| = c|x|；c 为负时就不对了。",
                ),
            ),
            Step(
                _c * (_half * (x + Abs(x))),
                Text("Factor c out.", "提出公因子 c。"),
            ),
            Step(
                _c * Max(0, x),
                Text("The rest is ReLU again.", "剩下的又正是 ReLU。"),
            ),
        ),
        comparisons=(
            Comparison("nn.activations.relu(c x)", lambda c, x: activations.relu(c * x)),
            Comparison("c nn.activations.relu(x)", lambda c, x: c * activations.relu(x)),
        ),
        sources=(_glorot,),
    )
