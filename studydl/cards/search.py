"""Words that a learner types to choose cards, as conditions on the compiled cards."""

from __future__ import annotations

import unicodedata

__all__ = ["condition", "folded", "words_of"]

_FIELDS = {
    "tag": "instr(tags, ' ' || ? || ' ')",
    "chapter": "chapter = ?",
    "deck": "chapter = ?",
    "claim": "instr(claim, ?)",
}
_ANYWHERE = "chapter = ?1 or instr(id, ?1) or instr(tags, ' ' || ?1 || ' ') or instr(asked, ?1)"


def folded(text: str) -> str:
    """Return a text as searches compare it: small letters, one width, nothing undecodable."""
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFKC", readable).casefold()


def words_of(query: str) -> list[str]:
    """Return the different words of a query."""
    return list(dict.fromkeys(folded(query).split()))


def condition(word: str) -> tuple[str, str]:
    """Return the SQL condition of a word, and the one value that it compares with."""
    name, colon, value = word.partition(":")
    if colon and name in _FIELDS:
        return _FIELDS[name], value
    return _ANYWHERE, word
