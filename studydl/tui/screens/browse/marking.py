"""What is done to many cards at once, and taken back in one step each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui.screens.browse import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studydl.language import Text
    from studydl.memory import Act, Memory
    from studydl.memory.tags import TagChange

__all__ = ["Marking"]


class Marking:
    """The marked cards, and the acts on them since the screen was last come to.

    Attributes:
        marked: The cards to which is done what is done next.
    """

    def __init__(self, memory: Memory) -> None:
        """Start with nothing marked and nothing done."""
        self._memory = memory
        self._done: list[int] = []
        self.marked: set[str] = set()

    def toggle(self, id_: str) -> None:
        """Mark a card, or take its mark away."""
        self.marked ^= {id_}

    def toggle_all(self, ids: Iterable[str]) -> None:
        """Mark all of these; if all of them are, take the marks away."""
        everything = set(ids)
        self.marked = (
            self.marked - everything if everything <= self.marked else self.marked | everything
        )

    def forget_acts(self) -> None:
        """Take back nothing of what was done until now: other things were done since."""
        self._done.clear()

    def suspend(self, ids: Sequence[str]) -> Text:
        """Suspend cards; if all of them are, let them be asked again."""
        if self._memory.suspended() >= set(ids):
            return self._told(self._memory.unsuspend(ids), words.DID_UNSUSPEND)
        return self._told(self._memory.suspend(ids), words.DID_SUSPEND)

    def are_flagged(self, ids: Sequence[str]) -> bool:
        """Return whether all of these are flagged."""
        return self._memory.flags().keys() >= set(ids)

    def flag(self, ids: Sequence[str], reason: str) -> Text:
        """Note that cards are to be mended, and why."""
        return self._told(self._memory.flag_all(ids, reason), words.DID_FLAG)

    def unflag(self, ids: Sequence[str]) -> Text:
        """Take the flags of cards away."""
        return self._told(self._memory.unflag_all(ids), words.DID_UNFLAG)

    def retag(self, ids: Sequence[str], change: TagChange) -> Text:
        """Give cards tags of the learner's own and take some, to be taken back in one step."""
        acts = self._memory.retag(ids, change)
        if not acts:
            from studydl.tui.tagging import NO_TAG_CHANGED

            return NO_TAG_CHANGED
        self._done.append(len(acts))
        return words.DID_TAG

    def undo(self) -> bool:
        """Take back what was done here last; return whether there was anything.

        Nothing that was done elsewhere is taken back: no answer is lost by a key pressed here.
        """
        if not self._done:
            return False
        return all(self._memory.undo() is not None for _ in range(self._done.pop()))

    def _told(self, act: Act | None, done: Text) -> Text:
        if act is not None:
            self._done.append(1)
        return done
