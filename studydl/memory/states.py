"""What follows from the log, kept beside it so that no question needs a replay."""

from __future__ import annotations

import json
from dataclasses import fields
from heapq import merge
from itertools import filterfalse, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from studydl.memory.model import CardState, Counts, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from studydl.memory.clock import Moment
    from studydl.memory.database import Database
    from studydl.memory.forgetting import Curve

__all__ = ["States", "Stored", "columns"]

Stored: TypeAlias = "tuple[str | int | float | None, ...]"
"""A state as the file keeps it."""

_told = attrgetter(*(field.name for field in fields(CardState)))


def columns(state: CardState) -> Stored:
    """Return a state as the file keeps it, made of nothing but plain values."""
    card, phase, *rest = _told(state)
    return (card, str(phase), *rest)


class States:
    """The derived part of the file: card states and the marks of undone events."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: set[str] | None = None
        self._known_at: tuple[int, int] | None = None

    def get(self, card: str) -> CardState | None:
        """Return a card's state, or None if no review of it counts."""
        row = self._database.row("state", {"card": card})
        return _state(row) if row else None

    def put(self, state: CardState) -> None:
        """Store a card's state."""
        self._database.write("put state", columns(state))
        if self._known is not None:
            self._known.add(state.card)

    def drop(self, card: str) -> None:
        """Forget a card's state: no review of it counts any more."""
        self._database.write("drop state", {"card": card})
        if self._known is not None:
            self._known.discard(card)

    def __iter__(self) -> Iterator[CardState]:
        """Go through all states."""
        return map(_state, self._database.rows("states"))

    def undone(self) -> set[str]:
        """Return the ids of the events that are marked as undone."""
        return {row[0] for row in self._database.rows("undone")}

    def replace_all(self, states: Iterable[Stored], undone: Iterable[str]) -> None:
        """Put other states, as ``columns`` returns them, and marks in the place of all."""
        self._known = None
        self._database.write("forget states")
        self._database.write("forget undone")
        with self._database.unindexed("states"):
            self._database.write_many("add state", states)
        self._database.write_many("mark undone", ({"id": event} for event in undone))

    def learning_due(self, now: Moment, limit: int | None) -> list[str]:
        """Return learning cards whose time has come, the longest waiting first."""
        asked = _at(now, until=now.ms, limit=-1 if limit is None else limit)
        return [row[0] for row in self._database.rows("learning due", asked)]

    def reviews_due(
        self, now: Moment, limit: int | None, curves: Mapping[Curve, Sequence[str]]
    ) -> list[str]:
        """Return the reviews of this study day and overdue ones, the least remembered first.

        Args:
            now: The time.
            limit: How many to return at most.
            curves: The forgetting curves of all parameters, with the parameters' ids.
        """
        asked = _at(now, limit=-1 if limit is None else limit)
        if len(curves) < 2:
            # On one curve, retrievability falls with elapsed days over stability.
            return [row[0] for row in self._database.rows("reviews due", asked)]
        ordered = merge(*(self._fading(curve, ids, asked) for curve, ids in curves.items()))
        return [card for _, card in islice(ordered, limit)]

    def _fading(
        self, curve: Curve, parameters: Sequence[str], asked: dict[str, object]
    ) -> list[tuple[float, str]]:
        """Return the reviews due on one curve, each behind its retrievability."""
        given = asked | {"parameters": json.dumps(parameters)}
        rows = self._database.rows("reviews due under", given)
        return [(curve.retrievability(days, stability), card) for card, days, stability in rows]

    def learning_ahead(self, now: Moment, within_s: int) -> list[str]:
        """Return learning cards whose time comes within so many seconds, the soonest first."""
        until = now.ms + within_s * 1000
        rows = self._database.rows("learning between", _at(now, until=until))
        return [row[0] for row in rows]

    def next_learning(self, now: Moment) -> int | None:
        """Return the moment, in milliseconds, of the first learning card."""
        row = self._database.row("next learning", _at(now))
        return row[0] if row else None

    def next_reviews(self, today: int) -> tuple[int, int] | None:
        """Return the next study day after today with reviews, and how many it has."""
        row = self._database.row("next reviews", {"today": today})
        return (row[0], row[1]) if row else None

    def known(self) -> AbstractSet[str]:
        """Return every card with a review that counts; the set follows what is stored.

        It is held, for there is hardly a larger one: counts, sittings and searches ask for it.
        """
        version = self._database.version()
        if self._known is None or self._known_at != version:
            self._known, self._known_at = set(self._database.ids("known")), version
        return self._known

    def new_among(self, cards: Iterable[str], limit: int | None, now: Moment) -> list[str]:
        """Return those of ``cards`` that have no state, in the order given."""
        new = filterfalse(self.known().__contains__, cards)
        hidden = frozenset(self._database.ids("hidden of all", _at(now)))
        return list(islice(filterfalse(hidden.__contains__, new), limit))

    def new_on(self, day: int) -> int:
        """Return how many cards had their first review on a study day."""
        count: int = self._database.rows("new on day", {"day": day})[0][0]
        return count

    def reviewed_on(self, day: int) -> int:
        """Return how many cards met before a study day were reviewed on it."""
        count: int = self._database.rows("reviewed on day", {"day": day})[0][0]
        return count

    def counts(self, cards: Iterable[str], now: Moment) -> Counts:
        """Count how the given cards stand."""
        asked = _at(now, cards=json.dumps(list(cards)))
        return Counts(*self._database.rows("counts", asked)[0])

    def counts_by(self, groups: Mapping[str, Iterable[str]], now: Moment) -> dict[str, Counts]:
        """Count how the cards of each group stand."""
        hidden, due, waiting = (
            set(self._database.ids(name, _at(now)))
            for name in ("hidden of all", "due of all", "waiting of all")
        )
        known = self.known()
        passed = known | hidden if hidden else known
        due -= hidden
        waiting -= hidden
        counted = {}
        for name, cards in groups.items():
            listed = list(cards)
            new = len(listed) - _number_in(passed, listed)
            counted[name] = Counts(
                len(listed), new, _number_in(due, listed), _number_in(waiting, listed)
            )
        return counted

    def leeches(self, lapses: int) -> list[str]:
        """Return the cards that were forgotten so often, the most often forgotten first."""
        return [row[0] for row in self._database.rows("leeches", {"lapses": lapses})]


def _number_in(some: AbstractSet[str], cards: Iterable[str]) -> int:
    """Return how many of ``cards`` are in a set."""
    return sum(map(some.__contains__, cards)) if some else 0


def _at(now: Moment, **values: object) -> dict[str, object]:
    """Return what a statement asks with: the time and more."""
    return {"now": now.ms, "today": now.day, **values}


def _state(row: tuple[Any, ...]) -> CardState:
    card, phase, *rest = row
    return CardState(card, Phase(phase), *rest)
