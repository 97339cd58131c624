"""The log: events are appended, and nothing else ever happens to them."""

from __future__ import annotations

import json
from dataclasses import fields
from heapq import merge
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from studydl.errors import StudyError
from studydl.memory.events import (
    RECORD_VERSION,
    Act,
    Deed,
    ParameterSet,
    Review,
    Undo,
    canonical,
)
from studydl.memory.forgetting import Curve
from studydl.memory.identity import next_id
from studydl.memory.model import Grade
from studydl.memory.settings import Schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from studydl.memory.clock import Moment
    from studydl.memory.database import Database
    from studydl.memory.events import Event
    from studydl.memory.histories import Row
    from studydl.memory.scheduling import Scheduler

__all__ = ["LAST", "Answered", "Log", "storable"]

_BATCH = 1000
LAST = "g"
"""Sorts behind the id of every event."""
_Text = TypeVar("_Text", str, str | None)

# What the log holds of an event: all but whether it is undone, which other events say.
_columns = {
    sort: attrgetter(*(field.name for field in fields(sort) if field.name != "undone"))
    for sort in (Review, Undo, Act, ParameterSet)
}


class Answered(NamedTuple):
    """What the caller knows of a review: the rest is the time, the place and the scheduler."""

    card: str
    grade: Grade
    duration_ms: int
    answer: str | None
    verdict: str | None
    seed: int


