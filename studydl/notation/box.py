"""Rectangles of text: the paper on which a formula is drawn."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Box", "above", "beside", "blank", "cells", "line"]


@lru_cache(maxsize=4096)
def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """How many terminal cells `text` fills: two for East Asian wide, none for combining."""
    return len(text) if text.isascii() else sum(map(_cell, text))


class Box(NamedTuple):
    """Rows of equal width, one of which, the baseline, meets the neighbours' baselines."""

    rows: tuple[str, ...]
    baseline: int
    width: int

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def below(self) -> int:
        """How many rows there are under the baseline."""
        return len(self.rows) - self.baseline - 1


def line(text: str) -> Box:
    """One row."""
    return Box((text,), 0, cells(text))


def blank(width: int) -> Box:
    """One row of spaces."""
    return Box((" " * width,), 0, width)


def beside(boxes: Iterable[Box]) -> Box:
    """The boxes from left to right, on one baseline."""
    parts = [box for box in boxes if box.width or box.height > 1]
    if len(parts) == 1:
        return parts[0]
    baseline = max((box.baseline for box in parts), default=0)
    height = baseline + 1 + max((box.below for box in parts), default=0)
    rows = []
    for row in range(height):
        pieces = []
        for box in parts:
            own = row - baseline + box.baseline
            pieces.append(box.rows[own] if 0 <= own < box.height else " " * box.width)
        rows.append("".join(pieces))
    return Box(tuple(rows), baseline, sum(box.width for box in parts))


def above(boxes: Sequence[Box], baseline: int, *, align: str = "c") -> Box:
    """The boxes from top to bottom, aligned left, right or centred.

    Args:
        boxes: At least one box.
        baseline: Which row of the whole is the baseline.
        align: `l`, `c` or `r`.

    Returns:
        A box as wide as the widest.
    """
    width = max(box.width for box in boxes)
    rows: list[str] = []
    for box in boxes:
        space = width - box.width
        left = {"l": 0, "c": space // 2, "r": space}[align]
        rows += (" " * left + row + " " * (space - left) for row in box.rows)
    return Box(tuple(rows), baseline, width)
