"""What the places to type an answer have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message

from studydl.tui.plain import cells, plain
from studydl.tui.typeset import prose
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.content import Content
    from textual.widget import Widget
    from textual.widgets import Input

    from studydl.language import Language
    from studydl.session import Shown
    from studydl.tui.widgets.sheet import Setter

__all__ = ["AnswerField", "pointer"]


class AnswerField(Vertical):
    """A place to type in. Below it stands a complaint, if what was typed is not understood."""

    DEFAULT_CSS = """
    AnswerField { height: auto; }
    AnswerField .prompt { width: 2; height: 1; color: $primary; dock: left; }
    AnswerField Input { background: $panel 60%;
                        &:focus { background: $panel; } }
    """

    @dataclass
    class Entered(Message):
        """An answer was given."""

        text: str

    def begin(self, shown: Shown, language: Language) -> None:
        """Make ready for a card that was not answered yet."""
        raise NotImplementedError

    def relabel(self, shown: Shown, language: Language) -> None:
        """Say in a language what is to be typed; what was typed stays."""
        raise NotImplementedError

    @property
    def field(self) -> Widget:
        """Where the typing begins."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """What is typed."""
        raise NotImplementedError

    def load(self, text: str) -> None:
        """Take over what was written elsewhere."""
        raise NotImplementedError

    def enter(self) -> None:
        """Hand over what was typed, as Enter does in a field of one line."""
        self.post_message(self.Entered(self.text))

    def complain(self, message: str, caret: int | None) -> None:
        """Say what is not understood, and point at it; what was typed stays, to be mended."""
        raise NotImplementedError

    def show_complaint(self, setter: Setter | None) -> None:
        """Show lines below the field, or none."""
        complaint = self.query_one("#complaint", Sheet)
        complaint.display = setter is not None
        if setter is not None:
            complaint.show(setter)
            self.call_after_refresh(complaint.scroll_visible, animate=False)


def pointer(field: Input, message: str, caret: int | None, style: str) -> Setter:
    """Return the lines of a complaint, with a caret under the place in the field above."""
    typed, scrolled = field.value, field.scroll_offset.x

    def lines(width: int) -> list[Content]:
        said = prose(message, width, style)
        at = 0 if caret is None else cells(typed[:caret]) - scrolled
        if caret is not None and 0 <= at < width:
            said.insert(0, plain(" " * at + "^", f"bold {style}"))
        return said

    return lines
