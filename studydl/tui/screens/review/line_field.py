"""The field in which a learner says what is to be mended about a card, or gives it tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from studydl.tui.plain import plain
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.suggester import Suggester

__all__ = ["LineField"]


class LineField(Horizontal):
    """One line below the card."""

    DEFAULT_CSS = """
    LineField { height: 1; padding: 0 4; }
    LineField Sheet { width: 2; }
    LineField Input { width: 1fr; background: $panel; }
    """

    @dataclass
    class Given(Message):
        """A line was typed."""

        line: str

    def compose(self) -> ComposeResult:
        """What is asked for, and the field."""
        yield Sheet()
        yield Input(compact=True, select_on_focus=False, max_length=200)

    def begin(self, prompt: str, style: str, hint: str, suggester: Suggester | None = None) -> None:
        """Ask for a line.

        Args:
            prompt: What stands before it.
            style: How that is drawn.
            hint: What is to be typed.
            suggester: Completes what is typed.
        """
        sheet, told = self.query_one(Sheet), plain(prompt, style)
        sheet.styles.width = told.cell_length + 1
        sheet.show(lambda _width: [told])
        field = self.query_one(Input)
        field.suggester = suggester
        field.value, field.placeholder = "", hint
        self.display = True
        field.focus()

    def enter(self) -> None:
        """Hand over what was typed."""
        self.post_message(self.Given(self.query_one(Input).value.strip()))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand over what was typed."""
        event.stop()
        self.enter()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep it to ourselves while somebody types."""
        event.stop()
