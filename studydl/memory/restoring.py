"""A backup put in the log's place, without losing what is there."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from studydl.errors import StudyError
from studydl.memory.backups import STAGING, backup_folder, make, stamp
from studydl.memory.copying import (
    PATIENCE_S,
    copy_log,
    make_durable,
    require_sound,
    schema_of,
    until,
)
from studydl.memory.database import reader
from studydl.memory.failures import explained
from studydl.memory.memory import Memory

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Restored", "restore"]

_LOG = "reviews.db"
_BEYOND_REPAIR = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}

_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The bytes of a database on which SQLite has a lock as long as somebody has it open."""


class Restored(NamedTuple):
    """What came of restoring a backup."""

    source: Path
    kept: Path | None
    """The log as it was: a backup, or a copy of a damaged file; None if there was none."""


def restore(
    folder: Path, source: Path, *, now: datetime, patience_s: float = PATIENCE_S
) -> Restored:
    """Put a backup in the place of the log in a folder, after keeping the log as it is.

    Another process may have the log open: it goes on with what was restored.

    Args:
        folder: Where the log is; it is made if need be.
        source: The backup, or any other copy of a log. It is only read.
        now: The time, by which what is kept is named.
        patience_s: How long to wait for another process that writes.

    Raises:
        StudyError: The backup cannot be used, or the log cannot be kept or replaced; the log is as
            it was.
    """
    schema = require_sound(source)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Inside, so that it is on the same disk and can take the log's place.
        with TemporaryDirectory(dir=folder, prefix=STAGING) as staging:
            staged = _staged(source, schema, Path(staging))
            kept = _put_in_place(staged, folder / _LOG, now, patience_s)
    except OSError as error:
        raise StudyError(
            f"the backup cannot be restored: {error.strerror}",
            where=str(folder),
            hint="free some space and make the folder writable; the log is as it was",
        ) from error
    return Restored(source, kept)


def _staged(source: Path, schema: int, staging: Path) -> Path:
    """Return a copy of the backup that has today's schema and the states that follow from it."""
    staged = staging / _LOG
    copy_log(source, staged, thorough=False)
    with Memory.open(staging) as memory:
        # What follows from the log may not have been kept by an older schema.
        if schema_of(staged) != schema:
            memory.rebuild()
    return staged


def _put_in_place(staged: Path, log: Path, now: datetime, patience_s: float) -> Path | None:
    try:
        # SQLite would make a log of an empty file by opening it.
        if log.exists() and log.stat().st_size:
            return _write_over(staged, log, now, patience_s)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _BEYOND_REPAIR:
            raise explained(error, log) from error
    return _replace(staged, log, now)


def _write_over(staged: Path, log: Path, now: datetime, patience_s: float) -> Path:
    """Write every page in one transaction of SQLite, so that whoever has the log open follows."""
    kept: list[Path] = []
    impatient = until(patience_s)

    def keep_first(status: int, remaining: int, total: int) -> None:
        impatient(status, remaining, total)
        # From the first pages on, others can read but not write: nothing comes between the copy
        # that is kept and what takes its place.
        if status == sqlite3.SQLITE_OK and not kept:
            kept.append(_keep(log, now))

    with (
        closing(sqlite3.connect(log, timeout=patience_s, isolation_level=None)) as over,
        closing(reader(staged, patience_s)) as restored,
    ):
        over.execute("PRAGMA synchronous = FULL")
        over.execute("PRAGMA journal_mode = WAL")
        pages: int = restored.execute("PRAGMA page_count").fetchone()[0]
        # In one go it would be done before it could be interrupted.
        restored.backup(over, pages=max(1, pages // 2), progress=keep_first, sleep=0.02)
    return kept[0]


def _keep(log: Path, now: datetime) -> Path:
    """Back up the log as it is; a damaged one is set aside as it is."""
    try:
        return make(log.parent, now=now).path
    except StudyError:
        return _set_aside(log, now)


def _set_aside(log: Path, now: datetime) -> Path:
    """Copy a log's files, whatever they hold, to where the backups are."""
    aside = backup_folder(log.parent) / f"damaged-{stamp(now)}.db"
    aside.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal"):
        part = log.with_name(log.name + suffix)
        if part.exists():
            target = aside.with_name(aside.name + suffix)
            shutil.copyfile(part, target)
            make_durable(target)
    make_durable(aside.parent)
    return aside


def _require_unused(log: Path) -> None:
    """Make sure that no process has the file open: it would go on writing to what was replaced."""
    try:
        import fcntl
    except ImportError:
        return  # Windows replaces no file that is open.
    with suppress(FileNotFoundError), log.open("r+b") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError as error:
            raise StudyError(
                "the damaged log of reviews is open in another program",
                where=str(log),
                hint="close the other studydl and restore again; the log is as it was",
            ) from error


def _replace(staged: Path, log: Path, now: datetime) -> Path | None:
    """Put a file in the place of one that SQLite cannot open."""
    _require_unused(log)
    beside = [log.with_name(log.name + suffix) for suffix in ("-wal", "-shm")]
    kept = _set_aside(log, now) if any(each.exists() for each in (log, *beside)) else None
    # What belongs to the old file must not be taken for the new one's.
    for each in beside:
        each.unlink(missing_ok=True)
    make_durable(staged)
    staged.replace(log)
    make_durable(log.parent)
    return kept
