"""The one gateway through which text reaches a widget: nothing in it is read as markup.

Textual reads ``E[x]`` as ``E`` with a style tag behind it and refuses ``[/b]``. Mathematics is full
of brackets, so no string is handed to a widget as a string: it becomes content here first.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["beside", "cells", "clickable", "joined", "plain", "stacked", "truncated"]

_TAB = "    "


def plain(text: str, style: str = "") -> Content:
    """Return content that shows ``text`` as it is.

    Args:
        text: What is to be seen, brackets and all.
        style: How, in Textual's words: ``bold $success``. Written by us, never taken from a card.
    """
    return Content.styled(_shown(text), style)


def clickable(content: Content, action: str) -> Content:
    """Return the content, running an action when it is clicked."""
    return content.stylize(Style.from_meta({"@click": action}))


def joined(*parts: Content) -> Content:
    """Return the parts one after another on one line."""
    return Content("").join(parts)


def stacked(lines: Iterable[Content]) -> Content:
    """Return the lines below one another."""
    return Content("\n").join(lines)


def cells(text: str) -> int:
    """Return how many cells of the terminal a text takes: two for a Chinese character."""
    return cell_len(text)


def truncated(content: Content, width: int) -> Content:
    """Return the content, cut with an ellipsis if it is wider than ``width`` cells."""
    if content.cell_length <= width:
        return content
    if width <= 0:
        return Content("")
    return content.truncate(width, ellipsis=True)


def beside(left: Content, right: Content, width: int) -> Content:
    """Return one line with ``left`` at its start and ``right`` at its end; ``left`` gives way."""
    left = truncated(left, width - right.cell_length - 1)
    gap = max(width - left.cell_length - right.cell_length, 0)
    return joined(left, Content(" " * gap), right)


def _shown(text: str) -> str:
    """Replace what a terminal would obey instead of show."""
    if text.isprintable():
        return text
    return "".join(map(_visible, text))


@lru_cache(maxsize=256)
def _visible(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    if character == "\t":
        return _TAB
    # Surrogates, control and format characters move the cursor, colour the screen or break the
    # encoding; a separator is a space of some width.
    return " " if unicodedata.category(character) in {"Zs", "Zl", "Zp"} else "�"
