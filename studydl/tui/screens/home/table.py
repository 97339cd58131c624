"""The chapters with their counts, and a cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.tui import words
from studydl.tui.plain import beside, clickable, joined, plain
from studydl.tui.screens.home.words import CLAIMS, RECALLED
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from studydl.language import Language, Text
    from studydl.tui.screens.home.badges import Badge
    from studydl.tui.screens.home.history import Share

__all__ = ["ChapterRow", "ChapterTable"]

_ROOMS = (7, 7, 7, 11, 10)
_TIGHT_ROOMS = (6, 6, 0, 10, 9)
"""The widths of the columns: due, new, total, recalled, claims."""
_BAR = 16
_ROOMY = 96
"""From this width on there is room for a bar."""
_TIGHT = 60
"""Below this width the totals give way."""


class ChapterRow(NamedTuple):
    """What can be studied: a chapter, or everything that is due today.

    Attributes:
        name: The chapter's name; None for all of them.
        title: What is read.
        due: How many of its cards are due.
        new: How many were never met.
        total: How many there are.
        unmet: How many were never met, whatever the day's limit.
        share: How much of it was recalled lately; None while that is not known.
        badge: How its claims came out; None while that is not known.
    """

    name: str | None
    title: Text
    due: int
    new: int
    total: int
    unmet: int
    share: Share | None = None
    badge: Badge | None = None


class ChapterTable(Sheet):
    """One row a chapter; a click starts it."""

    def offer(self, rows: Sequence[ChapterRow], cursor: int, language: Language) -> None:
        """Show the rows, the one under the cursor marked."""
        self.show(lambda width: _lines(rows, cursor, language, width))

    def line_of(self, place: int) -> int:
        """Return on which line a row stands."""
        return len(_above(self.content_size.width)) + 1 + place + (place > 0)


def _lines(
    rows: Sequence[ChapterRow], cursor: int, language: Language, width: int
) -> list[Content]:
    titles = (words.DUE, words.NEW, words.TOTAL, RECALLED, CLAIMS)
    heads = _columns([(title.said_in(language), "$quiet") for title in titles], width)
    lines = [beside(plain(f"  {words.CHAPTERS.said_in(language)}", "$quiet"), heads, width)]
    lines += _above(width)
    for place, row in enumerate(rows):
        line = _row(row, language, width, under_cursor=place == cursor)
        lines.append(clickable(line, f"screen.choose_row({place})"))
        if row.name is None:
            lines.append(plain("─" * width, "$line"))
    return lines


def _above(width: int) -> list[Content]:
    """Return what stands between the heads and the rows: nothing where every line counts."""
    return [plain("")] if width >= _TIGHT else []


def _row(row: ChapterRow, language: Language, width: int, *, under_cursor: bool) -> Content:
    sign = "› " if under_cursor else "  "
    title = plain(f"{sign}{row.title.said_in(language)}", "bold $primary" if under_cursor else "")
    figures = [
        (_figure(row.due), "bold" if row.due else "$quiet"),
        (_figure(row.new), "" if row.new else "$quiet"),
        (_figure(row.total), "$quiet"),
        _recalled(row.share),
        _claims(row.badge),
    ]
    bar = [_bar(row)] if width >= _ROOMY else []
    return beside(title, joined(*bar, _columns(figures, width)), width)


def _bar(row: ChapterRow) -> Content:
    """Return how much of it has been met."""
    met = round(_BAR * (row.total - row.unmet) / row.total) if row.total else 0
    if row.unmet < row.total:
        met = max(met, 1)
    return joined(plain("━" * met, "$primary"), plain("─" * (_BAR - met), "$line"))


def _recalled(share: Share | None) -> tuple[str, str]:
    if share is None or not share.answers:
        return "·", "$quiet"
    return f"{round(100 * share.recalled / share.answers)} %", ""


def _claims(badge: Badge | None) -> tuple[str, str]:
    if badge is None or badge.verified + badge.refuted == 0:
        return "·", "$quiet"
    if badge.refuted:
        return f"✗ {badge.refuted}", "$error"
    if badge.verified < badge.claims:
        return f"· {badge.verified}/{badge.claims}", "$quiet"
    return f"✓ {badge.verified}", "$success"


def _figure(count: int) -> str:
    """Return a count; none at all is a dot, so that the eye finds what there is."""
    return str(count) if count else "·"


def _columns(figures: Sequence[tuple[str, str]], width: int) -> Content:
    """Return the figures, each at the right of its column; a column without room is left out."""
    rooms = _ROOMS if width >= _TIGHT else _TIGHT_ROOMS
    contents = [
        (plain(text, style), room)
        for (text, style), room in zip(figures, rooms, strict=True)
        if room
    ]
    return joined(
        *(content.pad_left(max(room - content.cell_length, 0)) for content, room in contents)
    )
