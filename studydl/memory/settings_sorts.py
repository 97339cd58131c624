"""How values stand in the file of settings: numbers, durations, words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["COUNT", "SHARE", "TIME", "TIMES", "Sort", "one_of"]

_DURATION = re.compile(r"(\d{1,6})([smh])")
_UNITS = {"h": 3600, "m": 60, "s": 1}


class Sort(NamedTuple):
    """How a value stands in the file."""

    meaning: str
    read: Callable[[Any], Any]
    """Returns the value; raises ValueError if it is none of this sort."""
    write: Callable[[Any], str]


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ValueError
    return value


def _number(value: Any) -> float:
    if type(value) not in {int, float}:
        raise ValueError
    return float(value)


def _seconds(value: Any) -> int:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError
    return int(found[1]) * _UNITS[found[2]]


def _steps(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise ValueError  # noqa: TRY004 - what a value may be is told by its sort, in one place
    return tuple(map(_seconds, value))


def _duration(seconds: int) -> str:
    unit, size = next((unit, size) for unit, size in _UNITS.items() if seconds % size == 0)
    return f'"{seconds // size}{unit}"'


def _durations(steps: tuple[int, ...]) -> str:
    return f"[{', '.join(map(_duration, steps))}]"


def one_of(*words: str) -> Sort:
    """Return the sort of a word among some."""

    def read(value: Any) -> str:
        if value not in words:
            raise ValueError
        return str(value)

    return Sort(" or ".join(f'"{word}"' for word in words), read, lambda word: f'"{word}"')


COUNT = Sort("a whole number", _whole, str)
SHARE = Sort("a number", _number, repr)
TIME = Sort('a duration like "90s", "10m" or "1h"', _seconds, _duration)
TIMES = Sort('durations like ["1m", "10m"]', _steps, _durations)
