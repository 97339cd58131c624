"""What the learner decided about cards: suspended, buried for a day, flagged to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.memory.events import Act, Deed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studydl.memory.database import Database

__all__ = ["MARKING", "Marks", "MarksTable", "folded"]

MARKING = (Deed.SUSPEND, Deed.UNSUSPEND, Deed.BURY, Deed.UNBURY, Deed.FLAG, Deed.UNFLAG)
"""The deeds from which the marks of cards follow."""


class Marks(NamedTuple):
    """How a card is marked."""

    suspended: bool = False
    """Never shown until unsuspended."""
    buried_day: int | None = None
    """The study day on which it is not shown."""
    flag: str | None = None
    """Why it is to be mended; None if it is not flagged."""

    def after(self, act: Act) -> Marks:
        """Return the marks after one more act on the card."""
        match act.deed:
            case Deed.SUSPEND | Deed.UNSUSPEND:
                return self._replace(suspended=act.deed is Deed.SUSPEND)
            case Deed.BURY | Deed.UNBURY:
                return self._replace(buried_day=act.day if act.deed is Deed.BURY else None)
            case Deed.FLAG | Deed.UNFLAG:
                return self._replace(flag=act.told().get("reason"))
            case _:
                return self


def folded(acts: Iterable[Act]) -> dict[str, Marks]:
    """Return the marks that follow from acts, oldest first; a card without any is left out."""
    marks: dict[str, Marks] = {}
    for act in acts:
        for card in act.cards:
            marks[card] = marks.get(card, Marks()).after(act)
    return {card: found for card, found in marks.items() if found != Marks()}


class MarksTable:
    """The marks as the file keeps them beside the log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, card: str) -> Marks:
        """Return how a card is marked."""
        row = self._database.row("marks of", {"card": card})
        return Marks(bool(row[0]), row[1], row[2]) if row else Marks()

    def apply(self, act: Act) -> None:
        """Move the marks of an act's cards on."""
        for card in act.cards:
            after = self.of(card).after(act)
            if after == Marks():
                self._database.write("drop marks", {"card": card})
            else:
                self._database.write("put marks", (card, *after))

    def all(self) -> dict[str, Marks]:
        """Return the marks of every card that has one."""
        rows = self._database.rows("marks")
        return {card: Marks(bool(suspended), day, flag) for card, suspended, day, flag in rows}

    def replace_all(self, marks: dict[str, Marks]) -> None:
        """Put other marks in the place of all that are stored."""
        self._database.write("forget marks")
        self._database.write_many("put marks", ((card, *found) for card, found in marks.items()))

    def suspended(self) -> frozenset[str]:
        """Return the cards that are suspended."""
        return frozenset(row[0] for row in self._database.rows("suspended"))

    def buried(self, today: int) -> frozenset[str]:
        """Return the cards that are buried on a study day."""
        return frozenset(row[0] for row in self._database.rows("buried", {"today": today}))

    def flags(self) -> dict[str, str]:
        """Return the flagged cards with the reason of each, in the order of their ids."""
        return dict(self._database.rows("flags"))
