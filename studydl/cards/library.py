"""All cards of all decks, by id: a start with a fresh cache reads no YAML."""

from __future__ import annotations

import json
import sqlite3
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from studydl.cards.cache import cache_file, deck_stamps, open_cached, save
from studydl.cards.matching import Matcher
from studydl.cards.model import Card, Chapter, Origin
from studydl.cards.order import chapter_rank
from studydl.cards.problems import Problem, Spot
from studydl.cards.search import Condition, folded, one_of
from studydl.cards.stored import card_from_data, problem_from_data
from studydl.errors import StudyError
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from studydl.cards.cache import Stamp

__all__ = ["Library", "PlacedCard", "Ties"]

T = TypeVar("T")

_MANY = 1000
"""From so many cards on, going through all of them is faster than looking each up."""

_FROM = "from cards join files on ordinal = file where position is not null"


PlacedCard = tuple[Card, dict[str, Spot]]
"""A card, and where its values stand in the file, by paths such as ``answer.value``."""


class Ties(NamedTuple):
    """What ties a card to others.

    Attributes:
        claim: The claim that it stands on; cards of one claim are siblings.
        requires: The cards that are to be met before it.
    """

    claim: str | None
    requires: tuple[str, ...]


@cache
def _path(name: str) -> Path:
    return Path(name)


def _card(row: tuple[Any, ...]) -> Card:
    card, path, line = row
    return card_from_data(json.loads(card), Origin(_path(path), line))


def _placed_card(row: tuple[Any, ...]) -> PlacedCard:
    *card, spots = row
    placed = {value: Spot(*spot) for value, spot in json.loads(spots).items()}
    return _card(tuple(card)), placed


def _problems(row: tuple[Any, ...]) -> list[Problem]:
    return [problem_from_data(data) for data in json.loads(row[0])]


class _Order(NamedTuple):
    """The ids of the cards, in the order in which they are to be met."""

    chapters: dict[str, list[str]]
    follow: bool
    """Whether each chapter ends before the next one begins."""


