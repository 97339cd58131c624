"""Which calls a verifier makes of the reference, each with its arguments and its result."""

from __future__ import annotations

import contextlib
import copy
import inspect
import time
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.verification.claim import Claim

__all__ = ["Call", "parts_of", "watched_calls"]

_MOST_CALLS = 300
_MOST_NUMBERS = 20_000
_SLOW = 0.25
"""Seconds: a call that takes longer is not put to every misconception as well."""


class Call(NamedTuple):
    """One call.

    Attributes:
        part: Which function of the implementation.
        name: Its name.
        names: The names of what it takes by position.
        args: What it was given, before it could change it.
        kwargs: The same by name.
        result: What it returned.
    """

    part: int
    name: str
    names: tuple[str, ...]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    result: Any


class _EnoughError(BaseException):
    """Ends the verifier; no ``except Exception`` of its own may hold it up."""


def parts_of(implementation: Any) -> list[tuple[str, Any]]:
    """Return the functions of an implementation with their names."""
    if isinstance(implementation, tuple):
        names = getattr(implementation, "_fields", map(str, range(len(implementation))))
        return list(zip(names, implementation, strict=True))
    return [(getattr(implementation, "__name__", "f"), implementation)]


def watched_calls(claim: Claim, *, seed: int, seconds: float) -> list[Call]:
    """Run a claim's verifier on its reference and return the calls that it makes.

    Args:
        claim: Whose.
        seed: The seed of the run.
        seconds: How long it is watched.
    """
    parts = parts_of(claim.implementation)
    watch = _Watch(time.monotonic() + seconds, _MOST_CALLS * len(parts))
    own = [
        watch.watched(part, name, function) if callable(function) else function
        for part, (name, function) in enumerate(parts)
    ]
    # Whether the verifier comes to its end is the matter of judging, not of the picture.
    with (
        contextlib.suppress(Exception, _EnoughError),
        np.errstate(all="ignore"),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        for _ in claim.verifier(_joined(claim.implementation, own), claim.generator(seed)):
            pass
    watch.is_over = True
    return watch.calls


class _Watch:
    """Keeps the calls of several functions until there are enough of them."""

    def __init__(self, ends: float, most: int) -> None:
        self.calls: list[Call] = []
        self.is_over = False
        self._ends = ends
        self._most = most

    def watched(self, part: int, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function whose calls are kept."""
        names = _names_of(function)

        def call(*args: Any, **kwargs: Any) -> Any:
            # Some are handed on as arguments, and called again when those are put elsewhere.
            if self.is_over:
                return function(*args, **kwargs)
            if time.monotonic() > self._ends or len(self.calls) >= self._most:
                raise _EnoughError
            before = copy.deepcopy((args, kwargs)) if _is_small((args, kwargs)) else None
            started = time.monotonic()
            result = function(*args, **kwargs)
            if before is not None and time.monotonic() - started < _SLOW:
                self.calls.append(Call(part, name, names, *before, copy.deepcopy(result)))
            return result

        return call


def _joined(reference: Any, functions: list[Any]) -> Any:
    """Return functions in the shape of the reference."""
    if not isinstance(reference, tuple):
        return functions[0]
    return type(reference)(*functions) if hasattr(reference, "_fields") else tuple(functions)


def _names_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of a function's arguments, as far as it tells them."""
    try:
        return tuple(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return ()


def _is_small(value: Any) -> bool:
    """Return whether a value can be copied in no time."""
    if isinstance(value, np.ndarray):
        return value.size <= _MOST_NUMBERS
    if isinstance(value, dict):
        return all(map(_is_small, value.values()))
    if isinstance(value, tuple | list):
        return len(value) <= _MOST_NUMBERS and all(map(_is_small, value[:_MOST_CALLS]))
    return True
