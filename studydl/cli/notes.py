"""``studydl notes``: the audit of the notes, section by section, statement by statement."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import click

from studydl.audit import Status
from studydl.language import Language, preferred_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studydl.audit import Finding

__all__ = ["notes"]

_SIGNS = {
    Status.HOLDS: "✓",
    Status.CONDITIONAL: "~",
    Status.WRONG: "✗",
    Status.UNMEASURABLE: "·",
    Status.UNSETTLED: "!",
}


@click.command(short_help="The audit of the notes, statement by statement.")
@click.argument("sections", nargs=-1, metavar="[SECTION]...")
@click.option("--status", type=click.Choice([each.value for each in Status]), help="Only these.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--no-cache", is_flag=True, help="Measure everything anew.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; else that of LANG.")
@click.pass_context
def notes(
    ctx: click.Context,
    *,
    sections: tuple[str, ...],
    status: str | None,
    as_json: bool,
    no_cache: bool,
    lang: str | None,
) -> None:
    """Show what became of every statement of the notes, or of those in SECTION (`5`, `5.4`).

    Statuses follow from what is measured now or was measured on the same code. Exit code: 0 if
    every statement is settled, 1 if not.
    """
    findings = asyncio.run(_findings(sections, no_cache=no_cache))
    kept = [each for each in findings if status is None or each.status == status]
    totals = {each.value: sum(f.status is each for f in kept) for each in Status}
    cards = _cards_by_claim()
    if as_json:
        statements = [_as_data(each, cards) for each in kept]
        data = {"statements": statements, "totals": {"statements": len(kept), **totals}}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        _show(kept, Language(lang) if lang else preferred_language())
        told = ", ".join(f"{count} {name}" for name, count in totals.items() if count)
        click.echo(f"{len(kept)} statements: {told}")
    ctx.exit(1 if totals[Status.UNSETTLED] else 0)


async def _findings(sections: Sequence[str], *, no_cache: bool) -> list[Finding]:
    from studydl.audit import find, read_audit
    from studydl.cli.verify import evidence_cache, measured
    from studydl.errors import StudyError
    from studydl.places import shipped_decks

    statements = read_audit(shipped_decks() / "audit")
    for section in sections:
        if not any(_is_in(each.section, section) for each in statements):
            known = ", ".join(dict.fromkeys(each.section for each in statements))
            raise StudyError(f"no statement stands in section {section}", hint=f"there are {known}")
    chosen = [s for s in statements if not sections or any(_is_in(s.section, w) for w in sections)]
    claims = dict.fromkeys(claim for statement in chosen for claim in statement.claims)
    reports = await measured((), only=claims, cache=None if no_cache else evidence_cache())
    by_id = {report.claim: report for report in reports}
    return [find(statement, by_id) for statement in chosen]


def _is_in(section: str, wanted: str) -> bool:
    return section == wanted or section.startswith(f"{wanted}.")


def _cards_by_claim() -> Mapping[str, list[str]]:
    from studydl.cli.rooms import open_library

    cards: dict[str, list[str]] = {}
    with open_library() as library:
        for id_ in library.ids():
            if (claim := library.card(id_).claim) is not None:
                cards.setdefault(claim, []).append(id_)
    return cards


def _as_data(finding: Finding, cards: Mapping[str, list[str]]) -> dict[str, Any]:
    statement = finding.statement
    correction, reason = statement.correction, statement.unmeasurable
    return {
        "section": statement.section,
        "statement": statement.text.en,
        "statement_zh": statement.text.zh,
        "status": finding.status,
        "claims": list(statement.claims),
        "refuted": list(map(str, statement.refuted)),
        "cards": [card for claim in statement.claims for card in cards.get(claim, ())],
        "measured": [figure.to_json() for figure in finding.figures],
        "correction": None if correction is None else correction._asdict(),
        "sources": list(statement.sources),
        "reason": None if reason is None else reason._asdict(),
        "trouble": finding.trouble,
    }


def _show(findings: Sequence[Finding], language: Language) -> None:
    section = ""
    for finding in findings:
        statement = finding.statement
        if statement.section != section:
            section = statement.section
            click.echo(f"\n{section}")
        click.echo(f"  {_SIGNS[finding.status]} {statement.text.said_in(language)}")
        for figure in finding.figures:
            told = f"{figure.name} measured {figure.measured:.4g}, expected {figure.expected:.4g}"
            click.echo(f"      {figure.of}: {told}")
        for text in (statement.correction, statement.unmeasurable):
            if text is not None:
                click.echo(f"      → {text.said_in(language)}")
        if statement.sources:
            click.echo(f"      ({'; '.join(statement.sources)})")
        if finding.trouble:
            click.echo(f"      ! {finding.trouble}")
    click.echo()
