"""How strongly each form holds its parts together; reader and writers agree on it here."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from studydl.cards.expressions.tree import Binary, Negative, Number

if TYPE_CHECKING:
    from studydl.cards.expressions.tree import Expression

__all__ = ["OPERATORS", "Strength", "strength_of"]


class Strength(IntEnum):
    """A power is stronger than a product, which is stronger than a sign: ``-x^2 = -(x^2)``."""

    SUM = 0
    NEGATIVE = 1
    PRODUCT = 2
    FACTOR = 3
    """What an operand of a product, an exponent and a bare argument (``ln x``) need."""
    POWER = 4
    ATOM = 5


OPERATORS = {
    "+": Strength.SUM,
    "-": Strength.SUM,
    "*": Strength.PRODUCT,
    "/": Strength.PRODUCT,
    "^": Strength.POWER,
}


def strength_of(expression: Expression) -> Strength:
    """Return how strongly the outermost form of an expression holds together."""
    match expression:
        case Binary(operator):
            return OPERATORS[operator]
        case Negative():
            return Strength.NEGATIVE
        case Number(value) if value < 0:
            return Strength.NEGATIVE
        case Number(value) if 10**400 % value.denominator:
            return Strength.PRODUCT
        case _:
            return Strength.ATOM
