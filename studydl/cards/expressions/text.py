"""An expression as one types it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.expressions.strength import OPERATORS, Strength, strength_of
from studydl.cards.expressions.tree import (
    Binary,
    Call,
    Constant,
    Expression,
    Negative,
    Number,
    Variable,
)

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["decimal_of", "held", "to_text"]

_LONGEST_DECIMAL = 8
"""Characters of a number before it is written with an exponent."""


def to_text(expression: Expression) -> str:
    """Return the canonical typed form; reading it gives the same tree, if it is within bounds.

    Parentheses stand where the tree needs them, and around a quotient that is multiplied or
    divided again: ``(1/2)*x``.
    """
    match expression:
        case Number(value):
            return _number(value)
        case Constant(name) | Variable(name):
            return name
        case Negative(operand):
            return f"-{held(operand, Strength.PRODUCT)}"
        case Call("factorial", (argument,)):
            return f"{_factorial_of(argument)}!"
        case Call(function, arguments):
            return f"{function}({', '.join(map(to_text, arguments))})"
        case Binary(operator, left, right):
            return _joined(operator, left, right)


def held(expression: Expression, least: Strength) -> str:
    """Write an expression in a place that needs some strength."""
    text = to_text(expression)
    return text if strength_of(expression) >= least else f"({text})"


def decimal_of(value: Fraction) -> tuple[str, int]:
    """Return a terminating decimal that is not negative as its digits and a power of ten.

    A short one has the power 0: ``0.25``; ``2.5e-8`` has the digits 2.5 and the power -8.
    """
    places = 0
    while (scaled := value * 10**places).denominator != 1:
        places += 1
    digits = str(scaled.numerator)
    if places:
        padded = digits.rjust(places + 1, "0")
        plain = f"{padded[:-places]}.{padded[-places:]}"
    else:
        plain = digits
    short = digits.rstrip("0") or "0"
    power = len(digits) - len(short) - places
    if len(plain) <= _LONGEST_DECIMAL or len(short) + len("e-9") >= len(plain):
        return plain, 0
    point = "." if len(short) > 1 else ""
    return f"{short[0]}{point}{short[1:]}", power + len(short) - 1


def _number(value: Fraction) -> str:
    if value < 0:
        return f"-{_number(-value)}"
    if strength_of(Number(value)) is Strength.PRODUCT:
        return f"{value.numerator}/{value.denominator}"
    digits, power = decimal_of(value)
    return f"{digits}e{power}" if power else digits


def _factorial_of(argument: Expression) -> str:
    # "n!!" is another function, the double factorial.
    twice = isinstance(argument, Call) and argument.function == "factorial"
    return f"({to_text(argument)})" if twice else held(argument, Strength.ATOM)


def _joined(operator: str, left: Expression, right: Expression) -> str:
    match OPERATORS[operator]:
        case Strength.SUM:
            return f"{to_text(left)} {operator} {held(right, Strength.PRODUCT)}"
        case Strength.POWER:
            return f"{held(left, Strength.ATOM)}^{held(right, Strength.ATOM)}"
        case _:
            divided = isinstance(left, Binary) and left.operator == "/"
            before = f"({to_text(left)})" if divided else held(left, Strength.PRODUCT)
            return f"{before}{operator}{held(right, Strength.FACTOR)}"
