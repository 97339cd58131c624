"""What is wrong with a query, and where."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["QueryError", "near"]

_INDENT = "  "


class QueryError(StudyError):
    """A query that cannot be understood: one sentence, and the place under a caret.

    Attributes:
        query: What was typed.
        place: How many characters stand before what is wrong.
    """

    def __init__(self, what: str, query: str, place: int, *, hint: str = "") -> None:
        """Say what is wrong, where, and how to mend it."""
        super().__init__(what, where="search", hint=hint)
        self.query = query
        self.place = place

    def __str__(self) -> str:
        """Return the sentence, then the query with a caret beneath the place."""
        before = _INDENT + self.query[: self.place]
        shown = _readable(_INDENT + self.query)
        return f"{super().__str__()}\n{shown}\n{' ' * _width(before)}^"


def near(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return a hint that names what was probably meant, or else what may be written."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean `{found[0]}`?" if found else otherwise


def _readable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    wide = sum(east_asian_width(each) in "WF" for each in text)
    return len(text) + wide - sum(bool(combining(each)) for each in text)
