"""What the symbols of an expression stand for, and points drawn from there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import sympy
from sympy.core.function import UndefinedFunction

from studydl.verification.free_functions import FreeFunction, SmoothFunction
from studydl.verification.indexed import Grid, Index, Matrix
from studydl.verification.intervals import POSITIVE, REALS, UNIT, Interval
from studydl.verification.randomness import Bernoulli, Law, RandomNumbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.random import Generator

__all__ = [
    "POSITIVE",
    "REALS",
    "UNIT",
    "Domain",
    "FreeFunction",
    "Index",
    "Integers",
    "Interval",
    "Matrix",
    "Point",
    "RandomSequence",
    "Sequence",
    "SymbolSet",
]

_LENGTH = 12

_TELLING = ("integer", "positive", "negative", "nonnegative", "real")
"""The assumptions that a person writes; SymPy derives dozens from each."""

Row: TypeAlias = tuple[Fraction, ...]
Value: TypeAlias = Fraction | int | Row | tuple[Row, ...] | Law | Grid | SmoothFunction


@dataclass(frozen=True, slots=True)
class Integers:
    """The integers from ``low`` upward; those up to ``high`` are drawn."""

    low: int = 1
    high: int = _LENGTH

    def draw(self, rng: Generator) -> int:
        """Draw an integer, each as likely as any other."""
        return int(rng.integers(self.low, self.high, endpoint=True))


@dataclass(frozen=True, slots=True)
class Sequence:
    """Numbers ``x[1], x[2], ...``, each of the same interval."""

    values: Interval = REALS
    length: int = _LENGTH

    def draw(self, rng: Generator) -> Row:
        """Draw the numbers, independently."""
        return tuple(self.values.draw(rng) for _ in range(self.length))


@dataclass(frozen=True, slots=True)
class RandomSequence:
    """Random numbers ``x[1], x[2], ...`` of one distribution, dependent on each other in any way.

    Each takes the same few values, equally likely, in an order of its own over the outcomes. So
    its moments are the same for every index and are exact finite means, while products of two
    members have no mean that a careless step could rely on.
    """

    values: Interval = REALS
    length: int = _LENGTH
    outcomes: int = 3

    def draw(self, rng: Generator) -> tuple[Row, ...]:
        """Draw the numbers of each outcome."""
        values = [self.values.draw(rng) for _ in range(self.outcomes)]
        columns = [rng.permutation(self.outcomes) for _ in range(self.length)]
        return tuple(
            tuple(values[column[outcome]] for column in columns) for outcome in range(self.outcomes)
        )


SymbolSet: TypeAlias = (
    Interval | Integers | Index | Sequence | Matrix | RandomSequence | RandomNumbers | FreeFunction
)
_INDEXED = Sequence | Matrix | RandomSequence


@dataclass(frozen=True, slots=True)
class Point:
    """One value for each symbol, by the symbol's name."""

    values: Mapping[str, Value]

    def __str__(self) -> str:
        """Return the numbers as ``x = -1.37, t = 5``, and sequences as ``g = (0.3, 2.1, ...)``."""
        return ", ".join(f"{name} = {_written(value)}" for name, value in self.values.items())

    def as_floats(self) -> dict[str, Any]:
        """Return floats and integers, and a sequence or a matrix as an array of floats.

        The array of a random sequence has one row an outcome. Independent random numbers become
        the outcomes of one of them. A free function stays one.
        """
        return {
            name: value if isinstance(value, int) else _as_float(value)
            for name, value in self.values.items()
        }


def _as_float(value: Fraction | Row | tuple[Row, ...] | Law | Grid | SmoothFunction) -> Any:
    if isinstance(value, Law | Grid | SmoothFunction):
        return value.as_floats()
    return float(value) if isinstance(value, Fraction) else np.array(value, dtype=np.float64)


def _written(value: Value) -> str:
    if isinstance(value, tuple) and not isinstance(value, Law):
        first = value[0]
        shown = first if isinstance(first, tuple) else value
        return f"({', '.join(_written(each) for each in shown[:3])}, ...)"
    return f"{float(value):.10g}" if isinstance(value, Fraction) else str(value)