class Library:
    """The cards of some folders, as they were when it was opened.

    Attributes:
        problems: What is wrong with the decks; what it concerns was left out.
    """

    def __init__(self, database: sqlite3.Connection, folders: Sequence[Path]) -> None:
        """Take compiled decks; `open` is how a library is come by."""
        self._matcher = Matcher()
        self._database = _ready(database, self._matcher)
        self._folders = tuple(folders)
        self._order: _Order | None = None
        self._all: dict[str, None] | None = None
        self.problems: tuple[Problem, ...] = self._read_problems()

    @classmethod
    def open(cls, folders: Sequence[Path], cache: Path) -> Self:
        """Open the decks of some folders.

        Args:
            folders: Where ``*.yaml`` files are looked for, not deeper; or files. One that does
                not exist has no decks.
            cache: The folder of the compiled cache. It may be deleted at any time.
        """
        stamps = deck_stamps(folders)
        file = cache_file(cache, folders)
        cached = open_cached(file)
        try:
            if cached is not None and _is_fresh(cached, stamps):
                return cls(cached, folders)
        except (sqlite3.Error, ValueError, TypeError):
            pass  # damaged: compiled anew below
        database = _compile(stamps, cached)
        if cached is not None:
            cached.close()
        save(database, file)
        return cls(database, folders)

    def close(self) -> None:
        """Let the compiled decks go."""
        self._database.close()

    def reload(self) -> None:
        """Read anew what has changed on disk since: cards come, go and change, here and now."""
        stamps = deck_stamps(self._folders)
        before = self._database
        self._database = _ready(_compile(stamps, before), self._matcher)
        before.close()
        self._order = self._all = None
        self.problems = self._read_problems()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def chapters(self) -> list[Chapter]:
        """Return the chapters, in the order of the notes, then by name."""
        query = "select chapter, title, path from files where chapter is not null order by ordinal"
        ids = self._in_order().chapters
        found: dict[str, Chapter] = {}
        for name, title, path in self._rows(query):
            chapter = Chapter(name, Text(*json.loads(title)), Path(path), len(ids.get(name, ())))
            found.setdefault(name, chapter)
        return sorted(found.values(), key=lambda chapter: chapter_rank(chapter.name))

    def ids(self, chapter: str | None = None) -> list[str]:
        """Return the cards of a chapter, or all, each behind those that it requires.

        Raises:
            StudyError: If there is no such chapter.
        """
        if chapter is None:
            return list(self.all_ids())
        ids = self._in_order().chapters.get(folded(chapter), [])
        if not ids:
            names = [known.name for known in self.chapters()]
            if chapter not in names:
                raise _unknown("chapter", chapter, names)
        return list(ids)

    def all_ids(self) -> AbstractSet[str]:
        """Return all cards in the order of `ids`, to look some up among them; the set is held."""
        if self._all is None:
            chapters, follow = self._in_order()
            ids = chain(*chapters.values()) if follow else self.matching(Condition("true"))
            self._all = dict.fromkeys(ids)
        return self._all.keys()

    def _in_order(self) -> _Order:
        if self._order is None:
            ends = (
                f"(select {end}(position) from cards where cards.chapter = known.chapter)"  # noqa: S608 - constants
                for end in ("min", "max")
            )
            known = "(select distinct chapter from files where chapter is not null) as known"
            rows = self._rows(f"select chapter, {', '.join(ends)} from {known} order by 2")  # noqa: S608
            rows = [row for row in rows if row[1] is not None]
            chapters = {row[0]: self.matching(Condition("chapter = ?", row[:1])) for row in rows}
            # A card that requires one of another chapter may stand among that chapter's.
            follow = all(one[2] < other[1] for one, other in pairwise(rows))
            self._order = _Order(chapters, follow)
        return self._order

    def card(self, id_: str) -> Card:
        """Return one card.

        Raises:
            StudyError: If there is no such card.
        """
        query = f"select card, path, line {_FROM} and id = ?"
        cards = self._converted(_card, query, folded(id_))
        if not cards:
            raise _unknown("card", id_, self.ids())
        return cards[0]

    def matching(self, condition: Condition) -> list[str]:
        """Return the cards for which a condition holds, in the order of `ids`.

        Raises:
            TooSlowError: A pattern takes too long.
        """
        self._matcher.begin()
        where = f"position is not null and ({condition.sql})"
        ordered = f"select id from cards where {where} order by position"  # noqa: S608 - conditions hold no values
        # All of them as one value: a row each costs several times as much.
        [(ids,)] = self._rows(f"select json_group_array(id) from ({ordered})", *condition.values)  # noqa: S608
        self._matcher.require_in_time()
        found: list[str] = json.loads(ids)
        return found

    def in_order(self, ids: Collection[str]) -> list[str]:
        """Return those of some cards that there are, in the order of `ids`."""
        if len(ids) > _MANY:
            return [id_ for id_ in self.ids() if id_ in ids]
        return self.matching(one_of("id", json.dumps(list(ids))))

    def claims(self) -> list[str]:
        """Return the claims that cards stand on, each once."""
        query = "select distinct claim from cards where position is not null and claim <> ''"
        return [claim for (claim,) in self._rows(query)]

    def tags(self) -> list[str]:
        """Return the tags that cards have, sorted."""
        query = "select distinct tags from cards where position is not null"
        return sorted({tag for (tags,) in self._rows(query) for tag in tags.split()})

    def ties(self, ids: Iterable[str]) -> dict[str, Ties]:
        """Return what ties some cards to others; cards that there are not are left out."""
        query = (
            "select id, claim, requires from cards where position is not null"
            " and id in (select value from json_each(?))"
        )
        rows = self._rows(query, json.dumps(list(ids)))
        return {id_: Ties(claim or None, tuple(json.loads(needed))) for id_, claim, needed in rows}

    def placed_cards(self) -> list[PlacedCard]:
        """Return every card with the places of its values, for the linter."""
        query = f"select card, path, line, spots {_FROM} order by position"
        return self._converted(_placed_card, query)

    def _read_problems(self) -> tuple[Problem, ...]:
        query = "select problems from files union all select problems from about"
        found = [problem for some in self._converted(_problems, query) for problem in some]
        return tuple(sorted(found, key=lambda problem: problem.place))

    def _rows(self, query: str, *values: str) -> list[Any]:
        return self._converted(tuple, query, *values)

    def _converted(
        self, convert: Callable[[tuple[Any, ...]], T], query: str, *values: str
    ) -> list[T]:
        try:
            return [convert(row) for row in self._database.execute(query, values)]
        except (sqlite3.DatabaseError, ValueError, TypeError, LookupError):
            # Damage that opening could not see. What is on disk now is as good as what was.
            self._database.close()
            compiled = _compile(deck_stamps(self._folders), None)
            self._database = _ready(compiled, self._matcher)
            self._order = self._all = None
            return [convert(row) for row in self._database.execute(query, values)]


def _ready(database: sqlite3.Connection, matcher: Matcher) -> sqlite3.Connection:
    """Return compiled decks with what searches call; done once, for it unprepares statements."""
    database.create_function("matches", 2, matcher, deterministic=True)
    return database


def _is_fresh(database: sqlite3.Connection, stamps: Sequence[Stamp]) -> bool:
    rows = database.execute("select path, modified, size from files order by ordinal").fetchall()
    return rows == [(str(stamp.path), stamp.modified, stamp.size) for stamp in stamps]


def _compile(stamps: Sequence[Stamp], old: sqlite3.Connection | None) -> sqlite3.Connection:
    # Imported here, for it brings PyYAML, which a start with a fresh cache does without.
    from studydl.cards.compiler import compile_decks

    return compile_decks(stamps, old)


def _unknown(what: str, name: str, known: Sequence[str]) -> StudyError:
    import difflib

    near = difflib.get_close_matches(name[:80], known, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"studydl check lists the {what}s"
    return StudyError(f"there is no {what} {name[:80]!r}", hint=hint)
