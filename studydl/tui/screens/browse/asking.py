"""The part of the screen that asks before something is done: why to flag, which tags to give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from studydl.tui.plain import plain, truncated
from studydl.tui.screens.browse.looking import Looking

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.suggester import Suggester

    from studydl.tui.desk import Desk

__all__ = ["Asking"]


class Asking(Looking):
    """One line below list and card."""

    def __init__(self, desk: Desk) -> None:
        """Start without a question."""
        super().__init__(desk)
        self._answered: Callable[[str], bool] = lambda _answer: True

    @property
    def asks(self) -> bool:
        """Whether an answer is being typed."""
        return self.query_one("#asking").has_class("-shown")

    def ask(
        self,
        prompt: str,
        hint: str,
        answered: Callable[[str], bool],
        suggester: Suggester | None = None,
    ) -> None:
        """Ask for a line.

        Args:
            prompt: What stands before it.
            hint: What is to be typed.
            answered: Takes what was typed; returns whether that could be used.
            suggester: Completes what is typed.
        """
        self._answered = answered
        told = truncated(plain(prompt), max(self.size.width // 2, 8)).plain
        self.label("#prompt", f"{told} › ", "$primary")
        field = self.query_one("#reason", Input)
        field.suggester = suggester
        field.value, field.placeholder = "", hint
        self.query_one("#asking").add_class("-shown")
        field.focus()

    def stop_asking(self) -> None:
        """Ask no more."""
        self.query_one("#asking").remove_class("-shown")
        self.set_focus(None)

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done now: what is asked about stays in its place."""
        if action in {"move", "page", "edge"} and self.asks:
            return False
        return super().is_legal(action, parameters)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Leave the field with what was typed; what cannot be used stays to be mended."""
        event.stop()
        if event.input.id == "query":
            self.look_anew()
            self.set_focus(None)
        elif self._answered(event.value.strip()):
            self.stop_asking()
