"""Conditions on the compiled cards: what a search is made of."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = [
    "Condition",
    "anywhere",
    "both",
    "either",
    "folded",
    "is_like",
    "not_so",
    "one_of",
    "section",
    "tagged",
    "text_matches",
]


class Condition(NamedTuple):
    """A condition of SQL on the table of cards, with the values that it compares with."""

    sql: str
    values: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Return a text as searches compare it: small letters, one width, nothing undecodable."""
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFKC", readable).casefold()


def anywhere(like: str, literal: str | None) -> Condition:
    """Hold for a chapter, a tag, a part of the id or of what is asked.

    Args:
        like: The text as a pattern of LIKE, whose escape is a backslash.
        literal: The text itself if it has no wildcards: looking for it is faster.
    """
    if literal is None:
        parts = [is_like("chapter", like), is_like("id", f"%{like}%"), tagged(like, None)]
        return either([*parts, is_like("asked", f"%{like}%")])
    found = [Condition(f"instr({column}, ?)", (literal,)) for column in ("id", "asked")]
    return either([Condition("chapter = ?", (literal,)), tagged(like, literal), *found])


def is_like(column: str, like: str) -> Condition:
    """Hold where a column is as a pattern of LIKE says."""
    return Condition(rf"lower({column}) like ? escape '\'", (like,))


def section(column: str, like: str) -> Condition:
    """Hold for a section of the notes and for those below it."""
    return either([is_like(column, like), is_like(column, f"{like}.%")])


def tagged(like: str, literal: str | None) -> Condition:
    """Hold for a tag, and for those that stand below it: ``a::b`` below ``a``."""
    if literal is not None:
        tags = (f" {literal} ", f" {literal}::")
        return either([Condition("instr(tags, ?)", (tag,)) for tag in tags])
    return Condition("matches(?, tags)", (f" {_pattern_in_a_word(like)}(::\\S*)? ",))


def text_matches(pattern: str) -> Condition:
    """Hold where a regular expression is found in the id or in what is asked."""
    return either([Condition(f"matches(?, {column})", (pattern,)) for column in ("id", "asked")])


def one_of(column: str, names: str) -> Condition:
    """Hold where a column is in a list, given as JSON."""
    return Condition(f"{column} in (select value from json_each(?))", (names,))  # noqa: S608 - the column is ours


def both(parts: list[Condition]) -> Condition:
    """Hold where every part does."""
    return _joined(parts, " and ")


def either(parts: list[Condition]) -> Condition:
    """Hold where one of the parts does."""
    return _joined(parts, " or ")


def not_so(part: Condition) -> Condition:
    """Hold where the part does not."""
    return Condition(f"not ({part.sql})", part.values)


def _joined(parts: list[Condition], word: str) -> Condition:
    sql = word.join(f"({part.sql})" for part in parts)
    return Condition(sql, tuple(value for part in parts for value in part.values))


def _pattern_in_a_word(like: str) -> str:
    """Return a pattern of LIKE as a regular expression that stays within one word."""
    parts = re.findall(r"\\(.)|(.)", like, re.DOTALL)
    wild = {"%": r"\S*", "_": r"\S"}
    return "".join(wild.get(plain) or re.escape(escaped or plain) for escaped, plain in parts)
