"""Sections below one another, or in two columns where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.tui.plain import joined, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

__all__ = ["GAP", "Laid", "columns_for", "laid_out"]

GAP = 4
_WIDE = 88


class Laid(NamedTuple):
    """A page.

    Attributes:
        lines: Its lines.
        starts: The line at which each section begins.
    """

    lines: list[Content]
    starts: list[int]


def columns_for(width: int) -> tuple[int, int]:
    """Return how many columns a page of a width has, and how wide each is."""
    return (2, (width - GAP) // 2) if width >= _WIDE else (1, width)


def laid_out(sections: Sequence[Sequence[Content]], width: int) -> Laid:
    """Put each section into the column that is shorter so far: so they are read row by row."""
    count, column_width = columns_for(width)
    columns: list[list[Content]] = [[] for _ in range(count)]
    starts = []
    for section in sections:
        shortest = min(columns, key=len)
        starts.append(len(shortest))
        shortest.extend(section)
    if count == 1:
        return Laid(columns[0], starts)
    left, right = columns
    height = max(len(left), len(right))
    lines = []
    for place in range(height):
        first = left[place] if place < len(left) else plain("")
        second = right[place] if place < len(right) else plain("")
        gap = column_width - first.cell_length + GAP
        lines.append(joined(first, plain(" " * gap), second))
    return Laid(lines, starts)
