"""What each field of a term means, on the compiled cards or on what memory holds."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards import search as on_cards
from studydl.cards.search import Condition, either, is_like
from studydl.memory import Grade, Standing
from studydl.search.faults import QueryError, near
from studydl.search.numbers import numbered

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.cards import Library
    from studydl.memory import Memory
    from studydl.search.tokens import Token
    from studydl.verification.cache import ReportCache

__all__ = ["FIELDS", "Sources", "fault", "meaning"]

_UNKNOWN = "unknown"
_WITHIN = re.compile(r"([1-9]\d{0,5})(?::([1-4]))?")


class Sources(NamedTuple):
    """Where answers come from."""

    library: Library
    memory: Memory
    evidence: ReportCache | None


def fault(what: str, query: str, term: Token, hint: str) -> QueryError:
    """Return what is wrong with the content of a term."""
    return QueryError(what, query, term.pattern_place, hint=hint)


def meaning(term: Token, query: str, sources: Sources) -> Condition | set[str]:
    """Return what a term asks of the compiled cards, or the cards that memory finds for it.

    Raises:
        QueryError: If the field or what stands behind it has no meaning.
    """
    if term.field is None:
        found = on_cards.anywhere(term.pattern.like, term.pattern.literal)
        return _or_own_tag(found, term, sources)
    asked = FIELDS.get(on_cards.folded(term.field))
    if asked is None:
        word = f'"{term.field}{"" if term.is_quoted else chr(58)}…" in quotes looks for the words'
        hint = near(term.field, FIELDS, word)
        raise QueryError(f"there is no field `{term.field}`", query, term.place, hint=hint)
    if not term.pattern.text and asked is not _flag:
        raise fault(f"nothing stands behind `{term.field}:`", query, term, "write what to find")
    return asked(term, query, sources)


def _chapter(term: Token, _query: str, _sources: Sources) -> Condition:
    return is_like("chapter", term.pattern.like)


def _tag(term: Token, _query: str, sources: Sources) -> Condition:
    found = on_cards.tagged(term.pattern.like, term.pattern.literal)
    return _or_own_tag(found, term, sources)


def _or_own_tag(found: Condition, term: Token, sources: Sources) -> Condition:
    """Hold for the learner's own tags too; they are as good as the decks'."""
    fitting = [tag for tag in sources.memory.tags() if term.pattern.fits_tag(tag)]
    if not fitting:
        return found
    ids = json.dumps(list(sources.memory.tagged(fitting)))
    return either([found, on_cards.one_of("id", ids)])


def _id(term: Token, _query: str, _sources: Sources) -> Condition:
    return is_like("id", term.pattern.like)


def _claim(term: Token, _query: str, _sources: Sources) -> Condition:
    return is_like("claim", f"%{term.pattern.like}%")


def _notes(term: Token, _query: str, _sources: Sources) -> Condition:
    return on_cards.section("notes", term.pattern.like)


_KINDS = ("recall", "choice", "cloze", "number", "formula", "code")


def _kind(term: Token, query: str, _sources: Sources) -> Condition:
    if term.pattern.literal is not None and term.pattern.literal not in _KINDS:
        hint = near(term.pattern.typed, _KINDS, f"there are {', '.join(_KINDS)}")
        raise fault(f"there is no kind `{term.pattern.typed}`", query, term, hint)
    return is_like("kind", term.pattern.like)


def _re(term: Token, query: str, _sources: Sources) -> Condition:
    import regex

    try:
        regex.compile(term.pattern.text)
    except (regex.error, OverflowError, RecursionError) as error:
        hint = r"write \ before a sign that is to stand for itself"
        at = getattr(error, "pos", None) or 0
        place = term.pattern_place + at
        told = getattr(error, "msg", "it is too large")
        raise QueryError(
            f"this is no regular expression: {told}", query, place, hint=hint
        ) from error
    return on_cards.text_matches(term.pattern.text.encode("utf-8", "replace").decode())


def _verdict(term: Token, query: str, sources: Sources) -> Condition:
    from studydl.verification.evidence import Verdict

    verdicts = [*(each.value for each in Verdict), _UNKNOWN]
    asked = term.pattern.typed
    if asked not in verdicts:
        hint = near(asked, verdicts, f"there are {', '.join(verdicts)}")
        raise fault(f"there is no verdict `{asked}`", query, term, hint)
    claims = sources.library.claims()
    having = [claim for claim in claims if _last_verdict(claim, sources.evidence) == asked]
    found = on_cards.one_of("claim", json.dumps(having))
    return either([found, Condition("coalesce(claim, '') = ''")]) if asked == _UNKNOWN else found


def _last_verdict(claim: str, evidence: ReportCache | None) -> str:
    report = None if evidence is None else evidence.last(claim)
    return _UNKNOWN if report is None else report.verdict.value


_STANDINGS: dict[str, Callable[[Memory], set[str] | frozenset[str]]] = {
    "learn": lambda memory: memory.standing(Standing.LEARNING),
    "review": lambda memory: memory.standing(Standing.REVIEW),
    "due": lambda memory: memory.standing(Standing.DUE),
    "suspended": lambda memory: memory.suspended(),
    "buried": lambda memory: memory.buried(),
    "flagged": lambda memory: set(memory.flags()),
    "leech": lambda memory: set(memory.leeches()),
}


def _is(term: Token, query: str, sources: Sources) -> set[str]:
    asked = term.pattern.typed
    if asked not in _STANDINGS:
        known = ["new", *_STANDINGS]
        hint = near(asked, known, f"there are {', '.join(known)}")
        raise fault(f"a card cannot be `{asked}`", query, term, hint)
    return set(_STANDINGS[asked](sources.memory))


def _flag(term: Token, _query: str, sources: Sources) -> set[str]:
    flags = sources.memory.flags().items()
    return {card for card, reason in flags if term.pattern.fits(reason)}


def _within(term: Token, query: str) -> tuple[int, Grade | None]:
    found = _WITHIN.fullmatch(term.pattern.typed)
    if found is None:
        hint = "write days, as in `rated:7`, or days and a grade of 1 to 4, as in `rated:7:1`"
        raise fault(f"`{term.pattern.typed}` is no number of days", query, term, hint)
    return int(found[1]), Grade(int(found[2])) if found[2] else None


def _rated(term: Token, query: str, sources: Sources) -> set[str]:
    return sources.memory.graded(*_within(term, query))


def _introduced(term: Token, query: str, sources: Sources) -> set[str]:
    days, grade = _within(term, query)
    if grade is not None:
        raise fault("a first review is looked for by days", query, term, "write `introduced:7`")
    return sources.memory.first_met(days)


def _prop(term: Token, query: str, sources: Sources) -> set[str]:
    return numbered(term, query, sources.memory)


FIELDS: dict[str, Callable[[Token, str, Sources], Condition | set[str]]] = {
    "deck": _chapter,
    "chapter": _chapter,
    "tag": _tag,
    "kind": _kind,
    "id": _id,
    "is": _is,
    "prop": _prop,
    "rated": _rated,
    "introduced": _introduced,
    "flag": _flag,
    "claim": _claim,
    "verdict": _verdict,
    "notes": _notes,
    "re": _re,
}
"""The fields of the language."""
