"""What a card is, and how decks are read. Knows claims by id only.

Importing this room brings no YAML: a library with a fresh cache starts without it. The linter,
the reader and the schema are imported from their modules.
"""

from studydl.cards.answers import (
    Answer,
    Blank,
    Choice,
    Cloze,
    Code,
    Distractor,
    Form,
    Formula,
    Mistake,
    Number,
    Parameter,
    Recall,
    Slip,
    Variable,
)
from studydl.cards.library import Library
from studydl.cards.model import Card, Chapter, Deck, Origin
from studydl.cards.order import CHAPTERS
from studydl.cards.problems import Problem, Severity
from studydl.cards.segments import Segment, segments_of

__all__ = [
    "CHAPTERS",
    "Answer",
    "Blank",
    "Card",
    "Chapter",
    "Choice",
    "Cloze",
    "Code",
    "Deck",
    "Distractor",
    "Form",
    "Formula",
    "Library",
    "Mistake",
    "Number",
    "Origin",
    "Parameter",
    "Problem",
    "Recall",
    "Segment",
    "Severity",
    "Slip",
    "Variable",
    "segments_of",
]
