"""What there is to study: due, coming, new, and how much of it today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.memory.clock import from_ms
from studydl.memory.events import Deed
from studydl.memory.model import Upcoming
from studydl.memory.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from studydl.memory.events import Review
    from studydl.memory.model import Counts

__all__ = ["Planning"]


class Planning(Opened):
    """What to study. Suspended and buried cards are in no list and in no count."""

    def due(self) -> list[str]:
        """Return learning cards whose time has come, then reviews, the least remembered first."""
        return self.learning_due() + self.reviews_due()

    def learning_due(self, limit: int | None = None) -> list[str]:
        """Return learning cards whose time has come, the longest waiting first.

        Args:
            limit: How many to return at most.
        """
        return self._states.learning_due(self._now(), limit)

    def reviews_due(self, limit: int | None = None) -> list[str]:
        """Return the reviews of this study day and overdue ones, the least remembered first.

        Args:
            limit: How many to return at most.
        """
        return self._states.reviews_due(self._now(), limit, self._log.curves())

    def learning_ahead(self) -> list[str]:
        """Return learning cards that may come early if nothing else is left, soonest first."""
        return self._states.learning_ahead(self._now(), self.settings.learn_ahead_s)

    def next_learning(self) -> datetime | None:
        """Return when the first learning card comes, in UTC; the past if it has come already."""
        moment = self._states.next_learning(self._now())
        return None if moment is None else from_ms(moment)

    def upcoming(self) -> Upcoming | None:
        """Return the next study day after today with reviews, or None if none is planned."""
        today = self._now().day
        found = self._states.next_reviews(today)
        return Upcoming(found[0] - today, found[1]) if found else None

    def known(self) -> set[str]:
        """Return every card with a review that counts, whatever its marks."""
        return set(self._states.known())

    def new_among(self, cards: Iterable[str], limit: int | None = None) -> list[str]:
        """Return those of ``cards`` that are new, in the order given, at most ``limit``."""
        return self._states.new_among(cards, limit, self._now())

    def new_today(self) -> int:
        """Return how many cards had their first review on this study day."""
        return self._states.new_on(self._now().day)

    def new_left(self) -> int:
        """Return how many new cards this study day may still bring."""
        more, _ = self._more_today()
        return max(0, self.settings.new_per_day + more - self.new_today())

    def reviews_left(self) -> int:
        """Return how many more cards met before this study day may still bring back."""
        now = self._now()
        _, more = self._more_today()
        return max(0, self.settings.reviews_per_day + more - self._states.reviewed_on(now.day))

    def _more_today(self) -> tuple[int, int]:
        """Return how many more new cards and reviews were asked for on this study day."""
        asked = [act.told() for act in self._log.acts(Deed.MORE, day=self._now().day)]
        return sum(more["new"] for more in asked), sum(more["reviews"] for more in asked)

    def counts(self, cards: Iterable[str]) -> Counts:
        """Count how the given cards stand: a chapter's, say."""
        return self._states.counts(cards, self._now())

    def counts_by(self, groups: Mapping[str, Iterable[str]]) -> dict[str, Counts]:
        """Count how each of several groups of cards stands, all of them by one question."""
        return self._states.counts_by(groups, self._now())

    def reviewed_today(self) -> list[Review]:
        """Return this study day's reviews that count, oldest first."""
        return self._log.of_day(self._now().day)
