r"""The LaTeX that people paste: letters, functions, ``\frac``, ``\left(``, subscripts in braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.expressions import greek, refusals
from studydl.cards.expressions.token import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Read", "read", "subscript"]

_ACCENTS = {name: name for name in ("hat", "bar", "tilde")}
_ACCENTS |= {"widehat": "hat", "overline": "bar", "widetilde": "tilde"}
_FUNCTIONS = ("exp", "ln", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "min", "max")
_OPERATORS = {
    **dict.fromkeys(("cdot", "times", "ast"), "*"),
    "div": "/",
    "vert": "|",
    "lvert": "|(",
    "rvert": "|)",
    **dict.fromkeys(("{", "lbrace"), "{"),
    **dict.fromkeys(("}", "rbrace"), "}"),
    "lbrack": "[",
    "rbrack": "]",
}
_STRUCTURES = {
    **dict.fromkeys(("frac", "dfrac", "tfrac"), (Kind.FRACTION, r"\frac")),
    "sqrt": (Kind.ROOT, r"\sqrt"),
    **{name: (Kind.NAME, name) for name in _FUNCTIONS},
    **{name: (Kind.OPERATOR, text) for name, text in _OPERATORS.items()},
}
_COMPARISONS = ("le", "leq", "ge", "geq", "lt", "gt", "ne", "neq", "approx", "equiv")
_REFUSED = {**dict.fromkeys(_COMPARISONS, "<"), "infty": "∞"}
_UNSEEN = frozenset(
    {",", ";", ":", "!", " ", "quad", "qquad", "displaystyle", "textstyle", "limits"}
    | {f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r")}
)
_STYLES = "text|mathrm|mathit|textrm|operatorname"

_BAR = re.compile(r"\s*(?:\||\\vert(?![A-Za-z]))")
_BRACED = re.compile(r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}|\s*(\\[A-Za-z]+|[^\W_])")
_STYLED = re.compile(rf"\\(?:{_STYLES})\s*\{{([^{{}}]*)\}}")
_MACRO = re.compile(r"\\([A-Za-z]+)")
_SEPARATORS = re.compile(r"[\s,]+")
_WORD = re.compile(r"[^\W_]+(?:_[^\W_]+)*")
_CONTINUED = re.compile(r"[0-9_]\w*")


class Read(NamedTuple):
    """What a macro stands for, and where it ends; no kind if it is not seen."""

    kind: Kind | None
    text: str
    end: int


def read(source: str, place: int, macro: str, origins: Sequence[int]) -> Read:
    """Read the macro at a place.

    Args:
        source: The formula in the one spelling.
        place: Where the backslash is.
        macro: The macro, with its backslash.
        origins: The index of each character in the text as it was typed.

    Raises:
        ExpressionFault: If it is unknown, or what follows it is not what it needs.
    """
    name, end = macro[1:], place + len(macro)
    if name in greek.MACROS:
        return _continued(source, greek.MACROS[name], end, origins)
    if name in _STRUCTURES:
        return Read(*_STRUCTURES[name], end)
    if name in ("left", "right"):
        bar = _BAR.match(source, end)
        side = "|(" if name == "left" else "|)"
        return Read(Kind.OPERATOR, side, bar.end()) if bar else Read(None, "", end)
    if name in _UNSEEN:
        return Read(None, "", end)
    if name in _ACCENTS or name in _STYLES.split("|"):
        word, end = _argument(source, end, origins)
        accent = f"_{_ACCENTS[name]}" if name in _ACCENTS else ""
        return _continued(source, word + accent, end, origins)
    if name in _REFUSED:
        raise refusals.unknown_character(origins[place], _REFUSED[name])
    raise refusals.unknown_macro(origins[place], macro)


def subscript(source: str, place: int, origins: Sequence[int]) -> tuple[str, int]:
    """Return a subscript with its ``_``, and where it ends; the place is that of the ``_``."""
    word, end = _argument(source, place + 1, origins)
    return f"_{word}", end


def _continued(source: str, word: str, end: int, origins: Sequence[int]) -> Read:
    r"""Add the digits and the subscript behind a letter: ``\beta1``, ``\beta_1``, ``\beta_{1}``."""
    if more := _CONTINUED.match(source, end):
        word, end = word + more[0], more.end()
        if word.endswith("_"):
            index, end = subscript(source, end - 1, origins)
            word = word[:-1] + index
    return Read(Kind.NAME, word, end)


def _argument(source: str, place: int, origins: Sequence[int]) -> tuple[str, int]:
    """Return the word in braces, or the one letter, that follows."""
    found = _BRACED.match(source, place)
    if not found:
        raise refusals.subscript(origins[place])
    word = _STYLED.sub(r"\1", found[2] if found[1] is None else found[1])
    word = _MACRO.sub(lambda macro: greek.MACROS.get(macro[1], macro[0]), word)
    word = _SEPARATORS.sub("_", word.strip(" ,"))
    if not _WORD.fullmatch(word):
        raise refusals.subscript(origins[place])
    return word, found.end()
