"""A card's text cut into prose and formulas: ``$...$`` inline, ``$$...$$`` displayed."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["BLANK", "Segment", "formulas_of", "prose_of", "segments_of", "unclosed_formula"]

BLANK = re.compile(r"\[\[([1-9])\]\]")
"""Where a text has a gap to be filled."""

# A backslash keeps a dollar what it is: "\$5" is money.
_FORMULA = re.compile(r"(?<!\\)(\$\$|\$)(?!\$)((?:\\.|[^$\\])*?)\1", re.DOTALL)
_DOLLAR = re.compile(r"(?<!\\)\$")


class Segment(NamedTuple):
    """A part of a text.

    Attributes:
        text: The prose, or the LaTeX without its dollar signs.
        at: Where ``text`` begins in the whole.
        formula: Whether it is LaTeX.
        displayed: Whether it stands on a line of its own.
    """

    text: str
    at: int
    formula: bool
    displayed: bool


def segments_of(text: str) -> list[Segment]:
    """Cut a text into prose and formulas, in order; nothing is lost but the dollar signs."""
    segments: list[Segment] = []
    place = 0
    for formula in _FORMULA.finditer(text):
        if formula.start() > place:
            segments.append(Segment(text[place : formula.start()], place, False, False))
        segments.append(Segment(formula[2], formula.start(2), True, formula[1] == "$$"))
        place = formula.end()
    if place < len(text):
        segments.append(Segment(text[place:], place, False, False))
    return segments


def formulas_of(text: str) -> list[Segment]:
    """Return the formulas of a text."""
    return [segment for segment in segments_of(text) if segment.formula]


def prose_of(text: str) -> str:
    """Return a text with a space in place of every formula."""
    return _FORMULA.sub(" ", text)


def unclosed_formula(text: str) -> int | None:
    """Return where a dollar sign stands that opens or closes nothing, or None."""
    for segment in segments_of(text):
        if not segment.formula and (dollar := _DOLLAR.search(segment.text)):
            return segment.at + dollar.start()
    return None
