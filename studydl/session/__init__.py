"""One sitting: cards, memory and judging joined by id. Draws nothing."""

from studydl.session.report import Leech, Report
from studydl.session.session import NotRevealedError, Session, Shown, shown_card

__all__ = ["Leech", "NotRevealedError", "Report", "Session", "Shown", "shown_card"]
