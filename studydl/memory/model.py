"""The words of this room: grades, phases, intervals, reviews, the state of a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from typing import NamedTuple

from studydl.memory.clock import from_ms

__all__ = ["CardState", "Counts", "Difference", "Grade", "Interval", "Phase", "Review", "Upcoming"]


class Grade(IntEnum):
    """How well the answer was known, the learner's last word."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(StrEnum):
    """Where a card stands. A card that was never reviewed has no state, hence no phase."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class Interval:
    """The time until a card comes back: whole study days, or seconds for a learning step.

    Attributes:
        days: Study days; 0 for a learning step.
        seconds: Seconds of a learning step, below a day; 0 where days count.
    """

    days: int = 0
    seconds: int = 0

    @property
    def length(self) -> timedelta:
        """The interval as a duration, for comparison."""
        return timedelta(days=self.days, seconds=self.seconds)

    def label(self) -> str:
        """Return the interval in a few characters, for a grade's button: ``10m 2d 3.2mo 1.5y``."""
        if self.days == 0:
            for size, unit in ((3600, "h"), (60, "m")):
                if self.seconds >= size:
                    return f"{_short(self.seconds / size)}{unit}"
            return f"{self.seconds}s"
        for size, unit in ((365, "y"), (30, "mo")):
            if self.days >= size:
                return f"{_short(self.days / size)}{unit}"
        return f"{self.days}d"


def _short(number: float) -> str:
    """Return one decimal, and none where it would be zero."""
    return f"{number:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Review:
    """One answered card: an event that is never changed afterwards.

    Attributes:
        id: Unique everywhere; sorts by time.
        version: The version of this record's layout and rules.
        card: The card's id.
        grade: The learner's grade.
        reviewed_at: Milliseconds since 1970, UTC.
        utc_offset: Minutes by which the wall clock was ahead of UTC.
        day: The study day, counted from 1970-01-01.
        duration_ms: How long the answer took.
        answer: What the learner typed, if the card asks for it.
        verdict: What the machine said of the answer, if it did.
        seed: The seed of the card's fresh parameters.
        scheduler: The scheduler's name and version.
        parameters: The id of the parameters under which it was scheduled.
        device: The machine on which it happened.
        undone: Whether an undo holds against it now. Not part of the event.
    """

    id: str
    version: int
    card: str
    grade: Grade
    reviewed_at: int
    utc_offset: int
    day: int
    duration_ms: int
    answer: str | None
    verdict: str | None
    seed: int
    scheduler: str
    parameters: str
    device: str
    undone: bool = False

    @property
    def at(self) -> datetime:
        """The moment on the learner's wall clock."""
        return from_ms(self.reviewed_at).astimezone(timezone(timedelta(minutes=self.utc_offset)))


@dataclass(frozen=True, slots=True)
class CardState:
    """What follows from a card's reviews: the fold over its part of the log.

    Attributes:
        card: The card's id.
        phase: Learning, review or relearning.
        step: The learning step; None in the review phase.
        stability: Days after which recall has fallen to 0.9.
        difficulty: From 1 to 10.
        due_at: When a learning step ends, in milliseconds; None in the review phase.
        due_day: The study day on which the review is due; None while learning.
        interval_days: The days given by the last review; 0 while learning.
        first_day: The study day of the first review.
        last_day: The study day of the last review.
        last_at: The moment of the last review, in milliseconds.
        repetitions: How many reviews count.
        lapses: How often the card was forgotten in its review phase.
        parameters: The id of the parameters of the last review.
    """

    card: str
    phase: Phase
    step: int | None
    stability: float
    difficulty: float
    due_at: int | None
    due_day: int | None
    interval_days: int
    first_day: int
    last_day: int
    last_at: int
    repetitions: int
    lapses: int
    parameters: str


class Counts(NamedTuple):
    """How a set of cards stands now."""

    total: int
    new: int
    """Never reviewed."""
    due: int
    """Reviews due today and learning cards whose time has come."""
    waiting: int
    """Learning cards whose time has not come."""


class Upcoming(NamedTuple):
    """What comes when nothing is due."""

    days: int
    """Study days from today until the next reviews."""
    cards: int
    """How many reviews are due on that day."""


class Difference(NamedTuple):
    """A place where what is stored is not what the log says."""

    subject: str
    """``card`` or ``event`` and its id."""
    stored: CardState | bool | None
    rebuilt: CardState | bool | None
