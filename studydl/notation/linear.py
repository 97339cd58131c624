"""A formula in one row. The meaning never changes: where it could, there are parentheses.

TeX shows by height what binds what; a row has only precedence. So a fraction is bare only where
`/` reads the same (`x = a/b + 1`), a numerator only if it is a plain product, a denominator only
if it is a single symbol, and a script without raised or lowered glyphs is written `^(...)`.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from studydl.notation.alphabets import subscript, superscript
from studydl.notation.binding import (
    accent_fits,
    binds_alike,
    is_atom,
    is_derivative,
    is_product,
    reads_on,
    solid,
)
from studydl.notation.glyphs import ACCENTS, ASCII_DELIMITERS, MACROS, MATES
from studydl.notation.grids import linear_grid
from studydl.notation.spacing import Style, classify, gap
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

__all__ = ["accented", "linear", "linear_scripts", "script_glyphs", "split_primes"]

_PRIME = MACROS["\\prime"]


def linear(node: Node, style: Style) -> str:
    """`node` in one row, whatever it holds."""
    items = items_of(node)
    kinds = classify(items)
    pieces: list[str] = []
    for place, item in enumerate(items):
        if place:
            pair = kinds[place - 1], kinds[place]
            pieces.append(" " * gap(items[place - 1], item, pair, style))
        pieces.append(_in_row(item, items, kinds, place, style))
    return "".join(pieces)


def _in_row(
    item: Node, items: Sequence[Node], kinds: Sequence[Kind], place: int, style: Style
) -> str:
    """One item of a row, in parentheses if its neighbours could tear it apart."""
    if isinstance(item, Fraction) and not binds_alike(items, kinds, place):
        return f"({_item(item, style)})"
    if isinstance(item, Root):
        after = solid(items[place + 1 :])
        last = not after or kinds[place + 1 + after[0]] not in (Kind.ORDINARY, Kind.BAR)
        return _root(item, style, bare=last)
    if isinstance(item, Row) and len(item.items) > 1 and not is_product(item):
        return f"({_item(item, style)})"
    return _item(item, style)


def _item(node: Node, style: Style) -> str:  # noqa: C901, PLR0911 - one case a node
    match node:
        case Symbol():
            return style.spelling(node)
        case Space(cells=width):
            return "" if style.tight else " " * width
        case Row():
            return linear(node, style)
        case Scripts():
            return linear_scripts(node, style, _base(node, style))
        case Stacked(base, below, above):
            return linear_scripts(Scripts(base, below, above), style, _base(node, style))
        case Fraction(top, bottom):
            return _quotient(top, bottom, style)
        case Binomial(top, bottom):
            return f"binom({linear(top, style)}, {linear(bottom, style)})"
        case Root():
            return _root(node, style, bare=True)
        case Fenced():
            return _fenced(node, style)
        case Accent(name, body):
            return accented(node, style) or f"{_spoken(name)}({linear(body, style)})"
        case Grid():
            return linear_grid(node, lambda cell: linear(cell, style))


def linear_scripts(node: Scripts, style: Style, base: str) -> str:
    """`base` with the scripts of `node` behind it."""
    primes, sup = split_primes(node.sup)
    text = base
    if node.sub is not None:
        text += _script(node.sub, style, "_")
    text += "'" * primes if style.ascii else superscript("′" * primes) or ""
    if sup is not None:
        text += _script(sup, style, "^")
    return text


def split_primes(sup: Node | None) -> tuple[int, Node | None]:
    """How many primes a superscript begins with, and what is left of it."""
    items = () if sup is None else items_of(sup)
    count = 0
    while count < len(items) and items[count] == _PRIME:
        count += 1
    if not count:
        return 0, sup
    rest = items[count:]
    return count, Row(rest) if len(rest) > 1 else rest[0] if rest else None


def script_glyphs(script: Node, mark: str) -> str | None:
    """A script in raised (`^`) or lowered (`_`) glyphs, or None where Unicode lacks one."""
    raise_or_lower = superscript if mark == "^" else subscript
    return raise_or_lower(linear(script, Style(tight=True)))


def _script(script: Node, style: Style, mark: str) -> str:
    if not style.ascii:
        glyphs = script_glyphs(script, mark)
        if glyphs is not None:
            return glyphs
    inside = linear(script, style.script)
    if not inside:
        return ""
    # In ASCII a subscript is part of the name; a superscript is bare if it is one symbol.
    one = isinstance(script, Symbol) or (mark == "_" and isinstance(script, Row))
    bare = style.ascii and one and inside.isascii() and inside.isalnum()
    if isinstance(script, Row) and len(script.items) == 1:
        inside, bare = inside.replace("∗", "*"), True  # a lone sign: x^*
    return mark + (inside if bare else f"({inside})")


def _quotient(top: Node, bottom: Node, style: Style) -> str:
    over, under = linear(top, style), linear(bottom, style)
    if is_derivative(top, bottom):
        return f"{over}/{under}"
    if not is_product(top):
        over = f"({over})"
    if not is_atom(bottom):
        under = f"({under})"
    return f"{over}/{under}"


def _base(node: Scripts | Stacked, style: Style) -> str:
    """What scripts stand on, in parentheses unless they can only mean the whole of it."""
    base = node.base
    match base:
        case Scripts():
            bare = reads_on(base, node)
        case Symbol() | Fenced() | Accent() | Binomial():
            bare = True
        case Row(items):
            bare = len(items) <= 1 or kind_of(base) is Kind.FUNCTION
        case _:
            bare = False
    return linear(base, style) if bare else f"({linear(base, style)})"


def _root(node: Root, style: Style, *, bare: bool) -> str:
    inside = linear(node.radicand, style)
    degree = None if node.degree is None else linear(node.degree, style.script)
    raised = "" if degree is None else superscript(degree)
    if style.ascii or raised is None:
        if degree is None:
            return f"sqrt({inside})"
        return f"({inside})^(1/{degree if degree.isalnum() else f'({degree})'})"
    simple = isinstance(node.radicand, Symbol | Accent) or (
        isinstance(node.radicand, Scripts) and node.radicand.sup is None
    )
    if not (bare and simple and is_atom(node.radicand)):
        inside = f"({inside})"
    return f"{raised}√{inside}"


def _fenced(node: Fenced, style: Style) -> str:
    left, right, inside = node.left, node.right, linear(node.body, style)
    if style.ascii and left + right in ("⌊⌋", "⌈⌉"):
        return f"{'floor' if left == '⌊' else 'ceil'}({inside})"
    if not left:
        # How far the bar of an evaluation reaches must still show.
        inside = inside if is_atom(node.body) else f"({inside})"
    right = right or MATES.get(left, "")
    if style.ascii:
        left, right = ASCII_DELIMITERS.get(left, left), ASCII_DELIMITERS.get(right, right)
    return f"{left}{inside}{right}"


def accented(node: Accent, style: Style) -> str | None:
    """An accent over one symbol, which may carry a subscript; None over anything wider."""
    if not accent_fits(node):
        return None
    if isinstance(node.body, Scripts):
        return linear_scripts(node.body, style, _accent(node.name, node.body.base, style))
    return _accent(node.name, node.body, style)


def _accent(name: str, letter: Node, style: Style) -> str:
    text = linear(letter, style)
    if style.ascii:
        return f"{_spoken(name)}({text})"
    return unicodedata.normalize("NFC", text + ACCENTS[name][0])


def _spoken(name: str) -> str:
    return {
        "widehat": "hat", "widetilde": "tilde", "overline": "bar", "overrightarrow": "vec",
        "underbrace": "", "overbrace": "",
    }.get(name, name)  # fmt: skip
