"""The registry: which actions a place has. A place's actions are loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from textual.binding import Binding

from studydl.tui.actions.action import Action, Place, shown_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["actions_of", "all_actions", "bindings", "clashing"]

_AS_SHIPPED: Mapping[str, str] = MappingProxyType({})


def actions_of(*places: Place, keys: Mapping[str, str] = _AS_SHIPPED) -> tuple[Action, ...]:
    """Return the actions of some places, in the order in which help lists them.

    Args:
        places: The places.
        keys: The keys that the learner chose for some, by the action's id, commas between them.
    """
    return tuple(action for place in places for action in _rebound(_actions(place), keys))


def all_actions(keys: Mapping[str, str] = _AS_SHIPPED) -> tuple[Action, ...]:
    """Return every action there is."""
    return actions_of(*Place, keys=keys)


def bindings(place: Place, keys: Mapping[str, str] = _AS_SHIPPED) -> list[Binding]:
    """Return the bindings of a screen or of the application, as Textual reads them."""
    return [
        Binding(",".join(action.keys), action.name, action.label.en, show=False, id=action.id)
        for action in actions_of(place, keys=keys)
    ]


def clashing(action: Action, key: str, keys: Mapping[str, str] = _AS_SHIPPED) -> Action | None:
    """Return the action that a key has already where another one is to have it, if there is one.

    Actions that share a key as shipped take turns on it; they may share any other.
    """
    everywhere = action.place is Place.EVERYWHERE
    near = Place if everywhere else (action.place, Place.EVERYWHERE)
    shipped = {each.id: set(each.keys) for each in all_actions()}
    for other in actions_of(*near, keys=keys):
        takes_turns = bool(shipped[other.id] & shipped[action.id]) and other.place is action.place
        if key in other.keys and other.id != action.id and not takes_turns:
            return other
    return None


def _actions(place: Place) -> tuple[Action, ...]:
    module = import_module(f"studydl.tui.actions.{place}")
    return cast("tuple[Action, ...]", module.ACTIONS)


def _rebound(actions: tuple[Action, ...], keys: Mapping[str, str]) -> tuple[Action, ...]:
    if not any(action.id in keys for action in actions):
        return actions
    changed = [
        action._replace(keys=tuple(keys[action.id].split(","))) if action.id in keys else action
        for action in actions
    ]
    moved = {action.method for action in actions if action.id in keys}
    return tuple(
        action._replace(shown_as=_shown_together(action, changed))
        if action.shown_as and action.method in moved
        else action
        for action in changed
    )


def _shown_together(action: Action, actions: Sequence[Action]) -> str:
    """Return the first key of each of the actions that stand under one word."""
    return " ".join(shown_key(each.keys[0]) for each in actions if each.method == action.method)
