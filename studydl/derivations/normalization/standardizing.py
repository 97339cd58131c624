"""How a standardised value moves with the numbers that it was standardised with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sympy import KroneckerDelta, Symbol

from studydl.derivations.normalization._terms import (
    i,
    mu,
    n,
    numbers,
    s,
    statistics,
    v,
    x,
    xhat,
)
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import normalization
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import Domain, Index
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["deviation_gradient", "standardized_gradient"]

_j = Symbol("j", integer=True, positive=True)
_ioffe = "Ioffe & Szegedy 2015, Batch Normalization, section 3, after algorithm 1"


def _backward(x: NDArray[np.float64], n: int, i: int, j: int, epsilon: float) -> float:
    """Return how the j-th standardised value moves with the i-th number."""
    standardized = normalization.standardize(x[:n], axes=(0,), epsilon=epsilon)
    only_j = np.eye(n)[j - 1]
    return float(normalization.standardize_backward(only_j, standardized)[i - 1])


def _deviation_slope(x: NDArray[np.float64], n: int, i: int, epsilon: float) -> float:
    """Return what the backward pass takes off for the deviation, read from the largest value."""
    standardized = normalization.standardize(x[:n], axes=(0,), epsilon=epsilon)
    j = int(np.argmax(np.abs(standardized.values)))
    centred = float(i - 1 == j) - 1 / n
    moved = standardized.deviation[0] * _backward(x, n, i, j + 1, epsilon)
    return float((centred - moved) / standardized.values[j])


with as_written():
    deviation_gradient = Derivation(
        "normalization.deviation-gradient",
        title=Text(
            "How the deviation moves with one of the values",
            "标准差如何随其中一个值变化",
        ),
        notes="2.2",
        domain=Domain(numbers),
        definitions=statistics,
        steps=(
            Step(
                Partial(s, x[i]),
                Text(
                    "What is sought: the slope of the deviation s for one of the values.",
                    "要求的是标准差 s 对其中一个值的导数。",
                ),
            ),
            Step(
                (1 / (2 * s)) * Partial(v, x[i]),
                Text(
                    "Chain rule for the root: (√u)' = u'/(2√u); s > 0, and ε is a constant.",
                    "对根号用链式法则：(√u)' = u'/(2√u)；s > 0，而 ε 是常数。",
                ),
            ),
            Step(
                (1 / (2 * s)) * ((2 / n) * (x[i] - mu)),
                Text(
                    "x_i moves its own square; through μ it moves all, but those shares sum to 0.",
                    "xᵢ 改变自己那一项平方；它经 μ 也改变各项，但这些影响之和为 0。",
                ),
            ),
            Step(
                (1 / n) * ((x[i] - mu) / s),
                Text("The 2 cancels; bring 1/n to the front.", "约去 2，把 1/n 提到前面。"),
            ),
            Step(
                (1 / n) * xhat(i),
                Text("The quotient is the standardised value.", "这个商正是标准化后的值。"),
            ),
        ),
        comparisons=(
            Comparison("∂s/∂x_i in nn.normalization.standardize_backward", _deviation_slope),
        ),
        sources=(_ioffe,),
    )

    standardized_gradient = Derivation(
        "normalization.standardized-gradient",
        title=Text(
            "How a standardised value moves with each of the values",
            "标准化后的值如何随每个原值变化",
        ),
        notes="2.2",
        domain=Domain(numbers | {_j: Index(n)}),
        definitions=statistics,
        steps=(
            Step(
                Partial(xhat(_j), x[i]),
                Text(
                    "What is sought; x_i need not be the value that was standardised.",
                    "要求的导数；xᵢ 不必是被标准化的那个值本身。",
                ),
            ),
            Step(
                Partial(x[_j] - mu, x[i]) / s - ((x[_j] - mu) / s**2) * Partial(s, x[i]),
                Text(
                    "Quotient rule: numerator and deviation both depend on x_i; s is not 0.",
                    "商的求导法则：分子与标准差都依赖 xᵢ；s 不为 0。",
                ),
            ),
            Step(
                (KroneckerDelta(i, _j) - 1 / n) / s - ((x[_j] - mu) / s**2) * Partial(s, x[i]),
                Text(
                    "x_j moves only if it is x_i, so δ is 1 or 0; the mean moves by 1/n.",
                    "只有 j = i 时 xⱼ 才变，所以 δ 取 1 或 0；均值的变化率是 1/n。",
                ),
            ),
            Step(
                (KroneckerDelta(i, _j) - 1 / n) / s - ((x[_j] - mu) / s**2) * ((1 / n) * xhat(i)),
                Text(
                    "Insert the slope of the deviation, derived in deviation-gradient.",
                    "代入标准差的导数，推导见 deviation-gradient。",
                ),
            ),
            Step(
                (1 / s) * (KroneckerDelta(i, _j) - 1 / n - (1 / n) * (xhat(i) * xhat(_j))),
                Text(
                    "Take 1/s out; what is left of the quotient is the j-th standardised value.",
                    "提出 1/s，剩下的商正是第 j 个标准化后的值。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.normalization.standardize_backward, one entry", _backward),),
        sources=(_ioffe,),
    )
