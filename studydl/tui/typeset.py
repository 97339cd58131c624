"""Text to lines of a width: prose, Chinese and formulas, through the gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.notation import NotationError, layout_text
from studydl.tui import words
from studydl.tui.plain import cells, joined, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

    from studydl.language import Language

__all__ = ["displayed", "draw_formulas", "formulas_in", "indented", "prose", "quoted", "verbatim"]

_drawing = {"ascii": False}
"""How formulas are drawn: in one way in the whole process, for a terminal has one font."""


def draw_formulas(*, ascii: bool) -> None:  # noqa: A002 - the option's name everywhere
    """Draw formulas from now on in ASCII, or with all signs that Unicode has."""
    _drawing["ascii"] = ascii


def prose(text: str, width: int, style: str = "") -> list[Content]:
    """Return the lines of a sentence in which a dollar is a dollar: a claim, a message, a path."""
    rows = layout_text(text.replace("$", "\\$"), max(width, 1))
    return [plain(row, style) for row in rows]


def formulas_in(text: str, width: int, language: Language, style: str = "") -> list[Content]:
    """Return the lines of a card's text, its formulas drawn.

    A formula that cannot be drawn is shown as it was written, and said to be so: half a formula
    would be a wrong one.
    """
    try:
        return [plain(row, style) for row in layout_text(text, max(width, 1), **_drawing)]
    except NotationError as fault:
        return [*prose(text, width, style), _complaint(fault, language)]


def displayed(latex: str, width: int, language: Language) -> list[Content]:
    """Return the lines of one formula on its own."""
    from studydl.notation import render

    try:
        box = render(latex, max_width=max(width, 1), **_drawing)
    except NotationError as fault:
        return [*prose(latex, width), _complaint(fault, language)]
    return [plain(row) for row in box.rows]


def verbatim(text: str, width: int, style: str = "") -> list[Content]:
    """Return the lines of a program or of what one printed, with their own spaces."""
    return [
        plain(piece, style)
        for line in text.expandtabs(4).splitlines()
        for piece in _pieces(line, max(width, 2))
    ]


def quoted(text: str, width: int, style: str = "") -> list[Content]:
    """Return a message about a program: sentences, and lines of it that a caret points into."""
    lines = text.replace(r"\$", "$").splitlines()
    is_code = [bool(line) and not line.strip(" ^") for line in lines]
    rows = []
    for at, line in enumerate(lines):
        as_it_is = is_code[at] or any(is_code[at + 1 : at + 2])
        rows += verbatim(line, width, style) if as_it_is else prose(line, width, style)
    return rows


def indented(lines: Iterable[Content], by: int) -> list[Content]:
    """Return the lines moved to the right."""
    return [joined(plain(" " * by), line) for line in lines]


def _complaint(fault: NotationError, language: Language) -> Content:
    said = words.UNDRAWABLE.said_in(language)
    return plain(f"! {said}: {fault.message}", "$warning")


def _pieces(line: str, width: int) -> list[str]:
    """Cut a line where it is too wide."""
    pieces = [""]
    for character in line:
        if cells(pieces[-1]) + cells(character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
