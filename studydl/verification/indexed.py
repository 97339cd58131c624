"""Symbols with several indices, and the indices themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.verification.intervals import REALS, Interval

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from numpy.random import Generator
    from numpy.typing import NDArray

__all__ = ["Grid", "Index", "Matrix"]

_SIDE = 6
_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Index:
    """An integer from 1 up to what another symbol of the domain stands for.

    Attributes:
        upto: That symbol, which the domain names before this one.
    """

    upto: Any

    def draw(self, rng: Generator, known: Mapping[str, Any]) -> int:
        """Draw an integer, each as likely as any other."""
        return int(rng.integers(1, known[self.upto.name], endpoint=True))


@dataclass(frozen=True, slots=True)
class Grid:
    """The numbers of a matrix, row by row."""

    rows: tuple[tuple[Fraction, ...], ...]

    def entry(self, *place: int) -> Fraction | None:
        """Return the number at a row and column counted from 1, or None outside the matrix."""
        if len(place) != 2:
            return None
        row, column = place
        inside = 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[0])
        return self.rows[row - 1][column - 1] if inside else None

    def as_floats(self) -> NDArray[np.float64]:
        """Return the numbers as an array."""
        return np.array(self.rows, dtype=np.float64)

    def __str__(self) -> str:
        """Return the numbers in the corner, as ``((0.3, 2.1, ...), (1.7, 0.4, ...), ...)``."""
        shown = (
            f"({', '.join(f'{float(each):.10g}' for each in row[:_SHOWN])}, ...)"
            for row in self.rows[:_SHOWN]
        )
        return f"({', '.join(shown)}, ...)"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Numbers ``W[1, 1], W[1, 2], ...``, each of the same interval.

    There are as many rows and columns as any dimension of a derivation is drawn long.
    """

    values: Interval = REALS
    rows: int = _SIDE
    columns: int = _SIDE

    def draw(self, rng: Generator) -> Grid:
        """Draw the numbers, independently."""
        return Grid(
            tuple(
                tuple(self.values.draw(rng) for _ in range(self.columns)) for _ in range(self.rows)
            )
        )
