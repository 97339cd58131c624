"""A query as a tree: terms joined by and, or, not."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from studydl.search.faults import QueryError
from studydl.search.pattern import ANY, ONE
from studydl.search.tokens import Kind, Token, tokens_of

__all__ = ["All", "Not", "Query", "Some", "parse"]

_LONGEST = 1000
_DEEPEST = 50


class All(NamedTuple):
    """Every part holds; of no parts, anything does."""

    parts: tuple[Query, ...]


class Some(NamedTuple):
    """One of the parts holds."""

    parts: tuple[Query, ...]


class Not(NamedTuple):
    """The part does not hold."""

    part: Query


Query: TypeAlias = All | Some | Not | Token


def parse(query: str) -> Query:
    """Understand a query.

    Raises:
        QueryError: If it cannot be; it says where.
    """
    if len(query) > _LONGEST:
        hint = f"write at most {_LONGEST} characters"
        raise QueryError("the query is too long", query[:40], 40, hint=hint)
    readable = query.translate({ord(ANY): " ", ord(ONE): " "})
    return _Parser(readable).whole()


class _Parser:
    def __init__(self, query: str) -> None:
        self._query = query
        self._tokens = tokens_of(query)
        self._at = 0
        self._depth = 0

    def whole(self) -> Query:
        if self._next.kind is Kind.END:
            return All(())
        found = self._some()
        if self._next.kind is Kind.CLOSE:
            raise self._fault("nothing was opened that this closes", "leave it out")
        return found

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _some(self) -> Query:
        parts = [self._all()]
        while self._next.kind is Kind.OR:
            self._at += 1
            parts.append(self._all())
        return Some(tuple(parts)) if len(parts) > 1 else parts[0]

    def _all(self) -> Query:
        parts = [self._one()]
        while self._next.kind not in (Kind.OR, Kind.CLOSE, Kind.END):
            if self._next.kind is Kind.AND:
                self._at += 1
            parts.append(self._one())
        return All(tuple(parts)) if len(parts) > 1 else parts[0]

    def _one(self) -> Query:
        token = self._next
        if token.kind is Kind.TERM:
            self._at += 1
            return token
        if token.kind in (Kind.NOT, Kind.OPEN):
            return self._deeper(token)
        word = "and" if token.kind is Kind.AND else "or"
        if token.kind in (Kind.AND, Kind.OR):
            raise self._fault(
                f"`{word}` stands before no word to join", f'"{word}" is the word itself'
            )
        before = self._tokens[self._at - 1] if self._at else token
        hints = {
            Kind.NOT: r"write what is not to be found; \- is the sign itself",
            Kind.OPEN: "write a word between the parentheses",
        }
        hint = hints.get(before.kind, "write a word, or leave the joining word out")
        raise self._fault("a word is missing here", hint)

    def _deeper(self, token: Token) -> Query:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._fault(
                "parentheses and signs stand too deep in each other", "write it flatter"
            )
        self._at += 1
        found: Query
        if token.kind is Kind.NOT:
            found = Not(self._one())
        else:
            found = self._some()
            if self._next.kind is not Kind.CLOSE:
                raise QueryError(
                    "this is not closed", self._query, token.place, hint="write ) where it ends"
                )
            self._at += 1
        self._depth -= 1
        return found

    def _fault(self, what: str, hint: str) -> QueryError:
        return QueryError(what, self._query, self._next.place, hint=hint)
