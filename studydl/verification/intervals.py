"""Intervals of real numbers, and numbers drawn from them.

Numbers are drawn as fractions of few digits: exact at every precision, and short to read when one
of them turns out to be a counterexample.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.random import Generator

__all__ = ["POSITIVE", "REALS", "UNIT", "Interval"]

_SMALLEST, _LARGEST = 0.05, 20.0
"""Where numbers of an unbounded interval are drawn: small and large ones, of both signs."""

_DIGITS = 4
_KEPT_FROM_THE_ENDS = 0.02


@dataclass(frozen=True, slots=True)
class Interval:
    """An open interval of real numbers."""

    low: float = -math.inf
    high: float = math.inf

    def __post_init__(self) -> None:
        """Refuse an interval that holds no number."""
        if not self.low < self.high:
            raise ValueError(f"expected low < high, got ({self.low}, {self.high})")

    def draw(self, rng: Generator) -> Fraction:
        """Draw a number of four significant digits, away from finite ends."""
        if math.isfinite(self.low) and math.isfinite(self.high):
            width = self.high - self.low
            share = rng.uniform(_KEPT_FROM_THE_ENDS, 1 - _KEPT_FROM_THE_ENDS)
            return _short(self.low, width * share, width)
        size = math.exp(rng.uniform(math.log(_SMALLEST), math.log(_LARGEST)))
        if math.isfinite(self.low):
            return _short(self.low, size, size)
        if math.isfinite(self.high):
            return _short(self.high, -size, size)
        return _short(0.0, size * rng.choice([-1, 1]), size)


def _short(start: float, step: float, scale: float) -> Fraction:
    """Return ``start + step``, the step rounded to four digits of the scale."""
    digits = _DIGITS - 1 - math.floor(math.log10(scale))
    return Fraction(start) + Fraction(f"{step:.{max(digits, 0)}f}")


REALS = Interval()
POSITIVE = Interval(low=0)
UNIT = Interval(0, 1)
