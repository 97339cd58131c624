"""The figures. Counts are of reviews that count: undone ones are left out."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = [
    "MATURE",
    "Bar",
    "Calibration",
    "Hard",
    "Hour",
    "Point",
    "Retention",
    "Statistics",
    "Today",
]

MATURE = 21
"""A card whose memory is stable for so many days is mature; below, it is young."""


class Bar(NamedTuple):
    """One bar of a histogram: values from ``least`` up to, but without, ``most``."""

    least: float
    most: float
    number: int


class Today(NamedTuple):
    """This study day."""

    answers: int
    recalled: int
    milliseconds: int
    new: int
    """Cards met for the first time."""
    due: int
    """Cards that are due by the end of the day, hidden ones left out."""


class Retention(NamedTuple):
    """How often cards were recalled at their first review of a day, after a day or more."""

    young: int
    young_recalled: int
    mature: int
    mature_recalled: int


class Hour(NamedTuple):
    """An hour of the learner's wall clock."""

    answers: int
    recalled: int


class Hard(NamedTuple):
    """A card that is hard to keep."""

    card: str
    difficulty: float
    lapses: int


class Point(NamedTuple):
    """Reviews of which the model predicted about the same."""

    predicted: float
    observed: float
    number: int


class Calibration(NamedTuple):
    """How well the weights in use predict what was recalled.

    The log loss is a mean over the reviews; ``rmse`` is the root of the mean squared distance
    between prediction and observation over the points, each weighted by its reviews.
    """

    points: tuple[Point, ...]
    number: int
    log_loss: float | None
    rmse: float | None


class Statistics(NamedTuple):
    """Everything. Days are study days: 0 is today, -1 yesterday, 1 tomorrow."""

    days: int
    """How far back and ahead it goes."""
    reviews: int
    """How many there are in the whole log, of the cards that were asked for."""
    known: int
    today: Today
    calendar: tuple[int, ...]
    """Reviews of each day, the oldest first, today last."""
    forecast: tuple[int, ...]
    """Cards due on each day, today with the backlog first."""
    backlog: int
    """How many of today's were due before today."""
    retention: Retention
    buttons: dict[str, tuple[int, int, int, int]]
    """How often each grade was given to cards being learned, young and mature ones."""
    milliseconds: int
    hours: tuple[Hour, ...]
    intervals: tuple[Bar, ...]
    stability: tuple[Bar, ...]
    difficulty: tuple[Bar, ...]
    retrievability: tuple[Bar, ...]
    hardest: tuple[Hard, ...]
    calibration: Calibration

    def to_json(self) -> dict[str, Any]:
        """Return the figures as JSON takes them."""
        return {name: _plain(value) for name, value in self._asdict().items()}


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