class Log:
    """The append-only part of the file.

    Attributes:
        device: The name under which this machine records.
    """

    def __init__(
        self, database: Database, device: str | None, entropy: Callable[[int], bytes]
    ) -> None:
        self._database = database
        self._entropy = entropy
        self._kept: tuple[str, int] | None = None
        self.device: str = device or database.rows("device")[0][0]

    # Appending.

    def add(self, answered: Answered, now: Moment, scheduler: Scheduler) -> Review:
        """Append a review, scheduled by these parameters, and return it."""
        review = Review(
            id=self._next_id(now),
            version=RECORD_VERSION,
            card=answered.card,
            grade=answered.grade,
            reviewed_at=now.ms,
            utc_offset=now.utc_offset,
            day=now.day,
            duration_ms=max(0, answered.duration_ms),
            answer=storable(answered.answer),
            verdict=answered.verdict,
            seed=answered.seed,
            scheduler=scheduler.name,
            parameters=scheduler.parameters,
            device=self.device,
        )
        self.add_parameters(scheduler)
        self._database.write("add review", _columns[Review](review))
        return review

    def add_parameters(self, scheduler: Scheduler) -> None:
        """Keep the scheduler's parameters, unless they are here already."""
        kept = (scheduler.parameters, self._database.rollbacks)
        if kept != self._kept:
            content = {"id": scheduler.parameters, "content": scheduler.content}
            self._database.write("add parameters", content)
            self._kept = kept

    def add_act(self, deed: Deed, content: Mapping[str, object], now: Moment) -> Act:
        """Append an act and return it."""
        act = Act(
            id=self._next_id(now),
            version=deed.version,
            deed=deed,
            day=now.day,
            acted_at=now.ms,
            utc_offset=now.utc_offset,
            content=canonical(content),
            device=self.device,
        )
        self._database.write("add act", _columns[Act](act))
        return act

    def add_undo(self, target: str, now: Moment) -> None:
        """Append an event that takes back the event ``target``, and mark it so."""
        undo = Undo(
            id=self._next_id(now),
            version=RECORD_VERSION,
            undoes=target,
            undone_at=now.ms,
            utc_offset=now.utc_offset,
            device=self.device,
        )
        self._database.write("add undo", _columns[Undo](undo))
        self._database.write("mark undone", {"id": target})

    def reinstate(self, event: str) -> None:
        """Let an event count again, unless another undo holds against it."""
        self._database.write("clear undone", {"id": event})

    def insert(self, sort: type[Event], events: Iterable[Event]) -> None:
        """Append events of one sort that happened elsewhere."""
        statement = "add parameters" if sort is ParameterSet else f"add {sort.kind}"
        self._database.write_many(statement, map(_columns[sort], events))  # type: ignore[index]

    def _next_id(self, now: Moment) -> str:
        """Return the id of the next event; what was read of the log holds until the commit."""
        return next_id(now.ms, self.last_event(), self._entropy)

    # Asking.

    def last_event(self) -> str | None:
        """Return the id of the last event, or None if nothing happened yet."""
        identity: str | None = self._database.rows("last event")[0][0]
        return identity

    def parameters(self, identity: str) -> Schedule:
        """Return the schedule that goes by this id."""
        return Schedule.from_content(self._database.rows("parameters", {"id": identity})[0][0])

    def curves(self) -> dict[Curve, list[str]]:
        """Return the forgetting curves of all parameters, with the ids of the parameters."""
        found: dict[Curve, list[str]] = {}
        for identity, content in self._database.rows("all parameters"):
            found.setdefault(Curve.of(json.loads(content)["weights"]), []).append(identity)
        return found

    def all_parameters(self) -> dict[str, str]:
        """Return the content of all parameters by their ids."""
        return dict(self._database.rows("all parameters"))

    def size(self) -> int:
        """Return how many reviews there are, undone ones among them."""
        size: int = self._database.rows("number of reviews")[0][0]
        return size

    def evenly(self, parts: int) -> list[str]:
        """Return the cards at which to part all cards so that each part has as many reviews."""
        size = self.size()
        offsets = ({"offset": size * part // parts} for part in range(1, parts))
        return [card for each in offsets for (card,) in self._database.rows("card at", each)]

    def last_done(self) -> Review | Act | None:
        """Return what this machine did last and what still counts: what an undo takes back."""
        identity = self._database.rows("last done", {"device": self.device})[0][0]
        return self.event(identity) if identity else None

    def last_undo(self) -> tuple[str, str] | None:
        """Return the undo that a redo would take back, and the id of what it undoes."""
        row = self._database.row("last undo", {"device": self.device})
        return (row[0], row[1]) if row else None

    def event(self, identity: str) -> Review | Act:
        """Return the review or the act of this id."""
        row = self._database.row("review", {"id": identity})
        if row is not None:
            return _review(row)
        return _act(self._database.rows("act", {"id": identity})[0])

    def of_card(self, card: str) -> list[Review]:
        """Return a card's reviews that count, oldest first."""
        return [_review(row) for row in self._database.rows("reviews of card", {"card": card})]

    def of_day(self, day: int) -> list[Review]:
        """Return a study day's reviews that count, oldest first."""
        return [_review(row) for row in self._database.rows("reviews of day", {"day": day})]

    def acts(self, *deeds: Deed, day: int | None = None) -> list[Act]:
        """Return the acts of these deeds that count, oldest first: of one study day, or all."""
        asked = {"deeds": json.dumps(deeds), "day": day}
        return [_act(row) for row in self._database.rows("acts of deeds", asked)]

    def reschedulings(self) -> list[tuple[str, str]]:
        """Return each rescheduling that counts, oldest first, with the id of its parameters."""
        return [(act.id, act.told()["parameters"]) for act in self.acts(Deed.RESCHEDULE)]

    def fitted_weights(self) -> tuple[float, ...] | None:
        """Return the weights that were last fitted to the log and found better, or None."""
        for act in reversed(self.acts(Deed.OPTIMISE)):
            told = act.told()
            if told["kept"]:
                return tuple(told["weights"])
        return None

    def reviews_since(self, event: str) -> int:
        """Return how many reviews came after an event."""
        count: int = self._database.rows("number of reviews after", {"after": event})[0][0]
        return count

    def undos(self) -> list[tuple[str, str]]:
        """Return each undo's id with the id of what it undoes."""
        return [(undo, target) for undo, target in self._database.rows("undos")]

    def doubles(self, cards: Iterable[str], device: str, within_ms: int) -> list[tuple[str, int]]:
        """Return a device's reviews of some cards that repeat another, each with its moment."""
        asked = {"cards": json.dumps(list(cards)), "device": device, "within": within_ms}
        return [(review, at_ms) for review, at_ms in self._database.rows("doubles", asked)]

    # Going through.

    def __iter__(self) -> Iterator[Review]:
        """Go through all reviews, oldest first; undone ones are marked."""
        return map(_review, self._after("reviews after"))

    def events(self) -> Iterator[Event]:
        """Go through everything that happened, oldest first, after the parameters it names."""
        for identity, content in self._database.rows("all parameters"):
            yield ParameterSet(identity, content)
        yield from merge(
            map(_review, self._after("review events after")),
            (Undo(*row) for row in self._after("undo events after")),
            self.all_acts(),
            key=attrgetter("id"),
        )

    def lines(self) -> Iterator[str]:
        """Go through the same events in the same order, each as a line of JSON."""
        for (line,) in self._database.rows("parameter lines"):
            yield line
        sorts = ("review lines after", "undo lines after", "act lines after")
        # Identifiers are different, so that no line is ever compared.
        for _, line in merge(*map(self._after, sorts)):
            yield line

    def all_acts(self) -> Iterator[Act]:
        """Go through all acts, oldest first; none is marked as undone."""
        return map(_act, self._after("act events after"))

    def rows(self, undone: Iterable[str], since: str, until: str = LAST) -> Iterator[Row]:
        """Go through what a replay needs of each review between two events, oldest first.

        To be called inside a transaction or a snapshot: it is one long read.

        Args:
            undone: The events that do not count.
            since: The id of the event after which to begin; empty for the beginning.
            until: The id of the event before which to end.
        """
        asked = {"undone": json.dumps(list(undone)), "since": since, "until": until}
        return self._database.stream("rows", asked)

    def by_card(self) -> Iterator[tuple[str, list[Review]]]:
        """Go through all cards, each with all of its reviews, oldest first."""
        after = ""
        while rows := self._database.rows("reviews by card", {"after": after, "limit": _BATCH}):
            for after, reviews in groupby(map(_review, rows), key=attrgetter("card")):
                yield after, list(reviews)

    def _after(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """Read in batches: a slow reader holds no lock and sees no half of a write."""
        after = ""
        while rows := self._database.rows(statement, {"after": after, "limit": _BATCH}):
            yield from rows
            after = rows[-1][0]

    def among(self, sort: type[Event], identities: Iterable[str]) -> dict[str, Event]:
        """Return the events of one sort that go by these ids."""
        name = "parameters" if sort is ParameterSet else f"{sort.kind} events"
        rows = self._database.rows(f"{name} among", {"ids": json.dumps(list(identities))})
        make: Callable[[tuple[Any, ...]], Event] = _MAKERS[sort]
        return {row[0]: make(row) for row in rows}

    def cards_of(self, identities: Iterable[str]) -> set[str]:
        """Return the cards of the reviews that go by these ids."""
        asked = {"ids": json.dumps(list(identities))}
        return {row[0] for row in self._database.rows("cards of reviews", asked)}


def storable(text: _Text) -> _Text:
    """Return text that SQLite takes: a terminal may pass on bytes that are no characters."""
    return text.encode("utf-8", "backslashreplace").decode() if text else text


def _review(row: tuple[Any, ...]) -> Review:
    values = list(row)
    values[3], values[-1] = Grade(values[3]), bool(values[-1])
    return Review(*values)


def _act(row: tuple[Any, ...]) -> Act:
    values = list(row)
    if values[2] not in Deed.__members__.values():
        raise StudyError(
            f"this log holds a deed that this studydl does not know: {values[2]}",
            where=f"act {values[0]}",
            hint="install a newer studydl; `studydl export FILE.jsonl` writes the log as it is",
        )
    values[2], values[-1] = Deed(values[2]), bool(values[-1])
    return Act(*values)


_MAKERS: dict[type[Event], Callable[[tuple[Any, ...]], Event]] = {
    Review: _review,
    Act: _act,
    Undo: lambda row: Undo(*row),
    ParameterSet: lambda row: ParameterSet(*row),
}
