"""The counters, hyperparameters and gradients that the derivations of this chapter share."""

from __future__ import annotations

from sympy import IndexedBase, Symbol

__all__ = ["alpha", "constant_gradient", "eta", "g", "i", "k", "t"]

i = Symbol("i", integer=True)
k = Symbol("k", integer=True)
t = Symbol("t", integer=True, positive=True)
alpha = Symbol("alpha", positive=True)
eta = Symbol("eta", positive=True)
g = IndexedBase("g")
constant_gradient = Symbol("g", real=True)
