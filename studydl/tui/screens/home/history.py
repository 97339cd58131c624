"""What the log tells the home screen: days with reviews, how much was recalled, how fast."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studydl.memory import Answered, Memory

__all__ = ["STRIP", "History", "Share", "looked_back"]

STRIP = 14
"""So many days are drawn."""

_DAYS = 30
_BREATH = 1000
"""After so many reviews the screen may draw and keys are heard."""


class Share(NamedTuple):
    """How often something was recalled, after a day or more."""

    answers: int
    recalled: int


class History(NamedTuple):
    """What the log tells.

    Attributes:
        days: How many reviews each of the last days had, today last.
        streak: On how many days in a row there was a review, up to today or yesterday.
        recalled: How much was recalled within 30 days, by chapter; by None of all of them.
        milliseconds: The median of the time that an answer took within 30 days; None without any.
    """

    days: tuple[int, ...]
    streak: int
    recalled: Mapping[str | None, Share]
    milliseconds: int | None


class _Tally:
    """What is counted while the log goes by, card by card."""

    def __init__(self, today: int, chapter_of: Mapping[str, str]) -> None:
        self._today, self._chapter_of = today, chapter_of
        self._last: Answered | None = None
        self.days: Counter[int] = Counter()
        self.answers: Counter[str | None] = Counter()
        self.recalled: Counter[str | None] = Counter()
        self.milliseconds: list[int] = []

    def add(self, answer: Answered) -> None:
        """Count a review."""
        last, self._last = self._last, answer
        self.days[answer.day] += 1
        if answer.day <= self._today - _DAYS:
            return
        self.milliseconds.append(answer.duration_ms)
        if last is None or last.card != answer.card or last.day >= answer.day:
            return  # a first meeting, or one more on the same day, says nothing of forgetting
        for chapter in {None, self._chapter_of.get(answer.card)}:
            self.answers[chapter] += 1
            self.recalled[chapter] += answer.grade > 1

    def result(self) -> History:
        """Return what was counted."""
        day = self._today if self.days[self._today] else self._today - 1
        streak = 0
        while self.days[day - streak]:
            streak += 1
        times = sorted(self.milliseconds)
        return History(
            tuple(self.days[self._today - ago] for ago in reversed(range(STRIP))),
            streak,
            {each: Share(asked, self.recalled[each]) for each, asked in self.answers.items()},
            times[len(times) // 2] if times else None,
        )


async def looked_back(memory: Memory, chapters: Mapping[str, Sequence[str]]) -> History:
    """Go once through the log; in between the screen stays alive.

    Args:
        memory: The log.
        chapters: The cards of each chapter.
    """
    tally = _Tally(memory.today(), {id_: name for name, ids in chapters.items() for id_ in ids})
    for place, answer in enumerate(memory.answers()):
        tally.add(answer)
        if place % _BREATH == _BREATH - 1:
            await asyncio.sleep(0)
    return tally.result()
