"""Keeping the log: read whole, carried elsewhere, taken in, folded anew, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.memory.events import Merged
from studydl.memory.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studydl.memory.events import Event, Review
    from studydl.memory.model import Difference

__all__ = ["Keeping"]


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
            for card in sorted(arrived.cards):
                self._refold(card)
        return Merged(arrived.added, arrived.known)

    def rebuild(self) -> None:
        """Fold the whole log anew and store what follows from it."""
        from studydl.memory.replay import replay

        with self._database.transaction():
            states, undone = replay(self._log, self._schedulers)
            self._states.replace_all(states.values(), undone)
            self._refold_marks()

    def differences(self) -> list[Difference]:
        """Return where what is stored differs from a replay of the log; there should be none."""
        from studydl.memory.replay import differences

        with self._database.snapshot():
            return differences(self._log, self._states, self._marks, self._schedulers)

    def integrity(self) -> list[str]:
        """Return what is wrong with the file; an empty list if nothing is."""
        return self._database.integrity()
