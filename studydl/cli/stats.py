"""``studydl stats``: what the log tells of studying, in tables and bars or as JSON."""

from __future__ import annotations

import json
import math
import shutil
from typing import TYPE_CHECKING, Any

import click

from studydl.cli.choosing import QUERY_HELP
from studydl.language import Language, preferred_language

if TYPE_CHECKING:
    from studydl.statistics import Statistics

__all__ = ["stats"]

_HELP = f"""Show what your reviews tell, of all cards or of those that match QUERY.

{QUERY_HELP}

Exit code: 0."""


@click.command(help=_HELP, short_help="What your reviews tell: retention, forecast, calibration.")
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--days",
    type=click.IntRange(1, 3650),
    default=30,
    show_default=True,
    help="Study days to look back and ahead.",
)
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; else that of LANG.")
def stats(*, query: tuple[str, ...], as_json: bool, days: int, lang: str | None) -> None:
    """Show statistics."""
    from studydl.cli.choosing import chosen
    from studydl.cli.rooms import open_library, open_memory
    from studydl.statistics import gathered

    with open_memory() as memory:
        ids = None
        if query:
            with open_library() as library:
                ids = chosen(" ".join(query), library, memory)
        found = gathered(memory, ids, days=days)
    if as_json:
        click.echo(json.dumps(_finite(found.to_json()), ensure_ascii=False, indent=1))
        return
    _show(found, Language(lang) if lang else preferred_language())


def _show(found: Statistics, language: Language) -> None:
    from studydl.cli.stats_output import lines

    columns = shutil.get_terminal_size((80, 24)).columns
    click.echo("\n".join(lines(found, language, width=min(max(columns, 60), 100))))


def _finite(value: Any) -> Any:
    """Return the data without infinities, which JSON has none of: an open end is null."""
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
