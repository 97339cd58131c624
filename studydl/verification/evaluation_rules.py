"""How each kind of node in an expression gets its value.

A rule takes the walk over the expression, the node, and the values of the names around it. It
returns a number, and raises `UndefinedError` where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import sympy
from sympy.core.function import AppliedUndef

from studydl.verification.definitions import expand_definitions
from studydl.verification.free_functions import SmoothFunction
from studydl.verification.indexed import Grid
from studydl.verification.randomness import RandomMember

if TYPE_CHECKING:
    from studydl.verification.evaluation import Evaluator

__all__ = ["RULES", "Rule", "Scope", "UndefinedError"]

Scope: TypeAlias = Mapping[str, Any]
"""The values of the point's symbols and of bound variables, by name."""

Rule: TypeAlias = Callable[["Evaluator", Any, Scope], Any]

_MOST_TERMS = 2_000
_LARGEST_EXPONENT = 1e12
_FAR, _FARTHER = 2**14, 2**15
"""Where a limit at infinity has to have settled; one that has not is left to SymPy."""


class UndefinedError(Exception):
    """An expression has no real value here, or none within the bounds of this module."""


def _add(walk: Evaluator, node: Any, scope: Scope) -> Any:
    return walk.arithmetic.fsum(walk.values(node, scope))


def _multiply(walk: Evaluator, node: Any, scope: Scope) -> Any:
    return walk.arithmetic.fprod(walk.values(node, scope))


def _power(walk: Evaluator, node: Any, scope: Scope) -> Any:
    base, exponent = walk.values(node, scope)
    if base == 0:
        if exponent < 0:
            raise UndefinedError("division by zero")
        return int(exponent == 0)
    if abs(exponent) * (1 + abs(walk.arithmetic.mag(base))) > _LARGEST_EXPONENT:
        raise UndefinedError("beyond every bound")
    return walk.arithmetic.power(base, exponent)


def _exponential(walk: Evaluator, node: Any, scope: Scope) -> Any:
    (exponent,) = walk.values(node, scope)
    if abs(exponent) > _LARGEST_EXPONENT:
        raise UndefinedError("beyond every bound")
    return walk.arithmetic.exp(exponent)


def _number(walk: Evaluator, node: Any, _scope: Scope) -> Any:
    if not node.is_finite:
        raise UndefinedError("not a finite number")
    return (
        walk.arithmetic.mpf(node.p) / node.q
        if node.is_Rational
        else walk.arithmetic.convert(
            node._to_mpmath(walk.arithmetic.prec)  # noqa: SLF001 - SymPy's protocol for mpmath
        )
    )


def _symbol(walk: Evaluator, node: Any, scope: Scope) -> Any:
    if node in walk.definitions:
        return walk.once(node, (), scope, lambda: walk.value(walk.definitions[node], scope))
    value = scope.get(node.name)
    if isinstance(value, RandomMember):
        value = value.entry(0)
    if value is None or isinstance(value, tuple):
        raise UndefinedError(f"no value for {node}")
    return value


def _entry(walk: Evaluator, node: Any, scope: Scope) -> Any:
    index, *others = (walk.integer(each, scope) for each in node.indices)
    row = scope.get(str(node.base.label))
    if isinstance(row, Grid | RandomMember):
        entry = row.entry(index, *others)
        if entry is None:
            raise UndefinedError(f"no value for {node}")
        return entry
    if (
        others
        or not isinstance(row, tuple)
        or not 1 <= index <= len(row)
        or isinstance(row[0], tuple)
    ):
        raise UndefinedError(f"no value for {node}")
    return row[index - 1]


def _sum(walk: Evaluator, node: Any, scope: Scope) -> Any:
    return walk.arithmetic.fsum(_terms(walk, node, scope))


def _product(walk: Evaluator, node: Any, scope: Scope) -> Any:
    return walk.arithmetic.fprod(_terms(walk, node, scope))


def _terms(walk: Evaluator, node: Any, scope: Scope) -> Iterator[Any]:
    """Yield the term at each index; the first of several ranges is the innermost."""
    inner = node.function if len(node.limits) == 1 else node.func(node.function, *node.limits[:-1])
    index, low, high = node.limits[-1]
    first, last = walk.integer(low, scope), walk.integer(high, scope)
    if last - first > _MOST_TERMS:
        raise UndefinedError("too many terms")
    for i in range(first, last + 1):
        yield walk.value(inner, {**scope, index.name: i})


def _applied(walk: Evaluator, node: Any, scope: Scope) -> Any:
    """Return the value of a defined or free function or a recursion."""
    arguments = walk.values(node, scope)
    function = scope.get(node.func.__name__)
    if isinstance(function, SmoothFunction):
        (argument,) = arguments
        return function.at(argument, walk.arithmetic)
    for pattern, meaning in walk.definitions.items():
        if getattr(pattern, "func", None) == node.func:
            bound = _bindings(pattern.args, arguments)
            if bound is not None:
                inside = {**scope, **bound}
                value = partial(walk.value, meaning, inside)
                return walk.once(node.func, tuple(arguments), scope, value)
    raise UndefinedError(f"no definition of {node.func}")


