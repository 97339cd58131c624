"""Notes of other people as cards of the learner's own: recall, or gaps to be filled."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from studydl.interchange.html_text import text_of
from studydl.notation import check

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OwnCard", "gap_numbers", "own_card", "own_cloze", "own_id", "slug"]

_GAP = re.compile(
    r"\{\{c(\d{1,3})::(.{1,2000}?)(?:::(?:[^{}:]|:(?!:)){0,200})?\}\}(?!\})",
    re.DOTALL | re.IGNORECASE,
)
_OPEN, _CLOSE = "\ue001", "\ue002"
"""Characters without a meaning, which mark a gap on its way through HTML."""
_UNMARKED = {ord(_OPEN): None, ord(_CLOSE): None}
_MOST_GAPS = 4
_MOST_TAGS = 20


class OwnCard(NamedTuple):
    """A card without a claim.

    Attributes:
        id: Follows from the note's own identity, so that a second import updates.
        ask: The question; of a cloze, the text with its gaps.
        answer: The answer; empty for a cloze.
        gaps: What fills the gaps, in their order.
        explain: What else the note says; may be empty.
        tags: Its tags.
    """

    id: str
    ask: str
    answer: str
    gaps: tuple[str, ...]
    explain: str
    tags: tuple[str, ...]

    def as_recall(self) -> OwnCard:
        """Return a cloze as a question to be recalled."""
        ask = re.sub(r"\[\[\d+\]\]", "[...]", self.ask)
        return self._replace(ask=ask, answer="\n".join(self.gaps), gaps=())


def own_id(guid: str, number: int) -> str:
    """Return the id of the card of a note; the note's first has number 0."""
    digest = blake2b(guid.encode("utf-8", "replace"), digest_size=8).hexdigest()
    return f"anki-{digest}" + (f"-{number + 1}" if number else "")


def slug(text: str) -> str:
    """Return a text in small letters, digits and hyphens; empty if it has none of them."""
    return re.sub(r"[^a-z0-9]+", "-", text[:80].lower()).strip("-")


def own_card(
    id_: str, sides: tuple[str, str, str], tags: Iterable[str], *, is_html: bool = True
) -> OwnCard:
    """Return a card of a question, an answer and what else there is to say."""
    ask, answer, explain = (text_of(each, is_html=is_html) for each in sides)
    return OwnCard(id_, ask, answer, (), explain, _tags(tags))


def gap_numbers(text: str) -> list[int]:
    """Return the numbers of a cloze's gaps: one card each."""
    return sorted({int(found[1]) for found in _GAP.finditer(text)} - {0})


def own_cloze(
    id_: str, text: str, number: int, explain: str, tags: Iterable[str], *, is_html: bool = True
) -> OwnCard:
    """Return the card that asks for the gaps of one number; the others are filled."""
    gaps: list[str] = []

    def shown(found: re.Match[str]) -> str:
        if int(found[1]) != number:
            return found[2]
        gaps.append(found[2])
        return f"{_OPEN}{len(gaps)}{_CLOSE}"

    # Brackets that stand in the text are pulled apart; those of gaps come in behind that.
    ask = text_of(_GAP.sub(shown, text.translate(_UNMARKED)), is_html=is_html)
    ask = ask.replace(_OPEN, "[[").replace(_CLOSE, "]]")
    fillings = tuple(_drawn(text_of(gap, is_html=is_html)) for gap in gaps)
    card = OwnCard(id_, ask, "", fillings, text_of(explain, is_html=is_html), _tags(tags))
    one_line = all(gap and "\n" not in gap for gap in fillings)
    return card if one_line and 1 <= len(gaps) <= _MOST_GAPS else card.as_recall()


def _drawn(filling: str) -> str:
    """Return what fills a gap within a formula as a formula of its own."""
    formula = f"${filling}$"
    return formula if "\\" in filling and "$" not in filling and not check(formula) else filling


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    named = (slug(tag) for tag in tags)
    return tuple(dict.fromkeys(tag for tag in named if tag))[:_MOST_TAGS]
