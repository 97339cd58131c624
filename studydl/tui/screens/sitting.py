"""A sitting on cards that somebody chose one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.memory import Standing
from studydl.tui.screens.navigation import ReviewWanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.memory import Memory

__all__ = ["exactly"]


def exactly(ids: Sequence[str], memory: Memory) -> ReviewWanted | None:
    """Return the wish to study exactly these cards, suspended ones left out.

    If all of them are due or new it is a sitting as any other. Else it is one that records
    nothing: an answer before its time would move a card's schedule.

    Returns:
        The message; None if no card is left.
    """
    hidden = memory.suspended()
    asked = [id_ for id_ in ids if id_ not in hidden]
    if not asked:
        return None
    early = set(asked) & memory.standing(Standing.KNOWN) - memory.standing(Standing.DUE)
    return ReviewWanted(asked, None, cram=bool(early))
