"""What no deck can know by itself: ids that stand twice, required cards, one order for all."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.order import chapter_rank, ordered
from studydl.cards.problems import Problem, Spot

if TYPE_CHECKING:
    import sqlite3

__all__ = ["join"]


class _Row(NamedTuple):
    """A compiled card, as far as joining needs it."""

    rowid: int
    id: str
    chapter: str
    requires: tuple[str, ...]
    file: Path


def join(database: sqlite3.Connection) -> list[Problem]:
    """Give every card of freshly compiled decks its position.

    Of several cards with one id, the first keeps it and the others get no position. A required
    card that does not exist is passed over; in a circle of cards that require each other, the
    first comes first.

    Returns:
        The problems between decks.
    """
    joiner = _Joiner(database)
    rows = joiner.first_of_each_id()
    for row in rows.values():
        joiner.check_requires(row, rows)
    in_order = sorted(rows.values(), key=lambda row: chapter_rank(row.chapter))
    ordering = ordered({row.id: set(row.requires) & rows.keys() for row in in_order})
    for cycle in ordering.cycles:
        joiner.report_cycle(rows[cycle[0]], cycle)
    positions = [(place, rows[id_].rowid) for place, id_ in enumerate(ordering.ids)]
    database.executemany("update cards set position = ? where rowid = ?", positions)
    return joiner.problems


class _Joiner:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._left_out: set[str] = set()
        for (left_out,) in database.execute("select left_out from files"):
            self._left_out.update(json.loads(left_out))
        self.problems: list[Problem] = []

    def first_of_each_id(self) -> dict[str, _Row]:
        """Return the cards that keep their ids, in the order of files and within them."""
        rows: dict[str, _Row] = {}
        query = (
            "select cards.rowid, id, cards.chapter, requires, path from cards"
            " join files on ordinal = file order by file, place"
        )
        for rowid, id_, chapter, requires, path in self._database.execute(query):
            row = _Row(rowid, id_, chapter, tuple(json.loads(requires)), Path(path))
            if first := rows.get(id_):
                message = f"the id {id_!r} is taken by a card of {first.file}"
                self._add(row, "id", message, "ids are unique over all decks", "duplicate-id")
            else:
                rows[id_] = row
        return rows

    def check_requires(self, row: _Row, rows: dict[str, _Row]) -> None:
        """Report required cards that do not exist; a broken one was reported itself."""
        for index, needed in enumerate(row.requires):
            if needed in rows or needed in self._left_out:
                continue
            near = difflib.get_close_matches(needed, rows, n=1)
            hint = f"did you mean {near[0]}?" if near else "write the id of a card"
            message = f"the card requires {needed!r}, which is no card"
            self._add(row, f"requires.{index}", message, hint, "unknown-card")

    def report_cycle(self, row: _Row, cycle: tuple[str, ...]) -> None:
        """Report cards that require each other, at the first of them."""
        circle = " -> ".join((*cycle, cycle[0]))
        message = f"the card requires itself: {circle}"
        self._add(row, "requires", message, "remove one of them", "cycle")

    def _add(self, row: _Row, path: str, message: str, hint: str, rule: str) -> None:
        query = "select spots from cards where rowid = ?"
        [(spots,)] = self._database.execute(query, (row.rowid,))
        spot = Spot(*json.loads(spots)[path])
        self.problems.append(Problem(row.file, *spot, message, hint, rule))
