r"""A LaTeX subset laid out as two-dimensional Unicode, for a terminal.

A formula takes three steps, and each has its room:

    source --parse--> tree --layout--> box --join--> rows of text
                        \
                         `--linear--> one row

- `lexer`, `parser`, `pairs`, `macros`, `environments` read; `glyphs` and `alphabets` are the
  tables of what may be read. What they do not know they refuse, with its place: no formula
  reaches the screen half drawn. `unparse` writes a tree back.
- `tree` says what a formula is. It is TeX's view, symbols side by side, not algebra.
- `spacing` knows the cells between neighbours, `binding` what binds what in one row.
- `box`, `fences`, `strokes`, `grids`, `layout` draw; `breaking` breaks a formula that is too wide.
- `linear` writes in one row. It adds a parenthesis wherever height said what belongs together:
  a fraction of `a + b` over `c` is `(a + b)/c`. The meaning never changes.
- `prose`, `wrapping`, `text` lay out a card: words, Chinese, formulas between dollars.

Width is counted in terminal cells (two for East Asian wide, none for combining), never in
characters. With `ascii=True` the same tree is spelled in ASCII, for terminals and fonts that
draw Greek or box lines at an unexpected width.

To add a symbol, add a line to `glyphs`. To add a construct, add a node to `tree`, its reader to
`macros`, and follow the type checker: every `match` over nodes names all of them.

    >>> inline(r"\frac{1}{1+e^{-x}}")
    '1/(1 + e⁻ˣ)'
    >>> for row in render(r"\sigma(x) = \frac{1}{1+e^{-x}}").rows:
    ...     print(row.rstrip())
               1
    σ(x) = ─────────
            1 + e⁻ˣ
"""

from __future__ import annotations

from studydl.notation.binding import has_one_row
from studydl.notation.box import Box, cells
from studydl.notation.breaking import fitted
from studydl.notation.errors import NotationError
from studydl.notation.linear import linear
from studydl.notation.parser import parse
from studydl.notation.spacing import Style
from studydl.notation.text import check, layout_text, plain
from studydl.notation.tree import Node
from studydl.notation.unparse import unparse

__all__ = [
    "Box",
    "Node",
    "NotationError",
    "cells",
    "check",
    "inline",
    "layout_text",
    "parse",
    "plain",
    "render",
    "unparse",
]


def render(latex: str, *, ascii: bool = False, max_width: int | None = None) -> Box:  # noqa: A002 - the option's name everywhere
    """Draws a displayed formula.

    Args:
        latex: The source, without the dollars around it.
        ascii: Whether everything is spelled in ASCII.
        max_width: How many cells there are. A wider formula is broken between equations, before
            relations, then before plus and minus; where that does not help it stays wide.

    Returns:
        The drawing.

    Raises:
        NotationError: The source is not in the subset.
    """
    return fitted(parse(latex), Style(ascii=ascii), max_width)


def inline(latex: str, *, ascii: bool = False) -> str | None:  # noqa: A002 - the option's name everywhere
    """Writes a formula in one row, if that loses nothing.

    Args:
        latex: The source, without the dollars around it.
        ascii: Whether everything is spelled in ASCII.

    Returns:
        The row; None for what needs height, such as a matrix or cases.

    Raises:
        NotationError: The source is not in the subset.
    """
    formula = parse(latex)
    return linear(formula, Style(ascii=ascii)) if has_one_row(formula) else None
