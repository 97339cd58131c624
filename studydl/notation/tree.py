r"""What a formula is once it has been read: a tree of frozen nodes.

The tree follows TeX's view of a formula (symbols of a kind, rows, scripts), not its algebra:
`2x` is two symbols side by side. Two spellings that look the same give the same tree: `\dfrac`
is `\frac`, and a pair of plain parentheses is the same `Fenced` as one made by `\left \right`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "EMPTY",
    "Accent",
    "Binomial",
    "Fenced",
    "Fraction",
    "Grid",
    "Kind",
    "Node",
    "Root",
    "Row",
    "Scripts",
    "Space",
    "Stacked",
    "Symbol",
    "items_of",
    "kind_of",
    "row_of",
]


class Kind(Enum):
    """What a symbol does in a row; the spaces around it follow from this."""

    ORDINARY = auto()
    OPERATOR = auto()  # a big operator: sum, product, integral
    FUNCTION = auto()  # a name that is applied: log, max
    BINARY = auto()
    UNARY = auto()  # a binary sign without a left operand; found in a row, never in the tree
    RELATION = auto()
    OPENING = auto()
    CLOSING = auto()
    BAR = auto()  # | and its double, which open and close alike
    MIDDLE = auto()  # what \middle makes
    PUNCTUATION = auto()


@dataclass(frozen=True, slots=True)
class Symbol:
    """One glyph or one word, with its LaTeX, Unicode and ASCII spellings.

    `limits` says that scripts of the symbol stand above and below it in a displayed formula.
    """

    latex: str
    text: str
    ascii: str
    kind: Kind = Kind.ORDINARY
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """An explicit space of so many cells."""

    latex: str
    cells: int


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes side by side. Inside another row it is a braced group and counts as ordinary."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with a subscript, a superscript, or both."""

    base: Node
    sub: Node | None
    sup: Node | None


@dataclass(frozen=True, slots=True)
class Stacked:
    r"""A base with something above or below it: `\overset`, `\underset`."""

    base: Node
    below: Node | None
    above: Node | None


@dataclass(frozen=True, slots=True)
class Fraction:
    """A numerator over a denominator."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Binomial:
    """A binomial coefficient."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Root:
    """A square root, or the root of another degree."""

    radicand: Node
    degree: Node | None


@dataclass(frozen=True, slots=True)
class Fenced:
    """A body between two delimiters, which are Unicode text; the empty one is invisible."""

    left: str
    body: Node
    right: str


@dataclass(frozen=True, slots=True)
class Accent:
    """A hat, bar, arrow ... over a body, or a brace over or under it."""

    name: str
    body: Node


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells: a matrix, cases, aligned equations. `columns` is the spec of an `array`."""

    name: str
    columns: str
    rows: tuple[tuple[Node, ...], ...]


Node = (
    Symbol | Space | Row | Scripts | Stacked | Fraction | Binomial | Root | Fenced | Accent | Grid
)

EMPTY = Row(())

# In braces these lose the spaces around them: {=} is not a relation any more.
_GROUPED = frozenset(Kind) - {Kind.ORDINARY, Kind.FUNCTION, Kind.OPERATOR}


def items_of(node: Node) -> tuple[Node, ...]:
    """The nodes that stand side by side in `node`: a row's own, or the node alone."""
    return node.items if isinstance(node, Row) else (node,)


def row_of(items: Sequence[Node]) -> Node:
    """The row of `items`; a single one stands for itself unless a group changes what it does."""
    if len(items) == 1 and not (isinstance(items[0], Symbol) and items[0].kind in _GROUPED):
        return items[0]
    return Row(tuple(items))


def kind_of(node: Node) -> Kind:
    """What `node` counts as in a row; scripts do not change what their base is."""
    while isinstance(node, Scripts | Stacked):
        node = node.base
    if isinstance(node, Row) and node.items and all(map(_is_name, node.items)):
        return Kind.FUNCTION  # {\arg\max} is applied like one name
    return node.kind if isinstance(node, Symbol) else Kind.ORDINARY


def _is_name(node: Node) -> bool:
    return isinstance(node, Symbol) and node.kind is Kind.FUNCTION
