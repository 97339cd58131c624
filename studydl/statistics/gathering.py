"""One pass over the log and one over the states."""

from __future__ import annotations

import math
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from studydl.memory import Grade
from studydl.memory.forgetting import Curve
from studydl.memory.recurrence import Recurrence
from studydl.statistics.model import (
    MATURE,
    Bar,
    Calibration,
    Hard,
    Hour,
    Point,
    Retention,
    Statistics,
    Today,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from studydl.memory import Answered, CardState, Memory

__all__ = ["calibration", "gathered", "histogram"]

_DAYS = (0, 1, 2, 4, 7, 14, 21, 30, 60, 120, 240, 365, 730, math.inf)
_DIFFICULTIES = tuple(range(1, 12))
_TENTHS = (*(tenth / 10 for tenth in range(10)), math.nextafter(1.0, 2.0))
_HARDEST = 10
_POINTS = 20
_LEAST = 1e-6  # a chance that is 0 or 1 in floats would make one review's loss infinite


class _Tally:
    """What is counted while the log goes by."""

    def __init__(self, today: int, days: int, weights: tuple[float, ...]) -> None:
        self._today, self._days = today, days
        self._curve, self._recurrence = Curve.of(weights), Recurrence(weights)
        self.reviews = self.milliseconds = 0
        self.calendar = [0] * days
        self.retention = [0, 0, 0, 0]
        self.buttons = {group: [0, 0, 0, 0] for group in ("learning", "young", "mature")}
        self.hours = [[0, 0] for _ in range(24)]
        self.today_answers = self.today_recalled = self.today_ms = self.today_new = 0
        self.predictions: list[tuple[float, bool]] = []

    def add(self, answers: Sequence[Answered]) -> None:
        """Count the reviews of one card, oldest first."""
        days = [answer.day for answer in answers]
        gaps = [0, *(max(0, late - early) for early, late in pairwise(days))]
        grades = [answer.grade - 1 for answer in answers]
        stabilities, _ = self._recurrence.run(grades, gaps)
        self.reviews += len(answers)
        self.today_new += answers[0].day == self._today
        for place, (answer, gap) in enumerate(zip(answers, gaps, strict=True)):
            if self._today - self._days < answer.day <= self._today:
                before = stabilities[place - 1] if place else None
                self._count(answer, gap, before)

    def _count(self, answer: Answered, gap: int, stability: float | None) -> None:
        recalled = answer.grade != Grade.AGAIN
        self.milliseconds += answer.duration_ms
        self.calendar[answer.day - self._today - 1] += 1
        hour = self.hours[(answer.at_ms // 60_000 + answer.utc_offset) // 60 % 24]
        hour[0] += 1
        hour[1] += recalled
        if answer.day == self._today:
            self.today_answers += 1
            self.today_recalled += recalled
            self.today_ms += answer.duration_ms
        group = "learning"
        if stability is not None and gap:
            mature = stability >= MATURE
            group = "mature" if mature else "young"
            self.retention[2 * mature] += 1
            self.retention[2 * mature + 1] += recalled
            self.predictions.append((self._curve.retrievability(gap, stability), recalled))
        self.buttons[group][answer.grade - 1] += 1

    def of_today(self, due: int) -> Today:
        """Return what was counted of this study day."""
        counted = (self.today_answers, self.today_recalled, self.today_ms, self.today_new)
        return Today(*counted, due)


def gathered(memory: Memory, cards: Collection[str] | None = None, *, days: int = 30) -> Statistics:
    """Return the statistics.

    Args:
        memory: What happened and how cards stand.
        cards: Of these cards only; None for all.
        days: How many study days to look back and ahead.
    """
    chosen = None if cards is None else frozenset(cards)
    today, weights = memory.today(), memory.weights()
    tally = _Tally(today, days, weights)
    for _, answers in groupby(memory.answers(chosen), key=attrgetter("card")):
        tally.add(list(answers))
    states = [state for state in memory.states() if chosen is None or state.card in chosen]
    hidden = memory.suspended() | memory.buried()
    forecast, backlog = _forecast(states, today, days, memory.suspended(), hidden)
    return Statistics(
        days=days,
        reviews=tally.reviews,
        known=len(states),
        today=tally.of_today(due=forecast[0]),
        calendar=tuple(tally.calendar),
        forecast=tuple(forecast),
        backlog=backlog,
        retention=Retention(*tally.retention),
        buttons={group: _four(counts) for group, counts in tally.buttons.items()},
        milliseconds=tally.milliseconds,
        hours=tuple(Hour(*hour) for hour in tally.hours),
        **_histograms(states, today, weights),
        hardest=_hardest(states),
        calibration=calibration(tally.predictions),
    )


def _four(counts: Sequence[int]) -> tuple[int, int, int, int]:
    again, hard, good, easy = counts
    return again, hard, good, easy


def _forecast(
    states: Iterable[CardState],
    today: int,
    days: int,
    suspended: Collection[str],
    hidden: Collection[str],
) -> tuple[list[int], int]:
    """Return how many cards are due on each day, and how many of today's are overdue.

    What is buried today comes back tomorrow; what is suspended never does.
    """
    forecast, backlog = [0] * days, 0
    for state in states:
        if state.card in suspended:
            continue
        due = today if state.due_day is None else state.due_day
        ahead = max(due - today, 1 if state.card in hidden else 0)
        backlog += due < today and not ahead
        if ahead < days:
            forecast[ahead] += 1
    return forecast, backlog


def _histograms(
    states: Sequence[CardState], today: int, weights: tuple[float, ...]
) -> dict[str, tuple[Bar, ...]]:
    curve = Curve.of(weights)
    recall = [curve.retrievability(today - state.last_day, state.stability) for state in states]
    return {
        "intervals": histogram([state.interval_days for state in states], _DAYS),
        "stability": histogram([state.stability for state in states], _DAYS),
        "difficulty": histogram([state.difficulty for state in states], _DIFFICULTIES),
        "retrievability": histogram(recall, _TENTHS),
    }


def histogram(values: Iterable[float], edges: Sequence[float]) -> tuple[Bar, ...]:
    """Count values between edges; one that is outside of all of them is counted nowhere."""
    from bisect import bisect_right

    counts = [0] * (len(edges) - 1)
    for value in values:
        place = bisect_right(edges, value) - 1
        if 0 <= place < len(counts):
            counts[place] += 1
    pairs = zip(pairwise(edges), counts, strict=True)
    return tuple(Bar(least, most, number) for (least, most), number in pairs)


def _hardest(states: Iterable[CardState]) -> tuple[Hard, ...]:
    hard = (Hard(state.card, state.difficulty, state.lapses) for state in states if state.lapses)
    return tuple(sorted(hard, key=lambda each: (-each.lapses, -each.difficulty, each.card)))[
        :_HARDEST
    ]


def calibration(predictions: Iterable[tuple[float, bool]]) -> Calibration:
    """Compare predicted chances of recall with what was recalled.

    Args:
        predictions: Of each review, the chance that was predicted, and whether it was recalled.
    """
    sums = [[0.0, 0, 0] for _ in range(_POINTS)]
    loss, count = 0.0, 0
    for chance, recalled in predictions:
        bounded = min(max(chance, _LEAST), 1 - _LEAST)
        loss -= math.log(bounded if recalled else 1 - bounded)
        count += 1
        point = sums[min(int(chance * _POINTS), _POINTS - 1)]
        point[0] += chance
        point[1] += recalled
        point[2] += 1
    if not count:
        return Calibration((), 0, None, None)
    points = tuple(Point(total / n, hits / n, int(n)) for total, hits, n in sums if n)
    squares = sum(point.number * (point.predicted - point.observed) ** 2 for point in points)
    return Calibration(points, count, loss / count, math.sqrt(squares / count))
