"""Symbols that the derivations of this chapter share."""

from __future__ import annotations

from typing import Any

from sympy import Derivative, Function, IndexedBase, Symbol

from studydl.derivations.writing import as_written

__all__ = [
    "a",
    "ell",
    "ellprime",
    "f",
    "fprime",
    "h",
    "i",
    "j",
    "k",
    "n",
    "slope_of_f",
    "slopes",
    "t",
    "w",
    "x",
]

n = Symbol("n", integer=True, positive=True)
i = Symbol("i", integer=True, positive=True)
j = Symbol("j", integer=True)
k = Symbol("k", integer=True)
t = Symbol("t", integer=True)
x = Symbol("x", real=True)
w = IndexedBase("w")
f = Function("f", real=True)
ell = Function("ell", real=True)
fprime = Function("fprime", real=True)
ellprime = Function("ellprime", real=True)
h = Function("h", real=True)
a = Function("a", real=True)

_u = Symbol("u", real=True)

with as_written():
    slope_of_f: dict[Any, Any] = {fprime(_u): Derivative(f(_u), _u)}
    slopes: dict[Any, Any] = slope_of_f | {ellprime(_u): Derivative(ell(_u), _u)}
"""The slopes of an activation and of a loss, of which nothing else is known."""
