"""One spelling for what keyboards and input methods write in many.

``１．５×１０⁻³`` is ``1.5*10^(-3)``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

__all__ = ["Spelling", "is_vulgar_fraction", "respell"]

_SAME = {
    **dict.fromkeys("−–—‐‑‒﹣", "-"),
    **dict.fromkeys("×·∙⋅✕✖", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    "。": ".",
}
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))


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


def respell(text: str) -> Spelling:
    """Return the text in the one spelling; what has no other spelling stays as it is."""
    characters: list[str] = []
    origins: list[int] = []
    raised = False

    def write(spelled: str, origin: int) -> None:
        characters.extend(spelled)
        origins.extend([origin] * len(spelled))

    for index, character in enumerate(text):
        if (character in _SUPERSCRIPTS) != raised:
            write(")" if raised else "^(", index)
            raised = not raised
        write(_SUPERSCRIPTS[character] if raised else _one(character), index)
    if raised:
        write(")", len(text))
    return Spelling("".join(characters), (*origins, len(text)))


def _one(character: str) -> str:
    if same := _SAME.get(character):
        return same
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
