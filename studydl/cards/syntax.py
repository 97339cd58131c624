"""What people mean who write what YAML cannot read, or reads as something else."""

from __future__ import annotations

import re

__all__ = ["misread", "syntax_hint"]

_SYNTAX_HINTS = (
    ("mapping values are not allowed", 'text that contains ": " must stand in quotes'),
    (
        "unknown escape character",
        "in double quotes a backslash escapes: write LaTeX in single quotes or under |",
    ),
    (
        "hexadecimal number",
        "in double quotes a backslash escapes: write LaTeX in single quotes or under |",
    ),
    ("cannot start any token", "text that starts with ` @ or % must stand in quotes"),
    ("unexpected end of stream", "a quote is opened and never closed"),
    ("expected ',' or", "text with , : ? { } [ ] inside braces must stand in quotes"),
    ("could not find expected ':'", "every key is followed by a colon and a space"),
    ("directive", "text that starts with % must stand in quotes"),
    ("alphabetic or numeric", "text that starts with & or * must stand in quotes"),
    ("tag", "text that starts with ! must stand in quotes"),
)
_INDENTATION = "check indentation and quotes here and on the line above"

_MISREADINGS = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"~|null|Null|NULL|", "nothing"),
        (r"(?i:yes|no|on|off|true|false)", "yes or no"),
        (r"[-+]?0[0-7_]+", "an octal number"),
        (r"[-+]?0(?:x[0-9a-fA-F_]+|b[01_]+|o[0-7]+)", "a number"),
        (r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?", "a number"),
        (r"[-+]?\.(?i:inf)|\.(?i:nan)", "a number"),
        (r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?", "a time"),
        (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?", "a date"),
        (r"=", "a default value"),
    )
)


def syntax_hint(problem: str) -> str:
    """Return what most often leads to a message of the YAML parser."""
    return next((hint for part, hint in _SYNTAX_HINTS if part in problem), _INDENTATION)


def misread(plain: str) -> str | None:
    """Return what YAML makes of a text without quotes, or None if it stays text.

    Both YAML 1.1 and 1.2 count: editors and other tools read one or the other.
    """
    return next((meaning for shape, meaning in _MISREADINGS if shape.fullmatch(plain)), None)
