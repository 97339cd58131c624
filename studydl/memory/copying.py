"""A log copied to a file of its own, while it is open elsewhere, and the copy proven sound."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.memory.database import reader
from studydl.memory.failures import explained
from studydl.memory.migrations import known_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["PATIENCE_S", "copy_log", "make_durable", "require_sound", "schema_of", "until"]

PATIENCE_S = 5.0
"""How long to wait for another process that writes."""


def copy_log(source: Path, target: Path, *, thorough: bool = True) -> None:
    """Copy a log to a file that needs no other beside it: whole, sound and on disk, or not at all.

    The log may be open elsewhere, and be written meanwhile.

    Args:
        source: The log.
        target: The file to make; one that is there is replaced.
        thorough: Whether the copy's indexes are held against its tables too: twice the time.

    Raises:
        StudyError: The log is damaged, or the copy cannot be written; nothing was made.
    """
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        with _told(source):
            connection = reader(source, PATIENCE_S)
        with closing(connection), _told_of_copying(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(connection, beside)
        # Nobody changes the copy: it can be flushed while it is checked.
        flushed = _Meanwhile(partial(make_durable, beside))
        try:
            require_sound(beside, thorough=thorough, named=source)
        finally:
            flushed.join()
        with _told_of_copying(target):
            flushed.result()
            beside.replace(target)
            make_durable(target.parent)
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                beside.with_name(beside.name + suffix).unlink()


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # The file is flushed once, when it is whole and found sound.
        copy.execute("PRAGMA synchronous = OFF")
        connection.backup(copy, progress=until(PATIENCE_S))
        # Without a write-ahead log a file can be carried about by itself.
        copy.execute("PRAGMA journal_mode = DELETE")


def require_sound(path: Path, *, thorough: bool = True, named: Path | None = None) -> int:
    """Make sure that a file is a whole log that this studydl can use; return its schema.

    Args:
        path: The file.
        thorough: Whether indexes are held against their tables too.
        named: The file to speak of, if it is another.

    Raises:
        StudyError: It is damaged, empty, another program's, or a newer studydl's.
    """
    shown = named or path
    with _told(shown):
        if not path.is_file():
            raise StudyError("there is no such file", where=str(shown))
        with closing(reader(path, PATIENCE_S)) as connection:
            schema = known_schema(connection, shown)
            if schema == 0:
                raise StudyError("this file holds no log of reviews", where=str(shown))
            orphan = _Meanwhile(partial(_orphan, path))
            check = "integrity_check" if thorough else "quick_check"
            found = [row[0] for row in connection.execute(f"PRAGMA {check}(1)")]
            is_whole = found == ["ok"] and orphan.result() is None
    if not is_whole:
        raise StudyError(
            "the log of reviews is damaged",
            where=str(shown),
            hint="`studydl restore --list` shows the backups, `studydl doctor --rescue FILE`"
            " exports what can be read; the file was not touched",
        )
    return schema


def _orphan(path: Path) -> object:
    """Return a row that names what is nowhere, or None."""
    with closing(reader(path, PATIENCE_S)) as connection:
        return connection.execute("PRAGMA foreign_key_check").fetchone()


class _Meanwhile(Thread):
    """Work that is done beside this thread's own: SQLite and the disk wait for no interpreter.

    An executor would take no more work once the program ends; a day's backup may still be made.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(name="meanwhile")
        self._work = work
        self._found: object = None
        self._failure: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self._found = self._work()
        except Exception as error:  # noqa: BLE001 - raised again by whoever asks for the result
            self._failure = error

    def result(self) -> object:
        """Return what came of it once it is done, or raise what it raised."""
        self.join()
        if self._failure is not None:
            raise self._failure
        return self._found


def schema_of(path: Path) -> int:
    """Return the number of the schema that a log has, which may be a newer studydl's."""
    with _told(path), closing(reader(path, PATIENCE_S)) as connection:
        schema: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return schema


def until(patience_s: float) -> Callable[[int, int, int], None]:
    """Return what ends a copy that another process keeps waiting: by itself it would not end."""
    deadline = time.monotonic() + patience_s

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > deadline:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = status
            raise error

    return progress


def make_durable(path: Path) -> None:
    """Put a file, or the names in a folder, on disk."""
    # Some systems open no folders, or only files that may be written.
    with suppress(PermissionError, IsADirectoryError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, path) from error


@contextmanager
def _told_of_copying(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StudyError(
            f"no copy of the log could be written here: {reason}",
            where=str(target),
            hint="free some space, or choose a folder that can be written; the log is as it was",
        ) from error
