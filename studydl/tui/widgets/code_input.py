"""The editor in which a learner writes code."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from studydl.cards import Code
from studydl.tui.typeset import quoted
from studydl.tui.widgets.answer_field import AnswerField
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studydl.language import Language
    from studydl.session import Shown

__all__ = ["CodeInput", "Editor"]

_OURS = {"ctrl+e"}
"""Keys of the screen that Textual's editor has for itself; End does what Ctrl+E did."""
_INDENT = 4
_PLACEHOLDER = "..."


def _without_ours(bindings: list[BindingType]) -> list[BindingType]:
    kept: list[BindingType] = []
    for each in bindings:
        if not isinstance(each, Binding):
            kept.append(each)
            continue
        keys = [key for key in each.key.split(",") if key not in _OURS]
        if keys:
            kept.append(Binding(",".join(keys), each.action, each.description, show=False))
    return kept


class Editor(TextArea, inherit_bindings=False):
    """Lines with numbers. Tab indents, Enter keeps the indentation, Escape is the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = _without_ours(TextArea.BINDINGS)

    def on_key(self, event: events.Key) -> None:
        """Take over two keys before Textual's editor gets them."""
        if event.key == "escape":
            event.prevent_default()
        elif event.key == "enter":
            event.prevent_default()
            event.stop()
            self._break_line()

    def _break_line(self) -> None:
        row, column = self.selection.start
        before = self.document.get_line(row)[:column]
        indent = len(before) - len(before.lstrip(" "))
        deeper = _INDENT if before.rstrip().endswith(":") else 0
        start, end = self.selection
        self.replace("\n" + " " * (indent + deeper), start, end, maintain_selection_offset=False)


class CodeInput(AnswerField):
    """An editor that begins with what the card gives."""

    DEFAULT_CSS = """
    CodeInput Editor {
        height: auto; min-height: 6; max-height: 15; padding: 0; scrollbar-size-horizontal: 0;
        background: $panel 60%;
        & .text-area--gutter, & .text-area--cursor-gutter { color: $quiet; background: $panel; }
        &:focus { background: $panel 80%; }
    }
    """

    def compose(self) -> ComposeResult:
        """Editor, complaint."""
        yield Editor(show_line_numbers=True, tab_behavior="indent", soft_wrap=False, compact=True)
        yield Sheet(id="complaint")

    @property
    def field(self) -> Editor:
        """The editor."""
        return self.query_one(Editor)

    @property
    def text(self) -> str:
        """The code."""
        return self.field.text

    def begin(self, shown: Shown, language: Language) -> None:  # noqa: ARG002 - code has no language
        """Begin with what the card gives; what is typed takes the place of its ``...``."""
        if isinstance(shown.card.answer, Code):
            starter = shown.card.answer.starter.rstrip()
            self.field.load_text(starter)
            before, dots, _ = starter.rpartition(_PLACEHOLDER)
            row, column = before.count("\n"), len(before) - before.rfind("\n") - 1
            end = self.field.document.end
            self.field.selection = (
                Selection((row, column), (row, column + len(dots))) if dots else Selection(end, end)
            )
            self.call_after_refresh(self._scroll_to_cursor)
        self.show_complaint(None)

    def _scroll_to_cursor(self) -> None:
        """Show the beginnings of the lines; an editor without a size yet has scrolled past them."""
        self.field.scroll_to(x=0, animate=False, immediate=True)
        self.field.scroll_cursor_visible()

    def relabel(self, shown: Shown, language: Language) -> None:
        """Nothing here is in a language."""

    def load(self, text: str) -> None:
        """Take over what was written elsewhere."""
        self.field.load_text(text)

    def complain(self, message: str, caret: int | None) -> None:
        """Say what is not understood, quoting the line, and go there."""
        self.show_complaint(lambda width: quoted(f"! {message}", width, "$warning"))
        if caret is not None:
            before = self.text[:caret]
            self.field.move_cursor((before.count("\n"), len(before) - before.rfind("\n") - 1))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Withdraw the complaint: what is written now is something else."""
        event.stop()
        self.show_complaint(None)
