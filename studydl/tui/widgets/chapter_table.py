"""The chapters with their counts, and a cursor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.plain import beside, clickable, joined, plain
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from studydl.language import Language, Text

__all__ = ["ChapterRow", "ChapterTable"]

_COLUMN = 7


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """What can be studied: a chapter, or everything that is due today.

    Attributes:
        name: The chapter's name; None for all of them.
        title: What is read.
        due: How many of its cards are due.
        new: How many were never met.
        total: How many there are.
    """

    name: str | None
    title: Text
    due: int
    new: int
    total: int


class ChapterTable(Sheet):
    """One row a chapter; a click starts it."""

    def offer(self, rows: Sequence[ChapterRow], cursor: int, language: Language) -> None:
        """Show the rows, the one under the cursor marked."""
        self.show(lambda width: _lines(rows, cursor, language, width))


def _lines(
    rows: Sequence[ChapterRow], cursor: int, language: Language, width: int
) -> list[Content]:
    titles = (words.DUE, words.NEW, words.TOTAL)
    heads = joined(*(_right(title.said_in(language), "$quiet") for title in titles))
    lines = [beside(plain(f"  {words.CHAPTERS.said_in(language)}", "$quiet"), heads, width)]
    lines.append(plain(""))
    for place, row in enumerate(rows):
        line = _row(row, language, width, under_cursor=place == cursor)
        lines.append(clickable(line, f"screen.choose_row({place})"))
        if row.name is None:
            lines.append(plain("─" * width, "$line"))
    return lines


def _row(row: ChapterRow, language: Language, width: int, *, under_cursor: bool) -> Content:
    sign = "› " if under_cursor else "  "
    title = plain(f"{sign}{row.title.said_in(language)}", "bold $primary" if under_cursor else "")
    figures = joined(
        _right(_figure(row.due), "bold" if row.due else "$quiet"),
        _right(_figure(row.new), "" if row.new else "$quiet"),
        _right(_figure(row.total), "$quiet"),
    )
    return beside(title, figures, width)


def _figure(count: int) -> str:
    """Return a count; none at all is a dot, so that the eye finds what there is."""
    return str(count) if count else "·"


def _right(text: str, style: str) -> Content:
    content = plain(text, style)
    return content.pad_left(max(_COLUMN - content.cell_length, 0))
