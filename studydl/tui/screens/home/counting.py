"""What there is to study: the rows of the home screen, and where its cursor begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.screens.home.badges import Badge
from studydl.tui.screens.home.table import ChapterRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studydl.cards import Library
    from studydl.memory import Memory
    from studydl.tui.screens.home.history import History

__all__ = ["counted", "most_useful", "with_findings"]


def counted(
    library: Library, memory: Memory, chapters: Mapping[str, Sequence[str]]
) -> list[ChapterRow]:
    """Return a row for today, and one for each chapter.

    Args:
        library: Knows the titles.
        memory: Knows what is due.
        chapters: The cards of each chapter.
    """
    counts = memory.counts_by(chapters)
    rows = []
    for chapter in library.chapters():
        each = counts[chapter.name]
        due = each.due + each.waiting
        rows.append(ChapterRow(chapter.name, chapter.title, due, each.new, each.total, each.new))
    due, total = sum(row.due for row in rows), sum(row.total for row in rows)
    unmet = sum(row.unmet for row in rows)
    new = min(unmet, memory.new_left())
    due = min(due, memory.reviews_left() + sum(counts[name].waiting for name in counts))
    return [ChapterRow(None, words.TODAY, due, new, total, unmet), *rows]


def with_findings(
    rows: Sequence[ChapterRow], history: History | None, badges: Mapping[str, Badge] | None
) -> list[ChapterRow]:
    """Return the rows with what was found out since about recall and claims."""
    all_badges = None
    if badges:
        all_badges = Badge(*(sum(part) for part in zip(*badges.values(), strict=True)))
    return [
        row._replace(
            share=None if history is None else history.recalled.get(row.name),
            badge=all_badges if row.name is None else (badges or {}).get(row.name),
        )
        for row in rows
    ]


def most_useful(rows: Sequence[ChapterRow]) -> int:
    """Return where the cursor begins: on today if it brings anything, else on a chapter.

    The most useful chapter is the first that was begun and is not finished, else the first that
    has anything new.
    """
    if rows[0].due + rows[0].new or len(rows) == 1:
        return 0
    unfinished = [place for place, row in enumerate(rows) if row.name is not None and row.unmet]
    begun = (place for place in unfinished if rows[place].unmet < rows[place].total)
    return next(begun, unfinished[0] if unfinished else 0)
