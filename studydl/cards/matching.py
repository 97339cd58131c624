"""Regular expressions looked for in many texts, within a time.

One that goes astray, as ``(a|a)*$`` may, would otherwise hold up the application: Python's own
have no limit.
"""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Matcher", "TooSlowError"]

_LIMIT_S = 2.0
"""For all texts of one search together; what does not go astray takes a fraction of it."""


class TooSlowError(StudyError):
    """A search whose regular expression takes too long; what it found so far is not told."""


class Matcher:
    """Says whether patterns are found in texts, all calls of one search within a limit."""

    def __init__(
        self, limit_s: float = _LIMIT_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Allow so much time.

        Args:
            limit_s: Seconds for each search.
            clock: What tells the time.
        """
        self._limit_s, self._clock = limit_s, clock
        self._end: float | None = None
        self._is_late = False
        self._compiled = cache(_compiled)

    def begin(self) -> None:
        """Begin another search."""
        self._end, self._is_late = None, False
        self._compiled.cache_clear()

    def require_in_time(self) -> None:
        """Make sure that the search looked everywhere.

        Raises:
            TooSlowError: It did not.
        """
        if self._is_late:
            raise TooSlowError(
                "this pattern takes too long",
                where="search",
                hint="repeat nothing within a repetition, as in `(a+)+`, or look for plain words",
            )

    def __call__(self, pattern: str, text: str) -> bool:
        """Return whether a pattern is found; False, and late from then on, if time is over."""
        compiled = self._compiled(pattern)
        if self._end is None:
            self._end = self._clock() + self._limit_s
        left = self._end - self._clock()
        if self._is_late or left <= 0:
            self._is_late = True
            return False
        try:
            return compiled.search(text, timeout=left) is not None
        except (TimeoutError, MemoryError, RecursionError):
            self._is_late = True
            return False


def _compiled(pattern: str) -> Any:
    # Loaded by the first search that needs it.
    import regex

    return regex.compile(pattern, regex.IGNORECASE)
