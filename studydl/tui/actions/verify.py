"""What can be done while everything is measured."""

from __future__ import annotations

from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.common import closing, scrolling

__all__ = ["ACTIONS"]

ACTIONS: tuple[Action, ...] = (closing(Place.VERIFY), *scrolling(Place.VERIFY))
