"""The weights, inputs and directions that the derivations of this chapter share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import IndexedBase, Symbol

from studydl.derivations.writing import as_written, total

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["TwoDirections", "error", "goodfellow", "h", "i", "lamda", "n", "v", "w", "x", "y"]

i = Symbol("i", integer=True)
n = Symbol("n", integer=True, positive=True)
h = Symbol("h", positive=True)
lamda = Symbol("lamda", positive=True)
v = Symbol("v", real=True)
y = Symbol("y", real=True)
w, x = IndexedBase("w"), IndexedBase("x")

with as_written():
    error = y - total(w[i] * x[i], i, 1, n)
    """How far the output of a linear unit is from its target."""

goodfellow = "Goodfellow, Bengio & Courville 2016, Deep Learning, section"


class TwoDirections:
    """A regression whose error curves by h along one direction, by 0.37 across it.

    No feature lies along either direction, so that their weights are mixed.
    """

    def __init__(self, h: float, v: float) -> None:
        c, s = math.cos(0.7), math.sin(0.7)
        self.along = np.array([c, s])
        directions = np.array([[c, s], [-s, c]])
        # Two examples, so that XᵀX/2 has the curvatures as eigenvalues.
        self.x = np.sqrt(2 * np.array([[h], [0.37]])) * directions
        self.y = self.x @ (directions.T @ np.array([v, -1.3]))

    def part(self, weights: NDArray[np.floating[Any]]) -> float:
        """Return how far the weights lead along the first direction."""
        return float(self.along @ weights)
