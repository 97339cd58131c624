"""``studydl verify``: measures claims on all cores and prints a table, the failures last."""

from __future__ import annotations

import asyncio
import fnmatch
import json
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from studydl.errors import StudyError
from studydl.places import cache_folder
from studydl.verification.evidence import Report, Verdict
from studydl.verification.pool import TIME_LIMIT, Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

__all__ = ["evidence_cache", "measured", "verify"]

_WORST_LAST = (Verdict.VERIFIED, Verdict.UNDECIDED, Verdict.ERROR, Verdict.REFUTED)


@click.command(short_help="Measure claims and their misconceptions.")
@click.argument("patterns", nargs=-1, metavar="[PATTERN]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--no-cache", is_flag=True, help="Measure everything anew.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Of this run.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes; else one a core.")
@click.option(
    "--time-limit", type=click.FloatRange(0.1), default=TIME_LIMIT, help="Seconds a claim may take."
)
@click.pass_context
def verify(
    ctx: click.Context,
    *,
    patterns: tuple[str, ...],
    as_json: bool,
    no_cache: bool,
    seed: int,
    jobs: int | None,
    time_limit: float,
) -> None:
    """Measure claims and their misconceptions, each on the implementation.

    PATTERN is a part of a claim's id (`adam`, `activations.`) or a wildcard (`*.sigmoid-*`);
    without one, every claim is measured. Exit code: 0 if all are verified, 1 if not.
    """
    from studydl.cli import verify_output as output

    started = time.perf_counter()
    show = output.Progress(visible=sys.stderr.isatty() and not as_json)
    with show:
        reports = asyncio.run(
            measured(
                patterns,
                seed=seed,
                cache=None if no_cache else evidence_cache(),
                jobs=jobs,
                time_limit=time_limit,
                on_start=show.start,
                on_report=show.advance,
            )
        )
    seconds = time.perf_counter() - started
    if as_json:
        claims = [report.to_json() for report in reports]
        totals = output.totals(reports, seconds)
        click.echo(json.dumps({"claims": claims, "totals": totals}, ensure_ascii=False, indent=1))
    else:
        ordered = sorted(reports, key=lambda each: _WORST_LAST.index(each.verdict))
        output.show_table(ordered)
        output.show_summary(ordered, seconds)
    ctx.exit(0 if all(each.verdict is Verdict.VERIFIED for each in reports) else 1)


def evidence_cache() -> Path:
    """Return the folder in which results are kept by their content."""
    return cache_folder() / "evidence"


async def measured(
    patterns: Sequence[str],
    *,
    seed: int = 0,
    cache: Path | None = None,
    jobs: int | None = None,
    time_limit: float = TIME_LIMIT,
    only: Collection[str] | None = None,
    on_start: Callable[[int], None] | None = None,
    on_report: Callable[[Report], None] | None = None,
) -> list[Report]:
    """Measure the claims that match, in worker processes.

    With ``only``, the claims of these ids instead; ids that no claim has are left out.

    Raises:
        StudyError: If nothing matches a pattern.
    """
    pool = Pool(jobs)
    try:
        known = await pool.prepare()
        if only is None:
            claims = _matching(known, patterns)
        else:
            claims = [claim for claim in known if claim["id"] in only]
        if on_start is not None:
            on_start(len(claims))
        heard = {} if on_report is None else {"on_report": on_report}
        return await pool.verify(claims, seed=seed, cache=cache, time_limit=time_limit, **heard)
    finally:
        await pool.close()


def _matching(claims: list[dict[str, Any]], patterns: Sequence[str]) -> list[dict[str, Any]]:
    for pattern in patterns:
        if not any(_matches(claim["id"], pattern) for claim in claims):
            chapters = dict.fromkeys(claim["id"].partition(".")[0] for claim in claims)
            hint = f"a pattern is a part of an id, such as {', '.join(f'`{c}.`' for c in chapters)}"
            raise StudyError(f"no claim matches `{pattern}`", hint=hint)
    return [
        claim
        for claim in claims
        if not patterns or any(_matches(claim["id"], pattern) for pattern in patterns)
    ]


def _matches(id_: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(id_, pattern) if "*" in pattern else pattern.lower() in id_
