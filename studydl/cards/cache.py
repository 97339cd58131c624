"""Compiled decks in one SQLite file, so that a start reads no YAML when nothing changed.

The file is never changed in place: a new one is written beside it and takes its name. Whoever has
the old one open keeps reading it, two processes cannot disturb each other, and a file that is
missing, damaged or of another version only costs the time to compile again.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from studydl import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = [
    "INDEXES",
    "UNREADABLE",
    "Stamp",
    "cache_file",
    "deck_stamps",
    "new_database",
    "open_cached",
    "save",
]

FORMAT = f"{__version__}/6"
"""To be raised with every change of the tables, of stored cards, or of what the reader refuses."""

UNREADABLE = -1
"""The time of a file that could not be read: it equals none on disk, so it is tried again."""

_MAPPED = 1 << 30
"""So many bytes of the file are read as memory."""

_TABLES = """
create table about (format text not null, problems text not null);
create table files (
    ordinal integer primary key, path text not null, modified integer not null,
    size integer not null, chapter text, title text, problems text not null, left_out text not null
);
create table cards (
    file integer not null, place integer not null, position integer, id text not null,
    chapter text not null, claim text not null, tags text not null, asked text not null,
    requires text not null, line integer not null, card text not null, spots text not null,
    kind text not null, notes text not null
);
"""

INDEXES = """
create index cards_by_id on cards (id, position, claim, requires);
create index cards_by_position
    on cards (position, chapter, id, tags, asked, kind, claim, notes);
create index cards_by_chapter on cards (chapter, position, id);
"""
"""To be made when all else is in place: so each lies in one piece, and is read from disk as one."""


class Stamp(NamedTuple):
    """A deck file and what tells whether it changed."""

    path: Path
    modified: int
    size: int


def deck_stamps(folders: Iterable[Path]) -> list[Stamp]:
    """Return the deck files directly in some folders; a path of a file counts as that file.

    A folder that does not exist has no decks: a learner need not have any.
    """
    stamps: list[Stamp] = []
    for folder in folders:
        try:
            entries = sorted(folder.iterdir())
        except FileNotFoundError:
            continue
        except NotADirectoryError:
            stamps.append(_stamp(folder))
        except OSError:
            stamps.append(Stamp(folder, UNREADABLE, 0))
        else:
            stamps += [_stamp(entry) for entry in entries if entry.suffix in (".yaml", ".yml")]
    return stamps


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return Stamp(path, UNREADABLE, 0)
    return Stamp(path, status.st_mtime_ns, status.st_size)


def cache_file(cache: Path, folders: Sequence[Path]) -> Path:
    """Return the cache of some folders: each choice of folders has its own."""
    names = "\0".join(f"{folder}\0{folder.absolute()}" for folder in folders)
    return cache / f"decks-{crc32(os.fsencode(names)):08x}.sqlite"


def new_database() -> sqlite3.Connection:
    """Return an empty database in memory, with its tables, yet without `INDEXES`."""
    # Reads may come from another thread of the application; nothing is written once it is shared.
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.executescript(_TABLES)
    return database


def open_cached(file: Path) -> sqlite3.Connection | None:
    """Return what a cache file holds, or None if it is missing, damaged or of another version."""
    # Immutable is true, for the file is only ever replaced; it spares the locks.
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        database = sqlite3.connect(address, uri=True, check_same_thread=False)
    except sqlite3.Error:
        return None
    try:
        if database.execute("select format from about").fetchall() == [(FORMAT,)]:
            # What is mapped costs no call and no copy. The file is only replaced, never cut short.
            database.execute(f"pragma mmap_size = {_MAPPED}")
            return database
    except sqlite3.Error:
        pass
    database.close()
    return None


def save(database: sqlite3.Connection, file: Path) -> None:
    """Write compiled decks to a file, whole or not at all; a disk that refuses only costs speed."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(beside)) as target:
            database.backup(target)
        beside.replace(file)
    except (OSError, sqlite3.Error):
        with suppress(OSError):
            beside.unlink()
