"""Nodes put together within bounds, each with its place and its form as it was typed."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.expressions import bounds, complaints
from studydl.cards.expressions.tree import Binary, Call, Negative

if TYPE_CHECKING:
    from studydl.cards.expressions.tree import Expression, Operator

__all__ = ["MAX_NODES", "Builder", "Form", "Part"]

MAX_NODES = 150
MAX_DEGREE = 1024
"""Of powers of powers: their exponents multiply when somebody expands them."""


class Form(Enum):
    """How a part was typed, where the tree no longer tells."""

    PLAIN = auto()
    WHOLE = auto()
    """In brackets, or its last part is."""
    BARE = auto()
    """A function without brackets."""
    FACTORIAL = auto()
    """With an exclamation mark behind it."""


class Part(NamedTuple):
    """A part that was read.

    Attributes:
        node: Its tree.
        at: Where it begins.
        worth: What it comes to, if it is constant.
        degree: The largest product of exponents on one path through it.
        form: How it was typed.
    """

    node: Expression
    at: int
    worth: bounds.Worth
    degree: float
    form: Form


class Builder:
    """Makes nodes, and counts them."""

    def __init__(self) -> None:
        self._nodes = 0

    def leaf(self, at: int, node: Expression) -> Part:
        """Return a number or a name."""
        return self._part(node, (), at, at, Form.PLAIN)

    def negative(self, at: int, operand: Part) -> Part:
        """Return the negative of a part."""
        return self._part(Negative(operand.node), (operand,), at, at, Form.PLAIN)

    def call(
        self, at: int, function: str, arguments: tuple[Part, ...], form: Form = Form.WHOLE
    ) -> Part:
        """Return a function of some parts."""
        node = Call(function, tuple(argument.node for argument in arguments))
        return self._part(node, arguments, at, at, form)

    def binary(
        self, operator: Operator, at: int, left: Part, right: Part, form: Form = Form.PLAIN
    ) -> Part:
        """Return two parts joined by an operator, which stands at a place."""
        node = Binary(operator, left.node, right.node)
        blamed = right.at if operator == "^" else at
        if operator == "^" and right.form is Form.WHOLE:
            form = Form.WHOLE
        return self._part(node, (left, right), min(left.at, at), blamed, form)

    def _part(
        self, node: Expression, parts: tuple[Part, ...], at: int, blamed: int, form: Form
    ) -> Part:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise complaints.too_many_parts(blamed, MAX_NODES)
        try:
            worth = bounds.fold(node, *(part.worth for part in parts))
        except bounds.ExponentError:
            raise complaints.exponent_too_large(blamed, bounds.MAX_EXPONENT) from None
        except bounds.FactorialError:
            raise complaints.factorial_of(blamed, bounds.MAX_FACTORIAL) from None
        except bounds.SizeError:
            raise complaints.too_large(blamed) from None
        return Part(node, at, worth, _degree(node, parts, blamed), form)


def _degree(node: Expression, parts: tuple[Part, ...], at: int) -> float:
    degree = max((part.degree for part in parts), default=1.0)
    if not isinstance(node, Binary) or node.operator != "^":
        return degree
    base, exponent = parts
    if base.worth is not bounds.OPEN or isinstance(exponent.worth, bounds.Unfolded):
        return degree
    degree = max(base.degree * abs(float(exponent.worth)), 1.0)
    if degree > MAX_DEGREE:
        raise complaints.exponent_too_large(at, MAX_DEGREE)
    return degree
