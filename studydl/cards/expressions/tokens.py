"""Characters to numbers, words and operators, each with its place."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING

from studydl.cards.characters import is_vulgar_fraction, respell, vulgar_fraction
from studydl.cards.expressions import complaints, refusals
from studydl.cards.expressions.greek import NAMES
from studydl.cards.expressions.token import Kind, Token
from studydl.language import Text

if TYPE_CHECKING:
    from studydl.cards.characters import Spelling

__all__ = ["MAX_LENGTH", "tokens_of"]

MAX_LENGTH = 400
"""Characters of one formula; nobody types a longer one by hand."""
MAX_DIGITS = 60
MAX_POWER_OF_TEN = 300

_ACCENTS = {"\u0302": "_hat", "\u0304": "_bar", "\u0303": "_tilde"}

_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
    | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>[^\W\d_][\w{"".join(_ACCENTS)}]*)
    | (?P<macro>\\(?:[A-Za-z]+|.))
    | (?P<refused>==|!=|=)
    | (?P<operator>\*\*|[-+*/^!()\[\]{{}}|,√])
    """,
    re.VERBOSE,
)
# "y =", "f(x) =", "σ'(x) =": what people write before a formula.
_LEFT_SIDE = re.compile(r"\s*(\\?[^\W\d_][\w'′{}\\]*\s*(?:\([\w\s,;\\]*\))?)\s*=(?!=)")


def tokens_of(typed: str) -> tuple[list[Token], tuple[Text, ...]]:
    """Cut a formula into tokens, the last of which is the end; tell what was left out.

    Raises:
        ExpressionFault: At a character that belongs to no token, or a text that is too long.
    """
    if len(typed) > MAX_LENGTH:
        raise complaints.too_long(MAX_LENGTH)
    spelling = respell(typed)
    scanner = _Scanner(spelling)
    remarks: tuple[Text, ...] = ()
    if left := _LEFT_SIDE.match(spelling.text):
        scanner.place = left.end()
        remarks = (
            Text(
                f"{left[1].strip()} = is not part of the formula",
                f"{left[1].strip()} = 不属于公式",
            ),
        )
    while scanner.place < len(spelling.text):
        scanner.step()
    return [*scanner.tokens, Token(Kind.END, "", len(typed), len(typed))], remarks


class _Scanner:
    """Reads tokens off a text in the one spelling."""

    def __init__(self, spelling: Spelling) -> None:
        self._text = spelling.text
        self._origins = spelling.origins
        self.place = 0
        self.tokens: list[Token] = []
        # How many of the next tokens LaTeX takes digit by digit: \frac12 is one half.
        self._digits = 0

    def step(self) -> None:
        """Read one token, or skip what is not seen."""
        found = _TOKEN.match(self._text, self.place)
        if not found or is_vulgar_fraction(self._text[self.place]):
            self._unmatched()
        elif found.lastgroup == "space":
            self.place = found.end()
        elif found.lastgroup == "number":
            self._number(found[0])
        elif found[0] == "√":
            self._add(Kind.ROOT, "√", found.end())
        elif found.lastgroup == "operator":
            self._add(Kind.OPERATOR, found[0].replace("**", "^"), found.end())
        elif found.lastgroup == "name":
            self._name(found)
        elif found.lastgroup == "macro":
            self._macro(found[0])
        else:
            raise refusals.unknown_character(self._at, found[0])

    @property
    def _at(self) -> int:
        return self._origins[self.place]

    def _add(self, kind: Kind, text: str, end: int, value: Fraction | None = None) -> None:
        self.tokens.append(Token(kind, text, self._at, self._origins[end], value or Fraction(0)))
        self.place = end
        self._digits = 0 if kind is not Kind.NUMBER else self._digits

    def _unmatched(self) -> None:
        character = self._text[self.place]
        if not is_vulgar_fraction(character):
            raise refusals.unknown_character(self._at, character)
        if self.tokens and self.tokens[-1].kind is Kind.NUMBER:
            raise complaints.missing_operator(self._at, character)
        value, end = vulgar_fraction(character), self.place
        self._add(Kind.OPERATOR, "(", end)
        self._add(Kind.NUMBER, str(value.numerator), end, Fraction(value.numerator))
        self._add(Kind.OPERATOR, "/", end)
        self._add(Kind.NUMBER, str(value.denominator), end, Fraction(value.denominator))
        self._add(Kind.OPERATOR, ")", end + 1)

    def _number(self, text: str) -> None:
        if self._digits:
            self._digits -= 1
            text = text[0] if text[0] != "." else text
        digits, _, power = text.lower().partition("e")
        if len(digits) > MAX_DIGITS or len(power) > 4 or abs(int(power or 0)) > MAX_POWER_OF_TEN:
            raise refusals.number_too_long(self._at)
        value = Fraction(int(text)) if text.isdecimal() else Fraction(text)
        end = self.place + len(text)
        if self._text[end : end + 1] == ".":
            raise refusals.unknown_character(self._origins[end], ".")
        self._add(Kind.NUMBER, text, end, value)

    def _name(self, found: re.Match[str]) -> None:
        name, end = found[0], found.end()
        if not name.isascii():
            name = self._plain(name)
        if name.endswith("_") and "__" not in name:
            # Hardly anybody types LaTeX: who does not never loads its reader.
            from studydl.cards.expressions import macros

            subscript, end = macros.subscript(self._text, end - 1, self._origins)
            name = name[:-1] + subscript
        self._add(Kind.NAME, name, end)

    def _plain(self, name: str) -> str:
        """Return a name with its accents spelled out, in Latin and Greek letters only."""
        spelled = ""
        for offset, character in enumerate(name):
            base, mark = (*unicodedata.normalize("NFD", character), "")[:2]
            if character in _ACCENTS:
                spelled += _ACCENTS[character]
            elif (base.isascii() or base in NAMES) and (base == character or mark in _ACCENTS):
                spelled += base + _ACCENTS.get(mark, "")
            else:
                raise refusals.foreign_letter(self._origins[self.place + offset], character)
        return spelled

    def _macro(self, macro: str) -> None:
        from studydl.cards.expressions import macros

        read = macros.read(self._text, self.place, macro, self._origins)
        if read.kind is None:
            self.place = read.end
            return
        self._add(read.kind, read.text, read.end)
        if read.kind is Kind.FRACTION:
            self._digits = 2
