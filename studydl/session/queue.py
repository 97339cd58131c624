"""Which card comes next: learning cards whose time has come, then reviews, then new cards.

Cards of one claim are siblings: each gives the other's answer away. Once one of them was answered
today, its new siblings wait behind all other new cards, and so until tomorrow if there are enough
of those. That follows from what was answered; it is no event of its own.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studydl.cards import Library
    from studydl.cards.library import Ties
    from studydl.memory import Memory

__all__ = ["Limits", "Queue", "Rounds"]

_WINDOW = 500
"""So many of the first new cards are looked at for one whose siblings rest."""
_MOST = 2**31


class Limits(NamedTuple):
    """How much a sitting may bring; None is all there is."""

    new: int | None = None
    reviews: int | None = None
    cards: int | None = None
    """Reviews and new cards together."""


class Queue:
    """The cards of one sitting, in the order in which they are to be answered.

    Reviews and new cards are listed once, at the start; learning cards come back within minutes
    and are asked for anew each time. A card that was suspended, buried or answered elsewhere
    meanwhile is passed over when its turn comes.
    """

    def __init__(
        self, memory: Memory, library: Library, ids: Sequence[str] | None, limits: Limits
    ) -> None:
        """List what is to be answered.

        Args:
            memory: Knows what is due.
            library: Knows the order of cards and what ties them to each other.
            ids: The cards of this sitting, in the order in which new ones are to be met; None for
                all of the library.
            limits: How much of it the sitting may bring.
        """
        self._memory = memory
        self._library = library
        self._chosen = None if ids is None else frozenset(ids)
        most = _least(limits.reviews, limits.cards)
        self._reviews = deque(self._listed_reviews(most))
        left = None if limits.cards is None else limits.cards - len(self._reviews)
        most_new = _most_of(_least(limits.new, left))
        self._new = self._listed_new(library.all_ids() if ids is None else ids, most_new)
        self._new_left: int = min(most_new, len(self._new))
        self._ties: dict[str, Ties] = library.ties(islice(self._new, _WINDOW))
        self._answered = self._claims_of_today()

    def next(self) -> str | None:
        """Return the card that comes next, without taking it; None when the sitting is over."""
        return self._learning_now() or self._review() or self._new_card() or self._ahead()

    def take(self, id_: str, ties: Ties | None = None) -> None:
        """Take a card that was answered off the list.

        Args:
            id_: The card.
            ties: What ties it to others, if the caller knows.
        """
        self.drop(id_)
        if ties := ties or self._ties_of(id_):
            self._answered.add(ties.claim)

    def drop(self, id_: str) -> None:
        """Take a card off the list: it is suspended or buried."""
        if self._reviews and self._reviews[0] == id_:
            self._reviews.popleft()
        elif id_ in self._new[:_WINDOW]:
            self._new.remove(id_)
            self._new_left -= 1

    def put_back(self, id_: str) -> None:
        """Put a card whose answer was undone at the front, where it was."""
        state = self._memory.state(id_)
        self._answered = self._claims_of_today()
        if state is None:
            self._new.insert(0, id_)
            self._new_left += 1
        elif state.due_day is not None:
            self._reviews.appendleft(id_)

    def __len__(self) -> int:
        """Return how many answers are left, learning cards counted once."""
        learning = {*self._memory.learning_due(), *self._memory.learning_ahead()}
        return (
            len(self._in_scope(learning)) + len(self._reviews) + min(self._new_left, len(self._new))
        )

    def _listed_reviews(self, most: int | None) -> list[str]:
        if most is not None and most <= 0:
            return []
        if self._chosen is not None or most is None:
            due = self._in_scope(self._memory.reviews_due())
            return due[:most]
        listed = self._memory.reviews_due(most)
        due = self._in_scope(listed)
        # Cards of removed decks are due as well: then there may be others behind them.
        there_are_more = len(due) < len(listed) == most
        return self._in_scope(self._memory.reviews_due())[:most] if there_are_more else due

    def _listed_new(self, ids: Iterable[str], most: int) -> list[str]:
        """Return the first new cards: enough to choose from among siblings."""
        if most <= 0:
            return []
        return self._memory.new_among(ids, max(_WINDOW, most))

    def _learning_now(self) -> str | None:
        """Return the learning card that waits longest; nearly always the first one will do."""
        limit = 1
        while due := self._memory.learning_due(limit):
            if found := self._in_scope(due):
                return found[0]
            if len(due) < limit:
                return None
            limit *= 16
        return None

    def _ahead(self) -> str | None:
        ahead = self._in_scope(self._memory.learning_ahead())
        return ahead[0] if ahead else None

    def _review(self) -> str | None:
        today = self._memory.today()
        while self._reviews:
            state = self._memory.state(self._reviews[0])
            is_due = state is not None and state.due_day is not None and state.due_day <= today
            if is_due and not self._is_hidden(self._reviews[0]):
                return self._reviews[0]
            self._reviews.popleft()
        return None

    def _new_card(self) -> str | None:
        """Return the first new card whose siblings rest, else the first that may come at all."""
        if self._new_left <= 0:
            return None
        siblings: list[str] = []
        waiting: set[str] = set()
        for id_ in self._new[:_WINDOW]:
            ties = self._ties_of(id_)
            if ties is not None and ties.claim is not None and ties.claim in self._answered:
                siblings.append(id_)
                waiting.add(id_)
            elif ties is None or not waiting.isdisjoint(ties.requires):
                waiting.add(id_)
            elif self._may_be_met(id_) and not any(map(self._is_put_off, ties.requires)):
                return id_
            else:
                waiting.add(id_)
        return next((id_ for id_ in siblings if self._may_be_met(id_)), None)

    def _may_be_met(self, id_: str) -> bool:
        """Return whether a card is still new and shown; one that was answered elsewhere is not."""
        if self._memory.state(id_) is not None:
            self._new.remove(id_)
            return False
        return not self._is_hidden(id_)

    def _is_put_off(self, id_: str) -> bool:
        """Return whether a required card is to be met, but not today; a suspended one never is."""
        if self._chosen is not None and id_ not in self._chosen:
            return False
        marks = self._memory.marks(id_)
        buried = marks.buried_day == self._memory.today() and not marks.suspended
        return buried and self._memory.state(id_) is None

    def _is_hidden(self, id_: str) -> bool:
        marks = self._memory.marks(id_)
        return marks.suspended or marks.buried_day == self._memory.today()

    def _ties_of(self, id_: str) -> Ties | None:
        if id_ not in self._ties:
            self._ties.update(self._library.ties([id_]))
        return self._ties.get(id_)

    def _claims_of_today(self) -> set[str | None]:
        reviewed = {review.card for review in self._memory.reviewed_today()}
        return {ties.claim for ties in self._library.ties(reviewed).values()}

    def _in_scope(self, ids: Iterable[str]) -> list[str]:
        scope = self._library.all_ids() if self._chosen is None else self._chosen
        return [id_ for id_ in ids if id_ in scope]


class Rounds:
    """Chosen cards, each until it was known once; what was forgotten comes round again."""

    def __init__(self, memory: Memory, ids: Sequence[str], limits: Limits) -> None:
        """Begin with the cards in their order; suspended and buried ones are left out."""
        hidden = memory.suspended() | memory.buried()
        open_ids = (id_ for id_ in ids if id_ not in hidden)
        self._waiting = deque(islice(open_ids, limits.cards))

    def next(self) -> str | None:
        """Return the card that comes next, without taking it; None when all were known."""
        return self._waiting[0] if self._waiting else None

    def take(self, id_: str, *, known: bool) -> None:
        """Take a card off the list, or put it at the end if it was not known."""
        self.drop(id_)
        if not known:
            self._waiting.append(id_)

    def drop(self, id_: str) -> None:
        """Take a card off the list."""
        if id_ in self._waiting:
            self._waiting.remove(id_)

    def put_back(self, id_: str) -> None:
        """Put a card whose answer was taken back at the front."""
        self.drop(id_)
        self._waiting.appendleft(id_)

    def __len__(self) -> int:
        """Return how many cards are left."""
        return len(self._waiting)


def _least(*limits: int | None) -> int | None:
    given = [limit for limit in limits if limit is not None]
    return min(given) if given else None


def _most_of(limit: int | None) -> int:
    return _MOST if limit is None else max(limit, 0)
