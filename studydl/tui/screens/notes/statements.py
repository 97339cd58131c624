"""The statements of a section below one another, with a cursor that is kept in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from studydl.tui.plain import clickable, plain
from studydl.tui.screens.notes.lines import statement_block
from studydl.tui.typeset import prose
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from studydl.language import Language
    from studydl.tui.screens.notes.lines import Told

__all__ = ["Statements"]


class Statements(VerticalScroll, can_focus=False):
    """Shows statements; a click goes to one."""

    def __init__(self) -> None:
        """Start without statements."""
        super().__init__(id="statements")
        self._starts: list[int] = []
        self._end = 0

    def compose(self) -> ComposeResult:
        """One sheet."""
        yield Sheet()

    def show(
        self, told: Sequence[Told], cursor: int | None, language: Language, *, empty: str
    ) -> None:
        """Show statements.

        Args:
            told: What is shown.
            cursor: The one under the cursor; None while the cursor is elsewhere.
            language: The language.
            empty: What is said if there are none.
        """

        def lines(width: int) -> list[Content]:
            drawn: list[Content] = []
            self._starts = []
            for place, each in enumerate(told):
                self._starts.append(len(drawn))
                block = statement_block(each, language, width, under_cursor=place == cursor)
                drawn += [clickable(line, f"screen.enter({place})") for line in block]
                drawn.append(plain(""))
            self._end = len(drawn)
            return drawn or prose(empty, width, "$quiet")

        self.query_one(Sheet).show(lines)
        if cursor is not None:
            self.call_after_refresh(self._follow, cursor)

    def _follow(self, cursor: int) -> None:
        """Scroll as little as shows the whole statement, or as much of it as there is room for."""
        if cursor >= len(self._starts):
            return
        starts = [*self._starts, self._end]
        first, last = starts[cursor], starts[cursor + 1] - 1
        top, height = round(self.scroll_y), self.scrollable_content_region.height
        wanted = max(min(top, first), min(last - height, first))
        if wanted != top:
            self.scroll_to(y=wanted, animate=False)
