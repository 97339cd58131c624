"""Delimiters as tall as what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.notation.box import Box, line
from studydl.notation.glyphs import ASCII_DELIMITERS

if TYPE_CHECKING:
    from studydl.notation.spacing import Style

__all__ = ["fence", "fenced"]

# Top, middle and bottom piece of each tall delimiter, then the same in ASCII.
_PIECES = {
    "(": ("⎛⎜⎝", "/|\\"),
    ")": ("⎞⎟⎠", "\\|/"),
    "[": ("⎡⎢⎣", "[[["),
    "]": ("⎤⎥⎦", "]]]"),
    "{": ("⎧⎪⎩", "/|\\"),
    "}": ("⎫⎪⎭", "\\|/"),
    "⌊": ("⎢⎢⎣", "||L"),
    "⌋": ("⎥⎥⎦", "||J"),
    "⌈": ("⎡⎢⎢", "[||"),
    "⌉": ("⎤⎥⎥", "]||"),
    "|": ("│││", "|||"),
    "‖": ("║║║", "‖‖‖"),
}
# The beak of a brace, and a brace of only two rows.
_BEAKS = {"{": ("⎨", "<"), "}": ("⎬", ">")}
_SHORT_BRACES = {"{": ("⎰⎱", "/\\"), "}": ("⎱⎰", "\\/")}


def fenced(left: str, body: Box, right: str, style: Style) -> list[Box]:
    """The boxes of a fence, its body between; invisible sides are left out."""
    sides = [fence(side, body, style) if side else None for side in (left, right)]
    return [box for box in (sides[0], body, sides[1]) if box is not None]


def fence(delimiter: str, body: Box, style: Style) -> Box:
    """One delimiter beside `body`."""
    if body.height == 1:
        return line(ASCII_DELIMITERS.get(delimiter, delimiter) if style.ascii else delimiter)
    if delimiter in "⟨⟩":
        return _angle(delimiter, body, style)
    pieces = _PIECES[delimiter][style.ascii]
    column = [pieces[0], *pieces[1] * (body.height - 2), pieces[2]]
    if delimiter in _BEAKS:
        if body.height == 2:
            column = [*_SHORT_BRACES[delimiter][style.ascii]]
        else:
            column[min(max(body.baseline, 1), body.height - 2)] = _BEAKS[delimiter][style.ascii]
    width = 1
    if style.ascii and delimiter == "‖":
        column, width = ["||"] * body.height, 2
    return Box(tuple(column), body.baseline, width)


def _angle(delimiter: str, body: Box, style: Style) -> Box:
    """An angle bracket: two strokes that meet in the middle."""
    rising, falling = "/\\" if style.ascii else "╱╲"
    width = (body.height + 1) // 2
    rows = []
    for row in range(body.height):
        upper = row < width
        step = row if upper else body.height - 1 - row
        if delimiter == "⟨":
            rows.append((rising if upper else falling).rjust(width - step).ljust(width))
        else:
            rows.append((falling if upper else rising).rjust(step + 1).ljust(width))
    return Box(tuple(rows), body.baseline, width)
