"""The value of a derivative at a point, from nothing but the values around that point.

A difference of two values a tiny step apart, at three times the precision, is the derivative to
twice the digits that are asked for. So it needs no rule of calculus, goes through sums, recursions
and functions of which nothing is known, and is independent of what SymPy makes of derivatives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from studydl.verification.evaluation_rules import Rule, UndefinedError
from studydl.verification.indexed import Grid
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    from studydl.verification.evaluation import Evaluator
    from studydl.verification.evaluation_rules import Scope

__all__ = ["DERIVATIVE_RULES"]

_MOST_VARIABLES = 3
"""Each derivative of a derivative triples the digits."""


def _derivative(walk: Evaluator, node: Any, scope: Scope) -> Any:
    if len(node.variables) > _MOST_VARIABLES:
        raise UndefinedError("a derivative of too high an order")
    return _slope(walk, node.expr, node.variables, scope)


def _slope(walk: Evaluator, expression: Any, variables: tuple[Any, ...], scope: Scope) -> Any:
    if not variables:
        return walk.value(expression, scope)
    fine = walk.at_digits(3 * walk.digits)
    step = fine.arithmetic.mpf(10) ** -walk.digits
    *others, last = variables
    above, below = (
        _slope(fine, expression, tuple(others), _moved(fine, last, way * step, scope))
        for way in (1, -1)
    )
    return (above - below) / (2 * step)


def _moved(walk: Evaluator, variable: Any, step: Any, scope: Scope) -> Scope:
    """Return the values with that of the variable changed by a step."""
    if isinstance(variable, sympy.Indexed):
        place = [walk.integer(index, scope) - 1 for index in variable.indices]
        name = str(variable.base.label)
        return {**scope, name: _changed(walk, scope.get(name), place, step)}
    if not isinstance(variable, sympy.Symbol) or variable in walk.definitions:
        raise UndefinedError(f"no derivative for {variable}")
    return {**scope, variable.name: _changed(walk, scope.get(variable.name), [], step)}


def _changed(walk: Evaluator, value: Any, place: list[int], step: Any) -> Any:
    """Return a number, or a row or matrix, with the number at a place changed by a step."""
    if isinstance(value, Grid):
        return Grid(_changed(walk, value.rows, place, step))
    if not place:
        # An integer counts something: there is no step from one to the next.
        if value is None or isinstance(value, int | tuple):
            raise UndefinedError("no number to differentiate for")
        return walk.real(value) + step
    first, *rest = place
    if not isinstance(value, tuple) or not 0 <= first < len(value):
        raise UndefinedError("no entry to differentiate for")
    return (*value[:first], _changed(walk, value[first], rest, step), *value[first + 1 :])


DERIVATIVE_RULES: dict[type, Rule] = {sympy.Derivative: _derivative, Partial: _derivative}
