"""A tree to a box of text: fractions are stacked, scripts raised, fences stretched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.notation.alphabets import superscript
from studydl.notation.binding import has_one_row, reads_on
from studydl.notation.box import Box, above, beside, blank, line
from studydl.notation.fences import fence, fenced
from studydl.notation.grids import grid_box
from studydl.notation.linear import (
    accented,
    linear,
    linear_scripts,
    script_glyphs,
)
from studydl.notation.spacing import Style, classify, gap
from studydl.notation.strokes import root_sign, wide_accent
from studydl.notation.tree import (
    EMPTY,
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

__all__ = ["layout", "spaced"]

_ONE = Symbol("1", "1", "1")


def layout(node: Node, style: Style) -> Box:  # noqa: C901, PLR0911 - one case a node
    """Draws `node`."""
    match node:
        case Symbol():
            return line(style.spelling(node))
        case Space(cells=width):
            return blank(0 if style.tight else width)
        case Row(items):
            return spaced(items, classify(items), style)
        case Scripts():
            return _scripts(node, style)
        case Stacked(base, below, above_):
            return _with_limits(layout(base, style), below, above_, style)
        case Fraction(top, bottom):
            return _fraction(layout(top, style.inner), layout(bottom, style.inner), style)
        case Binomial(top, bottom):
            parts = [layout(top, style.inner), blank(0), layout(bottom, style.inner)]
            return beside(fenced("(", above(parts, parts[0].height), ")", style))
        case Root(radicand, degree):
            return _root(layout(radicand, style.inner), degree, style)
        case Fenced():
            return _fenced(node, style)
        case Accent():
            text = accented(node, style)
            return (
                wide_accent(node.name, layout(node.body, style), style)
                if text is None
                else line(text)
            )
        case Grid(name=name):
            cell_style = style.script if name == "substack" else style
            return grid_box(node, lambda cell: layout(cell, cell_style), style)


def spaced(items: tuple[Node, ...], kinds: Sequence[Kind], style: Style) -> Box:
    """Nodes side by side, whose kinds are known, with the spaces between them."""
    boxes: list[Box] = []
    for place, item in enumerate(items):
        if place:
            pair = kinds[place - 1], kinds[place]
            cut_off = kinds[place - 1] is Kind.UNARY and isinstance(item, Fraction)
            # A minus that touches the bar of a fraction would lengthen it.
            boxes.append(blank(1 if cut_off else gap(items[place - 1], item, pair, style)))
        boxes.append(layout(item, style))
    return beside(boxes)


def _fraction(top: Box, bottom: Box, style: Style) -> Box:
    width = max(top.width, bottom.width) + 2
    bar = line(("-" if style.ascii else "─") * width)
    return above([top, bar, bottom], top.height)


def _scripts(node: Scripts, style: Style) -> Box:
    base = _base(node, style)
    if _takes_limits(node.base):
        beside_it = _glyphs(node, style) if not style.display else None
        if beside_it is None:
            return _with_limits(base, node.sub, node.sup, style)
        return beside([base, line(beside_it)])
    attach = _at_letter if base.height == 1 else _at_corners
    return attach(base, node.sub, node.sup, style)


def _base(node: Scripts, style: Style) -> Box:
    """What scripts stand on; in parentheses where they would seem to belong to a part of it."""
    base = node.base
    match base:
        case Fraction() | Stacked():
            loose = True
        case Row(items):
            loose = len(items) > 1 and kind_of(base) is Kind.ORDINARY
        case Scripts():
            loose = not reads_on(base, node)
        case _:
            loose = False
    box = layout(base, style)
    return beside(fenced("(", box, ")", style)) if loose else box


def _takes_limits(base: Node) -> bool:
    if isinstance(base, Symbol):
        return base.limits
    return isinstance(base, Accent) and base.name in ("underbrace", "overbrace")


def _glyphs(node: Scripts, style: Style) -> str | None:
    """Both scripts in raised and lowered glyphs; None if one of them cannot be."""
    if style.ascii:
        return None
    sub = "" if node.sub is None else script_glyphs(node.sub, "_")
    sup = "" if node.sup is None else script_glyphs(node.sup, "^")
    return None if sub is None or sup is None else sub + sup


def _with_limits(base: Box, below: Node | None, over: Node | None, style: Style) -> Box:
    upper = [] if over is None else [_script_box(over, style)]
    lower = [] if below is None else [_script_box(below, style)]
    baseline = base.baseline + sum(box.height for box in upper)
    return above([*upper, base, *lower], baseline)


def _script_box(script: Node, style: Style) -> Box:
    """A script that is drawn on rows of its own: in one row if that loses nothing."""
    if has_one_row(script):
        text = linear(script, style.script)
        if style.ascii or not ("^" in text or "_" in text):
            return line(text)
    return layout(script, style.script)


def _at_letter(base: Box, sub: Node | None, sup: Node | None, style: Style) -> Box:
    """Scripts of one row: in glyphs behind the base, or above and below that place."""
    if style.ascii:
        return _at_letter_ascii(base, sub, sup, style)
    low = "" if sub is None else script_glyphs(sub, "_")
    high = "" if sup is None else script_glyphs(sup, "^")
    stacked_sup = [] if sup is None or high is not None else [_script_box(sup, style)]
    stacked_sub = [] if sub is None or low is not None else [_script_box(sub, style)]
    middle = line((low or "") + (high or ""))
    column = above(
        [*stacked_sup, middle, *stacked_sub], sum(b.height for b in stacked_sup), align="l"
    )
    return beside([base, column])


def _at_letter_ascii(base: Box, sub: Node | None, sup: Node | None, style: Style) -> Box:
    """In ASCII: `x_i^2` where one row can hold it, else stacked."""
    if all(script is None or has_one_row(script) for script in (sub, sup)):
        return line(linear_scripts(Scripts(EMPTY, sub, sup), style, base.rows[0]))
    upper = [] if sup is None else [_script_box(sup, style)]
    lower = [] if sub is None else [_script_box(sub, style)]
    return beside(
        [base, above([*upper, blank(0), *lower], sum(b.height for b in upper), align="l")]
    )


def _at_corners(base: Box, sub: Node | None, sup: Node | None, style: Style) -> Box:
    """Scripts of a tall base: beside its first and last row, but never on its baseline."""
    high, low = _corner(sup, "^", style), _corner(sub, "_", style)
    top = 0 if base.baseline else -1
    bottom = base.height - 1 if base.below else base.height
    first = min(0, top - high.height + 1)
    last = max(base.height - 1, bottom + low.height - 1)
    width = max(high.width, low.width)
    column = [" " * width] * (last - first + 1)
    for box, start in ((high, top - high.height + 1), (low, bottom)):
        for place, row in enumerate(box.rows if box.width else ()):
            column[start - first + place] = row + " " * (width - box.width)
    return beside([base, Box(tuple(column), base.baseline - first, width)])


def _corner(script: Node | None, mark: str, style: Style) -> Box:
    if script is None:
        return blank(0)
    glyphs = None if style.ascii else script_glyphs(script, mark)
    return _script_box(script, style) if glyphs is None else line(glyphs)


def _root(body: Box, degree: Node | None, style: Style) -> Box:
    """A root sign; in ASCII a function, or a power where it has a degree."""
    if not style.ascii:
        index = "" if degree is None else linear(degree, style.script)
        return root_sign(superscript(index) or index, body)
    held = beside(fenced("(", body, ")", style))
    if degree is None:
        return beside([line("sqrt"), held])
    attach = _at_letter if held.height == 1 else _at_corners
    return attach(held, None, Fraction(_ONE, degree), style)


def _fenced(node: Fenced, style: Style) -> Box:
    r"""The body between its delimiters; what `\middle` made is as tall as they are."""
    items = items_of(node.body)
    kinds = classify(items)
    middles = [place for place, kind in enumerate(kinds) if kind is Kind.MIDDLE]
    starts, ends = [0, *(place + 1 for place in middles)], [*middles, len(items)]
    parts = [
        spaced(items[start:end], kinds[start:end], style)
        for start, end in zip(starts, ends, strict=True)
    ]
    whole = beside(parts) if len(parts) > 1 else parts[0]
    boxes = [parts[0]]
    for place, part in zip(middles, parts[1:], strict=True):
        symbol = items[place]
        text = symbol.text if isinstance(symbol, Symbol) else ""
        boxes += [fence(text, whole, style), part]
    sides = fenced(node.left, whole, node.right, style)
    left = sides[: 1 if node.left else 0]
    right = sides[len(sides) - (1 if node.right else 0) :]
    return beside([*left, *boxes, *right])
