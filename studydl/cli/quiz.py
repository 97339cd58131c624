"""``studydl quiz``: a session on chosen cards, in the application or in plain lines."""

from __future__ import annotations

import click

from studydl.cli.study import study

__all__ = ["quiz"]


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
