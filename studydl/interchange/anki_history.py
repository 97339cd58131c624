"""Answers that were given in Anki as events of our log.

The same answer is the same event on every machine and in every import, so that taking in a newer
package adds what is new, and two logs that took in one package merge.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC
from hashlib import blake2b
from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.memory import Calendar, Grade, ParameterSet, Review, Schedule
from studydl.memory.clock import from_ms, to_ms
from studydl.memory.doubles import BY_ANKI, MOVED_MS
from studydl.memory.identity import next_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from studydl.interchange.collection import Answered
    from studydl.memory import Event

__all__ = ["events_of", "unknown_answers"]

_FIRST_MS = 1_150_000_000_000  # June 2006, before the first Anki
_DAY_MS = 86_400_000
_LONGEST_MS = 3_600_000

# Written out, for what the library ships may change and an event never does.
_SCHEDULE = Schedule(
    weights=(
        *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
        *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
    )
)
# Days are counted in UTC: a package does not tell where it was studied, and an event has to be the
# same wherever it is made.
_CALENDAR = Calendar(UTC, rollover_hour=4)


def events_of(answers: Iterable[Answered], *, now: datetime, name: str) -> Iterator[Event]:
    """Yield the parameters that the reviews name, then a review for every answer.

    Args:
        answers: What was answered in Anki.
        now: The time; nothing was answered after tomorrow.
        name: What to call the package in a sentence.

    Raises:
        StudyError: An answer is dated before Anki or after tomorrow, or has no grade of ours.
    """
    yield ParameterSet(_SCHEDULE.identity(), _SCHEDULE.content())
    latest = to_ms(now) + _DAY_MS
    for answer in answers:
        if not _FIRST_MS <= answer.at_ms <= latest or not 1 <= answer.grade <= 4:
            what = f"an answer to {answer.card} has a date or a grade that cannot be"
            raise StudyError(what, where=name, hint="nothing was taken in")
        yield _review(answer)


def unknown_answers(answers: Iterable[Answered], reviews: Iterable[Review]) -> list[Answered]:
    """Return the answers that did not come from our own log, by way of an exported package.

    Args:
        answers: What a package says.
        reviews: The whole log, with what was undone: that is not to come back either.
    """
    ours: dict[tuple[str, int], list[int]] = {}
    for review in reviews:
        ours.setdefault((review.card, int(review.grade)), []).append(review.reviewed_at)
    for moments in ours.values():
        moments.sort()
    return [each for each in answers if not _is_among(each, ours)]


def _is_among(answer: Answered, ours: Mapping[tuple[str, int], list[int]]) -> bool:
    moments = ours.get((answer.card, answer.grade), [])
    place = bisect_right(moments, answer.at_ms)
    return place > 0 and answer.at_ms - moments[place - 1] < MOVED_MS


def _review(answer: Answered) -> Review:
    moment = _CALENDAR.moment(from_ms(answer.at_ms))
    # All that the event says: packages may move answers to one card onto each other's moments.
    told = f"anki {answer.card} {answer.at_ms} {answer.grade} {answer.duration_ms}".encode()
    return Review(
        id=next_id(answer.at_ms, None, lambda size: blake2b(told, digest_size=size).digest()),
        version=1,
        card=answer.card,
        grade=Grade(answer.grade),
        reviewed_at=answer.at_ms,
        utc_offset=0,
        day=moment.day,
        duration_ms=min(max(answer.duration_ms, 0), _LONGEST_MS),
        answer=None,
        verdict=None,
        seed=0,
        scheduler="anki",
        parameters=_SCHEDULE.identity(),
        device=BY_ANKI,
    )
