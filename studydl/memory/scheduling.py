"""FSRS-6 by py-fsrs, told in study days: what one grade makes of a card.

The library's own fuzz is off: it leaves its band and draws from the global generator. It counts
elapsed time in full days between two moments, so it is handed midnights of study days: two
reviews in one study day are zero days apart, whatever the hour.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from studydl.errors import StudyError
from studydl.memory.forgetting import Curve
from studydl.memory.fuzz import draw, fuzzed
from studydl.memory.model import CardState, Grade, Interval, Phase

if TYPE_CHECKING:
    from collections.abc import Callable

    import fsrs

    from studydl.memory.settings import Schedule

__all__ = ["Outcome", "Scheduler", "Schedulers"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Outcome(NamedTuple):
    """What a grade makes of a card."""

    phase: Phase
    step: int | None
    stability: float
    difficulty: float
    interval: Interval


class Scheduler:
    """One set of parameters at work.

    Attributes:
        schedule: The parameters with their weights written out.
        content: The same as canonical JSON, as the log keeps it.
        parameters: Their id.
        weights: The 21 numbers of FSRS-6.
        curve: How a memory fades under the weights.
        name: The library's name and version, as each review keeps it.
    """

    def __init__(self, schedule: Schedule) -> None:
        # Some 30 ms of imports that nothing needs before the first interval.
        from importlib.metadata import version

        import fsrs
        from fsrs.scheduler import DEFAULT_PARAMETERS

        weights = schedule.weights or tuple(DEFAULT_PARAMETERS)
        self.schedule = replace(schedule, weights=weights)
        self.content = self.schedule.content()
        self.parameters = self.schedule.identity()
        self.weights = weights
        self.curve = Curve.of(weights)
        self.name = f"fsrs-{version('fsrs')}"
        self._card, self._rating = fsrs.Card, fsrs.Rating
        self._phases = {
            Phase.LEARNING: fsrs.State.Learning,
            Phase.REVIEW: fsrs.State.Review,
            Phase.RELEARNING: fsrs.State.Relearning,
        }
        self._names = {state: phase for phase, state in self._phases.items()}
        try:
            self._fsrs = fsrs.Scheduler(
                parameters=weights,
                desired_retention=schedule.desired_retention,
                learning_steps=[timedelta(seconds=step) for step in schedule.learning_steps],
                relearning_steps=[timedelta(seconds=step) for step in schedule.relearning_steps],
                maximum_interval=schedule.maximum_interval,
                enable_fuzzing=False,
            )
        except ValueError as error:
            told = " ".join(str(error).split())
            raise StudyError(f"FSRS refuses these weights: {told}", where="settings") from error

    def outcome(self, card: str, before: CardState | None, grade: Grade, day: int) -> Outcome:
        """Return what ``grade`` on study day ``day`` makes of a card.

        A day before the last review, from a clock that was set back, counts as that review's own.

        Args:
            card: The card's id, which seeds the fuzz.
            before: The card's state, or None if it was never reviewed.
            grade: The grade.
            day: The study day.
        """
        at = _EPOCH + timedelta(days=day if before is None else max(day, before.last_day))
        after, _ = self._fsrs.review_card(self._library_card(before), self._rating(grade), at)
        phase = self._names[after.state]
        interval = after.due - at
        if phase is Phase.REVIEW:
            days = self._fuzzed(card, before, interval.days)
            told = Interval(days=days)
        else:
            told = Interval(seconds=round(interval.total_seconds()))
        # The library leaves both unset on a card without reviews only.
        stability, difficulty = cast("float", after.stability), cast("float", after.difficulty)
        return Outcome(phase, after.step, stability, difficulty, told)

    def steps(self, phase: Phase) -> tuple[int, ...]:
        """Return the seconds of the steps of learning or relearning."""
        if phase is Phase.RELEARNING:
            return self.schedule.relearning_steps
        return self.schedule.learning_steps

    def rescheduled(self, card: str, stability: float, repetitions: int) -> int:
        """Return the days after its last review on which a card is due under these parameters."""
        schedule = self.schedule
        days = self.curve.interval(stability, schedule.desired_retention, schedule.maximum_interval)
        return fuzzed(days, draw(card, repetitions - 1), maximum=schedule.maximum_interval)

    def _fuzzed(self, card: str, before: CardState | None, days: int) -> int:
        repetition = before.repetitions if before else 0
        return fuzzed(
            days,
            draw(card, repetition),
            maximum=self.schedule.maximum_interval,
            previous=before.interval_days if before else 0,
        )

    def _library_card(self, state: CardState | None) -> fsrs.Card:
        # An explicit id and due date: without them the library reads the clock and sleeps.
        if state is None:
            return self._card(card_id=0, due=_EPOCH)
        return self._card(
            card_id=0,
            state=self._phases[state.phase],
            step=state.step,
            stability=state.stability,
            difficulty=state.difficulty,
            due=_EPOCH,
            last_review=_EPOCH + timedelta(days=state.last_day),
        )


class Schedulers:
    """The schedulers of all parameters met so far, and the one that schedules from now on."""

    def __init__(self, schedule: Schedule, load: Callable[[str], Schedule]) -> None:
        """Keep today's schedule, and the function that finds an older one by its id."""
        self._schedule = schedule
        self._load = load
        self._current: Scheduler | None = None
        self._known: dict[str, Scheduler] = {}

    @property
    def current(self) -> Scheduler:
        """The scheduler of new reviews, made when it is first needed."""
        if self._current is None:
            self._current = Scheduler(self._schedule)
            self._known[self._current.parameters] = self._current
        return self._current

    def of(self, parameters: str) -> Scheduler:
        """Return the scheduler of the parameters that go by this id."""
        known = self._known.get(parameters)
        if known is None:
            known = self._known[parameters] = Scheduler(self._load(parameters))
        return known