class Domain:
    """What each symbol stands for."""

    def __init__(self, sets: Mapping[Any, SymbolSet]) -> None:
        """Take a set for each symbol, ``IndexedBase`` or, for a free function, SymPy function.

        Raises:
            ValueError: If SymPy was told something about a symbol that its set does not grant,
                so that symbolic and sampled results would be about different symbols; or if an
                index or a probability comes before the symbols that it depends on.
        """
        self.sets: dict[str, SymbolSet] = {}
        self.symbols = tuple(sets)
        for symbol, values in sets.items():
            for other in _named_before(values):
                if _name(other) not in self.sets:
                    raise ValueError(f"{symbol}: expected {other} to be named before it")
            _check_assumptions(symbol, values)
            self.sets[_name(symbol)] = values

    def set_of(self, symbol: Any) -> SymbolSet:
        """Return what a symbol stands for."""
        return self.sets[_name(symbol)]

    def draw(self, rng: Generator) -> Point:
        """Draw one value for each symbol."""
        drawn: dict[str, Value] = {}
        for name, values in self.sets.items():
            if isinstance(values, Index | RandomNumbers):
                drawn[name] = values.draw(rng, drawn)
            else:
                drawn[name] = values.draw(rng)
        return Point(drawn)

    def grant(self, expression: Any) -> Any:
        """Return the expression with symbols of which SymPy knows all that their sets grant."""
        known = {symbol: _granted(symbol, self.set_of(symbol)) for symbol in self.symbols}
        changed = {symbol: other for symbol, other in known.items() if symbol != other}
        return expression.xreplace(changed) if changed else expression

    def grant_names(self, definitions: Mapping[Any, Any]) -> dict[Any, Any]:
        """Return definitions in terms of the symbols that `grant` puts in place."""
        return {self.grant(name): self.grant(told) for name, told in definitions.items()}

    def excludes(self, symbol: Any, value: Any) -> bool:
        """Whether the symbol's interval is known not to hold a number."""
        values = self.sets.get(str(symbol))
        if not isinstance(values, Interval) or not getattr(value, "is_number", False):
            return False
        return not values.low < float(value) < values.high


def _name(symbol: Any) -> str:
    return str(symbol.label if isinstance(symbol, sympy.IndexedBase) else symbol)


def _named_before(values: SymbolSet) -> tuple[Any, ...]:
    """Return the symbols whose values it takes to draw one of the set."""
    if isinstance(values, Index):
        return (values.upto,)
    return tuple(values.probability.free_symbols) if isinstance(values, Bernoulli) else ()


def _granted(symbol: Any, values: SymbolSet) -> Any:
    if isinstance(values, _INDEXED | FreeFunction) or isinstance(symbol, sympy.IndexedBase):
        return symbol
    return sympy.Symbol(symbol.name, **_assumptions(values))


def _assumptions(values: Interval | Integers | Index | RandomNumbers) -> dict[str, bool]:
    """Return what holds for every number of the set, in the words of SymPy."""
    if isinstance(values, RandomNumbers):
        return {"real": True}
    if isinstance(values, Index):
        return {"integer": True, "positive": True}
    if isinstance(values, Integers):
        sign = {"positive": True} if values.low > 0 else {"nonnegative": True}
        return {"integer": True} | (sign if values.low >= 0 else {})
    if values.low >= 0:
        return {"positive": True}
    return {"negative": True} if values.high <= 0 else {"real": True}


def _check_assumptions(symbol: Any, values: SymbolSet) -> None:
    is_sequence = isinstance(symbol, sympy.IndexedBase)
    if isinstance(values, RandomNumbers) and is_sequence:
        return
    if isinstance(values, _INDEXED) != is_sequence:
        raise ValueError(f"{symbol}: expected an IndexedBase for a sequence, a Symbol otherwise")
    if isinstance(values, FreeFunction) != isinstance(symbol, UndefinedFunction):
        raise ValueError(f"{symbol}: expected a Function for a free function, a Symbol otherwise")
    if isinstance(values, _INDEXED | FreeFunction):
        return
    granted = sympy.Symbol(symbol.name, **_assumptions(values)).assumptions0
    told = symbol.assumptions0
    for name in (*_TELLING, *told):
        if name in told and granted.get(name) != told[name]:
            raise ValueError(f"{symbol}: SymPy was told {name}={told[name]}, {values} is wider")
