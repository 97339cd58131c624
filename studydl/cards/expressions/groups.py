"""What is missing, told from the tokens on both sides of the gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.expressions import complaints
from studydl.cards.expressions.strength import OPERATORS
from studydl.cards.expressions.token import CLOSING, Kind

if TYPE_CHECKING:
    from studydl.cards.expressions.faults import ExpressionFault
    from studydl.cards.expressions.token import Token

__all__ = ["missing", "not_closed"]

_CLOSES = frozenset(CLOSING.values())


def missing(  # noqa: PLR0911 - one a sentence
    before: Token | None, found: Token
) -> ExpressionFault:
    """Tell why no operand can begin at a token."""
    if found.text in OPERATORS or found.text == "!":
        return complaints.missing_before(found.at, found.text)
    if before is None:
        return _at_the_beginning(found)
    if before.text in OPERATORS or before.text == ",":
        return complaints.trailing(before.at, before.text)
    if before.text in CLOSING and found.text == CLOSING[before.text]:
        return complaints.empty_brackets(before.at, before.text[0], found.text[-1])
    if found.text == ",":
        return complaints.stray_comma(found.at)
    if found.kind is Kind.END:
        return complaints.unclosed(before.at, before.text[0], CLOSING[before.text][-1])
    return complaints.unopened(found.at, found.text[-1])


def not_closed(opening: Token, found: Token) -> ExpressionFault:
    """Tell why a bracket does not end at a token."""
    wanted = CLOSING[opening.text][-1]
    if found.text == ",":
        return complaints.stray_comma(found.at)
    if found.text in _CLOSES and opening.text[0] != "|":
        return complaints.mismatched(found.at, opening.text, found.text[-1], wanted)
    return complaints.unclosed(opening.at, opening.text[0], wanted)


def _at_the_beginning(found: Token) -> ExpressionFault:
    if found.kind is Kind.END:
        return complaints.empty(found.at)
    if found.text == ",":
        return complaints.stray_comma(found.at)
    return complaints.unopened(found.at, found.text[-1])
