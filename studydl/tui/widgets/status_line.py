"""The first row: where we are, how far, how well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.plain import beside, joined, plain
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language
    from studydl.session import Session

__all__ = ["StatusLine", "standing"]

_BAR = 12


class StatusLine(Sheet):
    """Chapter and card on the left; how much is left and how it went on the right."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 2; color: $text-muted; }
    """

    def tell(self, left: Content, session: Session | None, language: Language) -> None:
        """Show where we are, and how the sitting stands."""
        self.show(lambda width: [beside(left, standing(session, language, width), width)])


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
    bar = joined(plain("━" * done, "$primary"), plain("━" * (_BAR - done), "$panel"))
    return joined(bar, plain("  "), counts)
