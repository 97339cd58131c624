"""Rules of known wrong numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.answers import Number
from studydl.cards.arithmetic import calculate
from studydl.cards.closeness import agrees, nearly_equal
from studydl.cards.lint.texts import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.cards.model import Card

__all__ = ["number_findings"]


def number_findings(card: Card) -> Iterator[Finding]:
    """Find mistakes that are right, and mistakes that cannot be told from each other."""
    if not isinstance(card.answer, Number):
        return
    number = card.answer
    wrong = [calculate(each.source) for each in number.mistakes]
    for index, mistake in enumerate(wrong):
        path, source = f"answer.mistakes.{index}.value", number.mistakes[index].source
        if agrees(mistake, number.value, number.tolerance):
            message = f"the mistake {source} counts as the right answer"
            yield Finding("mistake", path, message, "remove it, or narrow the tolerance")
        if any(nearly_equal(mistake.value, other.value) for other in wrong[:index]):
            message = f"the mistake {source} stands there already"
            yield Finding("mistake", path, message, "keep one of them: a number shows one mistake")
