"""What an expression is: a small tree that says nothing of how it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

__all__ = [
    "Binary",
    "Call",
    "Constant",
    "Expression",
    "Negative",
    "Number",
    "Operator",
    "Variable",
    "calls_used",
    "names_used",
    "parts_of",
    "size",
    "walk",
]

Operator = Literal["+", "-", "*", "/", "^"]


@dataclass(frozen=True, slots=True)
class Number:
    """A literal, exactly as it was written; what is typed is a decimal and never negative."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Constant:
    """``e`` or ``pi``."""

    name: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable, by the name that the vocabulary gives it."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """The negative of an expression."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """A sum, difference, product, quotient or power."""

    operator: Operator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function of arguments: ``|x|`` is ``abs``, ``√x`` is ``sqrt``, ``n!`` is ``factorial``."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Number | Constant | Variable | Negative | Binary | Call


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """Return what an expression is made of, from left to right."""
    match expression:
        case Negative(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield every part of an expression, itself first, from left to right."""
    ahead = [expression]
    while ahead:
        here = ahead.pop()
        yield here
        ahead.extend(reversed(parts_of(here)))


def names_used(expression: Expression) -> frozenset[str]:
    """Return the variables that occur; constants are none."""
    return frozenset(part.name for part in walk(expression) if isinstance(part, Variable))


def calls_used(expression: Expression) -> frozenset[str]:
    """Return the functions that occur."""
    return frozenset(part.function for part in walk(expression) if isinstance(part, Call))


def size(expression: Expression) -> int:
    """Return how many nodes an expression has."""
    return sum(1 for _ in walk(expression))
