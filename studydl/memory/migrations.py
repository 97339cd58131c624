"""Numbered steps from an empty file to today's schema, each applied once and noted."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["changed_migrations", "is_behind", "known_schema", "migrate"]

_FOLDER = Path(__file__).parent / "sql" / "migrations"
_APPLICATION = 0x5374446C  # "StDl", so that another program's database is known from ours

_PAUSE_S = 0.01

_APPLIED = """
CREATE TABLE migrations (
    number     INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    checksum   TEXT    NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT
"""
_NOTE = "INSERT INTO migrations (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)"


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    *,
    now_ms: int,
    patience_s: float,
    before: Callable[[], object] = lambda: None,
) -> None:
    """Bring the file to today's schema; an up-to-date file is only looked at.

    Args:
        connection: The open file.
        path: Where it is.
        now_ms: The time, for the note that each step leaves.
        patience_s: How long to wait for another process that writes.
        before: Is called before a file that holds something is changed.

    Raises:
        StudyError: The file belongs to another program or to a newer studydl. It is not touched.
    """
    steps = sorted(_FOLDER.glob("*.sql"))
    version = known_schema(connection, path)
    if version == len(steps):
        return
    if version:
        before()
    _write_ahead(connection, patience_s)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done the work while this one waited for the lock.
        version = _pragma(connection, "user_version")
        _apply(connection, steps, version, now_ms)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def known_schema(connection: sqlite3.Connection, path: Path) -> int:
    """Return how many migrations the file has had.

    Raises:
        StudyError: The file belongs to another program or to a newer studydl.
    """
    version, newest = _version(connection, path), len(list(_FOLDER.glob("*.sql")))
    if version > newest:
        raise StudyError(
            f"this log of reviews has schema {version}, this studydl knows {newest}",
            where=str(path),
            hint="install a newer studydl, or export the log with this one; it was not touched",
        )
    return version


def is_behind(connection: sqlite3.Connection, path: Path) -> bool:
    """Return whether migrations are missing in a file that is ours.

    Raises:
        StudyError: The file belongs to another program.
    """
    return _version(connection, path) < len(list(_FOLDER.glob("*.sql")))


def changed_migrations(connection: sqlite3.Connection) -> list[str]:
    """Return the names of applied migrations that are not what this studydl ships."""
    shipped = {step.name: _checksum(step.read_text("utf-8")) for step in _FOLDER.glob("*.sql")}
    applied = connection.execute("SELECT name, checksum FROM migrations ORDER BY number")
    return [name for name, checksum in applied if shipped.get(name) != checksum]


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """Return how many migrations the file has had, after making sure that it is ours."""
    if _pragma(connection, "application_id") == _APPLICATION:
        return _pragma(connection, "user_version")
    if connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None:
        return 0
    # A file that another process is just creating has no id one moment and its tables the next.
    if _pragma(connection, "application_id") == _APPLICATION:
        return _pragma(connection, "user_version")
    raise StudyError(
        "this file is the database of another program",
        where=str(path),
        hint="move it away, or set STUDYDL_HOME to another folder; the file was not touched",
    )


def _write_ahead(connection: sqlite3.Connection, patience_s: float) -> None:
    """Switch the file to a write-ahead log, for good.

    Two processes that make the file at once are in each other's way here, and SQLite does not wait
    as it does elsewhere.
    """
    for _ in range(int(patience_s / _PAUSE_S)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_PAUSE_S)
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _apply(
    connection: sqlite3.Connection, steps: Sequence[Path], version: int, now_ms: int
) -> None:
    if version == 0:
        connection.execute(_APPLIED)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    for number, step in enumerate(steps[version:], version + 1):
        script = step.read_text("utf-8")
        for statement in _statements(script):
            connection.execute(statement)
        connection.execute(_NOTE, (number, step.name, _checksum(script), now_ms))
        # A pragma takes no bound values; the number is ours.
        connection.execute(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    """Split a script where SQLite says that a statement is whole: triggers hold semicolons."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def _checksum(script: str) -> str:
    from hashlib import blake2b

    return blake2b(script.encode(), digest_size=16).hexdigest()


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value
