r"""A tree back to LaTeX, in one normal spelling: `parse(unparse(tree)) == tree`."""

from __future__ import annotations

from studydl.notation.glyphs import DELIMITER_LATEX
from studydl.notation.tree import (
    Accent,
    Binomial,
    Fenced,
    Fraction,
    Grid,
    Node,
    Root,
    Row,
    Scripts,
    Space,
    Stacked,
    Symbol,
)

__all__ = ["unparse"]


def unparse(node: Node) -> str:
    """LaTeX that reads as `node`."""
    return " ".join(map(_item, node.items)) if isinstance(node, Row) else _item(node)


def _item(node: Node) -> str:  # noqa: C901, PLR0911 - one case a node
    match node:
        case Symbol(latex=latex) | Space(latex=latex):
            return latex
        case Row():
            return _braced(node)
        case Scripts(base, sub, sup):
            below = "" if sub is None else f"_{_braced(sub)}"
            above = "" if sup is None else f"^{_braced(sup)}"
            bare = isinstance(base, Symbol | Fenced)
            return (_item(base) if bare else _braced(base)) + below + above
        case Stacked(base, below, above):
            outer = f"\\underset{_braced(below)}" if below else f"\\overset{_braced(above)}"
            return outer + _braced(base)
        case Fraction(top, bottom):
            return f"\\frac{_braced(top)}{_braced(bottom)}"
        case Binomial(top, bottom):
            return f"\\binom{_braced(top)}{_braced(bottom)}"
        case Root(radicand, degree):
            index = "" if degree is None else f"[{_braced(degree)}]"
            return f"\\sqrt{index}{_braced(radicand)}"
        case Fenced(left, body, right):
            inside = f"{DELIMITER_LATEX[left]} {unparse(body)} \\right{DELIMITER_LATEX[right]}"
            return f"\\left{inside}"
        case Accent(name, body):
            return f"\\{name}{_braced(body)}"
        case Grid(name, columns, rows):
            return _grid(name, columns, rows)


def _braced(node: Node | None) -> str:
    return "{" + ("" if node is None else unparse(node)) + "}"


def _grid(name: str, columns: str, rows: tuple[tuple[Node, ...], ...]) -> str:
    lines = " \\\\ ".join(" & ".join(map(unparse, row)) for row in rows)
    # A last row that is empty needs its own break: the final one opens no row.
    if len(rows) > 1 and rows[-1] == (Row(()),):
        lines += " \\\\"
    if name == "substack":
        return f"\\substack{{{lines}}}"
    spec = f"{{{columns}}}" if columns else ""
    return f"\\begin{{{name}}}{spec} {lines} \\end{{{name}}}"
