"""The value of an expression at a point, to thirty digits that can be trusted.

The expression is walked as it was written; nothing is simplified on the way. Two precisions have
to agree before a value counts, so that digits lost to cancellation are noticed instead of compared.
What has no real value (a division by zero, the logarithm of a negative number, a tower of powers
beyond every bound) has no value here either.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

import sympy
from mpmath.ctx_mp import MPContext

from studydl.verification.definitions import expand_definitions, made_of
from studydl.verification.derivative_rules import DERIVATIVE_RULES
from studydl.verification.evaluation_rules import RULES, UndefinedError
from studydl.verification.expectation import EXPECTATION_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studydl.verification.definitions import Definitions
    from studydl.verification.domain import Point
    from studydl.verification.evaluation_rules import Scope

__all__ = ["Evaluator", "evaluate", "prepare"]

_RULES = RULES | DERIVATIVE_RULES | EXPECTATION_RULES
_PRECISIONS = (40, 80, 160, 320)
_TRUSTED_DIGITS = 30
_ROUNDED_AWAY = 9
"""So many times the trusted digits, of those of the highest precision, are beyond any value."""


def prepare(expression: Any, definitions: Definitions) -> Any:
    """Carry out the integrals and limits that SymPy can do for every point at once."""

    def carried_out(node: Any) -> Any:
        try:
            return expand_definitions(node, definitions).doit()
        except (NotImplementedError, ValueError):
            return node

    analysis = (sympy.Integral, sympy.Limit)
    return expression.replace(lambda node: isinstance(node, analysis), carried_out)


def evaluate(expression: Any, point: Point, definitions: Definitions) -> Any:
    """Return the value of a prepared expression as an mpmath number, or None if it has none.

    A value that shrinks with every digit of precision is the rounding of zero, and zero it is.
    """
    try:
        return _settled(
            Evaluator(definitions, point, digits).value(expression, point.values)
            for digits in _PRECISIONS
        )
    except (UndefinedError, ArithmeticError, ValueError, RecursionError):
        return None


def _settled(values: Iterator[Any]) -> Any:
    """Return the first value that agrees with the one before, at lower precision.

    An exact 0 may be all that cancellation has left of something far smaller: it is believed only
    if it holds at every precision.
    """
    trust = _arithmetic(_PRECISIONS[0]).mpf(10) ** -_TRUSTED_DIGITS
    before = value = next(values)
    for value in values:
        if value != 0 and abs(value - before) <= trust * abs(value):
            return value
        if before != 0 and abs(value) <= trust * abs(before):
            return 0 * value
        before = value
    # What the highest precision leaves of zeros is their rounding.
    return 0 * value if abs(value) <= trust**_ROUNDED_AWAY else None


@cache
def _arithmetic(digits: int) -> Any:
    """Return the arithmetic of one precision: a context of our own, which nobody else can set."""
    context = MPContext()
    context.dps = digits
    return context


class Evaluator:
    """Walks an expression at one precision."""

    def __init__(self, definitions: Definitions, point: Point, digits: int) -> None:
        self.definitions = definitions
        self.point = point
        self.digits = digits
        self._known: dict[tuple[Any, tuple[Any, ...]], tuple[list[Any], Any]] = {}
        self._others: dict[int, Evaluator] = {}
        self.arithmetic: Any = _arithmetic(digits)

    def at_digits(self, digits: int) -> Evaluator:
        """Return the walk over the same names at another precision, which keeps what it knows."""
        if digits not in self._others:
            self._others[digits] = Evaluator(self.definitions, self.point, digits)
        return self._others[digits]

    def value(self, expression: Any, scope: Scope) -> Any:
        """Return the value of a node, which has to be a real number."""
        for kind in type(expression).__mro__:
            if rule := _RULES.get(kind):
                return self.real(rule(self, expression, scope))
        raise UndefinedError(f"no rule for {type(expression).__name__}")

    def once(
        self, name: Any, arguments: tuple[Any, ...], scope: Scope, compute: Callable[[], Any]
    ) -> Any:
        """Return the value of a defined name, computed once for the same values around it."""
        made = made_of(name, tuple(self.definitions.items()))
        around = [scope.get(each) for each in made]
        known, value = self._known.get((name, arguments), (None, None))
        if known is None or any(a is not b for a, b in zip(around, known, strict=True)):
            value = compute()
            self._known[name, arguments] = around, value
        return value

    def real(self, value: Any) -> Any:
        """Return a value at this precision, if it is a finite real number."""
        if isinstance(value, Fraction):
            value = self.arithmetic.mpf(value.numerator) / value.denominator
        value = self.arithmetic.convert(value)
        if hasattr(value, "_mpc_"):
            if value.imag != 0:
                raise UndefinedError("not a real number")
            value = value.real
        if not self.arithmetic.isfinite(value):
            raise UndefinedError("not a finite number")
        return value

    def values(self, expression: Any, scope: Scope) -> list[Any]:
        """Return the values of a node's operands."""
        return [self.value(argument, scope) for argument in expression.args]

    def integer(self, expression: Any, scope: Scope) -> int:
        """Return the value of a node that counts something."""
        value = self.value(expression, scope)
        if value != int(value):
            raise UndefinedError("expected an integer")
        return int(value)
