"""A screen with one framed page between the first and the last row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from studydl.tui import words
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.navigation import CloseWanted
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

__all__ = ["Page"]


class Page(StudyScreen):
    """Title, a page of lines that scrolls, keys."""

    DEFAULT_CSS = """
    Page #frame {
        height: 1fr;
        margin: 0 1;
        padding: 1 1 1 3;
        border: round $line;
        border-title-color: $quiet;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    Page #frame > Sheet { margin: 0 1 0 0; }
    """

    def compose(self) -> ComposeResult:
        """Title, the page, keys."""
        yield StatusLine()
        with VerticalScroll(id="frame", can_focus=False):
            yield Sheet(id="page")
        yield KeyBar()

    def title_text(self) -> str:
        """Return what the first row says of where we are."""
        return self.desk.say(words.PLACES[self.PLACE])

    def page_lines(self, width: int) -> list[Content]:  # noqa: ARG002 - for subclasses
        """Return the page for a width."""
        return []

    async def on_mount(self) -> None:
        """Show the page."""
        await self.redraw()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        title = f"studydl · {self.title_text()}"
        self.query_one(StatusLine).tell([title], None, self.desk.language)
        self.query_one("#page", Sheet).show(self.page_lines)
        self.offer_keys()

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.post_message(CloseWanted())

    def action_scroll(self, direction: int) -> None:
        """Scroll the page."""
        self.query_one("#frame").scroll_relative(y=direction * 3, animate=False)
