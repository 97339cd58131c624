"""The field for a number, and what is wrong with what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from studydl.tui.plain import cells, plain
from studydl.tui.typeset import prose
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from studydl.tui.widgets.sheet import Setter

__all__ = ["NumberInput"]

_PROMPT = "› "


class NumberInput(Vertical):
    """One line to type in. Below it stands a complaint, if what was typed is not understood."""

    DEFAULT_CSS = """
    NumberInput { height: auto; }
    NumberInput #prompt { width: 2; height: 1; color: $primary; dock: left; }
    NumberInput Input { width: 36; background: $panel 60%;
                        &:focus { background: $panel; } }
    """

    @dataclass
    class Entered(Message):
        """Enter was pressed in the field."""

        text: str

    def compose(self) -> ComposeResult:
        """Prompt, field, complaint."""
        yield Sheet(id="prompt")
        yield Input(compact=True, select_on_focus=False)
        yield Sheet(id="complaint")

    def on_mount(self) -> None:
        """Draw the prompt."""
        self.query_one("#prompt", Sheet).show(lambda _width: [plain(_PROMPT)])

    @property
    def field(self) -> Input:
        """The field itself."""
        return self.query_one(Input)

    def empty(self) -> None:
        """Empty the field for another card."""
        self.field.value = ""
        self._show_complaint(None)

    def enter(self) -> None:
        """Hand over what was typed, as Enter does in the field."""
        self.post_message(self.Entered(self.field.value))

    def relabel(self, placeholder: str) -> None:
        """Say what is to be typed."""
        self.field.placeholder = placeholder

    def complain(self, message: str, caret: int | None) -> None:
        """Point at what is not understood; what was typed stays, to be mended."""
        typed = self.field.value

        def lines(width: int) -> list[Content]:
            said = prose(f"! {message}", width, "$warning")
            if caret is not None:
                said.insert(0, plain(" " * cells(typed[:caret]) + "^", "bold $warning"))
            return said

        self._show_complaint(lines)
        if caret is not None:
            self.field.cursor_position = caret

    def on_input_changed(self, event: Input.Changed) -> None:
        """Withdraw the complaint: what is typed now is something else."""
        event.stop()
        self._show_complaint(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand over what was typed."""
        event.stop()
        self.enter()

    def _show_complaint(self, setter: Setter | None) -> None:
        complaint = self.query_one("#complaint", Sheet)
        complaint.display = setter is not None
        if setter is not None:
            complaint.show(setter)
