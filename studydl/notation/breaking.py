"""A formula too wide for its place: broken where TeX's own authors would break it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from studydl.notation.box import Box, above, beside, blank
from studydl.notation.layout import layout, spaced
from studydl.notation.spacing import Style, classify
from studydl.notation.tree import Kind, Node, Row, Space, Symbol

__all__ = ["fitted"]

if TYPE_CHECKING:
    from collections.abc import Callable

_INDENT = 4
_SIGNS = frozenset("+−±∓")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a row, its kinds found in the whole row, and its indent if it begins a line."""

    items: tuple[Node, ...]
    kinds: tuple[Kind, ...]
    indent: int = 0

    def __add__(self, other: _Piece) -> _Piece:
        return _Piece(self.items + other.items, self.kinds + other.kinds, self.indent)

    def draw(self, style: Style) -> Box:
        """The stretch on a line of its own, without the spaces at its end."""
        end = len(self.items)
        while end and isinstance(self.items[end - 1], Space):
            end -= 1
        return beside([blank(self.indent), spaced(self.items[:end], self.kinds[:end], style)])

    def cut(self, breaks: Callable[[Node, Node, Kind], bool], indent: int) -> list[_Piece]:
        """The stretch cut wherever `breaks(before, item, kind)`; what follows is indented."""
        places = [
            place
            for place in range(1, len(self.items))
            if breaks(self.items[place - 1], self.items[place], self.kinds[place])
        ]
        bounds = [0, *places, len(self.items)]
        return [
            _Piece(self.items[start:end], self.kinds[start:end], indent if start else self.indent)
            for start, end in pairwise(bounds)
        ]


def fitted(node: Node, style: Style, width: int | None) -> Box:
    """`node` drawn within `width` cells where that can be done.

    A row breaks between formulas that a wide space parts, then before relations, then before
    plus and minus; never inside a fraction, fence or script. What still does not fit stays wide.
    """
    whole = layout(node, style)
    if width is None or whole.width <= width or not isinstance(node, Row):
        return whole
    piece = _Piece(node.items, tuple(classify(node.items)))
    lines = [
        line.draw(style)
        for formula in _packed(piece.cut(_after_wide_space, 0), style, width)
        for line in _packed(_parts(formula, style, width), style, width)
    ]
    if len(lines) == 1:
        return whole
    if any(box.height > 1 for box in lines):
        lines = [part for box in lines for part in (box, blank(0))][:-1]
    return above(lines, lines[0].baseline, align="l")


def _parts(formula: _Piece, style: Style, width: int) -> list[_Piece]:
    """One formula cut before its relations, and where that is not enough before its signs."""
    if formula.draw(style).width <= width:
        return [formula]
    sides = formula.cut(_before_relation, _INDENT)
    deeper = 2 * _INDENT if len(sides) > 1 else _INDENT
    parts: list[_Piece] = []
    for side in sides:
        wide = side.draw(style).width > width
        parts += side.cut(_before_sign, deeper) if wide else [side]
    return parts


def _packed(parts: list[_Piece], style: Style, width: int) -> list[_Piece]:
    """The parts joined again, as many on a line as fit; a relation never follows a lone term."""
    lines = [parts[0]]
    for part in parts[1:]:
        longer = lines[-1] + part
        if part.indent >= lines[-1].indent and longer.draw(style).width <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _after_wide_space(before: Node, _item: Node, _kind: Kind) -> bool:
    return isinstance(before, Space) and before.cells > 1


def _before_relation(_before: Node, _item: Node, kind: Kind) -> bool:
    return kind is Kind.RELATION


def _before_sign(_before: Node, item: Node, kind: Kind) -> bool:
    return kind is Kind.BINARY and isinstance(item, Symbol) and item.text in _SIGNS
