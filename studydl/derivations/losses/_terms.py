"""Logits, probabilities and targets, as the derivations of this chapter write them."""

from __future__ import annotations

from typing import Any

from sympy import Function, IndexedBase, Symbol, exp

from studydl.derivations.writing import as_written, total
from studydl.verification.domain import POSITIVE, Index, Integers, Sequence

__all__ = [
    "CLASSES",
    "SIGMOID",
    "SOFTMAX",
    "TARGETS",
    "WEIGHTS",
    "C",
    "a",
    "exponentials",
    "i",
    "j",
    "k",
    "logits",
    "n",
    "p",
    "sigma",
    "w",
    "y",
    "z",
]

n, k = Symbol("n", integer=True, positive=True), Symbol("k", integer=True, positive=True)
i, j = Symbol("i", integer=True, positive=True), Symbol("j", integer=True, positive=True)
logits, w = IndexedBase("z"), IndexedBase("w")
p, y = Function("p", real=True), Function("y", real=True)

z = Symbol("z", real=True)
a = Symbol("a", positive=True)
C = Symbol("C", real=True)
sigma = Function("sigma", real=True)

CLASSES: dict[Any, Any] = {n: Integers(2, 4), k: Index(n), logits: Sequence()}
"""Two classes or more, one of them, and the logits of all."""

WEIGHTS: dict[Any, Any] = {w: Sequence(POSITIVE)}

with as_written():
    exponentials = total(exp(logits[i]), i, 1, n)
    SOFTMAX: dict[Any, Any] = {p(k): exp(logits[k]) / exponentials}
    TARGETS: dict[Any, Any] = {y(k): w[k] / total(w[i], i, 1, n)}
    """Any distribution over the classes; one that is certain is a limit of these."""
    SIGMOID: dict[Any, Any] = {sigma(z): 1 / (1 + exp(-z)), a: sigma(z)}
