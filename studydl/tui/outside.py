"""Leaving the application for the learner's own editor, and coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from studydl.errors import StudyError
from studydl.session.editor import edited

if TYPE_CHECKING:
    from textual.app import App

__all__ = ["edited_outside"]


def edited_outside(app: App[Any], text: str) -> str:
    """Hand the terminal to an editor, wait for it, and return what was saved.

    Nothing is drawn meanwhile: the event loop stands still, or it would paint over the editor.

    Raises:
        StudyError: If there is no editor, it failed, or there is no terminal to hand over.
    """
    try:
        with app.suspend():
            return edited(text)
    except SuspendNotSupported as error:
        hint = "write in the field below the question"
        raise StudyError("this terminal cannot be handed to an editor", hint=hint) from error
