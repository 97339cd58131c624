"""The history of our cards as rows of Anki's tables, so that Anki goes on where studydl stands."""

from __future__ import annotations

import json
from functools import partial
from itertools import count, islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from studydl.interchange.notes import card_of
from studydl.memory import Calendar, CardState, ParameterSet, Phase, Schedule
from studydl.memory.fold import advance, told_by
from studydl.memory.scheduling import Schedulers

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from studydl.memory import Memory, Review

__all__ = ["Past", "pasts_of", "write_pasts"]

_DAY_S = 86_400
_AGE_DAYS = 1000
"""The age of the collection; Anki counts the days on which cards are due from its beginning."""
_EASE = 2500
"""What Anki's older scheduler goes on with."""
_NEW, _LEARNING, _REVIEW, _RELEARNING = range(4)
_SUSPENDED = -1
_TYPES = {Phase.LEARNING: _LEARNING, Phase.REVIEW: _REVIEW, Phase.RELEARNING: _RELEARNING}

_NOTES = "SELECT cards.id, notes.guid FROM cards JOIN notes ON notes.id = cards.nid"
_CARD = """
    UPDATE cards SET type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?, lapses = ?,
        "left" = ?, data = ? WHERE id = ?
"""
_REVLOG = "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)"


class Answer(NamedTuple):
    """One review: in which phase it was given, and the intervals around it in Anki's count."""

    at_ms: int
    grade: int
    interval: int
    last_interval: int
    difficulty: float
    duration_ms: int
    phase: Phase | None


class Past(NamedTuple):
    """What a card has behind it.

    Attributes:
        answers: The reviews that count, oldest first.
        state: Where it stands; None if it was never reviewed.
        schedule: By what it is scheduled; None if it was never reviewed.
        suspended: Whether it is not to be shown.
    """

    answers: tuple[Answer, ...]
    state: CardState | None
    schedule: Schedule | None
    suspended: bool


def pasts_of(memory: Memory, cards: Collection[str]) -> dict[str, Past]:
    """Return what memory knows of some cards; those that it knows nothing of are left out."""
    told = takewhile(lambda event: isinstance(event, ParameterSet), memory.events())
    contents = {each.id: each.content for each in told if isinstance(each, ParameterSet)}
    schedulers = Schedulers(Schedule(), lambda id_: Schedule.from_content(contents[id_]))
    reviews: dict[str, list[Review]] = {}
    for review in memory.reviews():
        if not review.undone and review.card in cards:
            reviews.setdefault(review.card, []).append(review)
    suspended = memory.suspended()
    pasts = {}
    for card in reviews.keys() | (suspended & set(cards)):
        state = memory.state(card)
        answers = _answers(reviews.get(card, []), schedulers)
        schedule = None if state is None else schedulers.of(state.parameters).schedule
        pasts[card] = Past(answers, state, schedule, card in suspended)
    return pasts


def _answers(reviews: list[Review], schedulers: Schedulers) -> tuple[Answer, ...]:
    answers, before, last = [], None, 0
    for place, review in enumerate(reviews):
        scheduler = schedulers.of(review.parameters)
        before = told_by(scheduler, before, schedulers, partial(islice, reviews, place))
        phase = before.phase if before else None
        before = advance(before, review, scheduler)
        interval = _interval(before)
        answers.append(
            Answer(
                *(review.reviewed_at, int(review.grade), interval, last),
                *(before.difficulty, review.duration_ms, phase),
            )
        )
        last = interval
    return tuple(answers)


def _interval(state: CardState) -> int:
    """Return the interval as Anki's log has it: days, or seconds as a negative number."""
    if state.due_at is None:
        return state.interval_days
    return -max((state.due_at - state.last_at) // 1000, 1)


def write_pasts(
    cursor: sqlite3.Cursor, pasts: Mapping[str, Past], *, now: datetime, calendar: Calendar
) -> None:
    """Give the cards of a collection that was just written their pasts.

    Args:
        cursor: The collection, with one card a note.
        pasts: By card.
        now: The time.
        calendar: The learner's study days.
    """
    moment = calendar.moment(now)
    start = moment.day * _DAY_S + calendar.rollover_hour * 3600 - moment.utc_offset * 60
    _date(cursor, start - _AGE_DAYS * _DAY_S, moment.utc_offset, calendar.rollover_hour)
    taken: set[int] = set()
    for id_, guid in cursor.execute(_NOTES).fetchall():
        past = pasts.get(card_of(guid) or "")
        if past is None:
            continue
        cursor.execute(_CARD, (*_card(past, moment.day), id_))
        for answer in past.answers:
            # Anki knows an answer by its millisecond alone; logs of two machines may share one.
            at = next(ms for ms in count(answer.at_ms) if ms not in taken)
            taken.add(at)
            cursor.execute(_REVLOG, (at, id_, *_logged(answer)))


def _date(cursor: sqlite3.Cursor, created: int, utc_offset: int, rollover_hour: int) -> None:
    [(conf,)] = cursor.execute("SELECT conf FROM col").fetchall()
    told = {"schedVer": 2, "creationOffset": -utc_offset, "rollover": rollover_hour}
    conf = json.dumps(json.loads(conf) | told)
    cursor.execute("UPDATE col SET crt = ?, conf = ?", (created, conf))


def _card(past: Past, today: int) -> tuple[int | str, ...]:
    state, schedule = past.state, past.schedule
    if state is None or schedule is None or schedule.weights is None:
        return _NEW, _SUSPENDED, 0, 0, 0, 0, 0, 0, ""
    sort = _TYPES[state.phase]
    due, left = _due(state, schedule, today)
    queue = _REVIEW if sort == _REVIEW else _LEARNING
    memory = {
        "s": round(state.stability, 4),
        "d": round(state.difficulty, 3),
        "dr": schedule.desired_retention,
        "decay": round(schedule.weights[20], 4),
        "lrt": state.last_at // 1000,
    }
    return (
        *(sort, _SUSPENDED if past.suspended else queue, due),
        *(0 if sort == _LEARNING else max(state.interval_days, 1), _EASE),
        *(state.repetitions, state.lapses, left, json.dumps(memory, separators=(",", ":"))),
    )


def _due(state: CardState, schedule: Schedule, today: int) -> tuple[int, int]:
    """Return when the card is due in Anki's count, and how many steps are left to learn."""
    if state.due_day is not None:
        return _AGE_DAYS + state.due_day - today, 0
    relearning = state.phase is Phase.RELEARNING
    steps = schedule.relearning_steps if relearning else schedule.learning_steps
    return (state.due_at or 0) // 1000, max(len(steps) - (state.step or 0), 1)


def _logged(answer: Answer) -> tuple[int, ...]:
    # The kinds of answers in Anki's log are learning, review and relearning, from 0.
    sort = 0 if answer.phase is None else _TYPES[answer.phase] - 1
    difficulty = round(((answer.difficulty - 1) / 9 + 0.1) * 1000)
    return (
        *(answer.grade, answer.interval, answer.last_interval),
        *(difficulty, answer.duration_ms, sort),
    )
