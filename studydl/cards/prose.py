"""A text of a deck, refused where YAML would have made something else of what was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studydl.cards.segments import formulas_of
from studydl.cards.syntax import misread

if TYPE_CHECKING:
    from studydl.cards.problems import Findings
    from studydl.cards.tree import Scalar

__all__ = ["read_prose"]

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_SINGLE_QUOTES = "in double quotes a backslash escapes: write LaTeX in single quotes or under |"


def read_prose(scalar: Scalar, findings: Findings) -> str | None:
    """Return the text of a scalar without the space around it, or None if it is none."""
    message, hint = _problem(scalar)
    if not message:
        return scalar.text.strip()
    findings.add(scalar.spot, message, hint, rule="text")
    return None


def _problem(scalar: Scalar) -> tuple[str, str]:
    text = scalar.text
    if not text.strip():
        hint = "text that starts with # must stand in quotes" if not scalar.style else ""
        return "the text is empty", hint
    if not scalar.style and (meaning := misread(text)):
        return f"{text} without quotes is {meaning}, not text", f'write it in quotes: "{text}"'
    if scalar.style == '"' and _was_escaped(text):
        return "a backslash in double quotes was read as a control character", _SINGLE_QUOTES
    return "", ""


def _was_escaped(text: str) -> bool:
    r"""Tell whether ``"$\frac{...}$"`` or ``"$\nabla f$"`` lost its command to an escape."""
    in_formula = any("\n" in formula.text for formula in formulas_of(text))
    return in_formula or _CONTROL.search(text) is not None
