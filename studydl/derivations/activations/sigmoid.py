"""The sigmoid: its derivative, its steepest point, its symmetry and its tails."""

from __future__ import annotations

import numpy as np
from sympy import Abs, Derivative, Integer, Rational, exp

from studydl.derivations.activations._terms import GOODFELLOW, OF_X, SIGMOID, one_plus, s, sigma, x
from studydl.derivations.writing import as_written, minus
from studydl.language import Text
from studydl.nn import activations
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation

__all__ = [
    "sigmoid_gradient",
    "sigmoid_gradient_maximum",
    "sigmoid_saturation",
    "sigmoid_symmetry",
]

with as_written():
    sigmoid_gradient = Derivation(
        "activations.sigmoid-gradient",
        title=Text("The derivative of the sigmoid is s(1 - s)", "Sigmoid 的导数等于 s(1 - s)"),
        notes="1.3",
        domain=OF_X,
        definitions=SIGMOID,
        steps=(
            Step(
                Derivative(s, x),
                Text(
                    "What is sought: the slope of the sigmoid.",
                    "要求的是 sigmoid 的导数。",
                ),
            ),
            Step(
                Derivative(1 / one_plus, x),
                Text(
                    "Insert the definition of the sigmoid.",
                    "代入 sigmoid 的定义。",
                ),
            ),
            Step(
                minus(Derivative(one_plus, x) / one_plus**2),
                Text(
                    "Reciprocal rule (1/u)' = -u'/u²; it applies because 1 + e⁻ˣ is never 0.",
                    "倒数求导法则 (1/u)' = -u'/u²；1 + e⁻ˣ 恒不为 0，所以可用。",
                ),
            ),
            Step(
                minus(minus(exp(-x)) / one_plus**2),
                Text(
                    "Chain rule: the 1 has slope 0, and e⁻ˣ has slope -e⁻ˣ.",
                    "链式法则：常数 1 的导数为 0，e⁻ˣ 的导数为 -e⁻ˣ。",
                ),
            ),
            Step(
                (1 / one_plus) * (exp(-x) / one_plus),
                Text(
                    "The two minus signs cancel; split the square into two fractions.",
                    "两个负号相消，再把平方拆成两个分式。",
                ),
            ),
            Step(
                (1 / one_plus) * ((one_plus - 1) / one_plus),
                Text(
                    "Add 1 and take it away again in the second numerator.",
                    "在第二个分子上加 1 再减 1，值不变。",
                ),
            ),
            Step(
                (1 / one_plus) * (1 - 1 / one_plus),
                Text(
                    "Divide the second numerator term by term.",
                    "把第二个分式逐项相除。",
                ),
            ),
            Step(
                s * (1 - s),
                Text(
                    "Both fractions are the sigmoid itself.",
                    "两处分式都正是 sigmoid 本身。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.activations.sigmoid_gradient(x)", activations.sigmoid_gradient),
        ),
        sources=(GOODFELLOW,),
    )

    sigmoid_gradient_maximum = Derivation(
        "activations.sigmoid-gradient-maximum",
        title=Text(
            "The derivative of the sigmoid is at most 1/4, reached at x = 0",
            "Sigmoid 的导数最大为 1/4，在 x = 0 处取到",
        ),
        notes="1.3",
        domain=OF_X,
        definitions=SIGMOID,
        steps=(
            Step(
                Derivative(s, x),
                Text(
                    "What is to be bounded: the slope of the sigmoid.",
                    "要估计的是 sigmoid 的导数。",
                ),
            ),
            Step(
                s * (1 - s),
                Text(
                    "The derivative of the sigmoid, derived in sigmoid-gradient.",
                    "Sigmoid 的导数，推导见 sigmoid-gradient。",
                ),
            ),
            Step(
                s - s**2,
                Text("Multiply out.", "展开括号。"),
            ),
            Step(
                Rational(1, 4) - (Rational(1, 4) - s + s**2),
                Text(
                    "Add 1/4 and take it away again, to complete the square.",
                    "加 1/4 再减 1/4，为配方作准备。",
                ),
            ),
            Step(
                Rational(1, 4) - (Rational(1, 2) - s) ** 2,
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
                sigma(Integer(0)) * (1 - sigma(Integer(0))),
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
        sources=(GOODFELLOW,),
    )

    sigmoid_symmetry = Derivation(
        "activations.sigmoid-symmetry",
        title=Text("Mirrored inputs: 1 - σ(x) = σ(-x)", "输入关于 0 对称时：1 - σ(x) = σ(-x)"),
        notes="1.3",
        domain=OF_X,
        definitions=SIGMOID,
        steps=(
            Step(
                1 - s,
                Text("What the sigmoid still lacks to 1.", "Sigmoid 离 1 还差多少。"),
            ),
            Step(
                1 - 1 / one_plus,
                Text("Insert the definition of the sigmoid.", "代入 sigmoid 的定义。"),
            ),
            Step(
                (one_plus - 1) / one_plus,
                Text(
                    "Put both terms over the denominator 1 + e⁻ˣ, which is never 0.",
                    "通分，公分母是 1 + e⁻ˣ，它恒不为 0。",
                ),
            ),
            Step(
                exp(-x) / one_plus,
                Text("The ones in the numerator cancel.", "分子上的两个 1 相消。"),
            ),
            Step(
                1 / (exp(x) + 1),
                Text(
                    "Multiply numerator and denominator by eˣ, which is never 0.",
                    "分子分母同乘 eˣ，它恒不为 0。",
                ),
            ),
            Step(
                sigma(-x),
                Text(
                    "This is the definition of the sigmoid with -x in place of x.",
                    "把 sigmoid 定义中的 x 换成 -x，正是这个式子。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.activations.sigmoid(-x)", lambda x: activations.sigmoid(-x)),),
        sources=(GOODFELLOW,),
    )

    sigmoid_saturation = Derivation(
        "activations.sigmoid-saturation",
        title=Text(
            "Far from 0 the derivative of the sigmoid falls off as exp(-|x|)",
            "远离 0 时，sigmoid 的导数按 exp(-|x|) 衰减",
        ),
        notes="1.3",
        domain=OF_X,
        definitions=SIGMOID,
        steps=(
            Step(
                Derivative(s, x),
                Text("What is sought: the slope of the sigmoid.", "要求的是 sigmoid 的导数。"),
            ),
            Step(
                s * (1 - s),
                Text(
                    "The derivative of the sigmoid, derived in sigmoid-gradient.",
                    "Sigmoid 的导数，推导见 sigmoid-gradient。",
                ),
            ),
            Step(
                sigma(x) * sigma(-x),
                Text(
                    "1 - σ(x) = σ(-x), derived in sigmoid-symmetry.",
                    "1 - σ(x) = σ(-x)，推导见 sigmoid-symmetry。",
                ),
            ),
            Step(
                sigma(Abs(x)) * sigma(-Abs(x)),
                Text(
                    "x and -x only swap the two factors, so |x| may stand in place of x.",
                    "x 换成 -x 只是交换两个因子，所以可以用 |x| 代替 x。",
                ),
            ),
            Step(
                (1 / (1 + exp(-Abs(x)))) * (exp(-Abs(x)) / (1 + exp(-Abs(x)))),
                Text(
                    "Insert the definition; σ(-u) = e⁻ᵘ/(1 + e⁻ᵘ) is a line of sigmoid-symmetry.",
                    "代入定义；σ(-u) = e⁻ᵘ/(1 + e⁻ᵘ) 是 sigmoid-symmetry 中的一行。",
                ),
            ),
            Step(
                exp(-Abs(x)) / (1 + exp(-Abs(x))) ** 2,
                Text(
                    "Multiply the fractions. Far from 0 the denominator is nearly 1.",
                    "两个分式相乘。远离 0 时，分母几乎等于 1。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.activations.sigmoid_gradient(x)", activations.sigmoid_gradient),
        ),
        sources=(GOODFELLOW,),
    )
