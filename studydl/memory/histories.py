"""Whole histories folded at once: the same states as review by review, for many cards quickly."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from studydl.memory.fuzz import band, draw, fuzzed
from studydl.memory.model import CardState, Phase
from studydl.memory.recurrence import Recurrence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studydl.memory.scheduling import Scheduler, Schedulers

__all__ = ["Histories", "Row", "coded"]

Row = tuple[str, int, int, str]
"""Of a review: card, study day and grade as ``coded``, moment, parameters."""

# A review in one integer, a small one under the first parameters: a million are held at once.
_DAY_BITS, _GRADE_BITS = 32, 2
_DAY_MASK, _GRADE_MASK = (1 << _DAY_BITS) - 1, (1 << _GRADE_BITS) - 1
_CODES = 1 << _DAY_BITS + _GRADE_BITS


def coded(day: int, grade: int) -> int:
    """Return a study day and a grade as one number, as the statement ``rows`` gives them."""
    return (day & _DAY_MASK) << _GRADE_BITS | (grade - 1)


def _days(codes: Iterable[int]) -> list[int]:
    days = [code >> _GRADE_BITS & _DAY_MASK for code in codes]
    if max(days) > _DAY_MASK >> 1:
        # A clock stood before 1970.
        days = [day - (_DAY_MASK + 1) if day > _DAY_MASK >> 1 else day for day in days]
    return days


class _Numbers(dict[str, int]):
    """A number for each parameters, in the bits above study day and grade."""

    def __missing__(self, parameters: str) -> int:
        self[parameters] = number = len(self) * _CODES
        return number


class Histories:
    """The reviews of all cards, gathered to be folded."""

    def __init__(self, schedulers: Schedulers) -> None:
        """Begin without reviews; ``schedulers`` knows all parameters."""
        self._schedulers = schedulers
        self._codes: defaultdict[str, list[int]] = defaultdict(list)
        self._last_at: dict[str, int] = {}
        self._reschedulings: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._parameters = _Numbers()
        self._recurrences: dict[Scheduler, Recurrence] = {}

    def gather(self, rows: Iterable[Row]) -> None:
        """Take in the next reviews that count, oldest first."""
        codes, last_at, numbers = self._codes, self._last_at, self._parameters
        for card, code, at, parameters in rows:
            codes[card].append(numbers[parameters] | code)
            last_at[card] = at

    def reschedule(self, parameters: str) -> None:
        """Put all cards that were met so far under other parameters."""
        for card, codes in self._codes.items():
            self._reschedulings[card].append((len(codes), parameters))

    def states(self) -> Iterator[CardState]:
        """Go through all cards' states, in the order of the cards' ids."""
        known = [self._schedulers.of(parameters) for parameters in self._parameters]
        return (self._state(card, self._codes[card], known) for card in sorted(self._codes))

    def _state(self, card: str, codes: list[int], known: Sequence[Scheduler]) -> CardState:
        days, first = _days(codes), known[codes[0] // _CODES]
        told = _Told(
            card=card,
            grades=[code & _GRADE_MASK for code in codes],
            gaps=[0, *[later - day if later > day else 0 for day, later in pairwise(days)]],
            schedulers=[first] * len(codes)
            if max(codes) < _CODES
            else [known[code // _CODES] for code in codes],
            reschedulings=[
                (at, self._schedulers.of(each)) for at, each in self._reschedulings.get(card, ())
            ],
            recurrences=self._recurrences,
        )
        told.walk()
        return told.state(days[0], days[-1], self._last_at[card])


@dataclass(slots=True)
class _Told:
    """One card's history, told by FSRS: phases for all reviews, intervals for those asked for.

    Attributes:
        card: The card's id, which seeds the fuzz.
        grades: The grades, each less 1.
        gaps: The study days before each review.
        schedulers: The scheduler of each review.
        reschedulings: After how many reviews the card was put under which scheduler.
        recurrences: The recurrences of the schedulers met so far.
        phases: The phase and step after each review.
        lapses: How often the card was forgotten in its review phase.
        memories: Stabilities and difficulties after each review, by scheduler.
    """

    card: str
    grades: list[int]
    gaps: list[int]
    schedulers: list[Scheduler]
    reschedulings: list[tuple[int, Scheduler]]
    recurrences: dict[Scheduler, Recurrence]
    phases: list[tuple[Phase, int | None]] = field(default_factory=list)
    lapses: int = 0
    memories: dict[Scheduler, tuple[list[float], list[float]]] = field(default_factory=dict)

    def walk(self) -> None:
        """Go through the phases, which follow from the grades and the steps."""
        phase, step, lapses = Phase.LEARNING, 0, 0
        reviewing, phases = Phase.REVIEW, self.phases
        known = (reviewing, None)
        for grade, scheduler in zip(self.grades, self.schedulers, strict=True):
            if phase is reviewing:
                if grade == 0:
                    lapses += 1
                    if scheduler.schedule.relearning_steps:
                        phase, step = Phase.RELEARNING, 0
            else:
                count = len(scheduler.steps(phase))
                if count == 0 or (grade and (step >= count or grade == 3)):
                    phase = reviewing
                elif grade == 0:
                    step = 0
                elif grade == 2:
                    step += 1
                    phase = reviewing if step == count else phase
            phases.append(known if phase is reviewing else (phase, step))
        self.lapses = lapses

    def memory(self, scheduler: Scheduler, place: int) -> tuple[float, float]:
        """Return stability and difficulty after a review, by a scheduler's weights."""
        found = self.memories.get(scheduler)
        if found is None:
            recurrence = self.recurrences.get(scheduler)
            if recurrence is None:
                recurrence = self.recurrences[scheduler] = Recurrence(scheduler.weights)
            found = self.memories[scheduler] = recurrence.run(self.grades, self.gaps)
        return found[0][place], found[1][place]

    def interval(self, place: int) -> int:
        """Return the days that a review gave; 0 if it led to a learning step."""
        if self.phases[place][0] is not Phase.REVIEW:
            return 0
        scheduler = self.schedulers[place]
        days, maximum = self._days(scheduler, place), scheduler.schedule.maximum_interval
        previous = 0
        if place and self._previous_matters(days, maximum, place):
            previous = self._standing(place)
        return fuzzed(days, draw(self.card, place), maximum=maximum, previous=previous)

    def _previous_matters(self, days: int, maximum: int, place: int) -> bool:
        """Return whether the interval before may lift the band, without drawing it."""
        if self.phases[place - 1][0] is not Phase.REVIEW:
            return False
        if any(at == place for at, _ in self.reschedulings):
            return True
        before = self.schedulers[place - 1]
        _, longest = band(self._days(before, place - 1), maximum=before.schedule.maximum_interval)
        return longest >= band(days, maximum=maximum)[0]

    def _standing(self, place: int) -> int:
        """Return the interval that stood when a review came: the last given, or rescheduled to."""
        for at, scheduler in reversed(self.reschedulings):
            if at == place:
                return self._rescheduled(scheduler, place)
        return self.interval(place - 1)

    def _rescheduled(self, scheduler: Scheduler, place: int) -> int:
        """Return the interval to which the card was put after so many reviews."""
        if self.phases[place - 1][0] is not Phase.REVIEW:
            return 0
        stability, _ = self.memory(scheduler, place - 1)
        return scheduler.rescheduled(self.card, stability, place)

    def _days(self, scheduler: Scheduler, place: int) -> int:
        """Return the interval before fuzz."""
        schedule = scheduler.schedule
        return scheduler.curve.interval(
            self.memory(scheduler, place)[0], schedule.desired_retention, schedule.maximum_interval
        )

    def state(self, first_day: int, last_day: int, last_at: int) -> CardState:
        """Return the state after the last review and all reschedulings."""
        count = len(self.grades)
        phase, step = self.phases[-1]
        last = self.schedulers[-1]
        days = self.interval(count - 1)
        told = last
        if self.reschedulings and self.reschedulings[-1][0] == count:
            told = self.reschedulings[-1][1]
            days = self._rescheduled(told, count)
        stability, difficulty = self.memory(told, count - 1)
        reviewing = phase is Phase.REVIEW
        return CardState(
            card=self.card,
            phase=phase,
            step=step,
            stability=stability,
            difficulty=difficulty,
            due_at=None if step is None else last_at + self._wait(last, step) * 1000,
            due_day=last_day + days if reviewing else None,
            interval_days=days,
            first_day=first_day,
            last_day=last_day,
            last_at=last_at,
            repetitions=count,
            lapses=self.lapses,
            parameters=told.parameters,
        )

    def _wait(self, scheduler: Scheduler, step: int) -> int:
        """Return the seconds of the learning step that the last review gave."""
        steps = scheduler.steps(self.phases[-1][0])
        if self.grades[-1] != 1 or step > 0:
            return steps[step]
        return round(steps[0] * 1.5 if len(steps) == 1 else (steps[0] + steps[1]) / 2.0)
