"""What can be done on the map of prerequisites."""

from __future__ import annotations

from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, scrolling

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (closing(Place.MAP), *scrolling(Place.MAP))
