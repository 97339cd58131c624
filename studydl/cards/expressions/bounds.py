"""What the constants in a formula come to, so that nothing that is typed can grow without bound.

Whoever computes with a tree computes exactly, and a power of a few characters can then outgrow the
memory. So every part without variables is folded here while it is read, within bounds; the tree
itself stays as it was typed.
"""

from __future__ import annotations

import math
from enum import Enum, auto
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from studydl.cards.expressions.tree import Binary, Call, Constant, Negative, Number, Variable

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.cards.expressions.tree import Expression

__all__ = [
    "MAX_EXPONENT",
    "MAX_FACTORIAL",
    "OPEN",
    "ExponentError",
    "FactorialError",
    "SizeError",
    "Unfolded",
    "Worth",
    "fold",
]

MAX_EXPONENT = 64
"""Of a power, unless it is a rational number that stays within `MAX_BITS`."""
MAX_BITS = 4096
"""Of a rational number on the way."""
MAX_FACTORIAL = 3000
"""Of a number whose factorial is written; it is kept unevaluated."""
_MOST_EVALUATED = 300


class Unfolded(Enum):
    """What has no value yet."""

    OPEN = auto()
    """It has a variable."""
    WILD = auto()
    """It has none, but its size is beyond bounds, or it is undefined."""


OPEN: Final = Unfolded.OPEN
_WILD: Final = Unfolded.WILD

Worth = Fraction | float | Unfolded
"""What a part comes to: exactly, nearly, or not yet."""


class ExponentError(Exception):
    """An exponent beyond bounds."""


class SizeError(Exception):
    """A number beyond bounds."""


class FactorialError(Exception):
    """A factorial of what has none, or beyond bounds."""


def fold(expression: Expression, *worths: Worth) -> Worth:  # noqa: PLR0911 - one a kind of node
    """Return what an expression comes to, from what its parts come to.

    Raises:
        ExponentError: If it is a power with an exponent beyond bounds.
        SizeError: If it is a number beyond bounds.
        FactorialError: If it is a factorial beyond bounds.
    """
    match expression:
        case Number(value):
            return value
        case Constant(name):
            return math.pi if name == "pi" else math.e
        case Variable():
            return OPEN
        case Negative():
            return worths[0] if isinstance(worths[0], Unfolded) else -worths[0]
        case Call("factorial"):
            return _factorial(worths[0])
        case Call(function):
            return _near(_FUNCTIONS[function], worths)
        case Binary("^"):
            return _power(*worths)
        case Binary(operator):
            return _bounded(_near(_ARITHMETIC[operator], worths))


def _near(operation: Callable[..., Worth], worths: tuple[Worth, ...]) -> Worth:
    if OPEN in worths:
        return OPEN
    if _WILD in worths:
        return _WILD
    try:
        value = operation(*worths)
    except (ArithmeticError, ValueError):
        return _WILD
    return value if isinstance(value, Unfolded | Fraction) or math.isfinite(value) else _WILD


def _bounded(worth: Worth) -> Worth:
    if isinstance(worth, Fraction) and _bits(worth) > MAX_BITS:
        raise SizeError
    return worth


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _power(base: Worth, exponent: Worth) -> Worth:
    if exponent is OPEN:
        return OPEN
    if isinstance(exponent, Unfolded) or base is _WILD:
        raise SizeError
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        return _exact_power(base, int(exponent))
    if not -MAX_EXPONENT <= exponent <= MAX_EXPONENT:
        raise ExponentError
    return _near(math.pow, (base, exponent))


def _exact_power(base: Fraction, exponent: int) -> Worth:
    if base == 0:
        return base if exponent > 0 else _WILD
    if _bits(base) * abs(exponent) > MAX_BITS and abs(base) != 1:
        raise SizeError
    # Of one or minus one, only whether the exponent is odd tells.
    return Fraction(base ** (exponent % 2 if abs(base) == 1 else exponent))


def _factorial(worth: Worth) -> Worth:
    if worth is OPEN:
        return OPEN
    if not isinstance(worth, Fraction) or worth.denominator != 1 or not 0 <= worth <= MAX_FACTORIAL:
        raise FactorialError
    return Fraction(math.factorial(int(worth))) if worth <= _MOST_EVALUATED else _WILD


def _sign(value: Fraction | float) -> Worth:
    return Fraction((value > 0) - (value < 0))


_ARITHMETIC: dict[str, Callable[..., Worth]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}
_FUNCTIONS: dict[str, Callable[..., Worth]] = {
    **{name: getattr(math, name) for name in ("exp", "sqrt", "sin", "cos", "tan", "erf")},
    **{name: getattr(math, name) for name in ("sinh", "cosh", "tanh")},
    "ln": math.log,
    "abs": abs,
    "min": min,
    "max": max,
    "sign": _sign,
    "sigmoid": lambda value: 1 / (1 + math.exp(-value)),
    "softplus": lambda value: math.log1p(math.exp(value)),
    "relu": lambda value: max(value, Fraction(0)),
}
