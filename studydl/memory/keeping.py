"""Keeping the log: read whole, carried elsewhere, taken in, folded anew, checked."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.memory.events import Deed, Merged
from studydl.memory.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studydl.memory.events import Event, Review
    from studydl.memory.model import Difference, Optimised

__all__ = ["Keeping"]

_ENOUGH = 400
"""So many reviews since the last attempt are worth another."""

_MANY = 1000
"""From so many cards on, folding the whole log is faster than folding theirs one by one."""


class Keeping(Opened):
    """The log as a whole."""

    def reviews(self) -> Iterator[Review]:
        """Go through all reviews, oldest first; undone ones are marked."""
        return iter(self._log)

    def events(self) -> Iterator[Event]:
        """Go through the whole log, oldest first, after the parameters that reviews name.

        Everything is given as it happened: whether it still counts is for the undos to say.
        """
        return self._log.events()

    def lines(self) -> Iterator[str]:
        """Go through ``events()`` as lines of JSON without line ends, several times as fast."""
        return self._log.lines()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Change the log inside as one: all of it is on disk when it ends, or nothing is."""
        try:
            with self._database.transaction():
                yield
        finally:
            self._choose_weights_anew()

    def reread_weights(self) -> None:
        """Schedule from now on by the weights that the log holds last, whoever fitted them."""
        self._choose_weights_anew()

    def merge(self, events: Iterable[Event]) -> Merged:
        """Take in another log's events, all or none: those that are not here are added.

        The order in which events and logs arrive does not matter, nor how often.

        Raises:
            StudyError: They contradict this log, or name what is in neither.
        """
        from studydl.memory.merging import merge

        with self._database.transaction():
            arrived = merge(self._database, self._log, events)
            if arrived.marks:
                self._refold_marks()
            self._choose_weights_anew()
            if arrived.everything or len(arrived.cards) > _MANY:
                self._refold_all(is_committed=False)
            else:
                for card in sorted(arrived.cards):
                    self._refold(card)
        return Merged(arrived.added, arrived.known)

    def rebuild(self) -> None:
        """Fold the whole log anew and store what follows from it."""
        with self._database.transaction():
            self._refold_all()
            self._refold_marks()

    def differences(self) -> list[Difference]:
        """Return where what is stored differs from a replay of the log; there should be none."""
        from studydl.memory.replay import differences

        with self._database.snapshot():
            return differences(self._log, self._states, self._marks, self._schedulers)

    def optimise(self) -> Optimised:
        """Fit the weights to the log, and schedule by them from now on if they predict better.

        Whether they do is measured on reviews that the fit has not seen. Cards that are known stay
        due when they were, until their next review or a ``reschedule``.

        Raises:
            StudyError: There are too few reviews to learn from.
        """
        from studydl.memory.optimising import optimise

        now, weights = self._now(), self._schedulers.current.schedule.weights
        with self._database.snapshot():
            found = optimise(self._log, weights)
        with self._database.transaction():
            self._log.add_act(Deed.OPTIMISE, found.content(), now)
        self._choose_weights_anew()
        return found.result

    def optimise_if_due(self) -> Optimised | None:
        """Optimise if there are enough new reviews, once a day at most; None if it is not due.

        To be called when the first session of a day has ended.
        """
        attempts = self._log.acts(Deed.OPTIMISE)
        last = attempts[-1] if attempts else None
        if last is not None and last.day >= self._now().day:
            return None
        if self._log.reviews_since(last.id if last else "") < _ENOUGH:
            return None
        try:
            return self.optimise()
        except StudyError:
            # Enough reviews, but most of them within one day: the next ones will do.
            return None

    def integrity(self) -> list[str]:
        """Return what is wrong with the file; an empty list if nothing is."""
        return self._database.integrity()
