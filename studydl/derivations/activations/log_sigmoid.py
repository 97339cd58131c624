"""The logarithm of the sigmoid without overflow, and the log odds that the sigmoid inverts."""

from __future__ import annotations

import numpy as np
from sympy import Abs, Max, Min, exp, log

from studydl.derivations.activations._terms import GOODFELLOW, OF_X, SIGMOID, one_plus, s, sigma, x
from studydl.derivations.writing import as_written, minus
from studydl.language import Text
from studydl.nn import activations
from studydl.verification.derivation import Comparison, Derivation, Step

__all__ = ["log_sigmoid", "sigmoid_log_odds"]

with as_written():
    log_sigmoid = Derivation(
        "activations.log-sigmoid",
        title=Text(
            "The logarithm of the sigmoid in a form that never overflows",
            "Sigmoid 的对数：永不溢出的写法",
        ),
        notes="1.3",
        domain=OF_X,
        definitions=SIGMOID,
        steps=(
            Step(
                log(s),
                Text("What is to be rewritten.", "要改写的是 sigmoid 的对数。"),
            ),
            Step(
                log(1 / one_plus),
                Text("Insert the definition of the sigmoid.", "代入 sigmoid 的定义。"),
            ),
            Step(
                minus(log(one_plus)),
                Text(
                    "The logarithm of a reciprocal is minus the logarithm.",
                    "倒数的对数等于对数的相反数。",
                ),
            ),
            Step(
                minus(log(exp(Max(0, -x)) * (1 + exp(-Abs(x))))),
                Text(
                    "Take out the larger of 1 and e⁻ˣ; the exponent of the other becomes -|x|.",
                    "提出 1 与 e⁻ˣ 中较大的一个；另一项的指数变成 -|x|。",
                ),
            ),
            Step(
                minus(Max(0, -x)) - log(1 + exp(-Abs(x))),
                Text(
                    "The logarithm of a product is a sum; log and exp cancel.",
                    "积的对数等于对数之和；对数与指数相消。",
                ),
            ),
            Step(
                Min(0, x) - log(1 + exp(-Abs(x))),
                Text(
                    "-max(0, -x) = min(0, x). Now no exponential exceeds 1.",
                    "-max(0, -x) = min(0, x)。现在的指数项都不会超过 1。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.activations.log_sigmoid(x)", activations.log_sigmoid),),
        sources=(GOODFELLOW,),
    )

    sigmoid_log_odds = Derivation(
        "activations.sigmoid-log-odds",
        title=Text(
            "The input of the sigmoid is the log odds of its output",
            "Sigmoid 的输入是其输出的对数几率",
        ),
        notes="1.3",
        domain=OF_X,
        definitions=SIGMOID,
        steps=(
            Step(
                log(s / (1 - s)),
                Text(
                    "The log odds of the output, read as a probability between 0 and 1.",
                    "把介于 0 和 1 之间的输出看作概率，求它的对数几率。",
                ),
            ),
            Step(
                log(s / sigma(-x)),
                Text(
                    "1 - σ(x) = σ(-x), derived in sigmoid-symmetry.",
                    "1 - σ(x) = σ(-x)，推导见 sigmoid-symmetry。",
                ),
            ),
            Step(
                log((1 + exp(x)) / (1 + exp(-x))),
                Text(
                    "Insert the definition twice; dividing by 1/(1 + eˣ) multiplies by 1 + eˣ.",
                    "两次代入定义；除以 1/(1 + eˣ) 就是乘以 1 + eˣ。",
                ),
            ),
            Step(
                log(exp(x) * (exp(-x) + 1) / (1 + exp(-x))),
                Text("Take eˣ out of the numerator.", "从分子中提出 eˣ。"),
            ),
            Step(
                log(exp(x)),
                Text("The brackets cancel; they are never 0.", "约去括号，它恒不为 0。"),
            ),
            Step(
                x,
                Text("The logarithm undoes the exponential.", "对数与指数互逆。"),
            ),
        ),
        comparisons=(
            Comparison(
                "log of nn.activations.sigmoid(x) over nn.activations.sigmoid(-x)",
                lambda x: np.log(activations.sigmoid(x) / activations.sigmoid(-x)),
            ),
        ),
        sources=("Bishop 2006, Pattern Recognition and Machine Learning, section 4.2",),
    )
