"""A claim's evidence as lines: what was measured, what was rejected by which number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studydl.tui import words
from studydl.tui.plain import beside, joined, plain
from studydl.tui.typeset import indented, prose
from studydl.verification.evidence import MARGIN_CEILING, Verdict

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language, Text
    from studydl.verification.evidence import Measurement, Rejection, Report

__all__ = [
    "SIGNS",
    "comparison",
    "in_a_row",
    "measurement_lines",
    "progress_line",
    "rejection_lines",
    "report_lines",
]

SIGNS = {
    Verdict.VERIFIED: ("✓", "$success"),
    Verdict.REFUTED: ("✗", "$error"),
    Verdict.UNDECIDED: ("?", "$warning"),
    Verdict.ERROR: ("!", "$error"),
}
_OPPOSITES = {"=": "≠", "≤": "≰", "≥": "≱"}
_BAR = 16


def progress_line(progress: dict[str, Any], language: Language, width: int) -> Content:
    """Return a bar and what was measured last."""
    if not progress:
        return plain(f"{words.STARTING.said_in(language)} …", "$quiet")
    done, total = progress["done"], progress["of"]
    full = round(_BAR * done / total)
    bar = joined(plain("━" * full, "$primary"), plain("━" * (_BAR - full), "$line"))
    said = f"  {words.MEASURING.said_in(language)} {done}/{total}"
    return beside(bar + plain(said), plain(""), width)


def report_lines(
    report: Report, chosen: str | None, language: Language, width: int
) -> list[Content]:
    """Return a whole report; the misconception that the learner chose stands first."""
    mine = [each for each in report.misconceptions if each.name == chosen]
    others = [each for each in report.misconceptions if each.name != chosen]
    lines = [*prose(report.statement.said_in(language), width), plain("")]
    lines += [_verdict(report, language), plain("")]
    for each in mine:
        lines += [*_section(words.CHOSEN, language, width)]
        lines += [*rejection_lines(each, report, language, width, mine=True), plain("")]
    lines += _section(words.MEASURED, language, width, right=words.MARGIN)
    for measurement in report.evidence.measurements:
        lines += measurement_lines(measurement, language, width)
    if report.evidence.failure:
        raised = words.filled(words.RAISED, language, failure=report.evidence.failure)
        lines += prose(f"! {raised}", width, "$error")
    if report.evidence.series:
        from studydl.tui.evidence_curves import curve_lines

        lines += curve_lines(report, chosen, language, width)
    if others:
        lines += [plain(""), *_section(words.REJECTED, language, width)]
    for each in others:
        lines += rejection_lines(each, report, language, width, mine=False)
    command = f"studydl verify {report.claim} --no-cache --seed {report.seed}"
    lines += [plain(""), *_controls(report, language, width)]
    lines += [plain(""), *_section(words.REPRODUCE, language, width)]
    return [*lines, *prose(command, width, "$primary")]


def measurement_lines(each: Measurement, language: Language, width: int) -> list[Content]:
    """Return one measurement: its name, its numbers, its margin."""
    sign, style = SIGNS[Verdict.VERIFIED if each.holds else Verdict.REFUTED]
    names = prose(each.name, width - 2)
    lines = [plain(f"{sign} ", style) + names[0], *indented(names[1:], 2)]
    numbers = plain(f"  {comparison(each)}", "$quiet" if each.holds else style)
    margin = plain(_margin(each, language), "$warning" if each.is_thin else "$quiet")
    return [*lines, *in_a_row(numbers, margin, width)]


def comparison(each: Measurement) -> str:
    """Return a measurement's numbers: ``0.25 = 0.25 ± 1e-16``, or ``0.5 ≠ 0.25 ± 1e-16``."""
    relation = each.relation if each.holds else _OPPOSITES.get(each.relation, "≠")
    allowed = f" ± {each.tolerance:.2g}" if each.tolerance else ""
    return f"{each.measured:.6g} {relation} {each.expected:.6g}{allowed}"


def rejection_lines(
    each: Rejection, report: Report, language: Language, width: int, *, mine: bool
) -> list[Content]:
    """Return a misconception: its name, why one believes it, the number that rejects it."""
    survived = each in report.survivors
    sign, style = SIGNS[Verdict.UNDECIDED if survived else Verdict.REFUTED]
    lines = [plain(f"{sign} ", style) + plain(each.name, "bold" if mine else "")]
    lines += indented(prose(each.why.said_in(language), width - 2, "$quiet"), 2)
    if survived:
        lines += indented(prose(words.NOT_REJECTED.said_in(language), width - 2, style), 2)
    weakest = each.evidence.weakest
    if each.evidence.failure:
        raised = words.filled(words.RAISED, language, failure=each.evidence.failure)
        lines += indented(prose(raised, width - 2, style), 2)
    elif weakest is not None:
        told = f"{weakest.name}: {comparison(weakest)}"
        lines += indented(prose(told, width - 2, f"bold {style}" if mine else style), 2)
    return lines


def _verdict(report: Report, language: Language) -> Content:
    sign, style = SIGNS[report.verdict]
    seed = words.filled(words.SEED, language, seed=report.seed)
    seconds = words.filled(words.SECONDS, language, seconds=f"{report.seconds:.2g}")
    verdict = words.VERDICTS[report.verdict].said_in(language)
    return joined(
        plain(f"{sign} {verdict}", f"bold {style}"), plain(f"   {seed} · {seconds}", "$quiet")
    )


def _section(
    title: Text, language: Language, width: int, *, right: Text | None = None
) -> list[Content]:
    said = plain(f"{title.said_in(language)} ", "$quiet")
    head = plain("" if right is None else f" {right.said_in(language)}", "$quiet")
    rule = plain("─" * max(width - said.cell_length - head.cell_length, 0), "$line")
    return [joined(said, rule, head)]


def _controls(report: Report, language: Language, width: int) -> list[Content]:
    outcomes = "   ".join(f"{SIGNS[each.verdict][0]} {each.name}" for each in report.controls)
    return prose(f"{words.CONTROLS.said_in(language)}   {outcomes}", width, "$quiet")


def _margin(each: Measurement, language: Language) -> str:
    if each.margin >= MARGIN_CEILING:
        return words.EXACT.said_in(language)
    return f"{float(f'{each.margin:.2g}'):g}×"


def in_a_row(left: Content, right: Content, width: int) -> list[Content]:
    """Return both on one line, or on two where they do not fit side by side."""
    if left.cell_length + right.cell_length < width:
        return [beside(left, right, width)]
    return [left, beside(plain("  "), right, width)]
