"""What a collection of Anki says of our cards, read with care: any program may have made it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.errors import StudyError
from studydl.interchange.notes import card_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

__all__ = ["Answered", "History", "opened", "read_history"]

_NEEDED = {"notes", "cards", "revlog"}
_MOST_BYTES_OF_A_VALUE = 1 << 24
_MOST_STEPS = 20_000
"""Of a hundred thousand instructions each: minutes, where an honest collection takes seconds."""
_SUSPENDED = -1

_CARDS = """
    SELECT notes.guid, cards.id, cards.queue, cards.ord, notes.tags
    FROM cards JOIN notes ON notes.id = cards.nid
"""
# Other types are cramming and rescheduling by hand, which are no answers from memory.
_ANSWERS = """
    SELECT id, cid, ease, time FROM revlog WHERE type IN (0, 1, 2) AND ease > 0 ORDER BY id
"""


class Answered(NamedTuple):
    """One answer that was given in Anki."""

    card: str
    at_ms: int
    grade: int
    duration_ms: int


class History(NamedTuple):
    """What a collection says.

    Attributes:
        answers: The answers to our cards, oldest first.
        suspended: Those of our cards that are suspended there.
        tags: The tags of our cards' notes, as they are written there.
        matched: How many notes are cards of ours.
        others: How many are not.
    """

    answers: tuple[Answered, ...]
    suspended: tuple[str, ...]
    tags: Mapping[str, tuple[str, ...]]
    matched: int
    others: int


def read_history(
    database: Path, known: Collection[str], name: str, taken: Mapping[int, str] | None = None
) -> History:
    """Read the history of our own cards.

    Args:
        database: The collection, unpacked.
        known: The ids of the cards that there are.
        name: What to call the package in a sentence.
        taken: Cards of other notes that were taken in: our ids by Anki's.

    Raises:
        StudyError: It is no collection of Anki.
    """
    try:
        with closing(opened(database, name)) as connection:
            return _history(connection, known, name, taken or {})
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise StudyError(
            "the collection in this package is damaged, or none of Anki's", where=name
        ) from error


def opened(database: Path, name: str) -> sqlite3.Connection:
    """Open a collection to be read, within bounds.

    Raises:
        StudyError: It has other tables than Anki makes.
        sqlite3.Error: It is damaged.
    """
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_BYTES_OF_A_VALUE)
    left = iter(range(_MOST_STEPS))
    connection.set_progress_handler(lambda: next(left, None) is None, 100_000)
    try:
        _require_tables(connection, name)
    except BaseException:
        connection.close()
        raise
    return connection


def _require_tables(connection: sqlite3.Connection, name: str) -> None:
    tables = set()
    for sort, called, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if sort in {"trigger", "view"} or "VIRTUAL" in str(sql).upper().split("(")[0]:
            what = f"the collection in this package has a {sort} that Anki does not make"
            raise StudyError(what, where=name, hint="nothing was taken in")
        if sort == "table":
            tables.add(called)
    if missing := _NEEDED - tables:
        what = f"the collection in this package has no table {min(missing)}"
        raise StudyError(what, where=name, hint="is it a package of Anki?")


def _history(
    connection: sqlite3.Connection, known: Collection[str], name: str, taken: Mapping[int, str]
) -> History:
    ours, suspended, others = {}, set(), 0
    tags: dict[str, tuple[str, ...]] = {}
    for guid, card_id, queue, number, told in connection.execute(_CARDS):
        card = taken.get(card_id)
        if card is None and number == 0:
            card = card_of(_as(str, guid, name))
            if card is None or card not in known:
                others += 1
                continue
            tags[card] = tuple(_as(str, told, name).split())
        if card is None:
            continue
        ours[_as(int, card_id, name)] = card
        if queue == _SUSPENDED:
            suspended.add(card)
    answers = [
        Answered(ours[card], *(_as(int, each, name) for each in (at, ease, took)))
        for at, card, ease, took in connection.execute(_ANSWERS)
        if card in ours
    ]
    matched = len(set(ours.values()))
    return History(tuple(answers), tuple(sorted(suspended)), tags, matched, others)


def _as(sort: type[Any], value: object, name: str) -> Any:
    if type(value) is not sort:
        shown = repr(value)[:40]
        what = f"the collection in this package says {shown} where it has to be {sort.__name__}"
        raise StudyError(what, where=name, hint="nothing was taken in")
    return value
