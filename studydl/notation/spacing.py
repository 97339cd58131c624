"""What stands between two neighbours in a row: TeX's rules, in whole cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studydl.notation.glyphs import CHARACTERS
from studydl.notation.tree import (
    EMPTY,
    Accent,
    Fenced,
    Fraction,
    Kind,
    Node,
    Root,
    Row,
    Scripts,
    Space,
    Stacked,
    Symbol,
    kind_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Style", "classify", "gap", "is_word"]

_WIDE = frozenset({Kind.BINARY, Kind.RELATION})
_OPENS = frozenset({Kind.OPENING, Kind.UNARY, Kind.MIDDLE})
_CLOSES = frozenset({Kind.CLOSING, Kind.PUNCTUATION, Kind.MIDDLE})
_NAMES = frozenset({Kind.OPERATOR, Kind.FUNCTION})
# A binary sign behind one of these, or before one of the others, has lost an operand.
_NO_LEFT = _WIDE | _NAMES | {Kind.OPENING, Kind.PUNCTUATION, Kind.UNARY, Kind.MIDDLE}
_NO_RIGHT = frozenset({Kind.RELATION, Kind.CLOSING, Kind.PUNCTUATION, Kind.MIDDLE})


@dataclass(frozen=True, slots=True)
class Style:
    """How a formula is written.

    Attributes:
        ascii: Every symbol is spelled in ASCII.
        tight: It stands in a script, where signs and relations have no space.
        display: Limits stand above and below their operator.
    """

    ascii: bool = False
    tight: bool = False
    display: bool = True

    def spelling(self, symbol: Symbol) -> str:
        """The text of `symbol` in this style."""
        return symbol.ascii if self.ascii else symbol.text

    @property
    def inner(self) -> Style:
        """The style inside a fraction."""
        return replace(self, display=False) if self.display else self

    @property
    def script(self) -> Style:
        """The style of a script."""
        return replace(self, display=False, tight=True)


def classify(items: Sequence[Node]) -> list[Kind]:
    """The kind of each item where it stands: a sign without a left operand is unary."""
    kinds = [kind_of(item) for item in items]
    solid = [place for place, item in enumerate(items) if not isinstance(item, Space)]
    before: Kind | None = None
    for order, place in enumerate(solid):
        if kinds[place] is Kind.BINARY:
            after = kinds[solid[order + 1]] if order + 1 < len(solid) else None
            if before is None or before in _NO_LEFT:
                kinds[place] = Kind.UNARY
            elif after is None or after in _NO_RIGHT:
                kinds[place] = Kind.ORDINARY
        before = kinds[place]
    return kinds


def gap(  # noqa: PLR0911 - one rule a line
    left: Node, right: Node, kinds: tuple[Kind, Kind], style: Style
) -> int:
    """How many cells of space stand between two neighbours of these kinds."""
    one, other = kinds
    if isinstance(left, Space) or isinstance(right, Space):
        return 0
    if isinstance(right, Scripts) and right.base == EMPTY:
        return 1  # else its scripts would join those of the node before it
    if one in _WIDE or other in _WIDE or one is Kind.PUNCTUATION:
        spelled_out = style.ascii and (_is_spelled(left) or _is_spelled(right))
        return int(spelled_out or not style.tight)
    if one in _OPENS or other in _CLOSES:
        return 0
    if one in _NAMES:
        return int(_has_limits(left) or not _is_bracketed(right))
    if other in _NAMES:
        return 1
    if isinstance(left, Fraction | Root) or isinstance(right, Fraction):
        return int(CHARACTERS["/"] not in (left, right))
    return int(_meet(left, right, style))


def _is_spelled(node: Node) -> bool:
    """Whether a relation or sign is a word in ASCII, such as `in`."""
    return isinstance(node, Symbol) and node.kind in _WIDE and node.ascii.isalpha()


def _has_limits(node: Node) -> bool:
    """Whether `node` is a big operator, or a name with limits: a space always follows it."""
    if kind_of(node) is Kind.OPERATOR or isinstance(node, Stacked):
        return True
    return isinstance(node, Scripts) and isinstance(node.base, Symbol) and node.base.limits


def _is_bracketed(node: Node) -> bool:
    """Whether a name that is applied to `node` needs no space: `log(x)`, `log|x|`."""
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Fenced) or kind_of(base) in (Kind.OPENING, Kind.BAR)


def _meet(left: Node, right: Node, style: Style) -> bool:
    """Whether two words, or a word and a letter, would run into one another."""
    if style.ascii and isinstance(left, Scripts) and right == CHARACTERS["!"]:
        return True  # x^n! would be another number
    end, start = is_word(left, style), is_word(right, style)
    if style.ascii and isinstance(left, Fenced):
        return bool(start)
    return end is not None and start is not None and (end or start)


def is_word(node: Node, style: Style) -> bool | None:  # noqa: PLR0911 - one case a node
    """True for a word, False for a single letter or number, None for anything else."""
    match node:
        case Symbol():
            shown = style.spelling(node)
            if not (shown[:1].isalnum() and shown[-1:].isalnum()):
                return None
            return len(shown) > 1 and not shown.replace(".", "").isdigit()
        case Scripts(base=base):
            # In ASCII a script has no glyphs of its own: x_i y, not x_iy.
            return True if style.ascii else is_word(base, style)
        case Accent(body=body):
            return True if style.ascii else is_word(body, style)
        case Root():
            return True if style.ascii else None
        case Row(items=items) if items:
            return is_word(items[-1], style)
        case _:
            return None
