"""One sitting: cards, memory and judging joined by id. Draws nothing."""

from studydl.session.report import Graded, Leech, Report
from studydl.session.session import NotRevealedError, Session
from studydl.session.shown import Shown, shown_card

__all__ = [
    "Graded",
    "Leech",
    "NotRevealedError",
    "Report",
    "Session",
    "Shown",
    "shown_card",
]
