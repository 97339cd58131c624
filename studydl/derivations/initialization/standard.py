"""The standard initialisation, uniform within one over the root of the fan: variance 1/(3n)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from sympy import IndexedBase, Rational, Symbol, sqrt

from studydl.derivations.initialization._terms import TwoPoints, b, glorot, n_in, variance_drawn
from studydl.derivations.writing import as_written, integral, minus
from studydl.language import Text
from studydl.nn import initialization
from studydl.verification.definitions import EXPECTATION
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import Domain, Integers, RandomSequence

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["standard_first_layer", "standard_variance"]

_w = Symbol("w", real=True)
_x = IndexedBase("x")


def _drawn(n_in: int) -> float:
    return variance_drawn(initialization.standard, n_in, 3)


def _first_layer(n_in: int, x: NDArray[np.float64]) -> float:
    """Return the variance of states, with one unit for each way to draw its weights."""
    signs = np.array(list(product([-1.0, 1.0], repeat=n_in))).T
    rng = cast("Any", TwoPoints(signs))
    weights = initialization.standard(rng, n_in, signs.shape[1])
    signals = initialization.forward(x[:, :n_in], [weights], lambda s: s)
    return float(initialization.moments(signals.states).variance[0])


with as_written():
    _variance = integral(_w**2 * (1 / (2 * b)), _w, minus(b), b)
    _definitions: dict[Any, Any] = {b: 1 / sqrt(n_in)}
    _input = EXPECTATION(_x[1] ** 2)

    standard_variance = Derivation(
        "initialization.standard-variance",
        title=Text(
            "Uniform weights within 1/√n_in have the variance 1/(3 n_in)",
            "在 ±1/√n_in 内均匀分布的权重，方差为 1/(3 n_in)",
        ),
        notes="4.2",
        domain=Domain({n_in: Integers()}),
        definitions=_definitions,
        steps=(
            Step(
                _variance,
                Text(
                    "The mean is 0, so the variance is the mean square; the density is 1/(2b).",
                    "由对称性均值为 0，方差就是均方；均匀分布的密度为 1/(2b)。",
                ),
            ),
            Step(
                (1 / (2 * b)) * (b**3 / 3 - minus(b) ** 3 / 3),
                Text("w³/3 is an antiderivative of w².", "w² 的一个原函数是 w³/3。"),
            ),
            Step(
                b**2 / 3,
                Text(
                    "The bracket is 2b³/3; divide by 2b. This holds for any bound b.",
                    "括号内为 2b³/3，除以 2b。这对任何界 b 都成立。",
                ),
            ),
            Step(
                (1 / sqrt(n_in)) ** 2 / 3,
                Text("Insert the bound of this initialisation.", "代入这种初始化的界。"),
            ),
            Step(
                1 / (3 * n_in),
                Text("The square undoes the root.", "平方与开方相抵。"),
            ),
        ),
        comparisons=(Comparison("variance of nn.initialization.standard", _drawn),),
        sources=(f"{glorot}, section 2.2, equation 1, and section 4.2.1",),
    )

    standard_first_layer = Derivation(
        "initialization.standard-first-layer",
        title=Text(
            "The standard initialisation gives states a third of the inputs' mean square",
            "标准初始化使状态的方差等于输入均方的三分之一",
        ),
        notes="4.2",
        domain=Domain({n_in: Integers(1, 5), _x: RandomSequence()}),
        definitions=_definitions,
        steps=(
            Step(
                n_in * _variance * _input,
                Text(
                    "n_in Var[w] E[x²], derived in forward-variance, for uniform weights.",
                    "状态的方差 n_in Var[w] E[x²]，推导见 forward-variance；权重均匀分布。",
                ),
            ),
            Step(
                n_in * (1 / (3 * n_in)) * _input,
                Text(
                    "The variance of the weights, derived in standard-variance.",
                    "代入权重的方差，推导见 standard-variance。",
                ),
            ),
            Step(
                Rational(1, 3) * _input,
                Text(
                    "n_in cancels. Standardised inputs, of mean square 1, give the variance 1/3.",
                    "约去 n_in。输入标准化后均方为 1，状态的方差就是 1/3。",
                ),
            ),
        ),
        comparisons=(Comparison("variance of states of nn.initialization.forward", _first_layer),),
        sources=(f"{glorot}, section 4.2.1",),
    )
