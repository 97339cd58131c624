"""``studydl quiz``: a session on chosen cards, in the application or in plain lines."""

from __future__ import annotations

import click

from studydl.cli.choosing import QUERY_HELP
from studydl.cli.study import study

__all__ = ["quiz"]

_HELP = f"""Study the cards that match QUERY, those that are due first, then new ones.

{QUERY_HELP}

Without QUERY: what is due today, as far as the daily limits go."""


@click.command(help=_HELP, short_help="Study chosen cards: a chapter, a tag, a search.")
@click.argument("query", nargs=-1)
@click.option("--cram", is_flag=True, help="Ask for all of them, due or not; record nothing.")
@click.option("--more-new", type=click.IntRange(1), help="So many more new cards today.")
@click.option("--limit", type=click.IntRange(1), help="At most so many cards in this session.")
@click.option("--plain", is_flag=True, help="Hold the session in plain lines.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; else that of LANG.")
def quiz(
    *,
    query: tuple[str, ...],
    cram: bool,
    more_new: int | None,
    limit: int | None,
    plain: bool,
    lang: str | None,
) -> None:
    """Study chosen cards."""
    study(
        query=" ".join(query),
        plain=plain,
        lang=lang,
        cram=cram,
        more_new=more_new or 0,
        limit=limit,
    )
