"""The field for a number, and what is wrong with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from studydl.tui import words
from studydl.tui.plain import plain
from studydl.tui.widgets.answer_field import AnswerField, pointer
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studydl.language import Language
    from studydl.session import Shown

__all__ = ["PROMPT", "NumberInput"]

PROMPT = "› "


class NumberInput(AnswerField):
    """One line to type in."""

    DEFAULT_CSS = """
    NumberInput Input { width: 36; }
    """
    PLACEHOLDER = words.TYPE_A_NUMBER

    def compose(self) -> ComposeResult:
        """Prompt, field, complaint."""
        yield Sheet(classes="prompt")
        yield Input(compact=True, select_on_focus=False)
        yield Sheet(id="complaint")

    def on_mount(self) -> None:
        """Draw the prompt."""
        self.query_one(".prompt", Sheet).show(lambda _width: [plain(PROMPT)])

    @property
    def field(self) -> Input:
        """The field itself."""
        return self.query_one(Input)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.value

    def begin(self, shown: Shown, language: Language) -> None:
        """Empty the field for another card."""
        self.relabel(shown, language)
        self.field.value = ""
        self.show_complaint(None)

    def relabel(self, shown: Shown, language: Language) -> None:  # noqa: ARG002 - other fields ask the card
        """Say what is to be typed."""
        self.field.placeholder = self.PLACEHOLDER.said_in(language)

    def complain(self, message: str, caret: int | None) -> None:
        """Point at what is not understood."""
        self.show_complaint(pointer(self.field, f"! {message}", caret, "$warning"))
        if caret is not None:
            self.field.cursor_position = caret

    def on_input_changed(self, event: Input.Changed) -> None:
        """Withdraw the complaint: what is typed now is something else."""
        event.stop()
        self.show_complaint(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand over what was typed."""
        event.stop()
        self.enter()
