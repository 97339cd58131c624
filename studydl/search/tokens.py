"""A query taken apart: parentheses, minus signs, the words ``and`` and ``or``, terms."""

from __future__ import annotations

import unicodedata
from enum import Enum, auto
from typing import NamedTuple

from studydl.search.faults import QueryError
from studydl.search.pattern import ANY, ONE, Pattern

__all__ = ["Kind", "Token", "tokens_of"]


class Kind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    NOT = auto()
    AND = auto()
    OR = auto()
    TERM = auto()
    END = auto()


class Token(NamedTuple):
    """A part of a query.

    Attributes:
        kind: What it is.
        place: How many characters stand before it.
        field: Of a term, what stands before its colon; None without a colon.
        pattern: Of a term, what it looks for.
        pattern_place: Where that begins.
        is_quoted: Whether quotes stand around the whole term.
    """

    kind: Kind
    place: int
    field: str | None = None
    pattern: Pattern = Pattern("")
    pattern_place: int = 0
    is_quoted: bool = False


_SIGNS = {"(": Kind.OPEN, ")": Kind.CLOSE}
_QUOTES = '"“”'
_WORDS = {"and": Kind.AND, "or": Kind.OR}
_WILD = {"*": ANY, "_": ONE}


def tokens_of(query: str) -> list[Token]:
    """Take a query apart; the last token is its end.

    Raises:
        QueryError: If quotes are not closed, or nothing stands behind a backslash.
    """
    return _Lexer(query).tokens()


class _Lexer:
    def __init__(self, query: str) -> None:
        self._query = query
        # Signs of full width mean the same; each character keeps its place.
        self._signs = [_narrow(each) for each in query]
        self._at = 0

    def tokens(self) -> list[Token]:
        found = []
        while self._at < len(self._signs):
            sign, place = self._signs[self._at], self._at
            if sign.isspace():
                self._at += 1
            elif sign in _SIGNS:
                self._at += 1
                found.append(Token(_SIGNS[sign], place))
            elif sign == "-":
                self._at += 1
                found.append(Token(Kind.NOT, place))
            else:
                found.append(self._term())
        return [*found, Token(Kind.END, len(self._query))]

    def _term(self) -> Token:
        begin = self._at
        field: str | None = None
        text: list[str] = []
        pattern_place = begin
        while self._at < len(self._signs):
            sign = self._signs[self._at]
            if sign.isspace() or sign in _SIGNS:
                break
            if sign in _QUOTES:
                text += self._quoted()
            elif sign == ":" and field is None:
                self._at += 1
                field, text, pattern_place = "".join(text), [], self._at
                if field.casefold() == "re":
                    return self._expression(begin)
            else:
                text.append(self._character())
        return self._made(begin, field, "".join(text), pattern_place)

    def _made(self, begin: int, field: str | None, text: str, pattern_place: int) -> Token:
        typed = "".join(self._signs[begin : self._at])
        if field is None and typed.casefold() in _WORDS:
            return Token(_WORDS[typed.casefold()], begin)
        whole = typed[0] in _QUOTES and typed[-1] in _QUOTES and len(typed) > 1
        quoted = whole and field is None
        name, colon, rest = text.partition(":") if quoted else ("", "", "")
        if colon and name.isalpha():
            # "deck:two words" is what deck:"two words" is.
            return Token(
                Kind.TERM, begin, name, Pattern(rest), begin + 2 + len(name), is_quoted=True
            )
        return Token(Kind.TERM, begin, field, Pattern(text), pattern_place, is_quoted=quoted)

    def _quoted(self) -> list[str]:
        begin = self._at
        self._at += 1
        text: list[str] = []
        while self._at < len(self._signs) and self._signs[self._at] not in _QUOTES:
            text.append(self._character())
        if self._at == len(self._signs):
            raise QueryError(
                "these quotes are not closed", self._query, begin, hint='write another " at the end'
            )
        self._at += 1
        return text

    def _character(self) -> str:
        """Read one character: wild, escaped by a backslash, or itself."""
        sign, place = self._signs[self._at], self._at
        self._at += 1
        if sign != "\\":
            return _WILD.get(sign, self._query[place])
        if self._at == len(self._signs):
            raise QueryError(
                "a backslash stands before nothing", self._query, place, hint=r"write \\ for itself"
            )
        self._at += 1
        return self._query[self._at - 1]

    def _expression(self, begin: int) -> Token:
        """Read a regular expression as it stands: up to a space, or in quotes."""
        place = self._at
        if place < len(self._signs) and self._signs[place] in _QUOTES:
            end = next(
                (at for at in range(place + 1, len(self._signs)) if self._signs[at] in _QUOTES),
                None,
            )
            if end is None:
                self._quoted()
            self._at = (end or 0) + 1
            return Token(Kind.TERM, begin, "re", Pattern(self._query[place + 1 : end]), place + 1)
        depth = 0
        while self._at < len(self._signs) and not self._signs[self._at].isspace():
            depth += {"(": 1, ")": -1}.get(self._signs[self._at], 0)
            if depth < 0:
                break  # closes what was opened before the term
            self._at += 1
        return Token(Kind.TERM, begin, "re", Pattern(self._query[place : self._at]), place)


def _narrow(character: str) -> str:
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character
