"""How tanh is a stretched and shifted sigmoid, and what that says of their slopes."""

from __future__ import annotations

from sympy import Derivative, Subs, exp, tanh

from studydl.derivations.activations._terms import LECUN, OF_X, SIGMOID, sigma, x, z
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import activations
from studydl.verification.derivation import Comparison, Derivation, Step

__all__ = ["tanh_sigmoid_gradients", "tanh_sigmoid_relation"]

with as_written():
    tanh_sigmoid_relation = Derivation(
        "activations.tanh-sigmoid-relation",
        title=Text(
            "tanh is a stretched and shifted sigmoid: 2σ(2x) - 1",
            "tanh 是伸缩并平移后的 sigmoid：2σ(2x) - 1",
        ),
        notes="1.4",
        domain=OF_X,
        definitions=SIGMOID,
        steps=(
            Step(
                tanh(x),
                Text("What is to be rewritten.", "要改写的是 tanh。"),
            ),
            Step(
                (exp(x) - exp(-x)) / (exp(x) + exp(-x)),
                Text(
                    "The definition of tanh by exponentials.",
                    "tanh 的指数定义。",
                ),
            ),
            Step(
                (1 - exp(-2 * x)) / (1 + exp(-2 * x)),
                Text(
                    "Multiply numerator and denominator by e⁻ˣ, which is never 0.",
                    "分子分母同乘 e⁻ˣ，它恒不为 0。",
                ),
            ),
            Step(
                (2 - (1 + exp(-2 * x))) / (1 + exp(-2 * x)),
                Text(
                    "Write the numerator as 2 minus the denominator.",
                    "把分子写成 2 减去分母。",
                ),
            ),
            Step(
                2 * (1 / (1 + exp(-2 * x))) - 1,
                Text(
                    "Divide term by term; the denominator over itself is 1.",
                    "逐项相除，分母除以自身得 1。",
                ),
            ),
            Step(
                2 * sigma(2 * x) - 1,
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
        sources=(LECUN,),
    )

    tanh_sigmoid_gradients = Derivation(
        "activations.tanh-sigmoid-gradients",
        title=Text(
            "The slope of tanh at x is four times that of the sigmoid at 2x",
            "tanh 在 x 处的导数是 sigmoid 在 2x 处导数的四倍",
        ),
        notes="1.4",
        domain=OF_X,
        definitions=SIGMOID,
        steps=(
            Step(
                Derivative(tanh(x), x),
                Text("What is sought: the slope of tanh.", "要求的是 tanh 的导数。"),
            ),
            Step(
                Derivative(2 * sigma(2 * x) - 1, x),
                Text(
                    "Insert tanh x = 2σ(2x) - 1, derived in tanh-sigmoid-relation.",
                    "代入 tanh x = 2σ(2x) - 1，推导见 tanh-sigmoid-relation。",
                ),
            ),
            Step(
                2 * Derivative(sigma(2 * x), x),
                Text(
                    "The derivative is linear, and a constant has slope 0.",
                    "求导是线性运算，常数的导数为 0。",
                ),
            ),
            Step(
                2 * (2 * Subs(Derivative(sigma(z), z), z, 2 * x)),
                Text(
                    "Chain rule: the inner function 2x has slope 2.",
                    "链式法则：内层函数 2x 的导数为 2。",
                ),
            ),
            Step(
                4 * Subs(Derivative(sigma(z), z), z, 2 * x),
                Text("Two times two is four.", "2 乘 2 得 4。"),
            ),
            Step(
                4 * (sigma(2 * x) * (1 - sigma(2 * x))),
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
        sources=(LECUN,),
    )
