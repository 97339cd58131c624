"""``studydl quiz``: a session on chosen cards, in the application or in plain lines."""

from __future__ import annotations

import os
import sys

import click

from studydl.errors import StudyError
from studydl.language import Language, preferred_language

__all__ = ["quiz", "study"]


@click.command(short_help="Study chosen cards: a chapter, a tag, a search.")
@click.argument("query", nargs=-1)
@click.option("--plain", is_flag=True, help="Hold the session in plain lines.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; else that of LANG.")
def quiz(*, query: tuple[str, ...], plain: bool, lang: str | None) -> None:
    """Study the cards that match QUERY, new ones without a daily limit.

    QUERY is words that all have to match: a chapter (`activations`), a card's id, `tag:gradient`,
    `claim:activations.relu-value`, or words of the question. Without one: what is due today.
    """
    study(query=" ".join(query), plain=plain, lang=lang)


def study(*, query: str, plain: bool, lang: str | None) -> None:
    """Hold a session on what a query finds, or on what is due today if it is empty."""
    from studydl.cli.rooms import open_library, open_memory

    language = Language(lang) if lang else preferred_language()
    library = open_library()
    ids = library.find(query) if query else None
    if ids == []:
        hint = "try a chapter's name, a part of a card's id, or fewer words"
        raise StudyError(f"no card matches `{query}`", hint=hint)
    with open_memory() as memory:
        if plain or not _can_draw():
            from studydl.cli.plain import hold

            hold(library, memory, ids, language)
        else:
            from studydl.tui.app import run

            run(library, memory, ids=ids, language=language)


def _can_draw() -> bool:
    """Whether there is a terminal: Textual reads standard input and draws on standard error."""
    return sys.stdin.isatty() and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
