"""The screen of what can be done while a claim is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.screens.page import Page

if TYPE_CHECKING:
    from textual.binding import BindingType

__all__ = ["BreakItScreen"]


class BreakItScreen(Page):
    """To be built."""

    PLACE = Place.BREAK_IT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.BREAK_IT)]
