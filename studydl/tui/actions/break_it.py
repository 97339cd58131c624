"""What can be done while a claim is broken."""

from __future__ import annotations

from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, scrolling

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (closing(Place.BREAK_IT), *scrolling(Place.BREAK_IT))
