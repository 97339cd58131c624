"""A card, its chapter, its deck: what the rest of studydl sees of a deck file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from studydl.cards.answers import Answer
    from studydl.language import Text

__all__ = ["Card", "Chapter", "Deck", "Origin"]


class Origin(NamedTuple):
    """Where a card was written, so that an editor can open it there."""

    file: Path
    line: int


class Card(NamedTuple):
    """A question with an answer that can be judged, and the claim behind it.

    Attributes:
        id: Stable and unique over all decks: the history hangs on it.
        chapter: The chapter of its deck.
        notes: The section of the notes; empty if an unverified card names none.
        ask: The question, with LaTeX between dollar signs.
        answer: One of the kinds.
        explain: Why the answer is so.
        claim: The id of the claim that is measured; None only of an unverified card, which a
            learner's own deck may have.
        derivation: The id of the derivation, if the answer has one.
        requires: The cards to be met before this one.
        sources: Where it is written up; never empty.
        tags: Free words to find it by.
        origin: The file and line.
    """

    id: str
    chapter: str
    notes: str
    ask: Text
    answer: Answer
    explain: Text
    claim: str | None
    derivation: str | None
    requires: tuple[str, ...]
    sources: tuple[str, ...]
    tags: tuple[str, ...]
    origin: Origin

    @property
    def kind(self) -> str:
        """How the answer is judged."""
        return self.answer.kind

    @property
    def asked(self) -> Text:
        """Everything that the card asks: of a cloze, the text with its gaps too."""
        from studydl.cards.answers import Cloze
        from studydl.language import Text

        if not isinstance(self.answer, Cloze):
            return self.ask
        text = self.answer.text
        return Text(f"{self.ask.en}\n{text.en}", f"{self.ask.zh}\n{text.zh}")

    def content_hash(self) -> str:
        """Return a digest of what the card says, whatever file and line it stands at."""
        import hashlib

        from studydl.cards.stored import card_to_data

        content = json.dumps(card_to_data(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:32]


class Deck(NamedTuple):
    """One deck file: a chapter and its cards, in the order of the file."""

    file: Path
    chapter: str
    title: Text
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the library.

    Attributes:
        name: The one name that it has in every layer.
        title: What the learner reads.
        file: The first deck that has cards of it.
        count: How many cards it has, over all decks.
    """

    name: str
    title: Text
    file: Path
    count: int
