"""What binds what in one row: where a quotient or a product may stand without parentheses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.notation.box import cells
from studydl.notation.glyphs import ACCENTS
from studydl.notation.tree import (
    Accent,
    Binomial,
    Fenced,
    Fraction,
    Grid,
    Kind,
    Node,
    Root,
    Row,
    Scripts,
    Space,
    Stacked,
    Symbol,
    items_of,
    kind_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "accent_fits",
    "binds_alike",
    "has_one_row",
    "is_atom",
    "is_derivative",
    "is_product",
    "reads_on",
    "solid",
]

_DIFFERENTIALS = frozenset({"d", "∂"})
# Symbols that reach for a neighbour: no atoms in a product.
_REACHING = frozenset("/!|‖¬∀∃∄∂∇")
# Around these a product or quotient may stay bare.
_WEAK = frozenset({Kind.RELATION, Kind.PUNCTUATION, Kind.OPENING, Kind.CLOSING, Kind.MIDDLE})
_SIGNS = frozenset("+−-±∓")
_PRODUCTS = frozenset("·×∗*")
_NAMES = frozenset({Kind.FUNCTION, Kind.OPERATOR})


def binds_alike(items: Sequence[Node], kinds: Sequence[Kind], place: int) -> bool:
    """Whether a quotient at `place` binds as the fraction does."""
    before = solid(items[:place])
    after = solid(items[place + 1 :])
    left = before[-1] if before else None
    right = place + 1 + after[0] if after else None
    if len(before) > 1 and kinds[before[-1]] is Kind.UNARY and kinds[before[-2]] in _NAMES:
        return False  # log -a/b could be (log -a)/b
    return all(
        there is None or kinds[there] in _WEAK or _sign(items[there]) in _SIGNS | _PRODUCTS
        for there in (left, right)
    )


def solid(items: Sequence[Node]) -> list[int]:
    """The places of the items that are not spaces."""
    return [place for place, item in enumerate(items) if not isinstance(item, Space)]


def _sign(item: Node) -> str:
    return item.text if isinstance(item, Symbol) else ""


def is_derivative(top: Node, bottom: Node) -> bool:
    """Whether a fraction is d over dx, or dy over dx: one glance takes it as a whole."""
    over, under = _differential(top), _differential(bottom)
    return over is not None and over == under and len(solid(items_of(bottom))) == 2


def _differential(node: Node) -> str | None:
    items = [item for item in items_of(node) if not isinstance(item, Space)]
    first = items[0].base if items and isinstance(items[0], Scripts) else items and items[0]
    small = len(items) <= 2 and all(map(is_atom, items[1:]))
    sign = _sign(first) if isinstance(first, Symbol) else ""
    return sign if small and sign in _DIFFERENTIALS else None


def is_product(node: Node) -> bool:
    """Whether `node` reads as one factor before a `/`: symbols and fences side by side."""
    return is_atom(node) or all(isinstance(item, Space) or is_atom(item) for item in items_of(node))


def is_atom(node: Node) -> bool:  # noqa: PLR0911 - one case a node
    """Whether nothing beside `node` can tear it apart."""
    match node:
        case Symbol(text=text, kind=Kind.ORDINARY):
            return text not in _REACHING and " " not in text
        case Scripts(base=base):
            return is_atom(base)
        case Fenced(left=left):
            return left != ""
        case Accent() | Binomial():
            return True
        case Row(items=(name, Fenced())):
            return kind_of(name) is Kind.FUNCTION  # sin(x), applied beyond doubt
        case Grid(name=name):
            return name not in ("aligned", "gathered", "substack", "array")
        case _:
            return False


def reads_on(inner: Scripts, outer: Node) -> bool:
    """Whether `{x_1}^2` may be written x_1^2: a lower script on a symbol, then an upper one."""
    first = inner.sup is None and isinstance(inner.base, Symbol)
    return first and isinstance(outer, Scripts) and outer.sub is None


def accent_fits(node: Accent) -> bool:
    """Whether an accent stands over one cell: a single symbol, perhaps with a subscript."""
    body = node.body
    if isinstance(body, Scripts) and body.sup is None:
        body = body.base
    if isinstance(body, Accent):
        return node.name in ACCENTS and accent_fits(body)
    return node.name in ACCENTS and isinstance(body, Symbol) and cells(body.text) == 1


def has_one_row(node: Node) -> bool:  # noqa: PLR0911 - one case a node
    """Whether one row loses nothing of `node`: no grid, no accent over several symbols."""
    match node:
        case Symbol() | Space():
            return True
        case Row(items):
            return all(map(has_one_row, items))
        case Scripts(base, sub, sup):
            return all(part is None or has_one_row(part) for part in (base, sub, sup))
        case Stacked(base, below, above):
            limits = kind_of(base) in (Kind.FUNCTION, Kind.OPERATOR) and above is None
            return limits and has_one_row(base) and (below is None or has_one_row(below))
        case Fraction(top, bottom) | Binomial(top, bottom):
            return has_one_row(top) and has_one_row(bottom)
        case Root(radicand, degree):
            return has_one_row(radicand) and (degree is None or has_one_row(degree))
        case Fenced(_, body, _):
            return has_one_row(body)
        case Accent():
            return accent_fits(node)
        case Grid():
            return False
