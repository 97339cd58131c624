"""Symbols that the derivations of this chapter share, and the statistics of n numbers."""

from __future__ import annotations

from typing import Any

from sympy import Function, IndexedBase, Symbol, sqrt

from studydl.derivations.writing import as_written, total
from studydl.verification.domain import POSITIVE, Index, Integers, Sequence

__all__ = [
    "average",
    "epsilon",
    "g",
    "i",
    "j",
    "k",
    "mu",
    "n",
    "numbers",
    "s",
    "statistics",
    "v",
    "x",
    "xhat",
]

n = Symbol("n", integer=True, positive=True)
i = Symbol("i", integer=True, positive=True)
j = Symbol("j", integer=True)
k = Symbol("k", integer=True)
x = IndexedBase("x")
g = IndexedBase("g")
mu = Symbol("mu", real=True)
v = Symbol("v", real=True)
s = Symbol("s", positive=True)
epsilon = Symbol("epsilon", positive=True)
xhat = Function("xhat", real=True)

numbers: dict[Any, Any] = {n: Integers(3, 6), i: Index(n), x: Sequence(), epsilon: POSITIVE}
"""At least three: with two and a small epsilon, the standardised values are ±1 wherever they
started, and digits cancel until nothing is left to compare."""


def average(term: Any, index: Any, count: Any) -> Any:
    """Return the mean of a term over an index from 1 to a count."""
    return (1 / count) * total(term, index, 1, count)


with as_written():
    statistics: dict[Any, Any] = {
        mu: average(x[k], k, n),
        v: average((x[k] - mu) ** 2, k, n),
        s: sqrt(v + epsilon),
        xhat(j): (x[j] - mu) / s,
    }
"""Mean, biased variance, deviation and standardised values of ``x[1], ..., x[n]``."""
