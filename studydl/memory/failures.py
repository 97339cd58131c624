"""What a person is told when the log cannot be read or written."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from studydl.errors import StudyError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["explained"]

_PRIMARY = 0xFF  # SQLite's extended codes carry the primary code in their low byte

_SAFE = "nothing that was recorded is lost"
_SENTENCES = {
    sqlite3.SQLITE_BUSY: (
        "the log of reviews is being written by another program",
        f"close the other studydl and try again; {_SAFE}",
    ),
    sqlite3.SQLITE_LOCKED: (
        "the log of reviews is being written by another program",
        f"close the other studydl and try again; {_SAFE}",
    ),
    sqlite3.SQLITE_PROTOCOL: (
        "the log of reviews is being opened by too many programs at once",
        f"close the other studydl and try again; {_SAFE}",
    ),
    sqlite3.SQLITE_READONLY: (
        "the log of reviews cannot be written",
        "make the file and its folder writable, or set STUDYDL_HOME to a folder that is",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the log of reviews cannot be opened",
        "make the file and its folder readable and writable, or set STUDYDL_HOME to another folder",
    ),
    sqlite3.SQLITE_PERM: (
        "the log of reviews cannot be opened",
        "make the file and its folder readable and writable, or set STUDYDL_HOME to another folder",
    ),
    sqlite3.SQLITE_FULL: (
        "the disk is full, so the review was not recorded",
        f"free some space and answer again; {_SAFE}",
    ),
    sqlite3.SQLITE_IOERR: (
        "the log of reviews cannot be read or written: the disk reports an error",
        f"check the disk and its free space; {_SAFE} unless the disk itself is",
    ),
    sqlite3.SQLITE_NOTADB: (
        "this file is not a log of reviews",
        "move it away and put the log back, or start a new one; the file was not touched",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the log of reviews is damaged",
        "keep a copy of the file and put a backup in its place",
    ),
}


def explained(error: sqlite3.Error, path: Path) -> Exception:
    """Return the sentence for a failure of the file; any other error comes back as it is."""
    # Errors that the Python module raises by itself, such as a closed connection, carry no code.
    code = getattr(error, "sqlite_errorcode", None)
    sentence = _SENTENCES.get(code & _PRIMARY) if code is not None else None
    if sentence is None:
        return error
    what, hint = sentence
    return StudyError(what, where=str(path), hint=hint)
