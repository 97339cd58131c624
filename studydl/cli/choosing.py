"""Which cards a query chooses, in every verb that takes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.errors import StudyError

if TYPE_CHECKING:
    from studydl.cards import Library
    from studydl.memory import Memory

__all__ = ["QUERY_HELP", "chosen"]

QUERY_HELP = (
    'QUERY is words that all have to match (`or`, `-not`, parentheses, "quotes", `*` and `_`): a'
    " chapter, a part of a card's id or question, or `tag:` (yours too) `kind:` `claim:`"
    " `notes:5.1` `id:` `re:` `is:new|due|learn|review|suspended|buried|flagged|leech` `prop:s>10`"
    " `rated:7:1` `introduced:7` `flag:` `verdict:refuted`. Put `--` before"
    " one that begins with a minus."
)


def chosen(query: str, library: Library, memory: Memory) -> list[str] | None:
    """Return the cards that a query finds; None for an empty query.

    Raises:
        StudyError: If it cannot be understood, or finds nothing.
    """
    if not query:
        return None
    from studydl.places import cache_folder
    from studydl.search import Searcher
    from studydl.verification.cache import ReportCache

    ids = Searcher(library, memory, ReportCache(cache_folder() / "evidence")).find(query)
    if not ids:
        hint = "try a chapter's name, a part of a card's id, or fewer words"
        raise StudyError(f"no card matches `{query}`", hint=hint)
    return ids
