"""The templates by which Anki makes cards of a note, as far as they say what is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NoteType", "cloze_field", "sides"]

_SECTION = re.compile(r"\{\{([#^])([^{}]{1,200})\}\}((?:(?!\{\{[#^]).)*?)\{\{/\2\}\}", re.DOTALL)
_VALUE = re.compile(r"\{\{([^{}]{1,200})\}\}")
_CLOZE = re.compile(r"\{\{(?:[^{}:]{1,50}:){0,5}cloze:([^{}]{1,200})\}\}")
_ANSWER = re.compile(r"<hr\s[^>]{0,100}id\s*=\s*[\"']?answer[\"']?[^>]{0,100}>", re.IGNORECASE)
_DEEPEST = 8
_LONGEST = 20_000


class NoteType(NamedTuple):
    """A kind of notes.

    Attributes:
        fields: The names of its fields.
        templates: Question and answer of each of its cards.
        is_cloze: Whether its cards are gaps of one text.
    """

    fields: tuple[str, ...]
    templates: tuple[tuple[str, str], ...]
    is_cloze: bool


def sides(template: tuple[str, str], fields: Mapping[str, str]) -> tuple[str, str]:
    """Return question and answer of a card as HTML, the answer without the question."""
    front, back = template
    answer = _filled(back, fields)
    if ruled := _ANSWER.search(answer):
        answer = answer[ruled.end() :]
    return _filled(front, fields), answer


def cloze_field(front: str) -> str | None:
    """Return the field that holds the text with gaps."""
    found = _CLOZE.search(front[:_LONGEST])
    return found[1].strip() if found else None


def _filled(template: str, fields: Mapping[str, str]) -> str:
    told = template[:_LONGEST]

    def chosen(found: re.Match[str]) -> str:
        is_there = bool(fields.get(found[2].strip(), "").strip())
        return found[3] if is_there == (found[1] == "#") else ""

    for _ in range(_DEEPEST):
        shorter = _SECTION.sub(chosen, told)
        if shorter == told:
            break
        told = shorter
    # What is no field of the note, FrontSide or a name of Anki's, is left away.
    return _VALUE.sub(lambda found: fields.get(found[1].split(":")[-1].strip(), ""), told)
