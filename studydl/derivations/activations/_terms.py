"""The input and the sigmoid, as the derivations of this chapter write them."""

from __future__ import annotations

from typing import Any

from sympy import Function, Symbol, exp

from studydl.derivations.writing import as_written
from studydl.verification.domain import REALS, Domain

__all__ = ["GOODFELLOW", "LECUN", "OF_X", "SIGMOID", "one_plus", "s", "sigma", "x", "z"]

x = Symbol("x", real=True)
z = Symbol("z", real=True)
sigma = Function("sigma", real=True)
s = sigma(x)

with as_written():
    one_plus = 1 + exp(-x)
    SIGMOID: dict[Any, Any] = {s: 1 / one_plus}

OF_X = Domain({x: REALS})

GOODFELLOW = "Goodfellow, Bengio & Courville 2016, Deep Learning, section 3.10"
LECUN = "LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.4"
