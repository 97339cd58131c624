"""What a formula means to SymPy: the only module that builds its expressions, from our own tree.

Nothing is evaluated while it is built, so that what was typed cannot make SymPy work, and no text
ever reaches SymPy but names of variables that a card declares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mpmath
import sympy

from studydl.cards.expressions import Binary, Call, Constant, Negative, Number, Variable
from studydl.judging.formula.points import interval_of
from studydl.verification.domain import REALS, Domain, Integers, Interval
from studydl.verification.domain import Point as ExactPoint
from studydl.verification.evaluation import Evaluator, evaluate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studydl.cards import Variable as CardVariable
    from studydl.cards.expressions import Expression
    from studydl.judging.formula.points import Point
    from studydl.judging.formula.understanding import Meaning
    from studydl.verification.domain import SymbolSet

__all__ = ["Names", "built", "names_of", "written"]


_MORE_DIGITS = 700, 1_400
_TRUSTED = mpmath.mpf("1e-30")


class Names:
    """What the names of a card are to SymPy.

    Attributes:
        domain: What the free ones stand for.
        definitions: What the others abbreviate.
    """

    def __init__(
        self, domain: Domain, symbols: Mapping[str, Any], definitions: Mapping[Any, Any]
    ) -> None:
        """Take the symbol of each name, with what they stand for."""
        self.domain = domain
        self.definitions = definitions
        self._symbols = symbols

    def built(self, expression: Expression) -> Any:
        """Return the expression in these names."""
        return built(expression, self._symbols)

    def value(self, expression: Any, point: Point) -> Any:
        """Return the value of a built expression to thirty digits, or None if it has none."""
        exact = {
            name: int(value) if isinstance(self.domain.sets[name], Integers) else value
            for name, value in point.items()
        }
        exact_point = ExactPoint(exact)
        found = evaluate(expression, exact_point, self.definitions)
        return found if found != 0 else self._beyond_zero(expression, exact_point)

    def _beyond_zero(self, expression: Any, point: ExactPoint) -> Any:
        """Look at a zero again: it may be what cancellation has left of something far smaller."""
        found, again = (
            Evaluator(self.definitions, point, digits).value(expression, point.values)
            for digits in _MORE_DIGITS
        )
        if abs(again) <= abs(found) * _TRUSTED:
            # What shrinks with every digit is the rounding of a true zero.
            return 0 * again
        return again if abs(again - found) <= abs(again) * _TRUSTED else None


def names_of(variables: Iterable[CardVariable], meanings: Iterable[Meaning]) -> Names:
    """Return what the names of a card are to SymPy.

    Args:
        variables: The free ones.
        meanings: What the others abbreviate, each in the names before it.
    """
    sets = {sympy.Symbol(each.name): _set_of(each.values) for each in variables}
    domain = Domain(sets)
    symbols = {symbol.name: domain.grant(symbol) for symbol in sets}
    definitions: dict[Any, Any] = {}
    for name, expression in meanings:
        definitions[sympy.Symbol(name, real=True)] = built(expression, symbols)
        symbols[name] = sympy.Symbol(name, real=True)
    return Names(domain, symbols, definitions)


def built(  # noqa: PLR0911 - one for each kind of node
    expression: Expression, symbols: Mapping[str, Any]
) -> Any:
    """Return an expression of SymPy, as it was typed.

    Args:
        expression: Any.
        symbols: What each of its names is.
    """
    match expression:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Constant(name):
            return sympy.pi if name == "pi" else sympy.E
        case Variable(name):
            return symbols[name]
        case Negative(operand):
            return sympy.Mul(sympy.S.NegativeOne, built(operand, symbols), evaluate=False)
        case Binary("^", Constant("e"), exponent):
            return sympy.exp(built(exponent, symbols), evaluate=False)
        case Binary(operator, left, right):
            return _OPERATORS[operator](built(left, symbols), built(right, symbols))
        case Call(function, arguments):
            return _FUNCTIONS[function](*(built(each, symbols) for each in arguments))


def written(value: Any, digits: int) -> str:
    """Return a value of `Names.value` in some digits, as people write it: ``3``, not ``3.0``."""
    return str(mpmath.nstr(value, digits)).removesuffix(".0")


def _set_of(values: str) -> SymbolSet:
    if values == "real":
        return REALS
    if values in {"integer", "count"}:
        return Integers(low=int(values == "integer"))
    low, high = interval_of(values)
    ends = {} if low is None else {"low": float(low)}
    return Interval(**ends | ({} if high is None else {"high": float(high)}))


def _kept(function: Any) -> Callable[..., Any]:
    return lambda *arguments: function(*arguments, evaluate=False)


def _divided(left: Any, right: Any) -> Any:
    reciprocal = sympy.Pow(right, sympy.S.NegativeOne, evaluate=False)
    if left == 1:
        return reciprocal
    return sympy.Mul(left, reciprocal, evaluate=False)


def _subtracted(left: Any, right: Any) -> Any:
    return sympy.Add(left, sympy.Mul(sympy.S.NegativeOne, right, evaluate=False), evaluate=False)


def _sigmoid(argument: Any) -> Any:
    negative = sympy.Mul(sympy.S.NegativeOne, argument, evaluate=False)
    return sympy.Pow(_one_plus_exp(negative), sympy.S.NegativeOne, evaluate=False)


def _one_plus_exp(argument: Any) -> Any:
    return sympy.Add(sympy.S.One, sympy.exp(argument, evaluate=False), evaluate=False)


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": _kept(sympy.Add),
    "-": _subtracted,
    "*": _kept(sympy.Mul),
    "/": _divided,
    "^": _kept(sympy.Pow),
}

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: _kept(getattr(sympy, name)) for name in ("exp", "sin", "cos", "tan", "erf")},
    **{name: _kept(getattr(sympy, name)) for name in ("sinh", "cosh", "tanh", "sign")},
    "factorial": _kept(sympy.factorial),
    "ln": _kept(sympy.log),
    "abs": _kept(sympy.Abs),
    "min": _kept(sympy.Min),
    "max": _kept(sympy.Max),
    "sqrt": lambda argument: sympy.Pow(argument, sympy.S.Half, evaluate=False),
    "sigmoid": _sigmoid,
    "softplus": lambda argument: sympy.log(_one_plus_exp(argument), evaluate=False),
    "relu": lambda argument: sympy.Max(argument, sympy.S.Zero, evaluate=False),
}
