"""How reports look on the command line: progress, table, failures, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as RichProgress
from rich.table import Table
from rich.text import Text

from studydl.verification.evidence import MARGIN_CEILING, Measurement, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.language import Language

__all__ = ["Progress", "show_evidence", "show_summary", "show_table", "totals"]

SIGNS = {
    Verdict.VERIFIED: ("✓", "green"),
    Verdict.REFUTED: ("✗", "red"),
    Verdict.UNDECIDED: ("?", "yellow"),
    Verdict.ERROR: ("!", "red"),
}
"""State has a sign as well as a colour."""

_SLOWEST = 5


class Progress:
    """A bar on standard error while claims are measured."""

    def __init__(self, *, visible: bool) -> None:
        """Draw nothing unless ``visible``."""
        columns = (TextColumn("measuring"), BarColumn(), MofNCompleteColumn())
        console = Console(stderr=True)
        self._bar = RichProgress(*columns, console=console, transient=True, disable=not visible)
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        """Start drawing."""
        self._bar.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        """Wipe the bar."""
        self._bar.stop()

    def start(self, total: int) -> None:
        """Say how many claims there are."""
        self._bar.update(self._task, total=total)

    def advance(self, _report: Report) -> None:
        """Count one claim."""
        self._bar.advance(self._task)


def totals(reports: Sequence[Report], seconds: float) -> dict[str, Any]:
    """Return the counts below the table."""
    misconceptions = [wrong for report in reports for wrong in report.misconceptions]
    verdicts = {
        verdict.value: sum(report.verdict is verdict for report in reports) for verdict in Verdict
    }
    return {
        "claims": len(reports),
        **verdicts,
        "misconceptions": len(misconceptions),
        "rejected": sum(wrong.evidence.is_clear_rejection for wrong in misconceptions),
        "cached": sum(report.cached for report in reports),
        "seconds": round(seconds, 3),
    }


def show_table(reports: Sequence[Report]) -> None:
    """Print one row a claim, and below the table what failed and by how much."""
    console = Console()
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("")
    table.add_column("claim", overflow="fold")
    for heading in ("checks", "margin", "wrong", "ms"):
        table.add_column(heading, justify="right", no_wrap=True)
    for report in reports:
        table.add_row(*_row(report))
    console.print(table)
    for report in reports:
        if report.verdict is not Verdict.VERIFIED:
            console.print()
            console.print(_failure(report))


def show_evidence(report: Report, language: Language) -> None:
    """Print everything that was measured on one claim, in plain lines."""
    click.echo(f"{SIGNS[report.verdict][0]} {report.statement.said_in(language)}")
    for each in report.evidence.measurements:
        sign = SIGNS[Verdict.VERIFIED if each.holds else Verdict.REFUTED][0]
        click.echo(f"  {sign} {_sentence(each)}, margin {_margin(each)} ({each.basis})")
    for wrong in report.misconceptions:
        weakest = wrong.evidence.weakest
        told = wrong.evidence.failure or (_sentence(weakest) if weakest else "nothing measured")
        click.echo(f"  ✗ {wrong.name}: {wrong.why.said_in(language)} {told}")
    controls = ", ".join(f"{each.name} {each.verdict}" for each in report.controls)
    click.echo(f"  {controls}; seed {report.seed}")
    click.echo(f"  studydl verify {report.claim} --no-cache --seed {report.seed}")


def _row(report: Report) -> tuple[Text, ...]:
    sign, colour = SIGNS[report.verdict]
    weakest = report.evidence.weakest
    rejected = sum(wrong.evidence.is_clear_rejection for wrong in report.misconceptions)
    # What was not measured now must not look as if it had been.
    cost = "cached" if report.cached else f"{1000 * report.seconds:.0f}"
    return (
        Text(sign, style=colour),
        Text(report.claim),
        Text(str(len(report.evidence.measurements))),
        Text("" if weakest is None else _margin(weakest)),
        Text(f"{rejected}/{len(report.misconceptions)}"),
        Text(cost, style="dim"),
    )


def _margin(measurement: Measurement) -> str:
    return "exact" if measurement.margin >= MARGIN_CEILING else f"{measurement.margin:.3g}×"


def _failure(report: Report) -> Text:
    """Tell what a claim that is not verified failed on."""
    sign, colour = SIGNS[report.verdict]
    told = Text(f"{sign} {report.claim}: {report.verdict}\n", style=colour)
    told.append(f"  {report.statement.en}\n", style="default")
    if report.evidence.failure:
        told.append(f"  raised {report.evidence.failure}\n", style="default")
    for each in report.evidence.measurements:
        if not each.holds:
            told.append(f"  {_sentence(each)}\n", style="default")
    for survivor in report.survivors:
        weakest = survivor.evidence.weakest
        closest = f"; nearest: {_sentence(weakest)}" if weakest else ""
        why = survivor.evidence.failure or f"not rejected clearly enough{closest}"
        told.append(f"  misconception `{survivor.name}`: {why}\n", style="default")
    told.rstrip()
    return told


def _sentence(each: Measurement) -> str:
    where = f" at {each.worst_input}" if each.worst_input else ""
    return (
        f"{each.name}: measured {each.measured:.6g}{where}, expected {each.relation}"
        f" {each.expected:.6g} ± {each.tolerance:.2g}"
    )


def show_summary(reports: Sequence[Report], seconds: float) -> None:
    """Print the totals, the slowest claims, and the margins that are too thin."""
    console = Console()
    counts = totals(reports, seconds)
    console.print()
    console.print(
        Text(
            f"{counts['verified']} of {counts['claims']} claims verified,"
            f" {counts['rejected']} of {counts['misconceptions']} misconceptions rejected,"
            f" {counts['cached']} read from the cache, {seconds:.1f} s"
        )
    )
    fresh = sorted((r for r in reports if not r.cached), key=lambda r: -r.seconds)[:_SLOWEST]
    if fresh:
        slowest = "\n".join(f"{1000 * r.seconds:8.0f} ms  {r.claim}" for r in fresh)
        console.print(Text(f"slowest:\n{slowest}", style="dim"))
    for report in reports:
        for thin in report.thin:
            console.print(Text(f"thin margin in {report.claim}: {_sentence(thin)}", style="yellow"))
