"""Finding: a query becomes one question to the compiled cards wherever it is about them alone.

What is about memory is a set of cards; sets are joined with the answers of the compiled cards.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.matching import TooSlowError
from studydl.cards.search import Condition, both, either, folded, not_so
from studydl.memory import Standing
from studydl.search.faults import QueryError
from studydl.search.fields import Sources, meaning
from studydl.search.parser import All, Not, Some, parse
from studydl.search.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studydl.cards import Library
    from studydl.memory import Memory
    from studydl.search.parser import Query
    from studydl.verification.cache import ReportCache

__all__ = ["Searcher"]

_LONG = 2


class _Cards(NamedTuple):
    """Some cards, or all but some: so that a negation needs no list of all cards."""

    ids: set[str]
    but: bool = False

    def __invert__(self) -> _Cards:
        return _Cards(self.ids, not self.but)

    def __and__(self, other: _Cards) -> _Cards:
        if self.but and other.but:
            return _Cards(self.ids | other.ids, but=True)
        if self.but:
            return _Cards(other.ids - self.ids)
        return _Cards(self.ids - other.ids if other.but else self.ids & other.ids)


class Searcher:
    """Finds cards. The same for the command line, the application, exports and statistics."""

    def __init__(
        self, library: Library, memory: Memory, evidence: ReportCache | None = None
    ) -> None:
        """Search in these.

        Args:
            library: The cards.
            memory: What the learner remembers of them.
            evidence: The last reports of the claims; without, every verdict is unknown.
        """
        self._sources = Sources(library, memory, evidence)

    def find(self, query: str) -> list[str]:
        """Return the cards that a query fits, in the order of the library's ids.

        An empty query fits every card.

        Raises:
            QueryError: If the query cannot be understood, or takes too long; it says where.
        """
        tree = parse(query)
        try:
            return self._in_order(self._found(tree, query))
        except TooSlowError as error:
            places = (term.pattern_place for term in _terms(tree) if _effort(term) == _LONG)
            place = next(places, 0)
            raise QueryError(error.what, query, place, hint=error.hint) from error

    def _in_order(self, found: Condition | _Cards) -> list[str]:
        library = self._sources.library
        if isinstance(found, Condition):
            return library.matching(found)
        if found.but:
            return [id_ for id_ in library.ids() if id_ not in found.ids]
        return library.in_order(found.ids)

    def _found(self, query: Query, typed: str) -> Condition | _Cards:
        match query:
            case Token():
                return self._term(query, typed)
            case Not(part):
                found = self._found(part, typed)
                return not_so(found) if isinstance(found, Condition) else ~found
            case All(parts):
                # The first that does not hold spares the rest. Faults are told as they stand.
                told = [(_effort(part), self._found(part, typed)) for part in parts]
                return self._all([each for _, each in sorted(told, key=itemgetter(0))])
            case Some(parts):
                return self._some([self._found(part, typed) for part in parts])

    def _all(self, found: list[Condition | _Cards]) -> Condition | _Cards:
        conditions = [part for part in found if isinstance(part, Condition)]
        sets = [part for part in found if isinstance(part, _Cards)]
        if not sets:
            return both(conditions) if conditions else Condition("true")
        if conditions:
            sets.append(self._cards(both(conditions)))
        return _in_all(sets)

    def _some(self, found: list[Condition | _Cards]) -> Condition | _Cards:
        conditions = [part for part in found if isinstance(part, Condition)]
        sets = [part for part in found if isinstance(part, _Cards)]
        if not sets:
            return either(conditions)
        if conditions:
            sets.append(self._cards(either(conditions)))
        # One of them holds unless each fails.
        return ~_in_all(~part for part in sets)

    def _term(self, term: Token, typed: str) -> Condition | _Cards:
        if term.field == "is" and term.pattern.typed == "new":
            return ~_Cards(self._sources.memory.standing(Standing.KNOWN))
        found = meaning(term, typed, self._sources)
        return found if isinstance(found, Condition) else _Cards(found)

    def _cards(self, condition: Condition) -> _Cards:
        return _Cards(set(self._sources.library.matching(condition)))


def _effort(part: Query) -> int:
    """Return how long a part of a query takes, beside the others: words are looked for in texts."""
    if not isinstance(part, Token) or part.field is None:
        return 1
    return _LONG if folded(part.field) == "re" else 0


def _terms(query: Query) -> Iterator[Token]:
    match query:
        case Token():
            yield query
        case Not(part):
            yield from _terms(part)
        case All(parts) | Some(parts):
            for each in parts:
                yield from _terms(each)


def _in_all(sets: Iterable[_Cards]) -> _Cards:
    found = _Cards(set(), but=True)
    for each in sets:
        found &= each
    return found
