"""The screen of what can be done while a claim's parameters are turned."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.screens.page import Page

if TYPE_CHECKING:
    from textual.binding import BindingType

__all__ = ["WhatIfScreen"]


class WhatIfScreen(Page):
    """To be built."""

    PLACE = Place.WHAT_IF
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.WHAT_IF)]
