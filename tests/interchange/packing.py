"""Packages as Anki's legacy export makes them, and as nobody should."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing

TABLES = """
CREATE TABLE notes (id integer primary key, guid text not null, flds text not null,
    mid integer not null default 1, tags text not null default '');
CREATE TABLE cards (id integer primary key, nid integer, ord integer, queue integer);
CREATE TABLE revlog (id integer primary key, cid integer, ease integer, time integer, type integer);
"""
AT = 1_750_000_000_000


def collection(path, *, notes=(), revlog=(), more=""):
    """Make a collection: notes are (guid, queue, *tags).

    Answers are (id, number of the note, ease, type).
    """
    with closing(sqlite3.connect(path)) as database:
        database.executescript(TABLES + more)
        for number, (guid, queue, *tags) in enumerate(notes, start=1):
            row = (number, guid, f" {' '.join(tags)} ")
            database.execute("INSERT INTO notes (id, guid, flds, tags) VALUES (?, ?, '', ?)", row)
            database.execute("INSERT INTO cards VALUES (?, ?, 0, ?)", (number * 10, number, queue))
        for at, note, ease, sort in revlog:
            row = (at, note * 10, ease, 4000, sort)
            database.execute("INSERT INTO revlog VALUES (?, ?, ?, ?, ?)", row)
        database.commit()
    return path


def package(path, entries):
    """Make an archive of entries: names with bytes or files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content if isinstance(content, bytes) else content.read_bytes())
    return path
