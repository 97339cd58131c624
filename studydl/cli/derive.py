"""``studydl derive``: prints a derivation, step by step, each step with its check."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import click

from studydl.errors import StudyError
from studydl.language import Language, preferred_language
from studydl.verification.client import Worker
from studydl.verification.derivation_report import DerivationReport
from studydl.verification.evidence import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["checked", "derive"]


@click.command(short_help="Print a derivation, step by step, each step with its check.")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "all_of_them", is_flag=True, help="Every derivation there is.")
@click.option("--plain", is_flag=True, help="Draw in ASCII only.")
@click.option("--latex", is_flag=True, help="Print LaTeX instead of drawing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; else that of LANG.")
@click.pass_context
def derive(
    ctx: click.Context,
    *,
    ids: tuple[str, ...],
    all_of_them: bool,
    plain: bool,
    latex: bool,
    as_json: bool,
    lang: str | None,
) -> None:
    """Print derivations and check each step. Exit code: 0 if all hold, 1 if not."""
    if bool(ids) == all_of_them:
        hint = "such as `studydl derive activations.sigmoid-gradient`"
        raise StudyError("give the ids of derivations, or --all", hint=hint)
    reports = asyncio.run(checked(ids))
    if as_json:
        data = {"derivations": [report.to_json() for report in reports]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        from studydl.cli.derive_output import Style, show

        style = Style.LATEX if latex else Style.ASCII if plain else Style.UNICODE
        language = Language(lang) if lang else preferred_language()
        for report in reports:
            show(report, language, style)
        verified = sum(report.verdict is Verdict.VERIFIED for report in reports)
        click.echo(f"{verified} of {len(reports)} derivations verified")
    ctx.exit(0 if all(report.verdict is Verdict.VERIFIED for report in reports) else 1)


async def checked(ids: Sequence[str]) -> list[DerivationReport]:
    """Check derivations in a worker process, those of ``ids`` or all if there are none.

    Raises:
        StudyError: If there is none of an id.
    """
    worker = Worker()
    try:
        wanted = ids or await worker.call("derivations")
        answers = [await worker.call("derive", {"derivation": id_}) for id_ in wanted]
    finally:
        await worker.close()
    return [DerivationReport.from_json(answer) for answer in answers]
