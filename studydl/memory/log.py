"""The log: reviews and undos are appended, and nothing else ever happens to them."""

from __future__ import annotations

from dataclasses import fields
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.memory.identity import next_id
from studydl.memory.model import Grade, Review
from studydl.memory.settings import Schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studydl.memory.clock import Moment
    from studydl.memory.database import Database
    from studydl.memory.scheduling import Scheduler

__all__ = ["RECORD_VERSION", "Answered", "Log"]

RECORD_VERSION = 1
"""The version of a record's fields and of the rules of days and fuzz by which it is replayed."""

_BATCH = 1000

# What the log holds of a review: all but whether it is undone, which other events say.
_columns = attrgetter(*(field.name for field in fields(Review) if field.name != "undone"))


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
        self.device: str = device or database.rows("device")[0][0]

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
            answer=_storable(answered.answer),
            verdict=answered.verdict,
            seed=answered.seed,
            scheduler=scheduler.name,
            parameters=scheduler.parameters,
            device=self.device,
        )
        content = {"id": scheduler.parameters, "content": scheduler.schedule.content()}
        self._database.write("add parameters", content)
        self._database.write("add review", _columns(review))
        return review

    def parameters(self, identity: str) -> Schedule:
        """Return the schedule that goes by this id."""
        return Schedule.from_content(self._database.rows("parameters", {"id": identity})[0][0])

    def add_undo(self, target: str, moment: Moment) -> None:
        """Append an event that takes back the review or the undo ``target``, and mark it so."""
        event = {
            "id": self._next_id(moment),
            "version": RECORD_VERSION,
            "undoes": target,
            "undone_at": moment.ms,
            "utc_offset": moment.utc_offset,
            "device": self.device,
        }
        self._database.write("add undo", event)
        self._database.write("mark undone", {"id": target})

    def reinstate(self, review: str) -> None:
        """Let a review count again, unless another undo holds against it."""
        self._database.write("clear undone", {"id": review})

    def last_review(self) -> Review | None:
        """Return this machine's last review that counts: what an undo would take back."""
        row = self._database.row("last review", {"device": self.device})
        return _review(row) if row else None

    def last_undo(self) -> tuple[str, str] | None:
        """Return the undo that a redo would take back, and its review's id."""
        row = self._database.row("last undo", {"device": self.device})
        return (row[0], row[1]) if row else None

    def review(self, identity: str) -> Review:
        """Return the review of this id."""
        return _review(self._database.rows("review", {"id": identity})[0])

    def of_card(self, card: str) -> list[Review]:
        """Return a card's reviews that count, oldest first."""
        return [_review(row) for row in self._database.rows("reviews of card", {"card": card})]

    def of_day(self, day: int) -> list[Review]:
        """Return a study day's reviews that count, oldest first."""
        return [_review(row) for row in self._database.rows("reviews of day", {"day": day})]

    def __iter__(self) -> Iterator[Review]:
        """Go through all reviews, oldest first; undone ones are marked.

        Read in batches: a reader that takes its time holds no lock and sees no half of a write.
        """
        after = ""
        while rows := self._database.rows("reviews after", {"after": after, "limit": _BATCH}):
            yield from map(_review, rows)
            after = rows[-1][0]

    def by_card(self) -> Iterator[tuple[str, list[Review]]]:
        """Go through all cards, each with all of its reviews, oldest first."""
        after = ""
        while rows := self._database.rows("reviews by card", {"after": after, "limit": _BATCH}):
            for after, reviews in groupby(map(_review, rows), key=attrgetter("card")):
                yield after, list(reviews)

    def _next_id(self, now: Moment) -> str:
        """Return the id of the next event; what was read of the log holds until the commit."""
        return next_id(now.ms, self._database.rows("last event")[0][0], self._entropy)

    def undos(self) -> list[tuple[str, str]]:
        """Return each undo's id with the id of what it undoes."""
        return [(undo, target) for undo, target in self._database.rows("undos")]


def _storable(text: str | None) -> str | None:
    """Return text that SQLite takes: a terminal may pass on bytes that are no characters."""
    return text and text.encode("utf-8", "backslashreplace").decode()


def _review(row: tuple[Any, ...]) -> Review:
    values = list(row)
    values[3], values[-1] = Grade(values[3]), bool(values[-1])
    return Review(*values)
