"""What a card is, and how decks are read. Knows claims by id only.

Importing this room brings no YAML: a library with a fresh cache starts without it. The linter,
the reader and the schema are imported from their modules.
"""

from studydl.cards.library import Library
from studydl.cards.model import (
    Answer,
    Card,
    Chapter,
    Choice,
    Deck,
    Distractor,
    Number,
    Origin,
    Recall,
)
from studydl.cards.order import CHAPTERS
from studydl.cards.problems import Problem, Severity
from studydl.cards.segments import Segment, segments_of

__all__ = [
    "CHAPTERS",
    "Answer",
    "Card",
    "Chapter",
    "Choice",
    "Deck",
    "Distractor",
    "Library",
    "Number",
    "Origin",
    "Problem",
    "Recall",
    "Segment",
    "Severity",
    "segments_of",
]
