"""The learner's own tags on their way through notes, which do not tell them from the decks'."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.memory.tags import TagError, checked_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studydl.cards import Card

__all__ = ["OwnTags", "note_tags", "own_tags"]

_ANKIS = "leech"
"""What Anki calls a card that is forgotten again and again; we tell that by the reviews."""
_MOST_TAGS = 100
"""Of one note."""


class OwnTags(NamedTuple):
    """What a note says beyond its card's deck."""

    tags: tuple[str, ...]
    """The learner's own tags."""
    left_out: int
    """How many words can be no tags of ours."""


def note_tags(card: Card, own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the tags of a card's note: its chapter, the deck's, the learner's own."""
    return tuple(dict.fromkeys((card.chapter, *card.tags, *own)))


def own_tags(card: Card, told: Iterable[str]) -> OwnTags:
    """Return which of a note's tags are the learner's own.

    Args:
        card: The note's card, as it is in its deck now.
        told: The note's tags.
    """
    known = {_ANKIS, *(tag.casefold() for tag in note_tags(card))}
    words = [word for word in dict.fromkeys(told) if word.casefold() not in known]
    found = [tag for word in words[:_MOST_TAGS] if (tag := _tag(word)) is not None]
    return OwnTags(tuple(found), len(words) - len(found))


def _tag(word: str) -> str | None:
    try:
        return checked_tag(word)
    except TagError:
        return None
