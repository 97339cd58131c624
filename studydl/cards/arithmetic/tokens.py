"""Characters to numbers, names and operators, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from studydl.cards.arithmetic.faults import ArithmeticFault
from studydl.cards.characters import is_vulgar_fraction, respell, vulgar_fraction
from studydl.language import Text

__all__ = ["MAX_LENGTH", "Kind", "Token", "Written", "tokens_of"]

MAX_LENGTH = 200
"""Characters of one answer; nobody types a longer number by hand."""
MAX_EXPONENT = 400
"""Of a literal such as 1e400, and of exact powers of ten; beyond it no float follows."""

_SPACE = re.compile(r"\s+")
_DIGITS = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_NUMBER = re.compile(rf"({_DIGITS})(?:[eE]([+-]?[0-9]+))?")
# One group of three could be a decimal comma (1,234), so a second group or a point must tell.
_THOUSANDS = re.compile(
    r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)(?![0-9,.])"
)
_NAME = re.compile(r"[^\W\d_]+[0-9]*")
_OPERATOR = re.compile(r"\*\*|[-+*/^()%√]")

_POINT_HINT = Text(
    "write a point for decimals and no comma for thousands: 0.25, 1234",
    "小数点用 .，千位不加逗号：0.25、1234",
)


class Kind(Enum):
    """What a token is."""

    NUMBER = auto()
    NAME = auto()
    OPERATOR = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Written:
    """How precisely a decimal was written.

    Attributes:
        unit: The place value of its last digit.
        digits: How many significant digits it has.
    """

    unit: Fraction
    digits: int

    def scaled(self, factor: Fraction) -> Written:
        """Return the precision of the number times a factor."""
        return Written(self.unit * factor, self.digits)


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name, an operator or the end, with its place in the text as it was typed."""

    kind: Kind
    text: str
    at: int
    value: Fraction = Fraction(0)
    written: Written | None = None


def tokens_of(typed: str) -> list[Token]:
    """Cut a text into tokens, the last of which is the end.

    Raises:
        ArithmeticFault: At a character that belongs to no token, or a text that is too long.
    """
    if len(typed) > MAX_LENGTH:
        raise ArithmeticFault(
            MAX_LENGTH,
            Text(f"longer than {MAX_LENGTH} characters", f"超过 {MAX_LENGTH} 个字符"),
            Text("write a shorter expression", "请写得短一些"),
        )
    spelling = respell(typed)
    tokens: list[Token] = []
    place = 0
    while place < len(spelling.text):
        if space := _SPACE.match(spelling.text, place):
            place = space.end()
            continue
        token, place = _next(spelling.text, place, spelling.origins)
        tokens.append(token)
    return [*tokens, Token(Kind.END, "", len(typed))]


def _next(text: str, place: int, origins: tuple[int, ...]) -> tuple[Token, int]:
    at = origins[place]
    if thousands := _THOUSANDS.match(text, place):
        return _decimal(thousands[0].replace(",", ""), "", at), thousands.end()
    if number := _NUMBER.match(text, place):
        return _after_digits(text, number, origins)
    if is_vulgar_fraction(text[place]):
        value = vulgar_fraction(text[place])
        return Token(Kind.NUMBER, f"({value})", at, value), place + 1
    if name := _NAME.match(text, place):
        return Token(Kind.NAME, name[0].lower(), at), name.end()
    if operator := _OPERATOR.match(text, place):
        return Token(Kind.OPERATOR, operator[0].replace("**", "^"), at), operator.end()
    if text[place] == ",":
        raise ArithmeticFault(
            at, Text("a comma is ambiguous here", "此处的逗号有歧义"), _POINT_HINT
        )
    what = Text(f"{text[place]!r} is not arithmetic", f"{text[place]!r} 不是算式中的字符")
    raise ArithmeticFault(
        at, what, Text("use digits, + - * / ^ % and parentheses", "请用数字、+ - * / ^ % 和括号")
    )


def _after_digits(text: str, number: re.Match[str], origins: tuple[int, ...]) -> tuple[Token, int]:
    at, end = origins[number.start()], number.end()
    following = text[end : end + 1]
    if following == ",":
        what = Text("a comma is ambiguous in a number", "数字中的逗号有歧义")
        raise ArithmeticFault(origins[end], what, _POINT_HINT)
    if following == ".":
        what = Text("a number has one decimal point", "一个数只有一个小数点")
        raise ArithmeticFault(origins[end], what, _POINT_HINT)
    if following and is_vulgar_fraction(following) and number[0].isdigit():
        part = vulgar_fraction(following)
        shown = f"({number[0]} + {part})"
        return Token(Kind.NUMBER, shown, at, int(number[0]) + part), end + 1
    return _decimal(number[1], number[2] or "", at), end


def _decimal(digits: str, exponent: str, at: int) -> Token:
    power = int(exponent or 0)
    if abs(power) > MAX_EXPONENT:
        what = Text(f"an exponent beyond {MAX_EXPONENT}", f"指数超过 {MAX_EXPONENT}")
        raise ArithmeticFault(at, what, Text("no such size is asked for", "这里不需要这么大的范围"))
    scale = Fraction(10) ** power
    whole, _, decimals = digits.partition(".")
    significant = len((whole + decimals).lstrip("0"))
    shown = (
        f"{whole or '0'}{'.' + decimals if decimals else ''}{'e' + exponent if exponent else ''}"
    )
    written = Written(Fraction(1, 10 ** len(decimals)) * scale, significant)
    value = Fraction(int((whole + decimals) or "0"), 10 ** len(decimals)) * scale
    return Token(Kind.NUMBER, shown, at, value, written)
