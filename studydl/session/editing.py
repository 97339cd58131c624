"""Mending a card where it is written: its deck in the learner's own editor, then read anew."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.places import learner_decks, shipped_decks

if TYPE_CHECKING:
    from studydl.cards import Library, Origin, Problem

__all__ = ["edit_card", "place_of"]

_PLUS_LINE = frozenset(
    {"vi", "vim", "nvim", "gvim", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe"}
    | {"ed", "ne", "mg", "jed", "mcedit", "sensible-editor", "editor"}
)
"""Editors that are told the line as ``+12`` before the file."""
_COLON_LINE = frozenset({"hx", "helix", "subl", "zed", "lapce"})
"""Editors that are told the line behind the file, as ``file:12``."""
_GOTO = frozenset({"code", "codium", "code-insiders", "cursor"})
_OTHERWISE = ("sensible-editor", "nano", "vim", "vi")


def place_of(library: Library, id_: str) -> Origin:
    """Return the deck file and the line at which a card can be mended.

    Raises:
        StudyError: If there is no such card, or its deck is a shipped one: the next version of
            studydl would take the change away again.
    """
    origin = library.card(id_).origin
    if origin.file.resolve().is_relative_to(shipped_decks().resolve()):
        raise StudyError(
            "this card's deck came with studydl, which replaces it when it is updated",
            where=f"{origin.file.name}:{origin.line}",
            hint=f"decks of your own, in {learner_decks()}, can be edited",
        )
    return origin


def edit_card(library: Library, id_: str) -> list[Problem]:
    """Open an editor at a card's line, wait for it, and read the decks anew.

    Returns:
        What is wrong with the deck now; a broken card is left out until it is mended.

    Raises:
        StudyError: If the card cannot be edited, there is no editor, or it failed.
    """
    place = place_of(library, id_)
    command = _command(place)
    hint = "set EDITOR to the name of an editor, such as nano"
    try:
        ended = subprocess.run(command, check=False)  # noqa: S603 - the learner's own editor
    except OSError as error:
        raise StudyError(
            f"the editor {command[0]} cannot be started: {error.strerror}", hint=hint
        ) from error
    # Whatever the editor said in the end: what it saved is what there is.
    library.reload()
    if ended.returncode != 0:
        raise StudyError(f"the editor {command[0]} ended with {ended.returncode}", hint=hint)
    return [problem for problem in library.problems if problem.file == place.file]


def _command(place: Origin) -> list[str]:
    """Return how the editor is called on a line; one that we do not know opens the file."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    editor = shlex.split(chosen) if chosen else [_found()]
    name, file = Path(editor[0]).stem, str(place.file)
    if name in _PLUS_LINE:
        return [*editor, f"+{place.line}", file]
    if name in _COLON_LINE:
        return [*editor, f"{file}:{place.line}"]
    if name in _GOTO:
        return [*editor, "--wait", "--goto", f"{file}:{place.line}"]
    return [*editor, file]


def _found() -> str:
    found = next(filter(shutil.which, _OTHERWISE), None)
    if found is None:
        hint = "set EDITOR to the name of an editor, such as nano"
        raise StudyError("no editor was found", hint=hint)
    return found
