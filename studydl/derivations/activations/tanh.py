"""tanh: its derivative, its steepest point and its tails."""

from __future__ import annotations

import numpy as np
from sympy import Derivative, Integer, exp, tanh

from studydl.derivations.activations._terms import LECUN, OF_X, SIGMOID, sigma, x
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import activations
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation

__all__ = ["tanh_gradient", "tanh_gradient_maximum", "tanh_saturation"]

with as_written():
    _difference = exp(x) - exp(-x)
    _sum = exp(x) + exp(-x)

with as_written():
    tanh_gradient = Derivation(
        "activations.tanh-gradient",
        title=Text("The derivative of tanh is 1 - tanh²", "tanh 的导数等于 1 - tanh²"),
        notes="1.4",
        domain=OF_X,
        steps=(
            Step(
                Derivative(tanh(x), x),
                Text("What is sought: the slope of tanh.", "要求的是 tanh 的导数。"),
            ),
            Step(
                Derivative(_difference / _sum, x),
                Text(
                    "Insert the definition of tanh by exponentials.",
                    "代入 tanh 的指数定义。",
                ),
            ),
            Step(
                (Derivative(_difference, x) * _sum - _difference * Derivative(_sum, x)) / _sum**2,
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
                1 - tanh(x) ** 2,
                Text("The quotient is tanh itself.", "这个商正是 tanh 本身。"),
            ),
        ),
        comparisons=(Comparison("nn.activations.tanh_gradient(x)", activations.tanh_gradient),),
        sources=(LECUN,),
    )

    tanh_gradient_maximum = Derivation(
        "activations.tanh-gradient-maximum",
        title=Text(
            "The derivative of tanh is at most 1, reached at x = 0",
            "tanh 的导数最大为 1，在 x = 0 处取到",
        ),
        notes="1.4",
        domain=OF_X,
        definitions=SIGMOID,
        steps=(
            Step(
                Derivative(tanh(x), x),
                Text("What is to be bounded: the slope of tanh.", "要估计的是 tanh 的导数。"),
            ),
            Step(
                1 - tanh(x) ** 2,
                Text(
                    "The derivative of tanh, derived in tanh-gradient.",
                    "tanh 的导数，推导见 tanh-gradient。",
                ),
            ),
            Step(
                Integer(1),
                Text(
                    "A square is never negative, so that leaving it out cannot make this smaller.",
                    "平方不会为负，去掉被减的平方只会变大或不变。",
                ),
                Relation.AT_MOST,
            ),
            Step(
                4 * (sigma(Integer(0)) * (1 - sigma(Integer(0)))),
                Text(
                    "The slope at 0 by tanh-sigmoid-gradients: 4 · 1/4. The bound is reached.",
                    "由 tanh-sigmoid-gradients 得 0 处的导数：4 · 1/4。上界恰好取到。",
                ),
            ),
        ),
        comparisons=(
            Comparison(
                "the largest of nn.activations.tanh_gradient at x, -x and 0",
                lambda x: np.max(activations.tanh_gradient(np.array([x, -x, 0.0]))),
            ),
        ),
        sources=(LECUN,),
    )

    tanh_saturation = Derivation(
        "activations.tanh-saturation",
        title=Text(
            "The derivative of tanh by exponentials, which vanish far from 0",
            "用指数表示 tanh 的导数，远离 0 时趋于 0",
        ),
        notes="1.4",
        domain=OF_X,
        steps=(
            Step(
                Derivative(tanh(x), x),
                Text("What is sought: the slope of tanh.", "要求的是 tanh 的导数。"),
            ),
            Step(
                1 - tanh(x) ** 2,
                Text(
                    "The derivative of tanh, derived in tanh-gradient.",
                    "tanh 的导数，推导见 tanh-gradient。",
                ),
            ),
            Step(
                1 - (_difference / _sum) ** 2,
                Text(
                    "Insert the definition of tanh by exponentials.",
                    "代入 tanh 的指数定义。",
                ),
            ),
            Step(
                (_sum**2 - _difference**2) / _sum**2,
                Text(
                    "Put both terms over the squared denominator, which is never 0.",
                    "通分，公分母是分母的平方，它恒不为 0。",
                ),
            ),
            Step(
                (2 * exp(-x)) * (2 * exp(x)) / _sum**2,
                Text(
                    "a² - b² = (a - b)(a + b): the difference is 2e⁻ˣ, the sum is 2eˣ.",
                    "a² - b² = (a - b)(a + b)：两式之差为 2e⁻ˣ，之和为 2eˣ。",
                ),
            ),
            Step(
                4 / _sum**2,
                Text("The exponents cancel: e⁻ˣ eˣ = 1.", "指数相消：e⁻ˣ eˣ = 1。"),
            ),
            Step(
                (2 / _sum) ** 2,
                Text(
                    "4 = 2². Far from 0 this is nearly 4 exp(-2|x|): tanh saturates before σ.",
                    "4 = 2²。远离 0 时约为 4 exp(-2|x|)：tanh 比 σ 更早饱和。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.activations.tanh_gradient(x)", activations.tanh_gradient),),
        sources=(LECUN,),
    )
