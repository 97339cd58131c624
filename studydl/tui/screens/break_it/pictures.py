"""The picture of a misconception beside the truth: the claim's own curves, or its portrait."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.tui.plain import plain
from studydl.tui.plots.bars import bar_lines
from studydl.tui.plots.chart import Curve, chart_lines
from studydl.tui.words import TRUTH
from studydl.verification.evidence import Series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from studydl.language import Language
    from studydl.verification.evidence import Rejection, Report

__all__ = ["Portrait", "picture_lines"]

_MOST_CURVES = 2
_FAR = 1e6
"""Deviations beyond so many tolerances are all drawn alike."""


class Portrait(NamedTuple):
    """What an implementation computes where the verifier asked it, as curves.

    Attributes:
        truth: What the reference computes.
        wrong: What each misconception computes there, by its name.
    """

    truth: Series
    wrong: Mapping[str, Series]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Portrait | None:
        """Return the portrait that the worker drew; None if there is none."""
        if not data:
            return None
        wrong = {name: Series.from_json(each) for name, each in data["misconceptions"].items()}
        return cls(Series.from_json(data["truth"]), wrong)


def picture_lines(
    report: Report,
    portrait: Portrait | None,
    wrong: Rejection | None,
    language: Language,
    width: int,
    height: int,
) -> list[Content]:
    """Return the truth's curves, with those of a misconception against them.

    A claim without curves is drawn by its portrait; without one, each measurement is a bar of so
    many tolerances as the misconception misses by.
    """
    pairs = _pairs(report, portrait, wrong)[:_MOST_CURVES]
    if not pairs:
        return [] if wrong is None else _deviations(report, wrong, width)
    lines: list[Content] = []
    for truth, other in pairs:
        curves = [Curve(TRUTH.said_in(language), truth.x, truth.y, "$primary")]
        if other is not None and wrong is not None:
            curves.append(Curve(wrong.name, other.x, other.y, "$error"))
        if lines:
            lines.append(plain(""))
        lines += chart_lines(
            curves,
            width,
            max(height // len(pairs), 7),
            x_label=truth.x_label,
            y_label=truth.y_label,
        )
    return lines


def _pairs(
    report: Report, portrait: Portrait | None, wrong: Rejection | None
) -> list[tuple[Series, Series | None]]:
    """Return each curve of the truth with the misconception's of the same name."""
    if report.evidence.series:
        others = {} if wrong is None else {each.name: each for each in wrong.evidence.series}
        return [(truth, others.get(truth.name)) for truth in report.evidence.series]
    if portrait is None:
        return []
    return [(portrait.truth, None if wrong is None else portrait.wrong.get(wrong.name))]


def _deviations(report: Report, wrong: Rejection, width: int) -> list[Content]:
    """Return a bar for each measurement, logarithmic: up to one tolerance there is none."""
    rows = [
        (each.name, math.log10(min(1 / each.margin if each.margin > 0 else _FAR, _FAR)))
        for each, _ in zip(wrong.evidence.measurements, report.evidence.measurements, strict=False)
    ]
    return bar_lines(rows, width, style="$error", shown=_tolerances)


def _tolerances(exponent: float) -> str:
    if exponent <= 0:
        return "✓"
    times = 10**exponent
    return "> 10⁶×" if times >= _FAR else f"{times:.3g}×"
