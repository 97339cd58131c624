"""Writing code in the learner's own editor."""

from __future__ import annotations

import click

from studydl.errors import StudyError

__all__ = ["edited"]


def edited(text: str) -> str:
    """Open $VISUAL or $EDITOR on a text in Python, wait, and return what was saved.

    Raises:
        StudyError: If there is no editor, or it failed.
    """
    try:
        saved = click.edit(text, extension=".py")
    except click.ClickException as error:
        hint = "set EDITOR to the name of an editor, such as nano"
        raise StudyError(error.format_message(), hint=hint) from error
    return text if saved is None else saved
