"""The first row: where we are, how far, how well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.plain import beside, cells, joined, plain
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from studydl.language import Language
    from studydl.session import Session

__all__ = ["StatusLine", "standing"]

_BAR = 12


class StatusLine(Sheet):
    """Chapter and card on the left; how much is left and how it went on the right."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 2; color: $quiet; }
    """

    def tell(self, places: Sequence[str], session: Session | None, language: Language) -> None:
        """Show where we are, and how the sitting stands.

        Args:
            places: The ways to say where we are; the first that fits is taken.
            session: The sitting.
            language: The language of the words.
        """

        def lines(width: int) -> list[Content]:
            right = standing(session, language, width)
            room = width - right.cell_length - 1
            fitting = (place for place in places if cells(place) <= room)
            return [beside(plain(next(fitting, places[-1])), right, width)]

        self.show(lines)


def standing(session: Session | None, language: Language, width: int) -> Content:
    """Return how a sitting stands: a bar where there is room, answers left, right and wrong."""
    if session is None:
        return plain("")
    answered, recalled = len(session.report.answered), session.report.recalled
    left = session.remaining
    counts = joined(
        plain(words.filled(words.LEFT, language, count=left)),
        plain(f"   ✓ {recalled}", "$success" if recalled else ""),
        plain(f"  ✗ {answered - recalled}", "$error" if answered > recalled else ""),
    )
    if width < 76:
        return counts
    done = round(_BAR * answered / (answered + left)) if answered else 0
    bar = joined(plain("━" * done, "$primary"), plain("━" * (_BAR - done), "$line"))
    return joined(bar, plain("  "), counts)
