"""What can be done while a claim's parameters are turned."""

from __future__ import annotations

from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, scrolling

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (closing(Place.WHAT_IF), *scrolling(Place.WHAT_IF))
