"""What can be done among the statistics."""

from __future__ import annotations

from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, scrolling

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (closing(Place.STATISTICS), *scrolling(Place.STATISTICS))
