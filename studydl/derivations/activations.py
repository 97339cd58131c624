"""Sigmoid and tanh: their derivatives, the sigmoid's steepest point, and how they are related."""

from __future__ import annotations

from typing import Any

import numpy as np
from sympy import Derivative, Function, Integer, Rational, Subs, Symbol, exp, tanh

from studydl.derivations.writing import as_written, minus
from studydl.language import Text
from studydl.nn import activations
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation
from studydl.verification.domain import REALS, Domain

__all__ = [
    "sigmoid_gradient",
    "sigmoid_gradient_maximum",
    "tanh_gradient",
    "tanh_sigmoid_gradients",
    "tanh_sigmoid_relation",
]

_x = Symbol("x", real=True)
_z = Symbol("z", real=True)
_sigma = Function("sigma", real=True)

with as_written():
    _one_plus = 1 + exp(-_x)
    _s = _sigma(_x)
    _sigmoid: dict[Any, Any] = {_s: 1 / _one_plus}
    _difference = exp(_x) - exp(-_x)
    _sum = exp(_x) + exp(-_x)

_of_x = Domain({_x: REALS})
_goodfellow = "Goodfellow, Bengio & Courville 2016, Deep Learning, section 3.10"
_lecun = "LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.4"

with as_written():
    sigmoid_gradient = Derivation(
        "activations.sigmoid-gradient",
        title=Text("The derivative of the sigmoid is s(1 - s)", "Sigmoid 的导数等于 s(1 - s)"),
        notes="1.3",
        domain=_of_x,
        definitions=_sigmoid,
        steps=(
            Step(
                Derivative(_s, _x),
                Text(
                    "What is sought: the slope of the sigmoid.",
                    "要求的是 sigmoid 的导数。",
                ),
            ),
            Step(
                Derivative(1 / _one_plus, _x),
                Text(
                    "Insert the definition of the sigmoid.",
                    "代入 sigmoid 的定义。",
                ),
            ),
            Step(
                minus(Derivative(_one_plus, _x) / _one_plus**2),
                Text(
                    "Reciprocal rule (1/u)' = -u'/u²; it applies because 1 + e⁻ˣ is never 0.",
                    "倒数求导法则 (1/u)' = -u'/u²；1 + e⁻ˣ 恒不为 0，所以可用。",
                ),
            ),
            Step(
                minus(minus(exp(-_x)) / _one_plus**2),
                Text(
                    "Chain rule: the 1 has slope 0, and e⁻ˣ has slope -e⁻ˣ.",
                    "链式法则：常数 1 的导数为 0，e⁻ˣ 的导数为 -e⁻ˣ。",
                ),
            ),
            Step(
                (1 / _one_plus) * (exp(-_x) / _one_plus),
                Text(
                    "The two minus signs cancel; split the square into two fractions.",
                    "两个负号相消，再把平方拆成两个分式。",
                ),
            ),
            Step(
                (1 / _one_plus) * ((_one_plus - 1) / _one_plus),
                Text(
                    "Add 1 and take it away again in the second numerator.",
                    "在第二个分子上加 1 再减 1，值不变。",
                ),
            ),
            Step(
                (1 / _one_plus) * (1 - 1 / _one_plus),
                Text(
                    "Divide the second numerator term by term.",
                    "把第二个分式逐项相除。",
                ),
            ),
            Step(
                _s * (1 - _s),
                Text(
                    "Both fractions are the sigmoid itself.",
                    "两处分式都正是 sigmoid 本身。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.activations.sigmoid_gradient(x)", activations.sigmoid_gradient),
        ),
        sources=(_goodfellow,),
    )

    sigmoid_gradient_maximum = Derivation(
        "activations.sigmoid-gradient-maximum",
        title=Text(
            "The derivative of the sigmoid is at most 1/4, reached at x = 0",
            "Sigmoid 的导数最大为 1/4，在 x = 0 处取到",
        ),
        notes="1.3",
        domain=_of_x,
        definitions=_sigmoid,
        steps=(
            Step(
                Derivative(_s, _x),
                Text(
                    "What is to be bounded: the slope of the sigmoid.",
                    "要估计的是 sigmoid 的导数。",
                ),
            ),
            Step(
                _s * (1 - _s),
                Text(
                    "The derivative of the sigmoid, derived in sigmoid-gradient.",
                    "Sigmoid 的导数，推导见 sigmoid-gradient。",
                ),
            ),
            Step(
                _s - _s**2,
                Text("Multiply out.", "展开括号。"),
            ),
            Step(
                Rational(1, 4) - (Rational(1, 4) - _s + _s**2),
                Text(
                    "Add 1/4 and take it away again, to complete the square.",
                    "加 1/4 再减 1/4，为配方作准备。",
                ),
            ),
            Step(
                Rational(1, 4) - (Rational(1, 2) - _s) ** 2,
                Text(
                    "The bracket is a square: (a - b)² = a² - 2ab + b² with a = 1/2.",
                    "括号内是完全平方：取 a = 1/2，(a - b)² = a² - 2ab + b²。",
                ),
            ),
            Step(
                Rational(1, 4),
                Text(
                    "A square is never negative, so that leaving it out cannot make this smaller.",
                    "平方不会为负，去掉被减的平方只会变大或不变。",
                ),
                Relation.AT_MOST,
            ),
            Step(
                _sigma(Integer(0)) * (1 - _sigma(Integer(0))),
                Text(
                    "At x = 0 the sigmoid is 1/2, the square is 0, and the bound is reached.",
                    "x = 0 时 sigmoid 等于 1/2，平方项为 0，上界恰好取到。",
                ),
            ),
        ),
        comparisons=(
            Comparison(
                "the largest of nn.activations.sigmoid_gradient at x, -x and 0",
                lambda x: np.max(activations.sigmoid_gradient(np.array([x, -x, 0.0]))),
            ),
        ),
        sources=(_goodfellow,),
    )

    tanh_gradient = Derivation(
        "activations.tanh-gradient",
        title=Text("The derivative of tanh is 1 - tanh²", "tanh 的导数等于 1 - tanh²"),
        notes="1.4",
        domain=_of_x,
        steps=(
            Step(
                Derivative(tanh(_x), _x),
                Text("What is sought: the slope of tanh.", "要求的是 tanh 的导数。"),
            ),
            Step(
                Derivative(_difference / _sum, _x),
                Text(
                    "Insert the definition of tanh by exponentials.",
                    "代入 tanh 的指数定义。",
                ),
            ),
            Step(
                (Derivative(_difference, _x) * _sum - _difference * Derivative(_sum, _x)) / _sum**2,
                Text(
                    "Quotient rule (u/v)' = (u'v - uv')/v²; eˣ + e⁻ˣ is never 0.",
                    "商的求导法则 (u/v)' = (u'v - uv')/v²；eˣ + e⁻ˣ 恒不为 0。",
                ),
            ),
            Step(
                (_sum * _sum - _difference * _difference) / _sum**2,
                Text(
                    "e⁻ˣ has slope -e⁻ˣ, so that difference and sum turn into each other.",
                    "e⁻ˣ 的导数为 -e⁻ˣ，所以差求导得和，和求导得差。",
                ),
            ),
            Step(
                1 - _difference**2 / _sum**2,
                Text(
                    "Divide term by term; the first quotient is 1.",
                    "逐项相除，第一项等于 1。",
                ),
            ),
            Step(
                1 - (_difference / _sum) ** 2,
                Text(
                    "A quotient of squares is the square of the quotient.",
                    "平方之商等于商的平方。",
                ),
            ),
            Step(
                1 - tanh(_x) ** 2,
                Text("The quotient is tanh itself.", "这个商正是 tanh 本身。"),
            ),
        ),
        comparisons=(Comparison("nn.activations.tanh_gradient(x)", activations.tanh_gradient),),
        sources=(_lecun,),
    )

    tanh_sigmoid_relation = Derivation(
        "activations.tanh-sigmoid-relation",
        title=Text(
            "tanh is a stretched and shifted sigmoid: 2σ(2x) - 1",
            "tanh 是伸缩并平移后的 sigmoid：2σ(2x) - 1",
        ),
        notes="1.4",
        domain=_of_x,
        definitions=_sigmoid,
        steps=(
            Step(
                tanh(_x),
                Text("What is to be rewritten.", "要改写的是 tanh。"),
            ),
            Step(
                _difference / _sum,
                Text(
                    "The definition of tanh by exponentials.",
                    "tanh 的指数定义。",
                ),
            ),
            Step(
                (1 - exp(-2 * _x)) / (1 + exp(-2 * _x)),
                Text(
                    "Multiply numerator and denominator by e⁻ˣ, which is never 0.",
                    "分子分母同乘 e⁻ˣ，它恒不为 0。",
                ),
            ),
            Step(
                (2 - (1 + exp(-2 * _x))) / (1 + exp(-2 * _x)),
                Text(
                    "Write the numerator as 2 minus the denominator.",
                    "把分子写成 2 减去分母。",
                ),
            ),
            Step(
                2 * (1 / (1 + exp(-2 * _x))) - 1,
                Text(
                    "Divide term by term; the denominator over itself is 1.",
                    "逐项相除，分母除以自身得 1。",
                ),
            ),
            Step(
                2 * _sigma(2 * _x) - 1,
                Text(
                    "The fraction is the sigmoid at 2x.",
                    "这个分式就是 sigmoid 在 2x 处的值。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.activations.tanh(x)", activations.tanh),
            Comparison(
                "2 nn.activations.sigmoid(2x) - 1", lambda x: 2 * activations.sigmoid(2 * x) - 1
            ),
        ),
        sources=(_lecun,),
    )

    tanh_sigmoid_gradients = Derivation(
        "activations.tanh-sigmoid-gradients",
        title=Text(
            "The slope of tanh at x is four times that of the sigmoid at 2x",
            "tanh 在 x 处的导数是 sigmoid 在 2x 处导数的四倍",
        ),
        notes="1.4",
        domain=_of_x,
        definitions=_sigmoid,
        steps=(
            Step(
                Derivative(tanh(_x), _x),
                Text("What is sought: the slope of tanh.", "要求的是 tanh 的导数。"),
            ),
            Step(
                Derivative(2 * _sigma(2 * _x) - 1, _x),
                Text(
                    "Insert tanh x = 2σ(2x) - 1, derived in tanh-sigmoid-relation.",
                    "代入 tanh x = 2σ(2x) - 1，推导见 tanh-sigmoid-relation。",
                ),
            ),
            Step(
                2 * Derivative(_sigma(2 * _x), _x),
                Text(
                    "The derivative is linear, and a constant has slope 0.",
                    "求导是线性运算，常数的导数为 0。",
                ),
            ),
            Step(
                2 * (2 * Subs(Derivative(_sigma(_z), _z), _z, 2 * _x)),
                Text(
                    "Chain rule: the inner function 2x has slope 2.",
                    "链式法则：内层函数 2x 的导数为 2。",
                ),
            ),
            Step(
                4 * Subs(Derivative(_sigma(_z), _z), _z, 2 * _x),
                Text("Two times two is four.", "2 乘 2 得 4。"),
            ),
            Step(
                4 * (_sigma(2 * _x) * (1 - _sigma(2 * _x))),
                Text(
                    "The derivative of the sigmoid, at 2x; at x = 0 this is 4 · 1/4 = 1.",
                    "代入 sigmoid 在 2x 处的导数；x = 0 时为 4 · 1/4 = 1。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.activations.tanh_gradient(x)", activations.tanh_gradient),
            Comparison(
                "4 nn.activations.sigmoid_gradient(2x)",
                lambda x: 4 * activations.sigmoid_gradient(2 * x),
            ),
        ),
        sources=(_lecun,),
    )
