"""What the names in an expression stand for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import sympy
from sympy.core.function import AppliedUndef

__all__ = ["EXPECTATION", "Definitions", "expand_definitions", "made_of"]

EXPECTATION = sympy.Function("Expectation", real=True)
"""The mean over the equally likely outcomes of the random sequences inside."""

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
def made_of(name: Any, definitions: tuple[tuple[Any, Any], ...]) -> frozenset[str] | None:
    """Return the names that a defined symbol's value depends on; None if a recursion decides."""
    expanded = expand_definitions(name, dict(definitions))
    functions = {each.func for each in expanded.atoms(AppliedUndef)}
    if any(getattr(known, "func", None) in functions for known, _ in definitions):
        return None
    symbols = {each.name for each in expanded.free_symbols if isinstance(each, sympy.Symbol)}
    return frozenset(symbols | {each.__name__ for each in functions})


def _is_recursive(name: Any, meaning: Any) -> bool:
    begins = any(argument.is_number for argument in name.args)
    return begins or meaning.has(name.func)
