"""The figures of the statistics: gathered beside the event loop, from a connection of their own."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from studydl.statistics import gathered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from studydl.memory import Memory
    from studydl.statistics import Statistics

__all__ = ["PERIODS", "Figures", "gathered_figures"]

PERIODS = (7, 30, 365)
"""Study days of a week, a month and a year."""
_FIRST_DAY = date(1970, 1, 1)


class Figures(NamedTuple):
    """What the log says of three periods that end today."""

    today: date
    week: Statistics
    month: Statistics
    year: Statistics

    @property
    def streak(self) -> int:
        """On how many days in a row something was answered; today may still be without."""
        *past, today = self.year.calendar
        return bool(today) + sum(1 for _ in takewhile(bool, reversed(past)))

    @property
    def longest_streak(self) -> int:
        """The most days in a row of the last year."""
        longest = run = 0
        for count in self.year.calendar:
            run = run + 1 if count else 0
            longest = max(longest, run)
        return longest


def gathered_figures(
    memory: Memory, cards: Collection[str] | None, tell: Callable[[int], None]
) -> Figures:
    """Go through the log, once for each period. Takes a while: not for the event loop.

    Args:
        memory: Whose log is read; itself it is left alone.
        cards: Of these cards only; None for all.
        tell: Is told after each period how many are done.

    Raises:
        StudyError: If the log cannot be read.
    """
    found = []
    with memory.reader() as reader:
        today = _FIRST_DAY + timedelta(days=reader.today())
        for days in PERIODS:
            found.append(gathered(reader, cards, days=days))
            tell(len(found))
    week, month, year = found
    return Figures(today, week, month, year)
