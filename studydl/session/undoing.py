"""Taking back what was done last, and doing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.memory import Deed, Grade, Review
from studydl.session.queue import Queue
from studydl.session.table import Table

if TYPE_CHECKING:
    from studydl.session.report import Graded

__all__ = ["Undoing"]

_HIDING = (Deed.SUSPEND, Deed.BURY)


class Undoing(Table):
    """Undo and redo, over everything that the log holds; while cramming, over this sitting."""

    _taken_back: tuple[Graded, ...] = ()
    """Answers of this sitting that were taken back and can be given again, the last one last."""

    def undo(self) -> str | None:
        """Take back the last answer, or what was last done to a card, of this sitting or before.

        Its card is shown again. While cramming, only answers of this sitting are taken back.

        Returns:
            The id of the card, or None if there is nothing to undo.
        """
        if self.is_cram:
            if not self.report.answered:
                return None
            return self._back_on_the_table(self._take_back().card)
        done = self._memory.undo()
        if done is not None and done.id in self._together.values():
            done = self._memory.undo()
        if not isinstance(done, Review):
            marked = next(iter(done.cards), None) if done else None
            hidden = done is not None and done.deed in _HIDING
            return self._back_on_the_table(marked) if marked and hidden else marked
        if self.report.answered and self.report.answered[-1].card == done.card:
            self._take_back()
        return self._back_on_the_table(done.card)

    def redo(self) -> str | None:
        """Do again what was undone last, if nothing new was done since.

        Returns:
            The id of the card, or None if there is nothing to redo.
        """
        if self.is_cram:
            return self._give_again().card if self._taken_back else None
        done = self._memory.redo()
        if done is not None and done.id in self._together:
            done = self._memory.redo()
        if isinstance(done, Review):
            return self._review_again(done)
        if done is None or not done.cards:
            return None
        (id_, *_) = done.cards
        if done.deed in _HIDING:
            self._queue.drop(id_)
            if self.shown is None or self.shown.card.id in done.cards:
                self._show_next()
        return id_

    def _take_back(self) -> Graded:
        graded = self.report.answered.pop()
        self._taken_back = (*self._taken_back, graded)
        return graded

    def _give_again(self) -> Graded:
        *others, graded = self._taken_back
        self._taken_back = tuple(others)
        self.report.answered.append(graded)
        if not isinstance(self._queue, Queue):
            self._queue.take(graded.card, known=graded.grade is not Grade.AGAIN)
            self._show_next()
        return graded

    def _review_again(self, review: Review) -> str:
        """Count a review of this sitting again; one of an earlier sitting is not reported here."""
        last = self._taken_back[-1] if self._taken_back else None
        if last is not None and (last.card, last.grade) == (review.card, review.grade):
            self._give_again()
        if isinstance(self._queue, Queue):
            self._queue.take(review.card)
        self._show_next()
        return review.card

    def _back_on_the_table(self, id_: str) -> str:
        try:
            self._library.card(id_)
        except StudyError:
            # Its deck has gone since. The answer is taken back, but there is no card to show.
            return id_
        self.leech = self.notice = None
        hidden = self._memory.suspended() | self._memory.buried()
        if id_ in hidden:
            # What was taken back is not all that hides it. Nor is a hidden card kept in sight.
            if self.shown is not None and self.shown.card.id in hidden:
                self._show_next()
            return id_
        self._queue.put_back(id_)
        self._show(id_)
        return id_
