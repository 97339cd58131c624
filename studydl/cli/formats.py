"""Which format a file has that is exported or imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = ["format_of"]


def format_of(file: Path, named: str | None, known: Collection[str]) -> str:
    """Return the format that was named, else the one that the file's ending tells.

    Raises:
        StudyError: The ending tells none.
    """
    if named is not None:
        return named
    ending = file.suffix.lower().removeprefix(".")
    if str(file) == "-":
        return "jsonl"
    if ending not in known:
        endings = ", ".join(f".{each}" for each in known)
        raise StudyError(
            "the ending of this file tells no format",
            where=str(file),
            hint=f"give it one of {endings}, or name the format with --format",
        )
    return ending
