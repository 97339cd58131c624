"""For which card, and for which of its requests, something is measured."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Ticket"]


class Ticket(NamedTuple):
    """One request. A result with another ticket than the last belongs to a card that is gone."""

    card: str
    generation: int
