"""A formula inside a text: in its line if one row can hold it, else drawn on rows of its own.

Apart from `text`, so that laying out words alone does not load what reads and draws formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from studydl.notation.binding import has_one_row
from studydl.notation.breaking import fitted
from studydl.notation.errors import NotationError
from studydl.notation.linear import linear
from studydl.notation.parser import parse
from studydl.notation.spacing import Style
from studydl.notation.tree import Kind, Node, Row, Symbol, items_of

if TYPE_CHECKING:
    from studydl.notation.box import Box
    from studydl.notation.prose import Part

__all__ = ["Inset"]


@dataclass(frozen=True, slots=True)
class Inset:
    """A formula of a text, read."""

    node: Node
    style: Style

    @classmethod
    def read(cls, part: Part, *, ascii: bool) -> Self:  # noqa: A002 - the option's name everywhere
        """Reads a part of a text.

        Raises:
            NotationError: The formula is refused; the offset is that in the text.
        """
        try:
            return cls(parse(part.content), Style(ascii=ascii))
        except NotationError as fault:
            raise fault.moved(part.offset) from None

    def linear(self) -> str:
        """The formula in one row, fully parenthesised where height would have told."""
        return f"{linear(self.node, self.style)}"

    def in_line(self) -> str | None:
        """The formula as it stands among words; None if it needs height."""
        return linear(self.node, self.style).strip() if has_one_row(self.node) else None

    def drawn(self, tail: str, width: int) -> Box:
        """The formula on rows of its own, with the punctuation behind it on its baseline."""
        mark = Symbol(tail, tail, tail, Kind.CLOSING)
        formula = Row((*items_of(self.node), mark)) if tail else self.node
        return fitted(formula, self.style, width)
