"""A formula too wide for its place: broken where TeX's own authors would break it."""

from __future__ import annotations

from studydl.notation.box import Box, above, beside, blank
from studydl.notation.layout import layout, spaced
from studydl.notation.spacing import Style, classify
from studydl.notation.tree import Kind, Node, Row, Space, Symbol

__all__ = ["fitted"]

_INDENT = 4
_SIGNS = frozenset("+−±∓")

_Piece = tuple[tuple[Node, ...], list[Kind]]


def fitted(node: Node, style: Style, width: int | None) -> Box:
    """`node` drawn within `width` cells where that can be done.

    A row breaks between formulas that a wide space parts, then before relations, then before
    plus and minus; never inside a fraction, fence or script. What still does not fit stays wide.
    """
    whole = layout(node, style)
    if width is None or whole.width <= width or not isinstance(node, Row):
        return whole
    piece = (node.items, classify(node.items))
    lines = _lines(piece, style, width, 0)
    if len(lines) == 1:
        return whole
    tall = any(box.height > 1 for box in lines)
    parts = [part for box in lines for part in ((box, blank(0)) if tall else (box,))]
    return above(parts[:-1] if tall else parts, whole.baseline, align="l")


def _lines(piece: _Piece, style: Style, width: int, level: int) -> list[Box]:
    """The piece in lines of at most `width`, broken first at `level`, within that deeper."""
    piece = _trimmed(piece)
    box = spaced(*piece, style)
    if box.width <= width or level == 3:
        return [box]
    lines: list[Box] = []
    room: _Piece = ((), [])
    for part in _split(piece, level):
        longer: _Piece = ((*room[0], *part[0]), [*room[1], *part[1]])
        indent = _INDENT if lines and level else 0
        if room[0] and spaced(*_trimmed(longer), style).width > width - indent:
            lines += _indented(room, style, width, level, indent)
            room = part
        else:
            room = longer
    return lines + _indented(room, style, width, level, _INDENT if lines and level else 0)


def _indented(piece: _Piece, style: Style, width: int, level: int, indent: int) -> list[Box]:
    return [beside([blank(indent), box]) for box in _lines(piece, style, width - indent, level + 1)]


def _trimmed(piece: _Piece) -> _Piece:
    """The piece without the spaces at its end."""
    items, kinds = piece
    end = len(items)
    while end and isinstance(items[end - 1], Space):
        end -= 1
    return items[:end], kinds[:end]


def _split(piece: _Piece, level: int) -> list[_Piece]:
    """The piece cut before every break of this level."""
    items, kinds = piece
    cuts = [place for place in range(1, len(items)) if _breaks(items, kinds, place, level)]
    starts, ends = [0, *cuts], [*cuts, len(items)]
    return [(items[start:end], kinds[start:end]) for start, end in zip(starts, ends, strict=True)]


def _breaks(items: tuple[Node, ...], kinds: list[Kind], place: int, level: int) -> bool:
    if level == 0:
        before = items[place - 1]
        return isinstance(before, Space) and before.cells > 1
    if level == 1:
        return kinds[place] is Kind.RELATION
    item = items[place]
    return kinds[place] is Kind.BINARY and isinstance(item, Symbol) and item.text in _SIGNS
