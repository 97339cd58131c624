"""An answer that is given as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.errors import StudyError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["answer_in"]

_LARGEST_ANSWER = 1_000_000


def answer_in(file: Path) -> str:
    """Return the answer that a file holds.

    Raises:
        StudyError: If it cannot be read as a text of a usual size.
    """
    try:
        if file.stat().st_size > _LARGEST_ANSWER:
            raise StudyError("the answer is larger than 1 MB", where=str(file))
        return file.read_text("utf-8")
    except OSError as error:
        raise StudyError(error.strerror or "cannot be read", where=str(file)) from error
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8"
        raise StudyError("the answer is not UTF-8 text", where=str(file), hint=hint) from error
