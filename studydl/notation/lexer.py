"""LaTeX source to tokens, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from studydl.notation.errors import NotationError

__all__ = ["END", "Token", "tokens"]

END = ""

_TOKEN = re.compile(r"\\(?:operatorname\*|[A-Za-z]+|.)|[0-9]+(?:\.[0-9]+)?|\S")
_REFUSED = {
    "$": "write \\$ for a dollar sign",
    "%": "write \\% for a percent sign",
    "#": "write \\# for a hash sign",
    "\\": "a macro name must follow the backslash",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A macro, a number, or a single character. The token `END` closes every formula."""

    text: str
    offset: int

    @property
    def end(self) -> int:
        """The offset just behind the token."""
        return self.offset + len(self.text)


def tokens(source: str) -> list[Token]:
    """Splits `source`; spaces separate and are dropped. Refuses what no formula can hold."""
    found = [_accepted(match.group(), match.start()) for match in _TOKEN.finditer(source)]
    return [*found, Token(END, len(source))]


def _accepted(text: str, offset: int) -> Token:
    if text in _REFUSED:
        raise NotationError(f"{text!r} cannot stand in a formula", offset, _REFUSED[text])
    if unicodedata.category(text[-1])[0] in "CM":
        code = f"U+{ord(text[-1]):04X}"
        raise NotationError(
            f"the invisible or combining character {code} cannot stand in a formula",
            offset,
            "write accents as macros, such as \\hat{x}",
        )
    return Token(text, offset)
