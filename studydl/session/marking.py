"""What the learner decides about the card on the table: suspended, buried, flagged, tagged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.session.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.memory import Act
    from studydl.memory.tags import TagChange

__all__ = ["Marking"]


class Marking(Table):
    """Marks cards; memory keeps the marks."""

    def suspend(self) -> str:
        """Show the card on the table no more; return its id."""
        return self._put_away(self._memory.suspend)

    def bury(self) -> str:
        """Show the card on the table no more today; return its id."""
        return self._put_away(self._memory.bury)

    @property
    def flag_reason(self) -> str | None:
        """Why the card on the table is flagged; None if it is not."""
        return self._memory.marks(self.on_the_table().card.id).flag

    def flag(self, reason: str) -> None:
        """Note that the card on the table is to be mended, and why."""
        self._memory.flag(self.on_the_table().card.id, reason)

    def unflag(self) -> None:
        """Take the flag of the card on the table away."""
        self._memory.unflag(self.on_the_table().card.id)

    @property
    def tags(self) -> tuple[str, ...]:
        """The learner's own tags of the card on the table."""
        return self._memory.marks(self.on_the_table().card.id).tags

    def retag(self, change: TagChange) -> bool:
        """Give the card on the table tags, and take some; return whether that changed anything."""
        acts = self._memory.retag([self.on_the_table().card.id], change)
        if len(acts) > 1:
            first, second = acts
            self._together[first.id] = second.id
        return bool(acts)

    def _put_away(self, mark: Callable[[list[str]], Act | None]) -> str:
        id_ = self.on_the_table().card.id
        mark([id_])
        self._queue.drop(id_)
        self._show_next()
        return id_
