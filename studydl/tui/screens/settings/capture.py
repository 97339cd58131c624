"""Waits for the one key that an action is to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from studydl.tui.plain import plain
from studydl.tui.screens.settings import words
from studydl.tui.typeset import prose
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from studydl.language import Language
    from studydl.tui.actions.action import Action

__all__ = ["KeyCapture"]


class KeyCapture(ModalScreen["str | None"]):
    """A small frame over the settings; the next key is its result, escape is none."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    KeyCapture { align: center middle; background: $background 60%; }
    KeyCapture Sheet {
        width: 52; max-width: 90%; padding: 1 2; border: round $primary; background: $surface;
    }
    """

    def __init__(self, action: Action, language: Language) -> None:
        """Ask for the key of an action."""
        super().__init__()
        self._action, self._language = action, language

    def compose(self) -> ComposeResult:
        """One sheet."""
        yield Sheet()

    def on_mount(self) -> None:
        """Say what is awaited."""
        label = self._action.label.said_in(self._language)
        told = words.PRESS.said_in(self._language).format(action=label)

        def lines(width: int) -> list[Content]:
            cancels = plain(words.CANCELS.said_in(self._language), "$quiet")
            return [*prose(told, width), plain(""), cancels]

        self.query_one(Sheet).show(lines)

    def on_key(self, event: events.Key) -> None:
        """Take the key, whatever it does elsewhere."""
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)
