"""From reviews to states: each state is a fold over the card's reviews, and over nothing else."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from studydl.memory.model import CardState, Grade, Phase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studydl.memory.events import Review
    from studydl.memory.scheduling import Scheduler, Schedulers

__all__ = ["advance", "fold", "rescheduled", "told_by", "undone_events"]


def advance(before: CardState | None, review: Review, scheduler: Scheduler) -> CardState:
    """Return a card's state after one more review.

    Args:
        before: The state so far, told by the scheduler's weights; None before the first review.
        review: The review.
        scheduler: The scheduler of the review's own parameters.
    """
    outcome = scheduler.outcome(review.card, before, review.grade, review.day)
    reviewing = outcome.phase is Phase.REVIEW
    forgotten = before is not None and before.phase is Phase.REVIEW and review.grade is Grade.AGAIN
    return CardState(
        card=review.card,
        phase=outcome.phase,
        step=outcome.step,
        stability=outcome.stability,
        difficulty=outcome.difficulty,
        due_at=None if reviewing else review.reviewed_at + outcome.interval.seconds * 1000,
        due_day=review.day + outcome.interval.days if reviewing else None,
        interval_days=outcome.interval.days,
        first_day=before.first_day if before else review.day,
        last_day=review.day,
        last_at=review.reviewed_at,
        repetitions=(before.repetitions if before else 0) + 1,
        lapses=(before.lapses if before else 0) + forgotten,
        parameters=review.parameters,
    )


def told_by(
    scheduler: Scheduler,
    state: CardState | None,
    schedulers: Schedulers,
    history: Callable[[], Iterable[Review]],
) -> CardState | None:
    """Return the state with stability and difficulty as the scheduler's weights tell them.

    A memory is told by one set of weights. When the weights change, what a card's earlier reviews
    mean is computed again at its next review; its phase and due day stay as they were given.

    Args:
        scheduler: The scheduler that is to continue from the state.
        state: The state, told by the weights of its last review.
        schedulers: Knows those weights.
        history: Returns the reviews that led to the state.
    """
    if state is None or state.parameters == scheduler.parameters:
        return state
    if schedulers.of(state.parameters).schedule.weights == scheduler.schedule.weights:
        return state
    retold: CardState | None = None
    for review in history():
        retold = advance(retold, review, scheduler)
    if retold is None:
        raise LookupError(f"the state of {state.card} has no reviews behind it")
    return replace(state, stability=retold.stability, difficulty=retold.difficulty)


def rescheduled(
    state: CardState | None,
    scheduler: Scheduler,
    schedulers: Schedulers,
    history: Callable[[], Iterable[Review]],
) -> CardState | None:
    """Return a card's state after it was put under other parameters without a review.

    Its memory is told by their weights, and a review is due when they say. A learning step that is
    under way ends when it was to end.

    Args:
        state: The state so far, or None.
        scheduler: The scheduler of the parameters.
        schedulers: Knows the weights by which the state is told.
        history: Returns the reviews that led to the state.
    """
    told = told_by(scheduler, state, schedulers, history)
    if told is None:
        return None
    if told.phase is not Phase.REVIEW:
        return replace(told, parameters=scheduler.parameters)
    days = scheduler.rescheduled(told.card, told.stability, told.repetitions)
    due = told.last_day + days
    return replace(told, due_day=due, interval_days=days, parameters=scheduler.parameters)


def fold(
    reviews: Sequence[Review],
    schedulers: Schedulers,
    reschedulings: Iterable[tuple[str, str]] = (),
) -> CardState | None:
    """Return the state that follows from one card's reviews, or None if there are none.

    Args:
        reviews: The card's reviews that count, oldest first.
        schedulers: Knows the parameters of each.
        reschedulings: The ids, oldest first, under which all cards were put under other
            parameters, and the parameters' ids.
    """
    state: CardState | None = None
    pending = deque(reschedulings)
    for place, review in enumerate(reviews):
        history = partial(islice, reviews, place)
        while pending and pending[0][0] < review.id:
            state = rescheduled(state, schedulers.of(pending.popleft()[1]), schedulers, history)
        scheduler = schedulers.of(review.parameters)
        state = advance(told_by(scheduler, state, schedulers, history), review, scheduler)
    for _, parameters in pending:
        scheduler = schedulers.of(parameters)
        state = rescheduled(state, scheduler, schedulers, partial(iter, reviews))
    return state


def undone_events(undos: Iterable[tuple[str, str]]) -> set[str]:
    """Return the ids of the events that an undo holds against: reviews, and undos that were redone.

    Args:
        undos: Pairs of an undo's id and the id of what it undoes, which is always the older one.
    """
    undone: set[str] = set()
    for undo, target in sorted(undos, reverse=True):
        if undo not in undone:
            undone.add(target)
    return undone
