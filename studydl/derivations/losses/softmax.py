"""Softmax: its derivatives, what it ignores, its logarithm, and its case of two classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sympy import Derivative, KroneckerDelta, Symbol, exp, log

from studydl.derivations.losses._terms import CLASSES, SOFTMAX, exponentials, i, k, n, p, sigma
from studydl.derivations.losses._terms import logits as z
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import losses
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import REALS, Domain, Index
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["log_softmax", "softmax_jacobian", "softmax_of_two", "softmax_shift"]

_l = Symbol("l", integer=True, positive=True)
_shift = Symbol("m", real=True)
_u = Symbol("u", real=True)
_z1, _z2 = Symbol("z_1", real=True), Symbol("z_2", real=True)

_bridle = "Bridle 1990, Probabilistic Interpretation of Feedforward Classification Network Outputs"
_bishop = "Bishop 2006, Pattern Recognition and Machine Learning, section 4.3.4"
_goodfellow = "Goodfellow, Bengio & Courville 2016, Deep Learning, section 6.2.2.3"


def _slope(z: NDArray[np.float64], n: int, k: int, l: int) -> float:  # noqa: E741 - the formula's l
    """Return p_k times the slope of log p_k, which is minus the loss of class k."""
    row = z[np.newaxis, :n]
    gradient = losses.cross_entropy_gradient(row, np.array([k - 1]))
    return float(-losses.softmax(row)[0, k - 1] * gradient[0, l - 1])


def _probability(z: NDArray[np.float64], n: int, k: int, m: float) -> float:
    return float(losses.softmax(z[:n] - m)[k - 1])


def _log_probability(z: NDArray[np.float64], n: int, k: int, **_shift: float) -> float:
    return float(losses.log_softmax(z[:n])[k - 1])


with as_written():
    softmax_jacobian = Derivation(
        "losses.softmax-jacobian",
        title=Text(
            "The derivative of a softmax probability for any of the logits",
            "Softmax 概率对任意一个 logit 的导数",
        ),
        notes="Z.5",
        domain=Domain({**CLASSES, _l: Index(n)}),
        definitions=SOFTMAX,
        steps=(
            Step(
                Partial(p(k), z[_l]),
                Text(
                    "How the probability of class k moves with the logit of class l, k or another.",
                    "第 k 类的概率怎样随第 l 类的 logit 变化；l 可以等于 k，也可以不等。",
                ),
            ),
            Step(
                Derivative(exp(z[k]) / exponentials, z[_l]),
                Text("Insert the definition of softmax.", "代入 softmax 的定义。"),
            ),
            Step(
                (KroneckerDelta(k, _l) * exp(z[k]) * exponentials - exp(z[k]) * exp(z[_l]))
                / exponentials**2,
                Text(
                    "Quotient rule. The numerator moves only if l = k: δ is 1 then, otherwise 0.",
                    "商的求导法则。只有 l = k 时分子才变：此时 δ 为 1，否则为 0。",
                ),
            ),
            Step(
                KroneckerDelta(k, _l) * (exp(z[k]) / exponentials)
                - (exp(z[k]) / exponentials) * (exp(z[_l]) / exponentials),
                Text("Divide term by term.", "逐项相除。"),
            ),
            Step(
                KroneckerDelta(k, _l) * p(k) - p(k) * p(_l),
                Text("The quotients are softmax probabilities.", "这些商都是 softmax 概率。"),
            ),
            Step(
                p(k) * (KroneckerDelta(k, _l) - p(_l)),
                Text(
                    "Factor out p of k: p(1 - p) on the diagonal, as for the sigmoid.",
                    "提出 k 类的概率：对角线上是 p(1 - p)，与 sigmoid 相同。",
                ),
            ),
        ),
        comparisons=(Comparison("-p_k nn.losses.cross_entropy_gradient(z, class k)_l", _slope),),
        sources=(_bridle, _bishop),
    )

    _shifted = total(exp(z[i] - _shift), i, 1, n)

    softmax_shift = Derivation(
        "losses.softmax-shift",
        title=Text(
            "Subtracting one number m from all logits changes no softmax probability",
            "所有 logit 减去同一个数 m，softmax 概率不变",
        ),
        notes="Z.5",
        domain=Domain({**CLASSES, _shift: REALS}),
        definitions=SOFTMAX,
        steps=(
            Step(
                exp(z[k] - _shift) / _shifted,
                Text(
                    "Softmax of the logits less m. Programs take m = max z: no overflow.",
                    "各 logit 减去 m 之后的 softmax；程序取 m = max z，避免溢出。",
                ),
            ),
            Step(
                (exp(-_shift) * exp(z[k])) / total(exp(-_shift) * exp(z[i]), i, 1, n),
                Text(
                    "The exponential of a sum is a product.",
                    "和的指数等于指数之积。",
                ),
            ),
            Step(
                (exp(-_shift) * exp(z[k])) / (exp(-_shift) * exponentials),
                Text(
                    "The factor is the same in every term, so take it out of the sum.",
                    "这个因子在每一项中都相同，提到求和号外。",
                ),
            ),
            Step(
                exp(z[k]) / exponentials,
                Text("It cancels; an exponential is never 0.", "约去它；指数恒不为 0。"),
            ),
            Step(
                p(k),
                Text("This is softmax of the logits themselves.", "这正是原来 logit 的 softmax。"),
            ),
        ),
        comparisons=(
            Comparison("nn.losses.softmax(z - m)_k", _probability),
            Comparison("nn.losses.softmax(z)_k", lambda z, n, k, m: _probability(z, n, k, 0.0 * m)),
        ),
        sources=(_goodfellow,),
    )

    log_softmax = Derivation(
        "losses.log-softmax",
        title=Text(
            "The logarithm of softmax without an exponential that overflows",
            "Softmax 的对数：不会溢出的写法",
        ),
        notes="Z.5",
        domain=Domain({**CLASSES, _shift: REALS}),
        definitions=SOFTMAX,
        steps=(
            Step(
                log(p(k)),
                Text("What is to be rewritten.", "要改写的是 softmax 的对数。"),
            ),
            Step(
                log(exp(z[k]) / exponentials),
                Text("Insert the definition of softmax.", "代入 softmax 的定义。"),
            ),
            Step(
                z[k] - log(exponentials),
                Text(
                    "The logarithm of a quotient is a difference; log and exp cancel.",
                    "商的对数等于对数之差；对数与指数相消。",
                ),
            ),
            Step(
                z[k] - log(exp(_shift) * _shifted),
                Text(
                    "Take the exponential of any number m out of the sum.",
                    "从和式中提出任意数 m 的指数。",
                ),
            ),
            Step(
                z[k] - _shift - log(_shifted),
                Text(
                    "The logarithm of a product is a sum. With m = max z no exponential exceeds 1.",
                    "积的对数等于对数之和。取 m = max z，每个指数都不超过 1。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.losses.log_softmax(z)_k", _log_probability),),
        sources=(_goodfellow,),
    )

    softmax_of_two = Derivation(
        "losses.softmax-of-two",
        title=Text(
            "With two classes softmax is the sigmoid of the difference of the logits",
            "两类时，softmax 就是 logit 之差的 sigmoid",
        ),
        notes="Z.5",
        domain=Domain({_z1: REALS, _z2: REALS}),
        definitions={sigma(_u): 1 / (1 + exp(-_u))},
        steps=(
            Step(
                exp(_z1) / (exp(_z1) + exp(_z2)),
                Text(
                    "The softmax probability of the first of two classes.",
                    "两类中第一类的 softmax 概率。",
                ),
            ),
            Step(
                1 / (1 + exp(_z2) / exp(_z1)),
                Text(
                    "Divide numerator and denominator by the numerator, which is never 0.",
                    "分子分母同除以分子，它恒不为 0。",
                ),
            ),
            Step(
                1 / (1 + exp(-(_z1 - _z2))),
                Text(
                    "A quotient of exponentials is the exponential of the difference.",
                    "指数之商等于差的指数。",
                ),
            ),
            Step(
                sigma(_z1 - _z2),
                Text(
                    "The definition of the sigmoid: only the difference of the logits counts.",
                    "这就是 sigmoid 的定义：只有 logit 之差起作用。",
                ),
            ),
        ),
        comparisons=(
            Comparison(
                "the first of nn.losses.softmax((z_1, z_2))",
                lambda z_1, z_2: losses.softmax(np.array([z_1, z_2]))[0],
            ),
        ),
        sources=(_bridle, _bishop),
    )
