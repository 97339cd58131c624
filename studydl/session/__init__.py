"""One sitting: cards, memory and judging joined by id. Draws nothing."""

from studydl.session.session import (
    NEW_PER_DAY,
    NotRevealedError,
    Report,
    Session,
    Shown,
    shown_card,
)

__all__ = ["NEW_PER_DAY", "NotRevealedError", "Report", "Session", "Shown", "shown_card"]
