"""The curves of an experiment: the truth in the accent, the misconceptions faint behind it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from studydl.tui.plain import plain
from studydl.tui.plots.chart import Curve, chart_lines
from studydl.tui.screens.what_if import words

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language
    from studydl.tui.screens.what_if.trial import Trial
    from studydl.verification.evidence import Series
    from studydl.verification.experiment_report import ExperimentReport

__all__ = ["plot_lines"]

_MOST_WRONG = 3
"""Curves beyond these hide one another."""
_ROOMY = 56
"""From this width on the legend has room for their names."""
_MUCH_LARGER = 20
_FAR = 1e3
"""What a linear and a logarithmic scale bear of a curve beyond the truth."""


def plot_lines(trial: Trial, language: Language, width: int, height: int) -> list[Content]:
    """Return each curve of the truth with those of the misconceptions, below one another."""
    report = trial.report
    if report is None:
        return []
    each_height = max(height // max(len(report.series), 1), 6)
    lines: list[Content] = []
    for place, truth in enumerate(report.series):
        most = _MOST_WRONG if width >= _ROOMY else _MOST_WRONG - 1
        kept = _wrong(report, place, truth)[:most]
        # The truth lies on top: where curves meet, it is what shows.
        curves = [Curve(words.TRUTH.said_in(language), truth.x, truth.y, "$primary")]
        curves += [Curve(name, series.x, series.y, "$quiet") for name, series in kept]
        if lines:
            lines.append(plain(""))
        lines += chart_lines(
            curves,
            width,
            each_height,
            x_label=_axis(trial, truth, language),
            y_label="" if trial.proposal.card else truth.y_label,
            marks=_marks(trial, truth),
        )
    return lines


def _wrong(report: ExperimentReport, place: int, truth: Series) -> list[tuple[str, Series]]:
    """Return the curves of the misconceptions that can be shown beside one of the truth."""
    found = [(each.misconception, each.series) for each in report.wrong]
    cut = [(name, _cut(each[place], truth)) for name, each in found if len(each) > place]
    return [(name, series) for name, series in cut if _fits_beside(series, truth)]


def _cut(wrong: Series, truth: Series) -> Series:
    """Return a curve as far as the truth goes: one that never arrives would stretch the axis."""
    points = [(x, y) for x, y in zip(wrong.x, wrong.y, strict=True) if x <= truth.x[-1]]
    return replace(wrong, x=tuple(x for x, _ in points), y=tuple(y for _, y in points))


def _fits_beside(wrong: Series, truth: Series) -> bool:
    """Tell whether the truth keeps its shape beside a curve, on a scale that holds both."""
    (low, high), (least, most) = _ends(wrong), _ends(truth)
    if min(low, least) > 0:
        return high <= _FAR * most and low >= least / _FAR
    return max(abs(low), abs(high)) <= _MUCH_LARGER * max(abs(least), abs(most))


def _ends(series: Series) -> tuple[float, float]:
    finite = [y for y in series.y if math.isfinite(y)]
    return (min(finite), max(finite)) if finite else (0.0, math.inf)


def _axis(trial: Trial, series: Series, language: Language) -> str:
    """Return what runs along the axis: the label of the dial whose name it is."""
    for each in trial.dials:
        if each.name == series.x_label:
            return each.label.said_in(language)
    return series.x_label


def _marks(trial: Trial, series: Series) -> tuple[tuple[float, float], ...]:
    """Return where the dials stand on a curve along one of them."""
    report, values = trial.report, trial.values
    if report is None or series.x_label not in values:
        return ()
    return ((float(values[series.x_label]), report.value),)
