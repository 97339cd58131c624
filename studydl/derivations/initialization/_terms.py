"""The fans, weights and states that the derivations of this chapter share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import IndexedBase, Max, Symbol

from studydl.derivations.writing import as_written
from studydl.verification.definitions import EXPECTATION, VARIANCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = [
    "TwoPoints",
    "any_weight",
    "b",
    "glorot",
    "he",
    "i",
    "j",
    "mean_square",
    "mean_square_of_relu",
    "n_in",
    "n_out",
    "relu",
    "variance_drawn",
    "w",
    "z",
]

n_in = Symbol("n_in", integer=True, positive=True)
n_out = Symbol("n_out", integer=True, positive=True)
i, j = Symbol("i", integer=True), Symbol("j", integer=True)
w = IndexedBase("w")
b = Symbol("b", positive=True)
z = Symbol("z", real=True)

with as_written():
    relu = Max(0, z)
    mean_square = EXPECTATION(z**2)
    mean_square_of_relu = EXPECTATION(relu**2)
    any_weight = VARIANCE(w[1])

glorot = "Glorot & Bengio 2010, Understanding the difficulty of training deep networks"
he = "He, Zhang, Ren & Sun 2015, Delving Deep into Rectifiers"


class TwoPoints:
    """Stands in for a random generator, so that a mean and a variance come out exactly.

    A uniform or normal law is replaced by two equally likely points of the same mean and variance:
    for the uniform one, the nodes of Gauss's rule. The signs say which of the points comes where.
    """

    def __init__(self, signs: NDArray[np.float64]) -> None:
        self.signs = signs

    def uniform(self, low: float, high: float, size: tuple[int, ...]) -> NDArray[np.float64]:
        """Return numbers of the mean and variance of U(low, high)."""
        half = (high - low) / 2
        return np.broadcast_to((low + high) / 2 + half / math.sqrt(3) * self.signs, size)

    def normal(self, *, scale: float, size: tuple[int, ...]) -> NDArray[np.float64]:
        """Return numbers of the mean and variance of N(0, scale^2)."""
        return np.broadcast_to(scale * self.signs, size)


def variance_drawn(
    initialize: Callable[..., NDArray[np.floating[Any]]], fan_in: int, fan_out: int
) -> float:
    """Return the variance of what an initialiser draws, over both points for every weight."""
    both = [initialize(TwoPoints(np.array(sign)), fan_in, fan_out) for sign in (-1.0, 1.0)]
    return float(np.var(both))
