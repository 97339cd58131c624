"""What the side panes have in common: a frame, a title, a sheet that scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from studydl.tui.plain import plain
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studydl.language import Language, Text
    from studydl.tui.widgets.sheet import Setter

__all__ = ["Pane"]


class Pane(VerticalScroll, can_focus=False):
    """A framed sheet beside the card; where the terminal is narrow it takes the card's place."""

    def compose(self) -> ComposeResult:
        """One sheet."""
        yield Sheet()

    def show(self, title: Text, language: Language, setter: Setter) -> None:
        """Show lines under a title."""
        self.border_title = plain(title.said_in(language))
        self.query_one(Sheet).show(setter)
