r"""Environments: what `\begin{...}` may open, and how its rows and cells are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.notation.errors import NotationError
from studydl.notation.tree import EMPTY, Grid, Node

if TYPE_CHECKING:
    from studydl.notation.lexer import Token
    from studydl.notation.parser import Parser

__all__ = ["environment", "substack"]

_SAME_AS = {
    "align": "aligned",
    "align*": "aligned",
    "split": "aligned",
    "gather": "gathered",
    "gather*": "gathered",
    "dcases": "cases",
    "smallmatrix": "matrix",
}
_MATRICES = ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix")
_KNOWN = (*_MATRICES, "cases", "aligned", "gathered", "array", *_SAME_AS)


def environment(parser: Parser, begin: Token) -> Node:
    r"""The grid between `\begin{name}` and `\end{name}`."""
    written = parser.raw(begin).strip()
    name = _SAME_AS.get(written, written)
    if written not in _KNOWN:
        import difflib  # only a mistake needs it, and it is slow to load

        close = difflib.get_close_matches(written, _KNOWN, n=1)
        hint = f"did you mean {close[0]}?" if close else ""
        raise NotationError(f"unknown environment {written!r}", begin.offset, hint)
    columns = _columns(parser, begin) if name == "array" else ""
    rows = _rows(parser, begin)
    end = parser.expect("\\end", begin)
    if parser.raw(end).strip() != written:
        raise NotationError(
            f"\\begin{{{written}}} is closed by another name", end.offset, f"\\end{{{written}}}"
        )
    return Grid(name, columns, rows)


def substack(parser: Parser, macro: Token) -> Node:
    r"""The lines inside `\substack{...}`."""
    opener = parser.take()
    if opener.text != "{":
        raise NotationError(f"{macro.text} lacks its argument", macro.offset, "write {...}")
    rows = _rows(parser, opener)
    parser.expect("}", opener)
    return Grid("substack", "", rows)


def _columns(parser: Parser, begin: Token) -> str:
    spec = parser.raw(begin).replace(" ", "").replace("|", "")
    if not spec or set(spec) - set("lcr"):
        raise NotationError("an array's columns are letters l, c, r", begin.offset)
    return spec


def _rows(parser: Parser, opener: Token) -> tuple[tuple[Node, ...], ...]:
    rows: list[tuple[Node, ...]] = []
    cells: list[Node] = []
    with parser.nested(opener):
        while True:
            cells.append(parser.row())
            if parser.peek().text not in {"&", "\\\\"}:
                break
            if parser.take().text == "\\\\":
                rows.append(tuple(cells))
                cells = []
    # A row break at the very end opens no row.
    if cells != [EMPTY] or not rows:
        rows.append(tuple(cells))
    return tuple(rows)
