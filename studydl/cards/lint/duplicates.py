"""Cards that ask the same: the same words apart from order and small words, the same formulas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studydl.cards.lint.texts import Finding
from studydl.cards.segments import segments_of
from studydl.language import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studydl.cards.model import Card

__all__ = ["near_duplicates"]

_SMALL_WORDS = frozenset(("a", "an", "the", "of", "in", "for", "is", "are", "does", "do", "at"))
_WORD = re.compile(r"[a-z0-9]+|[^\W\d_a-z]")


def near_duplicates(cards: Sequence[Card]) -> Iterator[tuple[str, Finding]]:
    """Find questions that an earlier card asks already, with the id of the later card."""
    first: dict[tuple[Language, tuple[str, ...]], Card] = {}
    for card in cards:
        for language in Language:
            key = (language, _gist(card.asked.said_in(language)))
            earlier = first.setdefault(key, card)
            if earlier is not card and key[1]:
                message = f"this asks what {earlier.id!r} asks"
                hint = "ask for something else, or say what sets them apart"
                yield card.id, Finding("near-duplicate", f"ask.{language}", message, hint)
                break


def _gist(text: str) -> tuple[str, ...]:
    gist: list[str] = []
    for segment in segments_of(text):
        if segment.formula:
            gist.append("".join(segment.text.split()))
        else:
            words = _WORD.findall(segment.text.casefold())
            gist += [word for word in words if word not in _SMALL_WORDS]
    return tuple(sorted(gist))
