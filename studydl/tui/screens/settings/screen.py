"""The screen of what can be done in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.screens.page import Page

if TYPE_CHECKING:
    from textual.binding import BindingType

__all__ = ["SettingsScreen"]


class SettingsScreen(Page):
    """To be built."""

    PLACE = Place.SETTINGS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.SETTINGS)]
