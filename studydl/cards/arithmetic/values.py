"""Numbers kept exact as long as they can be, and never larger than a float holds."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "BINARY",
    "CONSTANTS",
    "FUNCTIONS",
    "UndefinedError",
    "Value",
    "plain_exponent",
    "shown",
]

Value = Fraction | float

MAX_BITS = 4096
"""Of an exact power; a larger one goes on as a float."""
MOST_BITS = 2 * MAX_BITS
"""Of any exact number on the way."""

OUT_OF_RANGE = Text("too large or too small to compute", "数值过大或过小，无法计算")


class UndefinedError(Exception):
    """An operation has no value there."""

    def __init__(self, what: Text) -> None:
        """Say which one."""
        super().__init__(what.en)
        self.what = what


def _bounded(value: Value) -> Value:
    if isinstance(value, Fraction):
        fits = max(value.numerator.bit_length(), value.denominator.bit_length()) <= MOST_BITS
    else:
        fits = math.isfinite(value)
    if not fits:
        raise UndefinedError(OUT_OF_RANGE)
    return value


def _add(left: Value, right: Value) -> Value:
    return left + right


def _subtract(left: Value, right: Value) -> Value:
    return left - right


def _multiply(left: Value, right: Value) -> Value:
    return left * right


def _divide(left: Value, right: Value) -> Value:
    if right == 0:
        raise UndefinedError(Text("division by zero", "除数为零"))
    return left / right


def _power(base: Value, exponent: Value) -> Value:
    if base == 0 and exponent <= 0:
        raise UndefinedError(Text("0 to this power is not defined", "0 的该次幂没有定义"))
    whole = isinstance(exponent, Fraction) and exponent.denominator == 1
    if base < 0 and not whole:
        raise UndefinedError(Text("a root of a negative number", "负数不能开方"))
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and whole:
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if bits * abs(exponent) <= MAX_BITS:
            # mypy cannot know that a whole exponent keeps a Fraction a Fraction.
            return Fraction(base ** int(exponent))
    if abs(base) == 1 and isinstance(exponent, Fraction) and whole:
        return base if exponent.numerator % 2 else Fraction(1)
    return math.pow(base, exponent)


def _square_root(value: Value) -> Value:
    if value < 0:
        raise UndefinedError(Text("a root of a negative number", "负数不能开方"))
    if isinstance(value, Fraction):
        over, under = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if over**2 == value.numerator and under**2 == value.denominator:
            return Fraction(over, under)
    return math.sqrt(value)


def _logarithm(value: Value) -> Value:
    if value <= 0:
        raise UndefinedError(Text("a logarithm of zero or less", "对数的真数必须为正"))
    return Fraction(0) if value == 1 else math.log(value)


def _exponential(value: Value) -> Value:
    return Fraction(1) if value == 0 else math.exp(value)


def _guarded(operation: Callable[..., Value]) -> Callable[..., Value]:
    def compute(*operands: Value) -> Value:
        try:
            return _bounded(operation(*operands))
        except (OverflowError, ZeroDivisionError, ValueError):
            # An exact number may leave the range of floats, above or to zero, in a mixed operation.
            raise UndefinedError(OUT_OF_RANGE) from None

    return compute


BINARY = {
    "+": _guarded(_add),
    "-": _guarded(_subtract),
    "*": _guarded(_multiply),
    "/": _guarded(_divide),
    "^": _guarded(_power),
}
FUNCTIONS = {
    "sqrt": _guarded(_square_root),
    "exp": _guarded(_exponential),
    "log": _guarded(_logarithm),
    "ln": _guarded(_logarithm),
}
CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}


def shown(value: Value) -> str:
    """Return a value as a person writes it: ``0.25``, ``10``, ``1/3 ≈ 0.333333``."""
    if isinstance(value, float):
        return plain_exponent(f"{value:.6g}")
    if value.denominator == 1 and abs(value) < 10**15:
        return str(value.numerator)
    rounded = _rounded(value)
    if Fraction(rounded) == value:
        return rounded
    if value.denominator < 10**4 and abs(value.numerator) < 10**6:
        return f"{value} ≈ {rounded}"
    return f"≈ {rounded}"


def _rounded(value: Fraction) -> str:
    try:
        near = float(value)
    except OverflowError:
        near = math.inf
    if near and math.isfinite(near):
        return plain_exponent(f"{near:.6g}")
    # Beyond floats only the size is worth telling.
    digits = len(str(abs(value.numerator))) - len(str(value.denominator))
    return f"{'-' if value < 0 else ''}1e{digits}"


def plain_exponent(number: str) -> str:
    """Write ``1e-09`` as ``1e-9``."""
    return re.sub(r"e\+?(-?)0*", r"e\1", number)
