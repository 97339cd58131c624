"""What a result consists of: numbers, arrays, and the parts of what holds them.

Arrays are told by their own attributes, so that no comparison here names NumPy.
"""

from __future__ import annotations

import dataclasses
from typing import Any

__all__ = ["description", "dtype_of", "fields_of", "is_array", "is_number", "shape_of"]


def is_array(value: Any) -> bool:
    """Tell whether a value is an array or one of NumPy's own numbers."""
    return hasattr(value, "dtype") and hasattr(value, "shape") and hasattr(value, "tobytes")


def is_number(value: Any) -> bool:
    """Tell whether a value is a number or an array."""
    return isinstance(value, bool | int | float | complex) or is_array(value)


def shape_of(value: Any) -> tuple[int, ...]:
    """Return the shape of an array, or of a number, which has no axes."""
    return tuple(value.shape) if is_array(value) else ()


def dtype_of(value: Any) -> str:
    """Return the name of a number's type, as NumPy has it."""
    if is_array(value):
        return str(value.dtype)
    return "float64" if type(value) is float else type(value).__name__


def fields_of(value: Any) -> tuple[str, ...]:
    """Return the names of the parts of a named tuple or dataclass; of anything else, none."""
    if isinstance(value, tuple):
        return tuple(getattr(value, "_fields", ()))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return tuple(each.name for each in dataclasses.fields(value) if each.init)
    return ()


def description(value: Any) -> str:
    """Return what a value is, as short as a type."""
    if is_array(value):
        return f"{dtype_of(value)} array {shape_of(value)}" if value.shape else dtype_of(value)
    if isinstance(value, tuple | list):
        return f"{type(value).__name__}, len {len(value)}"
    return type(value).__name__
