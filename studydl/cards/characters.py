"""One spelling for what keyboards and input methods write in many.

``１．５×１０⁻³`` is ``1.5*10^(-3)``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

__all__ = ["Spelling", "is_vulgar_fraction", "respell", "vulgar_fraction"]

_SAME = {
    **dict.fromkeys("−–—‐‑‒﹣", "-"),
    **dict.fromkeys("×·∙⋅✕✖∗", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    "。": ".",
    "∣": "|",
}


class _Height(Enum):
    LINE = auto()
    RAISED = auto()
    LOWERED = auto()


_HEIGHTS = {"<super>": _Height.RAISED, "<sub>": _Height.LOWERED}
_ENTERED = {_Height.LINE: "", _Height.RAISED: "^(", _Height.LOWERED: "_"}
_LEFT = {_Height.LINE: "", _Height.RAISED: ")", _Height.LOWERED: ""}


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text in the one spelling.

    Attributes:
        text: The characters.
        origins: For each of them, and for the end, its index in the text as it was typed.
    """

    text: str
    origins: tuple[int, ...]


def is_vulgar_fraction(character: str) -> bool:
    """Tell whether a character is a fraction by itself, such as ``½``."""
    return unicodedata.decomposition(character).startswith("<fraction>")


def vulgar_fraction(character: str) -> Fraction:
    """Return the value of a character such as ``½``."""
    over, _, under = unicodedata.normalize("NFKC", character).partition("⁄")
    # "⅟" has no denominator; it then counts as 1, as it does in print before a number.
    return Fraction(int(over), int(under or 1)) if over.isdecimal() else Fraction(0)


def respell(text: str) -> Spelling:
    """Return the text in the one spelling; what has no other spelling stays as it is.

    Raised characters become a power in parentheses, lowered ones a subscript: ``x₁²`` is
    ``x_1^(2)``.
    """
    characters: list[str] = []
    origins: list[int] = []
    before = _Height.LINE

    def write(spelled: str, origin: int) -> None:
        characters.extend(spelled)
        origins.extend([origin] * len(spelled))

    for index, character in enumerate(text):
        plain, height = (character, _Height.LINE) if character.isascii() else _one(character)
        if height is not before:
            write(_LEFT[before] + _ENTERED[height], index)
            before = height
        write(plain, index)
    write(_LEFT[before], len(text))
    return Spelling("".join(characters), (*origins, len(text)))


def _one(character: str) -> tuple[str, _Height]:
    """Return one character beyond ASCII in the one spelling, and how high it stands."""
    if same := _SAME.get(character):
        return same, _Height.LINE
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) != 1:
        return character, _Height.LINE
    kind = unicodedata.decomposition(character).partition(" ")[0]
    return _SAME.get(plain, plain), _HEIGHTS.get(kind, _Height.LINE)
