"""How close to a number another one must be to count as it."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studydl.cards.arithmetic import Calculation, Value

__all__ = ["FEWEST_DIGITS", "agrees", "nearly_equal", "rounds"]

FEWEST_DIGITS = 2
"""One digit is a guess: 0.3 could mean 1/3, 0.3 or 0.25."""
SHORT_DIGITS = 3
"""A value this short is asked for exactly: 1.0 is not 0.999."""
FLOAT_NOISE = 1e-9


def agrees(answer: Calculation, value: Value, tolerance: Fraction | None) -> bool:
    """Tell whether an answer counts as a value.

    With a tolerance, an answer within it does, and no other. Without one, an equal value does
    (``1/4``, ``25%``), or a decimal of at least two significant digits to which the value rounds
    (``0.33`` for 1/3). A value of up to three digits must be given as it is.
    """
    if tolerance is not None:
        return _distance(answer.value, value) <= tolerance
    if _equal(answer.value, value):
        return True
    digits = answer.written.digits if answer.written else 0
    return rounds(answer, value) and digits >= FEWEST_DIGITS


def nearly_equal(left: Value, right: Value) -> bool:
    """Tell whether two values are one, apart from the noise of floats."""
    try:
        return math.isclose(left, right, rel_tol=FLOAT_NOISE)
    except OverflowError:
        return left == right


def rounds(answer: Calculation, value: Value) -> bool:
    """Tell whether a value rounds to a decimal, at the place of its last digit.

    That place is one of the value's own digits: 1 is no rounding of 0.526, nor 0 of 0.167.
    """
    if (
        answer.written is None
        or _is_short(value)
        or -answer.written.unit < value < answer.written.unit
    ):
        return False
    return _distance(answer.value, value) <= answer.written.unit / 2


def _is_short(value: Value) -> bool:
    try:
        short = Fraction(f"{float(value):.{SHORT_DIGITS}g}")
    except OverflowError:
        return False
    return _equal(short, value)


def _distance(left: Value, right: Value) -> Value:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return abs(left - right)
    try:
        return abs(float(left) - float(right))
    except OverflowError:
        return math.inf


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left == right
    return nearly_equal(left, right)
