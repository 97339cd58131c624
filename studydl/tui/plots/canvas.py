"""A grid of dots, eight to a cell, drawn as braille: what curves are painted on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from studydl.tui.plain import joined, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.content import Content

__all__ = ["SOLID", "Canvas"]

SOLID = (1,)
_BRAILLE = 0x2800
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


class Canvas:
    """Dots with the origin at the top left; what is painted last gives a cell its style."""

    def __init__(self, width: int, height: int) -> None:
        """Start empty, with so many cells."""
        self.width = width
        self.height = height
        self._dots: dict[tuple[int, int], int] = {}
        self._signs: dict[tuple[int, int], str] = {}
        self._styles: dict[tuple[int, int], str] = {}

    @property
    def size(self) -> tuple[int, int]:
        """How many dots there are, across and down."""
        return 2 * self.width, 4 * self.height

    def path(
        self, dots: Sequence[tuple[int, int]], style: str, pattern: Sequence[int] = SOLID
    ) -> None:
        """Join dots by straight lines.

        Args:
            dots: At least one.
            style: How.
            pattern: Which dots of the way are painted, over and over: ``(1, 1, 0)`` is a dash.
        """
        painted = set()
        for travelled, dot in enumerate(_along(dots)):
            if pattern[travelled % len(pattern)]:
                painted.add(dot)
        # A curve of few dots must not fall into the gaps of its own pattern.
        for x, y in painted or set(dots):
            cell = x // 2, y // 4
            self._dots[cell] = self._dots.get(cell, 0) | _BITS[y % 4][x % 2]
            self._styles[cell] = style

    def sign(self, dot: tuple[int, int], sign: str, style: str) -> None:
        """Put a character of one cell where a dot is."""
        cell = dot[0] // 2, dot[1] // 4
        self._signs[cell] = sign
        self._styles[cell] = style

    def rule(self, y: int, sign: str, style: str) -> None:
        """Put a character into every cell of the row of a dot that has nothing in it."""
        for x in range(self.width):
            cell = x, y // 4
            if cell not in self._dots and cell not in self._signs:
                self._signs[cell], self._styles[cell] = sign, style

    def rows(self) -> list[Content]:
        """Return what was painted, a line a row."""
        return [self._row(y) for y in range(self.height)]

    def _row(self, y: int) -> Content:
        parts: list[tuple[str, str]] = []
        for x in range(self.width):
            shown, style = self._shown((x, y))
            if parts and parts[-1][1] == style:
                parts[-1] = parts[-1][0] + shown, style
            else:
                parts.append((shown, style))
        return joined(*(plain(text, style) for text, style in parts))

    def _shown(self, cell: tuple[int, int]) -> tuple[str, str]:
        style = self._styles.get(cell, "")
        if cell in self._signs:
            return self._signs[cell], style
        dots = self._dots.get(cell)
        return (" ", "") if dots is None else (chr(_BRAILLE + dots), style)


def _along(dots: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield every dot on the way, each once where it is passed."""
    yield from dots[:1]
    for begin, end in pairwise(dots):
        yield from _line(begin, end)


def _line(begin: tuple[int, int], end: tuple[int, int]) -> Iterable[tuple[int, int]]:
    """Return the dots from one, which is left out, to another."""
    across, down = end[0] - begin[0], end[1] - begin[1]
    steps = max(abs(across), abs(down))
    return (
        (begin[0] + round(across * step / steps), begin[1] + round(down * step / steps))
        for step in range(1, steps + 1)
    )
