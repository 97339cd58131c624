"""What the field finds, while it is typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.places import cache_folder
from studydl.search import QueryError, Searcher
from studydl.verification.cache import ReportCache

if TYPE_CHECKING:
    from studydl.tui.desk import Desk
    from studydl.verification.evidence import Report

__all__ = ["Finding"]


class Finding:
    """The cards that a query finds. One that cannot be understood leaves them as they were.

    Attributes:
        ids: The cards found, in the library's order.
        total: How many cards there are.
        fault: What is wrong with the query, if anything is.
    """

    def __init__(self, desk: Desk) -> None:
        """Search in what is on a desk; the first search is made by `look`."""
        self._desk = desk
        self._evidence = ReportCache(cache_folder() / "evidence")
        self._searcher = Searcher(desk.library, desk.memory, self._evidence)
        self.ids: list[str] = []
        self.total = 0
        self.fault: QueryError | None = None

    def look(self, query: str) -> None:
        """Search: a few hundredths of a second among 20,000 cards."""
        self.total = len(self._desk.library.ids())
        try:
            self.ids, self.fault = self._searcher.find(query), None
        except QueryError as fault:
            self.fault = fault

    def report(self, claim: str | None) -> Report | None:
        """Return the last that was measured of a claim, if it was kept."""
        return None if claim is None else self._evidence.last(claim)
