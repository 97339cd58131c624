"""What depth does to a gradient, in a chain of n layers of one unit each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Abs, Derivative, Function, Integer, Rational, Symbol, exp

from studydl.derivations.gradients._terms import (
    a,
    ell,
    ellprime,
    f,
    fprime,
    h,
    n,
    slopes,
    t,
    w,
    x,
)
from studydl.derivations.writing import as_written, product
from studydl.language import Text
from studydl.nn import activations, gradients
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation
from studydl.verification.domain import REALS, Domain, FreeFunction, Integers, Sequence
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studydl.nn.gradients import ChainGradients
    from studydl.verification.free_functions import SmoothFunction

__all__ = ["depth_product", "first_weight_gradient", "sigmoid_depth_bound"]

_u = Symbol("u", real=True)
_sigma = Function("sigma", real=True)
_sigmaprime = Function("sigmaprime", real=True)
_rumelhart = "Rumelhart, Hinton & Williams 1986, equations 4 to 7"
_bengio = "Bengio, Simard & Frasconi 1994, Learning long-term dependencies, section IV"


def _backward(
    x: float, w: NDArray[np.float64], n: int, f: SmoothFunction, ell: SmoothFunction
) -> ChainGradients:
    signals = gradients.chain_forward(x, w[:n], f)
    return gradients.chain_backward(ell.slope(signals.activations[-1]), w[:n], signals, f.slope)


def _for_input(**values: Any) -> float:
    return float(_backward(**values).activations[0])


def _for_first_weight(**values: Any) -> float:
    return float(_backward(**values).weights[0])


def _steepest(x: float, w: NDArray[np.float64], n: int) -> float:
    """Return the derivative of the output for the input if every sigmoid were at its steepest."""
    weights = np.abs(w[:n])
    signals = gradients.chain_forward(x, weights, activations.sigmoid)

    def at_zero(pre_activation: Any) -> Any:
        return activations.sigmoid_gradient(0 * pre_activation)

    return float(gradients.chain_backward(1.0, weights, signals, at_zero).activations[0])


_of_a_chain = Domain(
    {n: Integers(1, 6), x: REALS, w: Sequence(), f: FreeFunction(), ell: FreeFunction()}
)

with as_written():
    _chain: dict[Any, Any] = slopes | {
        h(Integer(0)): x,
        h(t): f(w[t] * h(t - 1)),
        a(t): w[t] * h(t - 1),
    }

    depth_product = Derivation(
        "gradients.depth-product",
        title=Text(
            "The gradient at the input: one slope and one weight for each layer",
            "输入处的梯度：每层贡献一个导数和一个权重",
        ),
        notes="O.1",
        domain=_of_a_chain,
        definitions=_chain,
        steps=(
            Step(
                Partial(ell(h(n)), x),
                Text(
                    "What is sought: how the loss moves with the input of n layers.",
                    "要求的是损失对 n 层网络输入的导数。",
                ),
            ),
            Step(
                ellprime(h(n)) * Partial(h(n), x),
                Text(
                    "Chain rule: the loss depends on the input through the last activation.",
                    "链式法则：损失经最后一层的激活值依赖输入。",
                ),
            ),
            Step(
                ellprime(h(n)) * (fprime(a(n)) * w[n] * Partial(h(n - 1), x)),
                Text(
                    "Chain rule through the last layer, f(w_n h): its slope at a_n, times w_n.",
                    "对最后一层 f(wₙh) 用链式法则：aₙ 处的导数乘以 wₙ。",
                ),
            ),
            Step(
                ellprime(h(n)) * product(fprime(a(t)) * w[t], t, 1, n),
                Text(
                    "The same for every layer before it, down to h₀ = x, whose slope is 1.",
                    "前面各层同理，直到 h₀ = x，它的导数为 1。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.gradients.chain_backward, input", _for_input),),
        sources=(_rumelhart, _bengio),
    )

    first_weight_gradient = Derivation(
        "gradients.first-weight-gradient",
        title=Text(
            "The gradient for the first weight: everything behind it, times the input",
            "第一个权重的梯度：它之后各层的因子，再乘以输入",
        ),
        notes="O.1",
        domain=_of_a_chain,
        definitions=_chain,
        steps=(
            Step(
                Partial(ell(h(n)), w[1]),
                Text(
                    "What is sought: how the loss moves with the first of n weights.",
                    "要求的是损失对 n 个权重中第一个的导数。",
                ),
            ),
            Step(
                ellprime(h(n)) * Partial(h(n), w[1]),
                Text(
                    "Chain rule: the loss depends on it through the last activation.",
                    "链式法则：损失经最后一层的激活值依赖它。",
                ),
            ),
            Step(
                ellprime(h(n))
                * (product(fprime(a(t)) * w[t], t, 2, n) * Partial(f(w[1] * x), w[1])),
                Text(
                    "Each layer behind f(w₁x) gives its slope and its weight: see depth-product.",
                    "第一层 f(w₁x) 之后，每层贡献一个导数和一个权重，见 depth-product。",
                ),
            ),
            Step(
                ellprime(h(n)) * (product(fprime(a(t)) * w[t], t, 2, n) * (fprime(w[1] * x) * x)),
                Text(
                    "Chain rule in the first layer: what stands beside w₁ is the input.",
                    "对第一层用链式法则：与 w₁ 相乘的是输入 x。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.gradients.chain_backward, w_1", _for_first_weight),),
        sources=(_rumelhart,),
    )

    sigmoid_depth_bound = Derivation(
        "gradients.sigmoid-depth-bound",
        title=Text(
            "Through n sigmoids a gradient keeps at most 0.25ⁿ of what the weights make of it",
            "穿过 n 个 sigmoid，梯度至多剩下权重乘积的 0.25ⁿ",
        ),
        notes="O.1",
        domain=Domain({n: Integers(1, 6), x: REALS, w: Sequence()}),
        definitions={
            _sigma(_u): 1 / (1 + exp(-_u)),
            _sigmaprime(_u): Derivative(_sigma(_u), _u),
            h(Integer(0)): x,
            h(t): _sigma(w[t] * h(t - 1)),
            a(t): w[t] * h(t - 1),
        },
        steps=(
            Step(
                Abs(Partial(h(n), x)),
                Text(
                    "How much of a gradient passes n sigmoid layers, whatever its sign.",
                    "梯度穿过 n 个 sigmoid 层之后的大小，不计符号。",
                ),
            ),
            Step(
                Abs(product(_sigmaprime(a(t)) * w[t], t, 1, n)),
                Text(
                    "One slope and one weight for each layer, derived in depth-product.",
                    "每层一个导数和一个权重，推导见 depth-product。",
                ),
            ),
            Step(
                product(_sigmaprime(a(t)) * Abs(w[t]), t, 1, n),
                Text(
                    "The size of a product is the product of sizes; slopes of σ are positive.",
                    "乘积的绝对值等于绝对值的乘积；σ 的导数恒为正。",
                ),
            ),
            Step(
                product(Rational(1, 4) * Abs(w[t]), t, 1, n),
                Text(
                    "No slope of σ exceeds 1/4: see activations.sigmoid-gradient-maximum.",
                    "σ 的导数不超过 1/4，见 activations.sigmoid-gradient-maximum。",
                ),
                Relation.AT_MOST,
            ),
            Step(
                Rational(1, 4) ** n * product(Abs(w[t]), t, 1, n),
                Text(
                    "n factors of 1/4; only weights above 4 in size could make up for them.",
                    "共有 n 个 1/4；只有绝对值大于 4 的权重才能抵消。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.gradients.chain_backward with all slopes at σ'(0)", _steepest),
        ),
        sources=(_bengio, "Glorot & Bengio 2010, section 3"),
    )
