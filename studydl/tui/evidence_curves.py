"""A claim's own curves as lines: the truth in front, the misconceptions faint behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.plain import plain
from studydl.tui.plots.chart import Curve, chart_lines

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language
    from studydl.verification.evidence import Report, Series

__all__ = ["curve_lines"]

_MOST = 2
_HEIGHT = 11


def curve_lines(
    report: Report, chosen: str | None, language: Language, width: int
) -> list[Content]:
    """Return the curves that a verifier yielded, those of its misconceptions beside them.

    Args:
        report: A claim, measured.
        chosen: The misconception that the learner chose, which stands out.
        language: The language of the words.
        width: How many cells a line has.
    """
    lines: list[Content] = []
    for truth in report.evidence.series[:_MOST]:
        own = Curve(words.TRUTH.said_in(language), truth.x, truth.y)
        drawn = [own, *_wrong(report, truth, chosen)]
        lines.append(plain(""))
        lines += chart_lines(drawn, width, _HEIGHT, x_label=truth.x_label, y_label=truth.y_label)
    return lines


def _wrong(report: Report, truth: Series, chosen: str | None) -> list[Curve]:
    return [
        Curve(each.name, series.x, series.y, "$error" if each.name == chosen else "$quiet")
        for each in report.misconceptions
        for series in each.evidence.series
        if series.name == truth.name
    ]
