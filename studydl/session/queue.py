"""Which card comes next: learning cards whose time has come, then reviews, then new cards."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studydl.memory import Memory

__all__ = ["Queue"]


class Queue:
    """The cards of one sitting, in the order in which they are to be answered.

    Reviews and new cards are listed once, at the start; learning cards come back within minutes
    and are asked for anew each time.
    """

    def __init__(self, memory: Memory, ids: Iterable[str], *, new_limit: int | None) -> None:
        """List what is to be answered.

        Args:
            memory: Knows what is due.
            ids: The cards of this sitting, in the order in which new ones are to be met.
            new_limit: How many new cards a day may bring; None for all of them.
        """
        self._memory = memory
        ordered = list(ids)
        self._scope = frozenset(ordered)
        self._reviews = deque(id_ for id_ in memory.reviews_due() if id_ in self._scope)
        known = memory.known()
        unseen = [id_ for id_ in ordered if id_ not in known]
        left = len(unseen) if new_limit is None else max(new_limit - memory.new_today(), 0)
        self._new = deque(unseen[:left])

    def next(self) -> str | None:
        """Return the card that comes next, without taking it; None when the sitting is over."""
        if learning := self._learning(self._memory.learning_due()):
            return learning[0]
        if self._reviews:
            return self._reviews[0]
        if self._new:
            return self._new[0]
        ahead = self._learning(self._memory.learning_ahead())
        return ahead[0] if ahead else None

    def take(self, id_: str) -> None:
        """Take a card that was answered off the list."""
        for waiting in (self._reviews, self._new):
            if waiting and waiting[0] == id_:
                waiting.popleft()

    def put_back(self, id_: str) -> None:
        """Put a card whose answer was undone at the front, where it was."""
        if self._memory.state(id_) is None:
            self._new.appendleft(id_)
        else:
            self._reviews.appendleft(id_)

    def __len__(self) -> int:
        """Return how many answers are left, learning cards counted once."""
        learning = {*self._memory.learning_due(), *self._memory.learning_ahead()}
        return len(self._learning(learning)) + len(self._reviews) + len(self._new)

    def _learning(self, ids: Iterable[str]) -> list[str]:
        return [id_ for id_ in ids if id_ in self._scope]
