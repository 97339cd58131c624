"""A run as lines: a row a claim, and what has come of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui.evidence_lines import SIGNS, comparison
from studydl.tui.plain import beside, cells, joined, plain
from studydl.tui.screens.verify import words
from studydl.tui.screens.verify.run import Stage
from studydl.tui.typeset import prose
from studydl.tui.words import EXACT, filled
from studydl.verification.evidence import MARGIN_CEILING, Verdict

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language
    from studydl.tui.screens.verify.run import Run
    from studydl.verification.evidence import Report

__all__ = ["ending", "heading", "row", "statement_lines", "tally_lines"]

_COLUMN = 9
_BAR = 24
_NARROW = 64


def heading(language: Language, width: int) -> Content:
    """Return what stands above the columns."""
    said = (words.MARGIN, words.WRONG, words.TIME)
    columns = [plain(each.said_in(language), "$quiet") for each in said]
    return beside(
        plain(f"  {words.CLAIM.said_in(language)}", "$quiet"), _columns(columns, width), width
    )


def row(report: Report, language: Language, width: int, *, under_cursor: bool) -> Content:
    """Return the row of a claim: verdict, id, weakest margin, misconceptions, time."""
    sign, style = SIGNS[report.verdict]
    failed = report.verdict is not Verdict.VERIFIED
    name = joined(
        plain("›" if under_cursor else " ", "$primary"),
        plain(f"{sign} ", style),
        plain(report.claim, "bold $primary" if under_cursor else style if failed else ""),
    )
    rejected = sum(each.evidence.is_clear_rejection for each in report.misconceptions)
    all_rejected = rejected == len(report.misconceptions)
    columns = [
        _weakest(report, language),
        plain(f"{rejected}/{len(report.misconceptions)}", "$quiet" if all_rejected else "$error"),
        # What was not measured now must not look as if it had been.
        plain(
            words.CACHED.said_in(language)
            if report.cached
            else filled(words.MILLISECONDS, language, count=1000 * report.seconds),
            "$quiet",
        ),
    ]
    return beside(name, _columns(columns, width), width)


def statement_lines(report: Report | None, language: Language, width: int) -> list[Content]:
    """Return the sentence that was measured, and why it is not verified."""
    if report is None:
        return []
    sentence = prose(report.statement.said_in(language), width)
    _, style = SIGNS[report.verdict]
    return [*sentence, *prose(_fault(report), width, style)]


def _fault(report: Report) -> str:
    """Return the number that refutes a claim, or what let it down otherwise."""
    weakest = report.evidence.weakest
    if report.evidence.failure:
        return f"! {report.evidence.failure}"
    if weakest is not None and not weakest.holds:
        return f"✗ {weakest.name}: {comparison(weakest)}"
    return f"? {', '.join(each.name for each in report.survivors)}" if report.survivors else ""


def tally_lines(run: Run, language: Language, width: int, *, failing: bool) -> list[Content]:
    """Return how far a run is, or what came of it."""
    if run.stage is Stage.STARTING:
        return [plain(words.STARTING.said_in(language), "$quiet")]
    counts = _counts(run)
    if failing:
        counts = joined(counts, plain(f"   {words.FAILING.said_in(language)}", "$warning"))
    if run.stage is Stage.RUNNING:
        return [_progress(run, width), beside(counts, _time_left(run, language), width)]
    return [counts, *prose(ending(run, language), width, _ENDING_STYLES[run.stage])]


_ENDING_STYLES = {Stage.DONE: "", Stage.CANCELLED: "$warning", Stage.FAILED: "$error"}


def ending(run: Run, language: Language) -> str:
    """Return what came of a run that is over, in one sentence."""
    if run.stage is Stage.FAILED:
        return filled(words.FAILED, language, reason=run.trouble)
    if run.stage is Stage.CANCELLED:
        return filled(words.CANCELLED, language, done=len(run.reports), total=run.total)
    wrong = [each for report in run.reports for each in report.misconceptions]
    return filled(
        words.SUMMARY,
        language,
        verified=run.count(Verdict.VERIFIED),
        claims=len(run.reports),
        rejected=sum(each.evidence.is_clear_rejection for each in wrong),
        misconceptions=len(wrong),
        cached=sum(each.cached for each in run.reports),
        seconds=run.seconds,
    )


def _progress(run: Run, width: int) -> Content:
    told = plain(f"  {len(run.reports)}/{run.total}")
    room = max(min(width - told.cell_length, 2 * _BAR), 1)
    full = room * len(run.reports) // max(run.total, 1)
    return joined(plain("━" * full, "$primary"), plain("━" * (room - full), "$line"), told)


def _counts(run: Run) -> Content:
    parts = []
    for verdict, (sign, style) in SIGNS.items():
        count = run.count(verdict)
        parts.append(plain(f"{sign} {count}   ", style if count else "$quiet"))
    return joined(*parts)


def _time_left(run: Run, language: Language) -> Content:
    left = run.seconds_left
    return plain("" if left is None else filled(words.ABOUT_LEFT, language, seconds=left), "$quiet")


def _weakest(report: Report, language: Language) -> Content:
    weakest = report.evidence.weakest
    if weakest is None:
        return plain("")
    if weakest.margin >= MARGIN_CEILING:
        return plain(EXACT.said_in(language), "$quiet")
    style = "$error" if not weakest.holds else "$warning" if weakest.is_thin else ""
    return plain(f"{weakest.margin:.3g}×", style)


def _columns(columns: list[Content], width: int) -> Content:
    """Return the columns; where it is narrow, the one about misconceptions is left out."""
    if width < _NARROW:
        columns = [columns[0], columns[-1]]
    return joined(*(_right(each) for each in columns))


def _right(content: Content) -> Content:
    return joined(plain(" " * max(_COLUMN - cells(content.plain), 1)), content)
