"""Functions of which an expression asks nothing but that they have a derivative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.verification.intervals import Interval

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.random import Generator
    from numpy.typing import ArrayLike, NDArray

__all__ = ["FreeFunction", "SmoothFunction"]

_COEFFICIENTS = Interval(-2, 2)
"""Slopes multiply through the layers of a network; larger ones would cost its values digits."""


@dataclass(frozen=True, slots=True)
class SmoothFunction:
    """The function ``a u + b tanh(c u + d)``.

    It bends, but not without end: a network of functions that do would be chaotic, so that no
    float could be compared with an exact value behind a few layers.
    """

    a: Fraction
    b: Fraction
    c: Fraction
    d: Fraction

    def __call__(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return the values as floats, elementwise."""
        a, b, c, d = self._as_floats()
        u = np.asarray(u, dtype=np.float64)
        return np.asarray(a * u + b * np.tanh(c * u + d))

    def slope(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return the derivatives as floats, elementwise."""
        a, b, c, d = self._as_floats()
        u = np.asarray(u, dtype=np.float64)
        return np.asarray(a + b * c * (1 - np.tanh(c * u + d) ** 2))

    def at(self, u: Any, arithmetic: Any) -> Any:
        """Return the value at one place in the arithmetic of that place."""
        a, b, c, d = (
            arithmetic.mpf(each.numerator) / each.denominator
            for each in (self.a, self.b, self.c, self.d)
        )
        return a * u + b * arithmetic.tanh(c * u + d)

    def as_floats(self) -> SmoothFunction:
        """Return itself: it takes floats, and knows its slope."""
        return self

    def _as_floats(self) -> tuple[float, ...]:
        return tuple(map(float, (self.a, self.b, self.c, self.d)))

    def __str__(self) -> str:
        """Return the function as ``u -> 0.5*u + 1.2*tanh(0.3*u + -2)``."""
        a, b, c, d = (f"{each:.10g}" for each in self._as_floats())
        return f"u -> {a}*u + {b}*tanh({c}*u + {d})"


@dataclass(frozen=True, slots=True)
class FreeFunction:
    """A differentiable function of one real number; the domain names it by its SymPy function."""

    def draw(self, rng: Generator) -> SmoothFunction:
        """Draw a function."""
        return SmoothFunction(*(_COEFFICIENTS.draw(rng) for _ in range(4)))
