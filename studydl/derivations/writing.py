"""How formulas are put down in derivations, so that they stay as they are written."""

from __future__ import annotations

from typing import Any

import sympy

__all__ = ["as_written", "integral", "minus", "product", "total"]


def as_written() -> Any:
    """Return a context in which SymPy keeps ``1 + x - 1`` as it stands."""
    return sympy.evaluate(False)


def minus(expression: Any) -> Any:
    """Return the expression with a minus sign before it; SymPy's own would turn ``-(-x)`` to x."""
    return sympy.Mul(-1, expression, evaluate=False)


def total(term: Any, index: Any, first: Any, last: Any) -> Any:
    """Return the sum of a term over an index, inside `as_written` too.

    There SymPy's own constructor would leave a factor of 1 in front of the term.
    """
    with sympy.evaluate(True):
        return sympy.Sum(term, (index, first, last))


def integral(density: Any, variable: Any, low: Any, high: Any) -> Any:
    """Return the integral of an expression between two ends, inside `as_written` too."""
    with sympy.evaluate(True):
        return sympy.Integral(density, (variable, low, high))


def product(factor: Any, index: Any, first: Any, last: Any) -> Any:
    """Return the product of a factor over an index, inside `as_written` too."""
    with sympy.evaluate(True):
        return sympy.Product(factor, (index, first, last))
