"""The screen of what can be done among the statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.screens.page import Page

if TYPE_CHECKING:
    from textual.binding import BindingType

__all__ = ["StatisticsScreen"]


class StatisticsScreen(Page):
    """To be built."""

    PLACE = Place.STATISTICS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.STATISTICS)]
