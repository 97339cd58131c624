"""Puts a mutant into the running program, so that every reference to the function sees it."""

from __future__ import annotations

import ast
import functools
import inspect
from contextlib import contextmanager
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from .generate import Mutant

__all__ = ["applied", "live_function"]


def live_function(module: ModuleType, qualified: str, path: str) -> FunctionType | None:
    """Return the function of a module or class that a name stands for, freed of its wrappers.

    Properties, class and static methods are opened, and wrappers that say what they wrap. What
    stands under the name but was not defined in the file is None.
    """
    found: Any = module
    for part in qualified.split("."):
        found = inspect.getattr_static(found, part, None)
    while not isinstance(found, FunctionType) or hasattr(found, "__wrapped__"):
        if isinstance(found, property):
            found = found.fget
        elif isinstance(found, functools.cached_property):
            found = found.func
        elif hasattr(found, "__wrapped__"):
            found = found.__wrapped__
        else:
            return None
    return found if found.__code__.co_filename == path else None


@contextmanager
def applied(mutant: Mutant, module: ModuleType) -> Iterator[None]:
    """Give the live function the mutant's code and defaults for as long as the block lasts.

    Raises:
        LookupError: If no live function belongs to the mutant.
    """
    function = live_function(module, mutant.function, str(mutant.source.path))
    if function is None:
        raise LookupError(f"no live function for {mutant.id}")
    kept = function.__code__, function.__defaults__, function.__kwdefaults__
    try:
        function.__code__ = mutant.code()
        _set_defaults(function, mutant)
        yield
    finally:
        function.__code__, function.__defaults__, function.__kwdefaults__ = kept


def _set_defaults(function: FunctionType, mutant: Mutant) -> None:
    """Replace the defaults that are literals; those that are computed stay as they are."""
    positional, by_name = mutant.defaults()
    if function.__defaults__:
        pairs = zip(positional, function.__defaults__, strict=True)
        function.__defaults__ = tuple(_literal(node, old) for node, old in pairs)
    if function.__kwdefaults__:
        code = function.__code__
        names = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
        function.__kwdefaults__ = {
            name: _literal(node, function.__kwdefaults__[name])
            for name, node in zip(names, by_name, strict=True)
            if node is not None
        }


def _literal(node: ast.expr, old: Any) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return old
