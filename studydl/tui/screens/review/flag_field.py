"""The field in which a learner says what is to be mended about a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from studydl.tui.plain import plain
from studydl.tui.screens.review import words
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studydl.language import Language

__all__ = ["FlagField"]


class FlagField(Horizontal):
    """One line below the card."""

    DEFAULT_CSS = """
    FlagField { height: 1; padding: 0 4; }
    FlagField Sheet { width: 2; color: $warning; }
    FlagField Input { width: 1fr; background: $panel; }
    """

    @dataclass
    class Given(Message):
        """A reason was given."""

        reason: str

    def compose(self) -> ComposeResult:
        """Sign and field."""
        yield Sheet()
        yield Input(compact=True, select_on_focus=False, max_length=200)

    def on_mount(self) -> None:
        """Draw the sign."""
        self.query_one(Sheet).show(lambda _width: [plain("!")])

    def begin(self, language: Language) -> None:
        """Ask for a reason."""
        field = self.query_one(Input)
        field.value, field.placeholder = "", words.FLAG_REASON.said_in(language)
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
