"""Marking: cards suspended, buried, flagged, tagged; more of them asked for today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.memory.events import Act, Deed
from studydl.memory.log import storable
from studydl.memory.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from studydl.memory.marks import Marks
    from studydl.memory.tags import TagChange

__all__ = ["Marking"]


class Marking(Opened):
    """What the learner decides about cards: an event each, undone and redone like a review."""

    def suspend(self, cards: Iterable[str]) -> Act | None:
        """Show these cards no more, until they are unsuspended.

        Returns:
            The act; None if there was nothing to do, so that an undo takes back what was done.
        """
        standing = self.suspended()
        return self._mark(Deed.SUSPEND, set(cards) - standing)

    def unsuspend(self, cards: Iterable[str]) -> Act | None:
        """Show these cards again; return the act, None if none of them was suspended."""
        return self._mark(Deed.UNSUSPEND, self.suspended().intersection(cards))

    def bury(self, cards: Iterable[str]) -> Act | None:
        """Show these cards no more on this study day; return the act, None if all were buried."""
        return self._mark(Deed.BURY, set(cards) - self.buried())

    def unbury(self, cards: Iterable[str]) -> Act | None:
        """Show these cards again today; return the act, None if none of them was buried."""
        return self._mark(Deed.UNBURY, self.buried().intersection(cards))

    def flag(self, card: str, reason: str) -> Act | None:
        """Note that a card is to be mended, and why; return the act, None if it was so noted."""
        return self.flag_all([card], reason)

    def flag_all(self, cards: Iterable[str], reason: str) -> Act | None:
        """Note that cards are to be mended, and why; return the act, None if all were so noted."""
        told, standing = storable(reason), self.flags()
        unlike = {card for card in cards if standing.get(card) != told}
        return self._mark(Deed.FLAG, unlike, reason=told)

    def unflag(self, card: str) -> Act | None:
        """Take a card's flag away; return the act, None if it had none."""
        return self.unflag_all([card])

    def unflag_all(self, cards: Iterable[str]) -> Act | None:
        """Take the flags of cards away; return the act, None if none of them had one."""
        return self._mark(Deed.UNFLAG, self.flags().keys() & set(cards))

    def tag(self, cards: Iterable[str], tags: Iterable[str]) -> Act | None:
        """Give cards tags of the learner's own; return the act, None if all had all of them.

        A tag that differs from one that there is only in small and capital letters is that one.

        Raises:
            TagError: A word can be no tag; nothing was done.
        """
        asked, known = _checked(tags), self._spellings()
        spelled = {known.get(tag.casefold(), [tag])[0] for tag in asked}
        having = [self._marks.tagged([tag]) for tag in spelled]
        lacking = {card for card in cards if any(card not in those for those in having)}
        return self._mark(Deed.TAG, lacking, tags=sorted(spelled))

    def untag(self, cards: Iterable[str], tags: Iterable[str]) -> Act | None:
        """Take tags of the learner's own away; return the act, None if no card had any of them.

        Raises:
            TagError: A word can be no tag; nothing was done.
        """
        asked, known = _checked(tags), self._spellings()
        spelled = {each for tag in asked for each in known.get(tag.casefold(), ())}
        return self._mark(
            Deed.UNTAG, self._marks.tagged(spelled).intersection(cards), tags=sorted(spelled)
        )

    def retag(self, cards: Iterable[str], change: TagChange) -> list[Act]:
        """Give and take tags of the learner's own; return what was done, an act of either kind."""
        some = list(cards)
        done = (self.tag(some, change.added), self.untag(some, change.removed))
        return [act for act in done if act is not None]

    def tags(self) -> list[str]:
        """Return the learner's own tags, sorted."""
        return self._marks.tags()

    def tagged(self, tags: Collection[str]) -> set[str]:
        """Return the cards that have one of these tags of the learner's own, so spelled."""
        return self._marks.tagged(tags)

    def tags_by_card(self) -> dict[str, tuple[str, ...]]:
        """Return the learner's own tags of every card that has one."""
        return self._marks.tags_by_card()

    def marks(self, card: str) -> Marks:
        """Return how a card is marked. It is buried if its ``buried_day`` is today."""
        return self._marks.of(card)

    def suspended(self) -> frozenset[str]:
        """Return the cards that are suspended."""
        return self._marks.suspended()

    def buried(self) -> frozenset[str]:
        """Return the cards that are buried today."""
        return self._marks.buried(self._now().day)

    def flags(self) -> dict[str, str]:
        """Return the flagged cards with the reason of each."""
        return self._marks.flags()

    def leeches(self) -> list[str]:
        """Return the cards that are forgotten again and again, the most often forgotten first."""
        return self._states.leeches(self.settings.leech_threshold)

    def more_today(self, *, new: int = 0, reviews: int = 0) -> Act:
        """Let this study day bring so many more new cards and reviews than the settings say.

        Raises:
            StudyError: A number is negative, or both are 0.
        """
        if min(new, reviews) < 0 or new == reviews == 0:
            raise StudyError(
                f"{new} new cards and {reviews} reviews cannot be what more there is today",
                where="more today",
                hint="write a number above 0",
            )
        with self._database.transaction():
            return self._log.add_act(Deed.MORE, {"new": new, "reviews": reviews}, self._now())

    def _spellings(self) -> dict[str, list[str]]:
        """Return the tags by what letters of either size have in common: logs may differ in it."""
        found: dict[str, list[str]] = {}
        for tag in self._marks.tags():
            found.setdefault(tag.casefold(), []).append(tag)
        return found

    def _mark(self, deed: Deed, cards: Iterable[str], **more: object) -> Act | None:
        about = sorted(filter(None, map(storable, cards)))
        if not about:
            return None
        with self._database.transaction():
            act = self._log.add_act(deed, {"cards": about, **more}, self._now())
            self._marks.apply(act)
        return act


def _checked(tags: Iterable[str]) -> set[str]:
    # Only who tags needs to know what a tag may be: the first card does without.
    from studydl.memory.tags import checked_tag

    return {checked_tag(tag) for tag in tags}