def _bindings(parameters: tuple[Any, ...], arguments: list[Any]) -> dict[str, Any] | None:
    """Return the parameters' values, or None if a number in the pattern is not met."""
    pairs = list(zip(parameters, arguments, strict=True))
    if any(each.is_number and int(each) != value for each, value in pairs):
        return None
    return {each.name: value for each, value in pairs if not each.is_number}


def _bound(walk: Evaluator, node: Any, scope: Scope) -> Any:
    values = {
        variable.name: walk.value(place, scope)
        for variable, place in zip(node.variables, node.point, strict=True)
    }
    return walk.value(node.expr, {**scope, **values})


def _limit(walk: Evaluator, node: Any, scope: Scope) -> Any:
    """Return where the values have settled far out, or else SymPy's limit at this very point."""
    body, variable, place, _ = node.args
    if place is sympy.oo:
        try:
            far, farther = (
                walk.value(body, {**scope, variable.name: at}) for at in (_FAR, _FARTHER)
            )
        except UndefinedError:
            pass
        else:
            if abs(farther - far) <= abs(farther) * walk.arithmetic.eps * _FARTHER:
                return farther
    return walk.value(_exact_limit(walk, node), scope)


def _exact_limit(walk: Evaluator, node: Any) -> Any:
    values = walk.point.values
    exact = {
        symbol: sympy.Rational(values[symbol.name])
        for symbol in node.free_symbols
        if isinstance(values.get(symbol.name), int | Fraction)
    }
    try:
        found = expand_definitions(node, walk.definitions).subs(exact).doit()
    except (NotImplementedError, ValueError) as error:
        raise UndefinedError("no limit found") from error
    if found.has(sympy.Limit):
        raise UndefinedError("no limit found")
    return found


def _pieces(walk: Evaluator, node: Any, scope: Scope) -> Any:
    for value, condition in node.args:
        if _is_true(walk, condition, scope):
            return walk.value(value, scope)
    raise UndefinedError("no condition holds")


def _is_true(walk: Evaluator, condition: Any, scope: Scope) -> bool:
    if condition in {sympy.true, sympy.false}:
        return bool(condition)
    if isinstance(condition, sympy.And | sympy.Or):
        found = (_is_true(walk, each, scope) for each in condition.args)
        return all(found) if isinstance(condition, sympy.And) else any(found)
    if isinstance(condition, sympy.Not):
        return not _is_true(walk, condition.args[0], scope)
    if not condition.is_Relational:
        raise UndefinedError("no rule for the condition")
    left, right = walk.values(condition, scope)
    return bool(condition.func(_sign(left - right), 0))


def _sign(value: Any) -> int:
    return int(value > 0) - int(value < 0)


def _delta(walk: Evaluator, node: Any, scope: Scope) -> Any:
    first, second = walk.values(node, scope)
    return int(first == second)


def _step(walk: Evaluator, node: Any, scope: Scope) -> Any:
    value = walk.value(node.args[0], scope)
    return Fraction(1 + _sign(value), 2)


def _function(name: str) -> Rule:
    def rule(walk: Evaluator, node: Any, scope: Scope) -> Any:
        values = walk.values(node, scope)
        if any(abs(value) > _LARGEST_EXPONENT for value in values):
            raise UndefinedError("beyond every bound")
        return getattr(walk.arithmetic, name)(*values)

    return rule


_SAME_NAME_IN_MPMATH = (
    *(sympy.sin, sympy.cos, sympy.tan, sympy.asin, sympy.acos, sympy.atan),
    *(sympy.sinh, sympy.cosh, sympy.tanh, sympy.asinh, sympy.acosh, sympy.atanh),
    *(sympy.erf, sympy.gamma, sympy.factorial),
)

RULES: dict[type, Rule] = {
    sympy.Add: _add,
    sympy.Mul: _multiply,
    sympy.Pow: _power,
    sympy.exp: _exponential,
    sympy.Number: _number,
    sympy.NumberSymbol: _number,
    sympy.Symbol: _symbol,
    sympy.Indexed: _entry,
    sympy.Sum: _sum,
    sympy.Product: _product,
    sympy.Subs: _bound,
    sympy.Limit: _limit,
    sympy.Piecewise: _pieces,
    sympy.KroneckerDelta: _delta,
    sympy.Heaviside: _step,
    AppliedUndef: _applied,
    sympy.log: lambda walk, node, scope: walk.arithmetic.log(*walk.values(node, scope)),
    sympy.Max: lambda walk, node, scope: max(walk.values(node, scope)),
    sympy.Min: lambda walk, node, scope: min(walk.values(node, scope)),
    sympy.Abs: lambda walk, node, scope: abs(*walk.values(node, scope)),
    sympy.sign: lambda walk, node, scope: _sign(*walk.values(node, scope)),
    **{function: _function(function.__name__) for function in _SAME_NAME_IN_MPMATH},
}
