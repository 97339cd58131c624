"""Deck files to compiled decks: reads what changed, then joins the decks to one library."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from studydl.cards.cache import FORMAT, INDEXES, UNREADABLE, Stamp, new_database
from studydl.cards.joining import join
from studydl.cards.problems import Problem
from studydl.cards.reader import Reading, read_bytes
from studydl.cards.search import folded
from studydl.cards.stored import card_to_data, problem_to_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["compile_decks"]

_FILE = "insert into files values (?, ?, ?, ?, ?, ?, ?, ?)"
_CARD = "insert into cards values (?, ?, null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_CARD_COLUMNS = "place, id, chapter, claim, tags, asked, requires, line, card, spots, kind, notes"


def compile_decks(stamps: Sequence[Stamp], old: sqlite3.Connection | None) -> sqlite3.Connection:
    """Compile deck files.

    Args:
        stamps: The files, in the order in which they have their say: of two cards with one id,
            the first stays.
        old: An earlier result, from which unchanged files are taken; may be damaged.

    Returns:
        A database in memory.
    """
    database = new_database()
    known = _known(old)
    for ordinal, stamp in enumerate(stamps):
        there = known.get((str(stamp.path), stamp.modified, stamp.size))
        if old is None or there is None or not _copied(old, there, database, ordinal):
            _write(database, ordinal, stamp, _read(stamp.path))
    problems = join(database)
    database.execute("insert into about values (?, ?)", (FORMAT, _dumped(problems)))
    database.executescript(INDEXES)
    database.commit()
    return database


def _known(old: sqlite3.Connection | None) -> dict[tuple[str, int, int], int]:
    if old is None:
        return {}
    try:
        rows = old.execute("select path, modified, size, ordinal from files").fetchall()
    except sqlite3.Error:
        return {}
    return {(path, *state): ordinal for path, *state, ordinal in rows if state[0] != UNREADABLE}


def _copied(old: sqlite3.Connection, there: int, database: sqlite3.Connection, here: int) -> bool:
    """Take a file over from an earlier result; tell whether that could be read."""
    try:
        [file] = old.execute("select * from files where ordinal = ?", (there,))
        cards = old.execute(f"select {_CARD_COLUMNS} from cards where file = ?", (there,))  # noqa: S608 - a constant
        rows = [(here, *card) for card in cards]
    except (sqlite3.Error, ValueError):
        return False
    database.execute(_FILE, (here, *file[1:]))
    database.executemany(_CARD, rows)
    return True


def _read(path: Path) -> Reading | None:
    try:
        return read_bytes(path.read_bytes(), path)
    except OSError:
        return None


def _write(
    database: sqlite3.Connection, ordinal: int, stamp: Stamp, reading: Reading | None
) -> None:
    modified = stamp.modified
    if reading is None:
        hint = "check that it is a file that you may read"
        problem = Problem(stamp.path, 1, 1, "the file cannot be read", hint, "file")
        modified, reading = UNREADABLE, Reading(None, (problem,))
    deck = reading.deck
    row = (
        *(ordinal, str(stamp.path), modified, stamp.size),
        *(deck.chapter if deck else None, json.dumps(deck.title) if deck else None),
        *(_dumped(reading.problems), json.dumps(sorted(reading.left_out))),
    )
    database.execute(_FILE, row)
    for place, card in enumerate(deck.cards if deck else ()):
        columns = (
            *(ordinal, place, card.id, card.chapter, card.claim or ""),
            *(f" {' '.join(card.tags)} ", folded("\n".join(card.asked))),
            *(json.dumps(card.requires), card.origin.line),
            json.dumps(card_to_data(card), ensure_ascii=False),
            json.dumps(reading.spots[place]),
            *(card.kind, card.notes),
        )
        database.execute(_CARD, columns)


def _dumped(problems: Iterable[Problem]) -> str:
    return json.dumps([problem_to_data(problem) for problem in problems])
