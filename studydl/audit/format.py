"""What an audit file may say: the table that its reader follows."""

from __future__ import annotations

from typing import Any

from studydl.audit.model import Refutation
from studydl.cards.shapes import BothLanguages, Word
from studydl.cards.structures import Field, Later, Many, Record

__all__ = ["AUDIT", "STATEMENT"]

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CLAIM = Word("chapter.slug", rf"{_SLUG}\.{_SLUG}", "activations.relu-value")
_REFUTED = Word(
    "claim/misconception",
    rf"{_SLUG}\.{_SLUG}/{_SLUG}",
    "optimizers.adam-bias-correction/no-exponent",
)
_SECTION = Word("a section of the notes", r"[0-9A-Z]+(?:\.[0-9]+)*", '"1.3"')
_TEXT = BothLanguages()


def _statement(values: dict[str, Any]) -> dict[str, Any]:
    pairs = (each.split("/") for each in values.get("refuted", ()))
    return values | {"refuted": tuple(Refutation(claim, name) for claim, name in pairs)}


STATEMENT: Record[dict[str, Any]] = Record(
    "a statement",
    (
        Field("section", _SECTION, "the section of the notes, in quotes"),
        Field("statement", _TEXT, "what the notes state, in our words"),
        Field("holds", Many(_CLAIM, "claims", 1), "the claims that say so", required=False),
        Field(
            "refuted",
            Many(_REFUTED, "misconceptions", 1),
            "the misconceptions that say it as the notes do",
            required=False,
        ),
        Field("correction", _TEXT, "what is true instead", required=False),
        Field("sources", Many(Word("a source"), "sources", 1), "its sources", required=False),
        Field("unmeasurable", _TEXT, "why it cannot be measured", required=False),
        Field("related", Many(_CLAIM, "claims", 1), "the nearest claims", required=False),
    ),
    _statement,
)

AUDIT: Record[dict[str, Any]] = Record(
    "the audit",
    (
        Field("chapter", Word("the name of a chapter", _SLUG, "activations"), "one name"),
        Field("statements", Many(Later(STATEMENT), "statements", 1), "in the notes' order"),
    ),
    dict,
)
