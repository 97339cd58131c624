"""The help screen: every action of the registry, those of the screen below first and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll

from studydl.tui import words
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.help.lines import help_lines
from studydl.tui.screens.navigation import CloseWanted
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studydl.tui.actions.action import Action

__all__ = ["HelpScreen"]


class HelpScreen(StudyScreen):
    """Lists keys, words and sentences; nothing is written here that is not in the registry."""

    PLACE = Place.HELP
    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.HELP)]

    def compose(self) -> ComposeResult:
        """Title, the table, keys."""
        yield StatusLine()
        with VerticalScroll(id="frame", can_focus=False):
            yield Sheet()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the table."""
        await self.redraw()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        language = self.desk.language
        title = f"studydl · {words.HELP_TITLE.said_in(language)}"
        self.query_one(StatusLine).tell([title], None, language)
        keys = self.desk.memory.settings.interface.keys
        here = Place(self.subject or Place.HOME)
        self.query_one("#frame Sheet", Sheet).show(
            lambda width: help_lines(here, keys, language, width)
        )
        self.offer_keys()

    def key_for(self, action: Action) -> str | None:
        """Offer anything but the help."""
        return None if action.method == "help" else super().key_for(action)

    def action_close(self) -> None:
        """Go back to where help was asked for."""
        self.post_message(CloseWanted())

    def action_scroll(self, direction: int) -> None:
        """Scroll the table."""
        frame = self.query_one("#frame")
        frame.scroll_relative(y=direction * 3, animate=False)
