r"""A LaTeX subset laid out as two-dimensional Unicode, for a terminal.

A formula takes three steps, and each has its room:

    source --parse--> tree --layout--> box --join--> rows of text
                        \
                         `--linear--> one row

- `lexer`, `parser`, `pairs`, `macros`, `environments` read; `glyphs` and `alphabets` are the
  tables of what may be read. What they do not know they refuse, with its place: no formula
  reaches the screen half drawn. `writer` writes a tree back.
- `tree` says what a formula is. It is TeX's view, symbols side by side, not algebra.
- `spacing` knows the cells between neighbours, `binding` what binds what in one row.
- `box`, `fences`, `strokes`, `grids`, `layout` draw; `breaking` breaks a formula that is too wide.
- `linear` writes in one row. It adds a parenthesis wherever height said what belongs together:
  a fraction of `a + b` over `c` is `(a + b)/c`. The meaning never changes.
- `formula` puts the two together. `prose`, `wrapping`, `inset`, `text` lay out a card: words,
  Chinese, formulas between dollars.

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

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studydl.notation.box import Box, cells
    from studydl.notation.errors import NotationError
    from studydl.notation.formula import inline, render
    from studydl.notation.parser import parse
    from studydl.notation.text import check, layout_text, plain
    from studydl.notation.tree import Node
    from studydl.notation.writer import unparse

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

_ROOMS = {
    "Box": "box",
    "Node": "tree",
    "NotationError": "errors",
    "cells": "box",
    "check": "text",
    "inline": "formula",
    "layout_text": "text",
    "parse": "parser",
    "plain": "text",
    "render": "formula",
    "unparse": "writer",
}
"""Where each name lives. Imported at its first use: a card in words needs nothing that draws."""


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)
