"""Implementations that no verifier may accept: zeros, the identity, NaN, and code that raises.

A control stands in for a function, or for a named tuple of functions. It calls the reference to
learn the structure of the result (an array, or a tuple or dataclass of arrays and numbers) and
then replaces what is in it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from studydl.language import Text
from studydl.verification.claim import Misconception

__all__ = ["controls_of"]

_Rule = Callable[[Any, tuple[Any, ...]], Any]


def controls_of(implementation: Any) -> tuple[Misconception, ...]:
    """Return the four controls that take the place of an implementation."""
    return (
        Misconception(
            "zeros",
            _replaced(implementation, lambda leaf, _: np.zeros_like(leaf)),
            Text("Every result is zero.", "所有结果都是零。"),
        ),
        Misconception(
            "identity",
            _replaced(implementation, _first_input_like),
            Text("The input comes back unchanged.", "原样返回输入。"),
        ),
        Misconception(
            "nan",
            _replaced(implementation, _nan_like),
            Text("Every result is not a number.", "所有结果都不是数。"),
        ),
        Misconception(
            "raises",
            _raising(implementation),
            Text("Every call raises an exception.", "每次调用都抛出异常。"),
        ),
    )


class ControlError(Exception):
    """What the raising control raises."""


def _replaced(implementation: Any, rule: _Rule) -> Any:
    if isinstance(implementation, tuple):
        return type(implementation)(*(_replaced(each, rule) for each in implementation))

    def control(*args: Any, **kwargs: Any) -> Any:
        return _each_leaf(implementation(*args, **kwargs), rule, args)

    return control


def _raising(implementation: Any) -> Any:
    if isinstance(implementation, tuple):
        return type(implementation)(*(_raising(each) for each in implementation))

    def control(*_args: Any, **_kwargs: Any) -> Any:
        raise ControlError("the control raises on purpose")

    return control


def _each_leaf(result: Any, rule: _Rule, args: tuple[Any, ...]) -> Any:
    """Replace the floating-point leaves of a result; counters and flags stay as they are."""
    if isinstance(result, tuple):
        parts = [_each_leaf(each, rule, args) for each in result]
        return type(result)(*parts) if hasattr(result, "_fields") else tuple(parts)
    if dataclasses.is_dataclass(result) and not isinstance(result, type):
        fields = {f.name: getattr(result, f.name) for f in dataclasses.fields(result)}
        changed = {name: _each_leaf(value, rule, args) for name, value in fields.items()}
        return dataclasses.replace(result, **changed)
    if isinstance(result, float | np.ndarray | np.floating):
        return rule(result, args)
    return result


def _nan_like(leaf: Any, _args: tuple[Any, ...]) -> Any:
    """Return NaN in the shape of the result; integers become floats, for they have no NaN."""
    kind = np.result_type(np.asarray(leaf).dtype, np.float16)
    return np.full(np.shape(leaf), np.nan, kind)[()]


def _first_input_like(leaf: Any, args: tuple[Any, ...]) -> Any:
    """Return the first array or number handed in that has the shape of the result, else zeros."""
    for argument in args:
        if isinstance(argument, float | np.ndarray | np.floating):
            value = np.asarray(argument, dtype=np.asarray(leaf).dtype)
            if value.shape == np.shape(leaf):
                return value
    return np.zeros_like(leaf)
