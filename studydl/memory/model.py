"""The words of this room: grades, phases, intervals, the state of a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studydl.memory.marks import Marks

__all__ = [
    "CardState",
    "Counts",
    "Difference",
    "Grade",
    "Interval",
    "Optimised",
    "Phase",
    "Upcoming",
]


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


class Interval(NamedTuple):
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
        if not self.length:
            return "–"  # nothing is scheduled
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
    """``card``, ``event`` or ``marks of``, and its id."""
    stored: CardState | Marks | bool | None
    rebuilt: CardState | Marks | bool | None


class Optimised(NamedTuple):
    """What came of fitting the weights to the log.

    The log losses are means over reviews that the fit had not seen; the smaller is the better.
    """

    before: float
    """Log loss of the weights in use until now."""
    after: float
    """Log loss of fitted weights."""
    items: int
    """How many reviews there were to learn from."""
    kept: bool
    """Whether the fitted weights are in use from now on: only if they predict better."""
