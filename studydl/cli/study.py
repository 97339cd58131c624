"""Opens the application, or the plain session where nothing can be drawn. Knows no click."""

from __future__ import annotations

import os
import sys

from studydl.cli.choosing import chosen
from studydl.language import preferred_language

__all__ = ["study"]


def study(
    *,
    query: str | None,
    plain: bool,
    lang: str | None,
    cram: bool = False,
    more_new: int = 0,
    limit: int | None = None,
) -> None:
    """Hold a session on what a query finds, or on what is due today if it is empty.

    Without a query the application opens on the chapters.
    """
    from studydl.cli.rooms import open_library, open_memory

    library = open_library()
    with open_memory() as memory:
        language = preferred_language(lang or memory.settings.interface.language)
        ids = chosen(query or "", library, memory)
        if more_new:
            memory.more_today(new=more_new)
        if plain or not _can_draw():
            from studydl.cli.plain import hold

            hold(library, memory, ids, language, limit=limit, cram=cram)
        else:
            from studydl.tui.app import run

            run(
                library,
                memory,
                begin=query is not None,
                ids=ids,
                language=language,
                limit=limit,
                cram=cram,
            )


def _can_draw() -> bool:
    """Whether there is a terminal: Textual reads standard input and draws on standard error.

    Behind `studydl serve` the terminal is a browser, as Textual's own variable says.
    """
    if "TEXTUAL_DRIVER" in os.environ:
        return True
    return sys.stdin.isatty() and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
