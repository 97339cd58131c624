"""What an operator is, and what the operators say about syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

__all__ = [
    "Operator",
    "Rewrite",
    "call_of",
    "is_number",
    "renamed",
    "with_keywords",
    "without_call",
]

Rewrite: TypeAlias = Callable[[ast.AST], Iterator[ast.AST]]
"""Yields what a node may be replaced by. The node itself stays as it is."""

_MODULES = frozenset({"np", "math"})
_FUNCTIONS = frozenset({"abs", "max", "min", "sum", "reversed"})


@dataclass(frozen=True, slots=True)
class Operator:
    """A kind of small fault.

    Attributes:
        name: A slug; part of every mutant's id.
        fault: What is done, in a few words.
        rewrite: Yields the faulty nodes for one node.
        examples: The code before, then everything that the operator makes of it, in order; the
            tests run them.
    """

    name: str
    fault: str
    rewrite: Rewrite
    examples: tuple[tuple[str, ...], ...]


def call_of(node: ast.AST, *names: str) -> ast.Call | None:
    """Return the node if it calls a function of such a name: bare, of NumPy or math, a method."""
    if not isinstance(node, ast.Call):
        return None
    match node.func:
        case ast.Name(id=name) if name in _FUNCTIONS:
            return node if name in names else None
        case ast.Attribute(attr=name):
            return node if name in names else None
    return None


def renamed(call: ast.Call, name: str) -> ast.Call:
    """Return the call with another function's name in the place of its own."""
    if isinstance(call.func, ast.Attribute):
        function: ast.expr = ast.Attribute(call.func.value, name, ast.Load())
    else:
        function = ast.Name(name, ast.Load())
    return ast.Call(function, call.args, call.keywords)


def without_call(call: ast.Call) -> ast.expr | None:
    """Return what the function is applied to: the first argument, or the object of a method."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=module)) if module in _MODULES:
            return call.args[0] if call.args else None
        case ast.Attribute(value=owner):
            return owner
    return call.args[0] if call.args else None


def with_keywords(call: ast.Call, name: str, value: ast.expr | None) -> ast.Call:
    """Return the call with one keyword argument replaced, added, or, for None, dropped."""
    kept = [each for each in call.keywords if each.arg != name]
    added = [] if value is None else [ast.keyword(name, value)]
    return ast.Call(call.func, call.args, [*kept, *added])


def is_number(node: ast.AST) -> bool:
    """Whether the node is a literal number; True and False are none."""
    return isinstance(node, ast.Constant) and type(node.value) in {int, float}
