"""What a deck may say: the tables that the reader and the published schema are both made of.

A new kind of answer is a class in ``answers``, a record in ``kinds``, its data in ``stored`` and
its judge.
"""

from __future__ import annotations

import json
from typing import Any

from studydl.cards.kinds import ANSWER
from studydl.cards.shapes import BothLanguages, Flag, Word
from studydl.cards.structures import Field, Later, Many, Record

__all__ = ["CARD", "DECK", "deck_schema", "schema_text"]

_SLUG_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SLUG = Word("an id of small letters, digits and hyphens", _SLUG_PATTERN, "sigmoid-gradient-peak")
_CHAPTER = Word("the name of a chapter", _SLUG_PATTERN, "activations")
_SECTION = Word("a section of the notes", r"[0-9A-Z]+(?:\.[0-9]+)*", '"1.3"')
_CLAIM = Word(
    "chapter.slug", rf"{_SLUG_PATTERN}\.{_SLUG_PATTERN}", "activations.sigmoid-gradient-peak"
)
_TEXT = BothLanguages()


CARD: Record[dict[str, Any]] = Record(
    "the card",
    (
        Field("id", _SLUG, "unique over all decks and never changed: the history hangs on it"),
        Field("notes", _SECTION, "the section of the notes, in quotes", waived=True),
        Field("ask", _TEXT, "the question, with LaTeX between dollar signs"),
        Field("answer", ANSWER, "the answer and how it is judged"),
        Field("explain", _TEXT, "why the answer is so"),
        Field("claim", _CLAIM, "the claim that is measured", waived=True),
        Field("derivation", _CLAIM, "the derivation of the answer", required=False),
        Field(
            "requires",
            Many(_SLUG, "card ids", distinct=True),
            "the cards to be met before this one",
            required=False,
        ),
        Field(
            "sources",
            Many(Word("a source", example='"Kingma & Ba 2015, section 3"'), "sources", least=1),
            "where it is written up: author, year, section",
        ),
        Field(
            "tags", Many(_SLUG, "tags", distinct=True), "words to find the card by", required=False
        ),
    ),
    dict,
)

DECK: Record[dict[str, Any]] = Record(
    "the deck",
    (
        Field("chapter", _CHAPTER, "the name that the chapter has in every layer"),
        Field("title", _TEXT, "the name that the learner reads"),
        Field("unverified", Flag(), "whether its cards may stand on no claim", required=False),
        Field("cards", Many(Later(CARD), "cards"), "the cards, in the order to be met"),
    ),
    dict,
)


def deck_schema() -> dict[str, object]:
    """Return the JSON Schema of a deck, as ``schema.json`` publishes it.

    It is looser than the reader where JSON Schema has no words: whether a value is arithmetic,
    keys that stand twice, ids over several decks.
    """
    language = {"type": "string", "pattern": r"\S"}
    text = {
        "type": "object",
        "properties": {"en": language, "zh": language},
        "required": ["en", "zh"],
        "additionalProperties": False,
    }
    strict = [field.name for field in CARD.fields if field.waived]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A deck of studydl",
        **DECK.schema(),
        "if": {"not": {"required": ["unverified"]}},
        "then": {"properties": {"cards": {"items": {"required": strict}}}},
        "$defs": {"text": {"anyOf": [text, language]}},
    }


def schema_text() -> str:
    """Return the schema as the file ``schema.json`` holds it."""
    return json.dumps(deck_schema(), indent=2, ensure_ascii=False) + "\n"
