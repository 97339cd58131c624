"""What the names in an expression stand for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import sympy
from sympy.core.function import AppliedUndef

__all__ = [
    "COVARIANCE",
    "EXPECTATION",
    "VARIANCE",
    "Definitions",
    "expand_definitions",
    "made_of",
]

EXPECTATION = sympy.Function("Expectation", real=True)
"""The mean over all outcomes of the random numbers inside."""

VARIANCE = sympy.Function("Variance", real=True)
"""The mean squared deviation of what is inside from its expectation."""

COVARIANCE = sympy.Function("Covariance", real=True)
"""The mean product of the deviations of two quantities from their expectations."""

Definitions: TypeAlias = Mapping[Any, Any]
"""Names and their meaning, each made of symbols and of names before it.

A name is a symbol, a function of symbols (``{sigma(x): 1/(1 + exp(-x))}``), or a recursion with
its beginning (``{v(0): 0, v(t): alpha*v(t - 1) + g}``).
"""


def expand_definitions(expression: Any, definitions: Definitions) -> Any:
    """Replace every name by its meaning, except recursions, which have no meaning to write out."""
    expanded = expression
    for name, meaning in reversed(list(definitions.items())):
        if not isinstance(name, AppliedUndef):
            expanded = expanded.xreplace({name: meaning})
        elif not _is_recursive(name, meaning):
            expanded = expanded.replace(name.func, sympy.Lambda(name.args, meaning))
    return expanded


@lru_cache(maxsize=256)
def made_of(name: Any, definitions: tuple[tuple[Any, Any], ...]) -> frozenset[str]:
    """Return the names that the value of a defined symbol or function depends on.

    Args:
        name: The symbol, or the function without its arguments.
        definitions: All names and their meaning.
    """
    meanings = {_head(each) for each, _ in definitions}
    found, seen, todo = set[str](), set[Any](), [name]
    while todo:
        head = todo.pop()
        seen.add(head)
        for pattern, meaning in definitions:
            if _head(pattern) == head:
                heads = {each.func for each in meaning.atoms(AppliedUndef)}
                inside = meaning.free_symbols.difference(pattern.args) | heads
                todo += [each for each in inside if each in meanings and each not in seen]
                found |= {str(getattr(each, "name", each)) for each in inside}
    return frozenset(found)


def _head(pattern: Any) -> Any:
    return pattern.func if isinstance(pattern, AppliedUndef) else pattern


def _is_recursive(name: Any, meaning: Any) -> bool:
    begins = any(argument.is_number for argument in name.args)
    return begins or meaning.has(name.func)
