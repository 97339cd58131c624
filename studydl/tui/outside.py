"""Leaving the application for the learner's own editor, and coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import SuspendNotSupported

from studydl.errors import StudyError
from studydl.session.editing import edit_card, place_of
from studydl.session.editor import edited

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from studydl.cards import Library, Problem

__all__ = ["card_edited_outside", "edited_outside"]

T = TypeVar("T")


def edited_outside(app: App[Any], text: str) -> str:
    """Hand the terminal to an editor, wait for it, and return what was saved.

    Nothing is drawn meanwhile: the event loop stands still, or it would paint over the editor.

    Raises:
        StudyError: If there is no editor, it failed, or there is no terminal to hand over.
    """
    return _outside(app, lambda: edited(text), hint="write in the field below the question")


def card_edited_outside(app: App[Any], library: Library, id_: str) -> list[Problem]:
    """Hand the terminal to an editor at a card's line in its deck, wait, and read the decks anew.

    Returns:
        What is wrong with the deck now; a broken card is left out until it is mended.

    Raises:
        StudyError: If the deck is a shipped one, there is no editor, it failed, or there is no
            terminal to hand over.
    """
    place_of(library, id_)  # what cannot be edited is said without leaving the screen
    return _outside(app, lambda: edit_card(library, id_), hint="open the deck in an editor")


def _outside(app: App[Any], act: Callable[[], T], *, hint: str) -> T:
    failure: StudyError | None = None
    try:
        with app.suspend():
            # Textual takes the terminal back only where nothing is raised in here.
            try:
                return act()
            except StudyError as error:
                failure = error
    except SuspendNotSupported as error:
        raise StudyError("this terminal cannot be handed to an editor", hint=hint) from error
    raise failure
