"""Memory: what the callers of this room see of it."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Self

from studydl.memory.clock import Calendar, SystemClock, from_ms, to_ms
from studydl.memory.database import Database
from studydl.memory.log import Answered, Log
from studydl.memory.model import Grade, Review, Upcoming
from studydl.memory.settings import Settings
from studydl.memory.states import States

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime, tzinfo
    from pathlib import Path
    from types import TracebackType

    from studydl.memory.clock import Clock, Moment
    from studydl.memory.model import CardState, Counts, Difference, Interval
    from studydl.memory.scheduling import Schedulers

__all__ = ["Memory"]

_FILE = "reviews.db"


class Memory:
    """The log of reviews and what follows from it, in one open file.

    What ``record``, ``undo`` and ``redo`` did is on disk when they return.
    """

    def __init__(
        self, database: Database, log: Log, clock: Clock, zone: tzinfo | None, settings: Settings
    ) -> None:
        """Put an open file to use; callers use ``Memory.open``."""
        self._database = database
        self._log = log
        self._states = States(database)
        self._clock = clock
        self._calendar = Calendar(zone, settings.rollover_hour)
        self.settings = settings

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Clock | None = None,
        zone: tzinfo | None = None,
        settings: Settings | None = None,
        device: str | None = None,
        entropy: Callable[[int], bytes] = os.urandom,
        patience_s: float = 2.0,
    ) -> Memory:
        """Open the log in a folder, making both if need be.

        Args:
            folder: Where ``reviews.db`` is.
            clock: What tells the time; the machine's clock by default.
            zone: The time zone of study days; the machine's own by default.
            settings: What the learner chose.
            device: The name under which reviews are recorded; the file has one of its own.
            entropy: Where the random part of identifiers comes from.
            patience_s: How long to wait while another process writes.

        Raises:
            StudyError: The file cannot be used; it says why.
        """
        clock = clock or SystemClock()
        database = Database.open(folder / _FILE, now_ms=to_ms(clock.now()), patience_s=patience_s)
        try:
            log = Log(database, device, entropy)
        except BaseException:
            database.close()
            raise
        return cls(database, log, clock, zone, settings or Settings())

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def _schedulers(self) -> Schedulers:
        # What folds and schedules is imported where it is used: the first card does without.
        from studydl.memory.scheduling import Schedulers

        return Schedulers(self.settings.schedule, self._log.parameters)

    # Recording.

    def record(
        self,
        card: str,
        grade: Grade,
        *,
        duration_ms: int,
        answer: str | None = None,
        verdict: str | None = None,
        seed: int = 0,
    ) -> Review:
        """Append a review and move its card's state on, in one transaction.

        Args:
            card: The card's id.
            grade: The learner's grade.
            duration_ms: How long the answer took; a negative time counts as none.
            answer: What the learner typed.
            verdict: What the machine said of it.
            seed: The seed of the card's fresh parameters.

        Raises:
            StudyError: It could not be recorded; nothing was changed.
        """
        from studydl.memory.fold import advance

        answered = Answered(card, Grade(grade), duration_ms, answer, verdict, seed)
        scheduler = self._schedulers.current
        with self._database.transaction():
            before = self._basis(card)
            review = self._log.add(answered, self._now(), scheduler)
            self._states.put(advance(before, review, scheduler))
        return review

    def undo(self) -> Review | None:
        """Take back this machine's last review that counts; return it, or None if there is none."""
        with self._database.transaction():
            review = self._log.last_review()
            if review is None:
                return None
            self._log.add_undo(review.id, self._now())
            self._refold(review.card)
        return replace(review, undone=True)

    def redo(self) -> Review | None:
        """Take back the last undo since the last new review; return the review, or None."""
        with self._database.transaction():
            last = self._log.last_undo()
            if last is None:
                return None
            undo, target = last
            self._log.add_undo(undo, self._now())
            self._log.reinstate(target)
            review = self._log.review(target)
            self._refold(review.card)
        return review

    # Scheduling.

    def intervals(self, card: str) -> dict[Grade, Interval]:
        """Return what each grade would give now: exactly what ``record`` would then give."""
        scheduler, before, day = self._schedulers.current, self._basis(card), self._now().day
        return {grade: scheduler.outcome(card, before, grade, day).interval for grade in Grade}

    def state(self, card: str) -> CardState | None:
        """Return a card's state, or None if it is new."""
        return self._states.get(card)

    def repetitions(self, card: str) -> int:
        """Return how many reviews of a card count: what seeds its fresh parameters."""
        state = self._states.get(card)
        return state.repetitions if state else 0

    # What to study.

    def now(self) -> datetime:
        """Return the time that this room's clock shows."""
        return self._clock.now()

    def due(self) -> list[str]:
        """Return learning cards whose time has come, then reviews, the least remembered first."""
        return self.learning_due() + self.reviews_due()

    def learning_due(self) -> list[str]:
        """Return learning cards whose time has come, the longest waiting first."""
        return self._states.learning_due(self._now())

    def reviews_due(self) -> list[str]:
        """Return the reviews of this study day and overdue ones, the least remembered first."""
        return self._states.reviews_due(self._now())

    def learning_ahead(self) -> list[str]:
        """Return learning cards that may come early if nothing else is left, soonest first."""
        return self._states.learning_ahead(self._now(), self.settings.learn_ahead_s)

    def next_learning(self) -> datetime | None:
        """Return when the first learning card comes, in UTC; the past if it has come already."""
        moment = self._states.next_learning()
        return None if moment is None else from_ms(moment)

    def upcoming(self) -> Upcoming | None:
        """Return the next study day after today with reviews, or None if none is planned."""
        today = self._now().day
        found = self._states.next_reviews(today)
        return Upcoming(found[0] - today, found[1]) if found else None

    def known(self) -> set[str]:
        """Return every card with a review that counts."""
        return self._states.known()

    def new_among(self, cards: Iterable[str], limit: int | None = None) -> list[str]:
        """Return those of ``cards`` that are new, in the order given, at most ``limit``."""
        return self._states.new_among(cards, limit)

    def new_today(self) -> int:
        """Return how many cards had their first review on this study day."""
        return self._states.new_on(self._now().day)

    def new_left(self) -> int:
        """Return how many new cards this study day may still bring."""
        return max(0, self.settings.new_per_day - self.new_today())

    def counts(self, cards: Iterable[str]) -> Counts:
        """Count how the given cards stand: a chapter's, say."""
        return self._states.counts(cards, self._now())

    # The log.

    def reviewed_today(self) -> list[Review]:
        """Return this study day's reviews that count, oldest first."""
        return self._log.of_day(self._now().day)

    def reviews(self) -> Iterator[Review]:
        """Go through the whole log, oldest first; undone reviews are marked."""
        return iter(self._log)

    def rebuild(self) -> None:
        """Fold the whole log anew and store what follows from it."""
        from studydl.memory.replay import replay

        with self._database.transaction():
            states, undone = replay(self._log, self._schedulers)
            self._states.replace_all(states.values(), undone)

    def differences(self) -> list[Difference]:
        """Return where what is stored differs from a replay of the log; there should be none."""
        from studydl.memory.replay import differences

        with self._database.snapshot():
            return differences(self._log, self._states, self._schedulers)

    def integrity(self) -> list[str]:
        """Return what is wrong with the file; an empty list if nothing is."""
        return self._database.integrity()

    def _now(self) -> Moment:
        return self._calendar.moment(self._clock.now())

    def _basis(self, card: str) -> CardState | None:
        """Return the state from which a review under today's parameters continues."""
        from studydl.memory.fold import told_by

        return told_by(
            self._schedulers.current,
            self._states.get(card),
            self._schedulers,
            partial(self._log.of_card, card),
        )

    def _refold(self, card: str) -> None:
        from studydl.memory.fold import fold

        state = fold(self._log.of_card(card), self._schedulers)
        if state is None:
            self._states.drop(card)
        else:
            self._states.put(state)
