"""Lines that follow the width of what they cover: root signs, bars, arrows, braces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.notation.box import Box, above, cells, line
from studydl.notation.glyphs import ACCENTS

if TYPE_CHECKING:
    from studydl.notation.spacing import Style

__all__ = ["root_sign", "wide_accent"]


def root_sign(index: str, body: Box) -> Box:
    """A root of the degree that `index` says: a roof over one row, a stem beside several."""
    if body.height == 1:
        sign = line(f"{index}√")
        roof = " " * sign.width + "▁" * body.width
        return Box((roof, sign.rows[0] + body.rows[0]), 1, sign.width + body.width)
    # A tall root stands on a hook, and its degree lies in the crook above the hook.
    crook = max(cells(index), 1)
    edge = " " * crook
    rows = [f"{edge}┌" + "─" * body.width, *(f"{edge}│{row}" for row in body.rows)]
    rows[-2] = index + " " * (crook - cells(index)) + rows[-2][crook:]
    rows[-1] = " " * (crook - 1) + "╲" + rows[-1][crook:]
    return Box(tuple(rows), body.baseline + 1, crook + 1 + body.width)


def wide_accent(name: str, body: Box, style: Style) -> Box:
    """A line, an arrow, a brace or a mark of its own over (or under) a wide body."""
    if name in ("underbrace", "overbrace"):
        brace = line(_brace(max(body.width, 3), name == "underbrace", style))
        if name == "underbrace":
            return above([body, brace], body.baseline)
        return above([brace, body], body.baseline + 1)
    if name == "underline":
        return above([body, line(("-" if style.ascii else "▔") * body.width)], body.baseline)
    mark = ACCENTS[name][1]
    if mark == "▁":
        mark = ("_" if style.ascii else "▁") * body.width
    elif mark == "→":
        mark = ("-" if style.ascii else "─") * (body.width - 1) + (">" if style.ascii else "→")
    return above([line(mark), body], body.baseline + 1)


def _brace(width: int, under: bool, style: Style) -> str:
    if style.ascii:
        start, stroke, tip, end = ("\\", "_", "v", "/") if under else ("/", "-", "^", "\\")
    else:
        start, stroke, tip, end = ("╰", "─", "┬", "╯") if under else ("╭", "─", "┴", "╮")
    left = (width - 3) // 2
    return start + stroke * left + tip + stroke * (width - 3 - left) + end
