"""What the learner decided about cards: suspended, buried for a day, flagged, tagged."""

from __future__ import annotations

import json
from itertools import groupby, product
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from studydl.memory.events import Act, Deed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from studydl.memory.database import Database

__all__ = ["MARKING", "Marks", "MarksTable", "folded"]

_TAGGING = (Deed.TAG, Deed.UNTAG)
MARKING = (
    *(Deed.SUSPEND, Deed.UNSUSPEND, Deed.BURY, Deed.UNBURY, Deed.FLAG, Deed.UNFLAG),
    *_TAGGING,
)
"""The deeds from which the marks of cards follow."""


class Marks(NamedTuple):
    """How a card is marked."""

    suspended: bool = False
    """Never shown until unsuspended."""
    buried_day: int | None = None
    """The study day on which it is not shown."""
    flag: str | None = None
    """Why it is to be mended; None if it is not flagged."""
    tags: tuple[str, ...] = ()
    """The learner's own words to find it by, sorted; the deck's are no marks."""


_UNMARKED = Marks()


def _effect(act: Act) -> Callable[[Marks], Marks]:
    """Return what an act does to the marks of each of its cards: it may be about thousands."""
    told = act.told()
    match act.deed:
        case Deed.SUSPEND | Deed.UNSUSPEND:
            is_suspended = act.deed is Deed.SUSPEND
            return lambda marks: marks._replace(suspended=is_suspended)
        case Deed.BURY | Deed.UNBURY:
            day = act.day if act.deed is Deed.BURY else None
            return lambda marks: marks._replace(buried_day=day)
        case Deed.FLAG | Deed.UNFLAG:
            reason = told.get("reason")
            return lambda marks: marks._replace(flag=reason)
        case Deed.TAG:
            return lambda marks: marks._replace(tags=tuple(sorted({*marks.tags, *told["tags"]})))
        case Deed.UNTAG:
            taken = set(told["tags"])
            return lambda marks: marks._replace(
                tags=tuple(tag for tag in marks.tags if tag not in taken)
            )
        case _:
            return lambda marks: marks


def folded(acts: Iterable[Act]) -> dict[str, Marks]:
    """Return the marks that follow from acts, oldest first; a card without any is left out."""
    marks: dict[str, Marks] = {}
    for act in acts:
        effect = _effect(act)
        for card in act.cards:
            marks[card] = effect(marks.get(card, _UNMARKED))
    return {card: found for card, found in marks.items() if found != _UNMARKED}


class MarksTable:
    """The marks as the file keeps them beside the log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, card: str) -> Marks:
        """Return how a card is marked."""
        row = self._database.row("marks of", {"card": card})
        tags = tuple(row[0] for row in self._database.rows("tags of", {"card": card}))
        return Marks(bool(row[0]), row[1], row[2], tags) if row else Marks(tags=tags)

    def apply(self, act: Act) -> None:
        """Move the marks of an act's cards on."""
        if act.deed in _TAGGING:
            statement = "put tag" if act.deed is Deed.TAG else "drop tag"
            self._database.write_many(statement, product(act.cards, act.told()["tags"]))
            return
        effect = _effect(act)
        for card in act.cards:
            after = effect(self.of(card))
            if _row(after) == _row(_UNMARKED):
                self._database.write("drop marks", {"card": card})
            else:
                self._database.write("put marks", (card, *_row(after)))

    def all(self) -> dict[str, Marks]:
        """Return the marks of every card that has one."""
        rows, tags = self._database.rows("marks"), self.tags_by_card()
        found = {
            card: Marks(bool(suspended), day, flag, tags.pop(card, ()))
            for card, suspended, day, flag in rows
        }
        return found | {card: Marks(tags=own) for card, own in tags.items()}

    def replace_all(self, marks: dict[str, Marks]) -> None:
        """Put other marks in the place of all that are stored."""
        self._database.write("forget marks")
        self._database.write("forget tags")
        told = ((card, _row(found)) for card, found in marks.items())
        rows = ((card, *row) for card, row in told if row != _row(_UNMARKED))
        self._database.write_many("put marks", rows)
        own = ((card, tag) for card, found in marks.items() for tag in found.tags)
        self._database.write_many("put tag", own)

    def suspended(self) -> frozenset[str]:
        """Return the cards that are suspended."""
        return frozenset(row[0] for row in self._database.rows("suspended"))

    def buried(self, today: int) -> frozenset[str]:
        """Return the cards that are buried on a study day."""
        return frozenset(row[0] for row in self._database.rows("buried", {"today": today}))

    def flags(self) -> dict[str, str]:
        """Return the flagged cards with the reason of each, in the order of their ids."""
        return dict(self._database.rows("flags"))

    def tags(self) -> list[str]:
        """Return the different tags."""
        return [row[0] for row in self._database.rows("different tags")]

    def tagged(self, tags: Collection[str]) -> set[str]:
        """Return the cards that have one of these tags."""
        asked = {"tags": json.dumps(list(tags))}
        return {row[0] for row in self._database.rows("tagged", asked)}

    def tags_by_card(self) -> dict[str, tuple[str, ...]]:
        """Return the tags of every card that has one."""
        rows = groupby(self._database.rows("tags"), key=itemgetter(0))
        return {card: tuple(tag for _, tag in each) for card, each in rows}


def _row(marks: Marks) -> tuple[object, ...]:
    """Return the marks of which a card has one each, as the file keeps them."""
    return marks[:3]
