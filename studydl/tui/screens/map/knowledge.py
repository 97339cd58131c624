"""What the learner knows of all cards at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.memory import Standing
from studydl.tui.screens.browse.rows import Sign

if TYPE_CHECKING:
    from studydl.memory import Memory

__all__ = ["Knowledge", "knowledge_of"]

_SURE = 0.9
"""The chance of recall from which on a card counts as known."""


class Knowledge(NamedTuple):
    """Sets of cards.

    Attributes:
        met: What has been reviewed.
        learning: What is in its learning steps.
        sure: What is recalled now by a chance of nine in ten, or better.
        due: What is due now.
        suspended: What is never asked.
    """

    met: set[str]
    learning: set[str]
    sure: set[str]
    due: set[str]
    suspended: frozenset[str]

    @property
    def learned(self) -> set[str]:
        """What has been met and left its learning steps."""
        return self.met - self.learning

    @property
    def closed(self) -> set[str]:
        """What cannot be met for the first time."""
        return self.met | self.suspended

    def sign(self, id_: str) -> Sign:
        """Return how a card stands."""
        if id_ in self.suspended:
            return Sign.SUSPENDED
        if id_ not in self.met:
            return Sign.NEW
        if id_ in self.learning:
            return Sign.LEARNING
        return Sign.KNOWN if id_ in self.sure and id_ not in self.due else Sign.DUE


def knowledge_of(memory: Memory) -> Knowledge:
    """Return what is known now."""
    return Knowledge(
        memory.standing(Standing.KNOWN),
        memory.standing(Standing.LEARNING),
        memory.recalled_with(_SURE, 1.0),
        memory.standing(Standing.DUE),
        memory.suspended(),
    )
