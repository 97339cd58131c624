"""How a call is shown to the learner: short, whatever was handed over."""

from __future__ import annotations

from typing import Any

from studydl.judging.code.child.parts import fields_of, is_array, shape_of

__all__ = ["call_text"]

_LONGEST = 240
_MOST_NUMBERS = 8


def call_text(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Return a call as Python would write it, with the shapes of what is large."""
    shown = [*map(_shown, args), *(f"{key}={_shown(value)}" for key, value in kwargs.items())]
    text = f"{name}({', '.join(shown)})"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _shown(value: Any) -> str:
    if is_array(value) and value.size > _MOST_NUMBERS:
        return f"array of shape {shape_of(value)}"
    if is_array(value):
        numbers = _shown(value.tolist())
        return f"array({numbers})" if value.shape else numbers
    if isinstance(value, float):
        text = f"{value:.6g}"
        return text if text.strip("-0123456789") else f"{text}.0"
    if fields_of(value):
        return f"{type(value).__name__}(…)"
    if isinstance(value, tuple | list):
        inside = ", ".join(map(_shown, value))
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    return _named(value)


def _named(value: Any) -> str:
    """Return a plain value as it is written, anything else by its name or that of its type."""
    if isinstance(value, bool | int | str) or value is None:
        return repr(value)
    return str(getattr(value, "__name__", type(value).__name__))
