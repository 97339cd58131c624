"""One sitting: shows a card, takes an answer, judges it, records a grade, goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.library import Ties
from studydl.memory import Grade, Interval
from studydl.session.answering import Answering
from studydl.session.marking import Marking
from studydl.session.queue import Limits, Rounds
from studydl.session.report import Graded, Leech
from studydl.session.undoing import Undoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.cards import Card, Library
    from studydl.memory import CardState, Memory, Review
    from studydl.session.shown import Shown

__all__ = ["NotRevealedError", "Session"]


class NotRevealedError(Exception):
    """A grade was given before the answer had been seen."""


class Session(Answering, Marking, Undoing):
    """The state of one sitting, for the application and for plain lines alike.

    A card is shown, revealed (with or without an answer), graded; each grade is on disk before
    the next card is shown.
    """

    def __init__(
        self,
        library: Library,
        memory: Memory,
        ids: Sequence[str] | None = None,
        *,
        new_limit: int | None = None,
        limit: int | None = None,
        cram: bool = False,
    ) -> None:
        """Begin.

        Args:
            library: Where the cards are.
            memory: Where reviews are kept.
            ids: The chosen cards; None for all, with the daily limits.
            new_limit: How many new cards a day may bring, whatever the settings say.
            limit: How many reviews and new cards the sitting may bring together.
            cram: Ask for all of them, due or not, and record nothing.
        """
        limits = _limits(memory, daily=ids is None, new_limit=new_limit)._replace(cards=limit)
        super().__init__(library, memory, ids, limits, cram=cram)

    def intervals(self) -> dict[Grade, Interval]:
        """Return what each grade would give now; nothing is scheduled while cramming."""
        if self.is_cram:
            return {grade: Interval() for grade in Grade}
        return self._memory.intervals(self.on_the_table().card.id)

    def grade(self, grade: Grade) -> Review | None:
        """Record a grade, on disk when it returns, and show the next card.

        What is to be told of it then stands in ``leech`` and ``notice``.

        Returns:
            What was recorded; None while cramming.

        Raises:
            NotRevealedError: If the answer has not been seen.
        """
        shown = self.on_the_table()
        if not self.revealed:
            raise NotRevealedError
        review, milliseconds = None, self.elapsed_ms
        if isinstance(self._queue, Rounds):
            self._queue.take(shown.card.id, known=grade is not Grade.AGAIN)
        else:
            review = self._record(shown, grade, milliseconds)
            self._queue.take(shown.card.id, Ties(shown.card.claim, shown.card.requires))
        self.report.answered.append(Graded(shown.card.id, grade, milliseconds))
        self._taken_back = ()
        self._show_next()
        return review

    def _record(self, shown: Shown, grade: Grade, milliseconds: int) -> Review:
        # Only what was forgotten is asked for its lapses.
        before = self._memory.state(shown.card.id) if grade is Grade.AGAIN else None
        review = self._memory.record(
            shown.card.id,
            grade,
            duration_ms=milliseconds,
            answer=self.answer,
            verdict=None if self.judgement is None else self.judgement.verdict,
            seed=shown.seed,
        )
        self.notice = self._memory.notice()
        self.leech = self._leech(before, shown.card)
        return review

    def _leech(self, before: CardState | None, card: Card) -> Leech | None:
        """Return the card as a leech if its last lapse was one to speak of."""
        after = self._memory.state(card.id)
        if before is None or after is None or after.lapses == before.lapses:
            return None
        if not self._memory.settings.leech_at(after.lapses):
            return None
        return Leech(card.id, after.lapses, card.derivation, card.requires)


def _limits(memory: Memory, *, daily: bool, new_limit: int | None) -> Limits:
    """Return what a day still allows: of all cards what the settings say, of chosen ones all."""
    new, reviews = (memory.new_left(), memory.reviews_left()) if daily else (None, None)
    if new_limit is not None:
        new = max(new_limit - memory.new_today(), 0)
    return Limits(new, reviews)
