"""A card, its answer, its deck: what the rest of studydl sees of a deck file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from studydl.language import Text

__all__ = [
    "Answer",
    "Card",
    "Chapter",
    "Choice",
    "Deck",
    "Distractor",
    "Number",
    "Origin",
    "Recall",
]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a card was written, so that an editor can open it there."""

    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class Recall:
    """An answer that the learner says and grades; ``text`` is the model answer."""

    kind: ClassVar[str] = "recall"
    text: Text


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong option that follows from a misconception of the card's claim."""

    text: Text
    misconception: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that is picked among options."""

    kind: ClassVar[str] = "choice"
    correct: Text
    distractors: tuple[Distractor, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """An answer that is a number.

    Attributes:
        source: The value as the deck writes it, ``1/4`` or ``0.25``.
        value: What that is, exactly where it is rational.
        tolerance: How far an answer may be off, or None: then it is as exact as it was written.
        unit: What the number counts, shown behind it.
    """

    kind: ClassVar[str] = "number"
    source: str
    value: Fraction | float
    tolerance: Fraction | None = None
    unit: Text | None = None


Answer = Recall | Choice | Number


@dataclass(frozen=True, slots=True)
class Card:
    """A question with an answer that can be judged, and the claim behind it.

    Attributes:
        id: Stable and unique over all decks: the history hangs on it.
        chapter: The chapter of its deck.
        notes: The section of the notes.
        ask: The question, with LaTeX between dollar signs.
        answer: One of the kinds.
        explain: Why the answer is so.
        claim: The id of the claim that is measured.
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
    claim: str
    derivation: str | None
    requires: tuple[str, ...]
    sources: tuple[str, ...]
    tags: tuple[str, ...]
    origin: Origin

    @property
    def kind(self) -> str:
        """How the answer is judged."""
        return self.answer.kind

    def content_hash(self) -> str:
        """Return a digest of what the card says, whatever file and line it stands at."""
        import hashlib

        from studydl.cards.stored import card_to_data

        content = json.dumps(card_to_data(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Deck:
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
