"""The value of an expression in floats: quick, and good enough to suspect a difference.

What is suspected is confirmed at thirty digits before anybody is told.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from studydl.cards.expressions import Binary, Call, Constant, Negative, Number, Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from studydl.cards.expressions import Expression
    from studydl.judging.formula.understanding import Meaning

__all__ = ["UNDEFINED", "Rough", "Scope", "rough", "scope_at"]

UNDEFINED = math.nan
"""There is no real value: a division by zero, a logarithm of zero or less."""

Rough: TypeAlias = float | None
"""A float, `UNDEFINED`, or None for what floats cannot hold, which tells nothing."""

Scope: TypeAlias = dict[str, Rough]


def scope_at(point: Mapping[str, Fraction], meanings: Iterable[Meaning]) -> Scope:
    """Return the values of the card's names at a point, abbreviations among them."""
    scope: Scope = {name: float(value) for name, value in point.items()}
    for name, expression in meanings:
        scope[name] = rough(expression, scope)
    return scope


def rough(expression: Expression, scope: Scope) -> Rough:
    """Return the value where names have these values."""
    match expression:
        case Number(value):
            return _guarded(float, (value,))
        case Constant(name):
            return math.pi if name == "pi" else math.e
        case Variable(name):
            return scope[name]
        case Negative(operand):
            return _guarded(lambda value: -value, (rough(operand, scope),))
        case Binary(operator, left, right):
            return _guarded(_OPERATORS[operator], (rough(left, scope), rough(right, scope)))
        case Call(function, arguments):
            return _guarded(_FUNCTIONS[function], [rough(each, scope) for each in arguments])


def _guarded(operation: Callable[..., float], operands: Iterable[Rough | Fraction]) -> Rough:
    values = tuple(operands)
    if any(value is None for value in values):
        return None
    if any(value != value for value in values):  # noqa: PLR0124 - only NaN differs from itself
        return UNDEFINED
    try:
        value = operation(*values)
    except OverflowError:
        return None
    except (ValueError, ZeroDivisionError):
        return UNDEFINED
    return value if math.isfinite(value) else None


def _sign(value: float) -> float:
    return float((value > 0) - (value < 0))


def _factorial(value: float) -> float:
    return math.gamma(value + 1)


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value > 0 else math.exp(value) / (1 + math.exp(value))


def _softplus(value: float) -> float:
    return max(value, 0.0) + math.log1p(math.exp(-abs(value)))


_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "^": math.pow,
}

_FUNCTIONS: dict[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in ("exp", "sqrt", "sin", "cos", "tan", "erf")},
    **{name: getattr(math, name) for name in ("sinh", "cosh", "tanh")},
    "ln": math.log,
    "abs": abs,
    "min": min,
    "max": max,
    "sign": _sign,
    "factorial": _factorial,
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "relu": lambda value: max(value, 0.0),
}
