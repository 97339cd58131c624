"""A claim and its misconceptions as lines: the list, and what is beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui.evidence_lines import SIGNS, comparison, measurement_lines
from studydl.tui.plain import joined, plain, truncated
from studydl.tui.screens.break_it import words
from studydl.tui.screens.break_it.pictures import picture_lines
from studydl.tui.typeset import indented, prose
from studydl.tui.words import TRUTH, filled

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language, Text
    from studydl.tui.screens.break_it.pictures import Portrait
    from studydl.verification.evidence import Measurement, Rejection, Report

__all__ = ["row_line", "truth_lines", "wrong_lines"]

_MARGIN_OF_FAR = 1e-6


def row_line(
    report: Report, place: int, language: Language, width: int, *, under_cursor: bool
) -> Content:
    """Return a row of the list: the truth first, then the misconceptions."""
    cursor = plain("› " if under_cursor else "  ", "bold $primary")
    if place == 0:
        sign, style = SIGNS[report.evidence.verdict]
        name = TRUTH.said_in(language)
    else:
        rejection = report.misconceptions[place - 1]
        survived = rejection in report.survivors
        sign, style = ("?", "$warning") if survived else ("✗", "$error")
        name = rejection.name
    said = plain(name, "bold $primary" if under_cursor else "")
    return truncated(joined(cursor, plain(f"{sign} ", style), said), width)


def truth_lines(
    report: Report, portrait: Portrait | None, language: Language, width: int, height: int
) -> list[Content]:
    """Return what was measured on the reference, and its curves."""
    lines = [*prose(report.statement.said_in(language), width), plain("")]
    picture = picture_lines(report, portrait, None, language, width, height)
    lines += [*picture, plain("")] if picture else []
    lines += _heading(words.MEASURED, language, width)
    for each in report.evidence.measurements:
        lines += measurement_lines(each, language, width)
    return lines


def wrong_lines(
    report: Report,
    portrait: Portrait | None,
    place: int,
    language: Language,
    width: int,
    height: int,
    *,
    unveiled: bool,
    key: str,
) -> list[Content]:
    """Return a misconception beside the truth; what it breaks is hidden until it is asked for.

    Args:
        report: The claim, measured.
        portrait: The claim's portrait, if it has one.
        place: Which misconception, from 1.
        language: The language of the words.
        width: How many cells a line has.
        height: How many lines the picture should have.
        unveiled: Whether it is shown which measurements turn red.
        key: What unveils them.
    """
    wrong = report.misconceptions[place - 1]
    lines = [plain(wrong.name, "bold $error"), *prose(wrong.why.said_in(language), width)]
    if wrong.notes:
        lines += prose(filled(words.AS_NOTES, language, section=wrong.notes), width, "$warning")
    if unveiled or report.evidence.series or portrait is not None:
        picture = picture_lines(report, portrait, wrong, language, width, height)
        lines += [plain(""), *picture] if picture else []
    lines += [plain(""), *_heading(words.BREAKS, language, width)]
    if not unveiled:
        lines += prose(filled(words.GUESS, language, key=key), width, "$primary")
    found = wrong.evidence.measurements
    for at, truth in enumerate(report.evidence.measurements):
        other = found[at] if at < len(found) else None
        lines += _pair(truth, other, wrong, language, width, unveiled=unveiled)
    return lines


def _pair(
    truth: Measurement,
    other: Measurement | None,
    wrong: Rejection,
    language: Language,
    width: int,
    *,
    unveiled: bool,
) -> list[Content]:
    """Return one measurement, of the truth and of the misconception."""
    if not unveiled:
        return [
            *_signed("·", "$quiet", truth.name, width),
            *indented(prose(comparison(truth), width - 2, "$quiet"), 2),
        ]
    if other is None:
        raised = wrong.evidence.failure
        told = words.NOT_REACHED if raised else words.NOT_MEASURED
        failure = filled(told, language, failure=raised)
        return [
            *_signed("!", "$warning", truth.name, width),
            *indented(prose(failure, width - 2, "$quiet"), 2),
        ]
    if other.holds:
        held = f"{comparison(other)} · {words.HOLDS_TOO.said_in(language)}"
        return [
            *_signed("✓", "$success", truth.name, width),
            *indented(prose(held, width - 2, "$quiet"), 2),
        ]
    return [
        *_signed("✗", "bold $error", other.name, width),
        *indented(prose(f"✓ {comparison(truth)}", width - 2, "$success"), 2),
        *indented(prose(f"✗ {comparison(other)}", width - 2, "$error"), 2),
        *indented(prose(_missed_by(other, language), width - 2, "$quiet"), 2),
    ]


def _missed_by(each: Measurement, language: Language) -> str:
    if each.measured != each.measured:
        return words.NO_NUMBER.said_in(language)
    if each.margin <= _MARGIN_OF_FAR:
        return words.FAR.said_in(language)
    return filled(words.YOURS, language, times=f"{1 / each.margin:.3g}")


def _signed(sign: str, style: str, name: str, width: int) -> list[Content]:
    rows = prose(name, width - 2)
    return [joined(plain(f"{sign} ", style), rows[0]), *indented(rows[1:], 2)]


def _heading(title: Text, language: Language, width: int) -> list[Content]:
    said = plain(f"{title.said_in(language)} ", "$quiet")
    return [joined(said, plain("─" * max(width - said.cell_length, 0), "$line"))]
