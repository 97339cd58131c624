"""The registry: which actions a place has. A place's actions are loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from textual.binding import Binding

from studydl.tui.actions.action import Action, Place

__all__ = ["actions_of", "all_actions", "bindings"]


def actions_of(*places: Place) -> tuple[Action, ...]:
    """Return the actions of some places, in the order in which help lists them."""
    return tuple(action for place in places for action in _actions(place))


def all_actions() -> tuple[Action, ...]:
    """Return every action there is."""
    return actions_of(*Place)


def bindings(place: Place) -> list[Binding]:
    """Return the bindings of a screen or of the application, as Textual reads them."""
    return [
        Binding(",".join(action.keys), action.name, action.label.en, show=False, id=action.id)
        for action in actions_of(place)
    ]


def _actions(place: Place) -> tuple[Action, ...]:
    module = import_module(f"studydl.tui.actions.{place}")
    return cast("tuple[Action, ...]", module.ACTIONS)
