"""Other keys for a screen or the application; the one place that looks into Textual's bindings.

Textual's own keymap takes a key away from every action of a screen at once. With us several share
one, and the first that is legal is carried out, in the order of the registry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import BindingsMap

from studydl.tui.actions.registry import bindings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.dom import DOMNode

    from studydl.tui.actions.action import Place

__all__ = ["rebind"]


def rebind(node: DOMNode, place: Place, keys: Mapping[str, str]) -> None:
    """Bind the actions of a place to the keys that the learner chose, the others as shipped.

    Args:
        node: The screen of the place; for what can be done everywhere, the application.
        place: The place.
        keys: The chosen keys by the ids of actions.
    """
    chosen = BindingsMap(bindings(place, keys)).key_to_bindings
    ours = {binding.id for binding in bindings(place)}
    others = {
        key: kept
        for key, bound in node._bindings.key_to_bindings.items()  # noqa: SLF001 - see above
        if key not in chosen and (kept := [each for each in bound if each.id not in ours])
    }
    node._bindings = BindingsMap.from_keys(others | chosen)  # noqa: SLF001 - see above
