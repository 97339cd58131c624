"""``studydl check``: lints decks, and measures what their cards stand on."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studydl.errors import StudyError
from studydl.places import cache_folder, learner_decks, shipped_decks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studydl.cards import Card, Library, Problem
    from studydl.verification.client import Worker
    from studydl.verification.evidence import Report

__all__ = ["check", "problems_of"]

_COMPUTING_LIMIT = 60.0
"""Seconds for one card: all its variants, or its formula and everything it must differ from."""


@click.command(short_help="Lint decks, and measure what their cards stand on.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--no-cache", is_flag=True, help="Measure everything anew.")
@click.pass_context
def check(ctx: click.Context, *, paths: tuple[Path, ...], as_json: bool, no_cache: bool) -> None:
    """Lint the decks in PATH (files or folders), or all decks, and measure their claims.

    Each problem stands on a line of its own: file, line, column, what is wrong, what to write.
    Exit code: 0 if no error was found, 1 if there are errors; warnings are advice.
    """
    from studydl.cards import Library, Severity
    from studydl.cli.verify import evidence_cache

    for path in paths:
        if not path.exists():
            raise StudyError("there is no such file or folder", where=str(path))
    places = paths or (shipped_decks(), learner_decks())
    with Library.open(places, cache_folder()) as library:
        problems = asyncio.run(problems_of(library, cache=None if no_cache else evidence_cache()))
        cards = len(library.ids())
    errors = sum(each.severity is Severity.ERROR for each in problems)
    if as_json:
        totals = {"cards": cards, "errors": errors, "warnings": len(problems) - errors}
        data = {"problems": [_as_data(each) for each in problems], "totals": totals}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            sign = "✗" if problem.severity is Severity.ERROR else "·"
            click.echo(f"{sign} {problem}")
        click.echo(f"{cards} cards, {errors} errors, {len(problems) - errors} warnings")
    ctx.exit(1 if errors else 0)


async def problems_of(library: Library, *, cache: Path | None) -> list[Problem]:
    """Return every problem of a library: of its decks, and of the claims its cards stand on."""
    from studydl.cards.lint import lint
    from studydl.cli.verify import measured
    from studydl.judging.examiner import SERVICE
    from studydl.notation import check as formulas
    from studydl.verification.client import VERIFICATION, Worker

    cards = [library.card(id_) for id_ in library.ids()]
    worker = Worker((*VERIFICATION, SERVICE))
    try:
        claims = await worker.call("claims")
        derivations = await worker.call("derivations")
        computed = await _computed_problems(library, worker)
    finally:
        await worker.close()
    problems = lint(
        library,
        formulas=formulas,
        claims={claim["id"]: claim["misconceptions"] for claim in claims},
        derivations=derivations,
    )
    reports = await measured((), only={card.claim for card in cards if card.claim}, cache=cache)
    found = [*problems, *computed, *_measured_problems(cards, reports)]
    return sorted(found, key=lambda problem: problem.place)


async def _computed_problems(library: Library, worker: Worker) -> list[Problem]:
    """Return what is wrong with formulas and with drawn numbers, which takes computing to tell."""
    from studydl.cards import Formula, Number, Problem
    from studydl.cards.stored import card_to_data
    from studydl.verification.client import WorkerError

    problems = []
    for card, spots in library.placed_cards():
        is_drawn = isinstance(card.answer, Number) and card.answer.vary
        if not is_drawn and not isinstance(card.answer, Formula):
            continue
        try:
            asked = {"card": card_to_data(card)}
            complaints = await worker.call("stands", asked, time_limit=_COMPUTING_LIMIT)
        except (StudyError, WorkerError) as error:
            complaint = {"path": "answer", "message": "its answer could not be checked"}
            complaints = [complaint | {"hint": str(error)}]
        for each in complaints:
            spot = spots.get(each["path"], (card.origin.line, 1))
            message = f"{card.id}: {each['message']}"
            problems.append(Problem(card.origin.file, *spot, message, each["hint"], "computed"))
    return problems


def _measured_problems(cards: Sequence[Card], reports: Iterable[Report]) -> Iterator[Problem]:
    """Yield the cards whose claim did not come out as it has to."""
    from studydl.cards import Problem

    by_id = {report.claim: report for report in reports}
    for card in cards:
        report = by_id.get(card.claim or "")
        for complaint, hint in () if report is None else _complaints(card, report):
            origin = card.origin
            yield Problem(origin.file, origin.line, 1, f"{card.id}: {complaint}", hint, "measured")


def _complaints(card: Card, report: Report) -> Iterator[tuple[str, str]]:
    from studydl.cards import Choice
    from studydl.verification.evidence import Verdict
    from studydl.verification.lint import unmeasured_numbers

    measure = f"`studydl verify {report.claim}` shows what was measured"
    if report.verdict is not Verdict.VERIFIED:
        yield f"its claim {report.claim} is {report.verdict}", measure
    for number in unmeasured_numbers(report):
        yield f"its claim states {number}, which nothing measures", "measure it, or leave it out"
    if isinstance(card.answer, Choice):
        survivors = {each.name for each in report.survivors}
        for distractor in card.answer.distractors:
            if distractor.misconception in survivors:
                yield f"the distractor {distractor.text.en!r} is not refuted", measure


def _as_data(problem: Problem) -> dict[str, Any]:
    return {
        "file": str(problem.file),
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "hint": problem.hint,
        "rule": problem.rule,
        "severity": problem.severity,
    }
