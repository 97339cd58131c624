"""Curves with calm axes: a legend, a frame of two lines, few ticks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from studydl.tui.plain import cells, joined, plain, truncated
from studydl.tui.plots.axes import Scale, scale_of, spaced_scale_of
from studydl.tui.plots.canvas import SOLID, Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from studydl.tui.plots.axes import Tick

__all__ = ["Curve", "chart_lines"]

_LINE = "braille"
_PATTERNS = (SOLID, (1, 1, 1, 0, 0, 0), (1, 0, 0), (1, 1, 1, 1, 1, 0, 0, 1, 0, 0))
_SAMPLES = ("━━", "╍╍", "┈┈", "━·")
_LEGEND_FROM, _AXIS_FROM = 5, 4
_NARROWEST_PLOT = 10
_WIDEST_GUTTER = 9
_SHORTEST_NAME = 4
_BETWEEN = "   "


class Curve(NamedTuple):
    """One curve, its points joined in the order in which they stand.

    Attributes:
        name: As the legend has it.
        x: The positions.
        y: The values, as many. Where one is not finite the curve has a gap.
        style: A theme variable.
        mark: ``braille`` for a line, else one character that is put on every point.
    """

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    style: str = "$primary"
    mark: str = _LINE


class _Frame(NamedTuple):
    """The scales of a chart."""

    x: Scale
    y: Scale


def chart_lines(
    curves: Sequence[Curve],
    width: int,
    height: int,
    *,
    x_label: str = "",
    y_label: str = "",
    marks: Sequence[tuple[float, float]] = (),
) -> list[Content]:
    """Return curves as lines.

    Lines are told apart by their pattern as well as by their colour. The vertical axis is
    logarithmic if all values are positive and span more than a factor of 1000. Values that are not
    finite are left out, and the legend says how many.

    Args:
        curves: The first lies on top.
        width: How many cells a line has at most.
        height: How many lines there are, legend and axes included.
        x_label: What runs along the horizontal axis.
        y_label: What is plotted over it.
        marks: Points to be pointed out.
    """
    if height < 1 or width < 1:
        return [plain("")] * max(height, 0)
    legend = [_legend(curves, _flat(y_label), width)] if height >= _LEGEND_FROM else []
    below = 2 if height >= _AXIS_FROM else 0
    rows = height - len(legend) - below
    points = [point for curve in curves for point in _finite(curve)]
    points += [mark for mark in marks if all(map(math.isfinite, mark))]
    frame = _Frame(spaced_scale_of([x for x, _ in points]), scale_of([y for _, y in points]))
    ticks = frame.y.ticks(max(rows // 2, 2)) if points else []
    gutter = _gutter(ticks, width) if below else 0
    canvas = Canvas(max(width - gutter - (1 if gutter else 0), 1), rows)
    _paint(canvas, curves, marks, frame)
    lines = [*legend, *_with_axis(canvas, ticks, gutter)]
    if below:
        lines += _horizontal(frame.x if points else None, canvas.width, gutter, _flat(x_label))
    return [truncated(line, width) for line in lines]


def _finite(curve: Curve) -> list[tuple[float, float]]:
    return [point for run in _runs(curve) for point in run]


def _runs(curve: Curve) -> list[list[tuple[float, float]]]:
    """Return the stretches of a curve between its gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in zip(curve.x, curve.y, strict=False):
        if all(map(math.isfinite, point)):
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _patterns(curves: Sequence[Curve]) -> dict[int, int]:
    """Return which pattern each line has: what is drawn in the accent is solid."""
    lines = [place for place, curve in enumerate(curves) if curve.mark == _LINE]
    lines.sort(key=lambda place: curves[place].style != "$primary")
    return {place: rank % len(_PATTERNS) for rank, place in enumerate(lines)}


def _paint(
    canvas: Canvas, curves: Sequence[Curve], marks: Sequence[tuple[float, float]], frame: _Frame
) -> None:
    def dot(point: tuple[float, float]) -> tuple[int, int]:
        across, down = canvas.size
        x, y = frame.x.fraction(point[0]), frame.y.fraction(point[1])
        return round(x * (across - 1)), round((1 - y) * (down - 1))

    patterns = _patterns(curves)
    for place in reversed(range(len(curves))):
        curve = curves[place]
        for run in _runs(curve):
            dots = [dot(point) for point in run]
            if place in patterns and len(run) == 1:
                canvas.sign(dots[0], "•", curve.style)
            elif place in patterns:
                canvas.path(dots, curve.style, _PATTERNS[patterns[place]])
            else:
                for each in dots:
                    canvas.sign(each, curve.mark, curve.style)
    for mark in marks:
        if all(map(math.isfinite, mark)):
            canvas.sign(dot(mark), "●", "$warning")
    if not frame.y.is_log and frame.y.low < 0 < frame.y.high:
        canvas.rule(dot((1.0, 0.0))[1], "┈", "$line")


def _legend(curves: Sequence[Curve], y_label: str, width: int) -> Content:
    """Return one line: what is plotted, then each curve with its sign."""
    named = [(place, _flat(curve.name)) for place, curve in enumerate(curves)]
    named = [(place, name) for place, name in named if name]
    patterns = _patterns(curves)
    parts = [plain(y_label, "$quiet")] if y_label else []
    around = cells(y_label) + len(_BETWEEN) * len(named) + 3 * len(named)
    room = _fair_width([cells(name) for _, name in named], width - around)
    for place, name in named:
        curve = curves[place]
        sample = _SAMPLES[patterns[place]] if place in patterns else curve.mark
        lost = min(len(curve.x), len(curve.y)) - len(_finite(curve))
        remark = f" ({lost} NaN/∞)" if lost else ""
        shown = joined(truncated(plain(name), room), plain(remark, "$warning"))
        parts.append(joined(plain(f"{sample} ", curve.style), shown))
    return truncated(plain(_BETWEEN).join(parts), width)


def _fair_width(widths: Sequence[int], room: int) -> int:
    """Return the width to which the widest are cut so that all of them fit side by side."""
    for most in range(max(widths, default=0), _SHORTEST_NAME, -1):
        if sum(min(width, most) for width in widths) <= room:
            return most
    return _SHORTEST_NAME


def _gutter(ticks: Sequence[Tick], width: int) -> int:
    """Return how many cells the labels at the left take, or 0 if there is no room for them."""
    widest = max((cells(tick.label) for tick in ticks), default=0)
    wanted = min(widest, _WIDEST_GUTTER) + 1
    return wanted if width - wanted >= _NARROWEST_PLOT else 0


def _with_axis(canvas: Canvas, ticks: Sequence[Tick], gutter: int) -> list[Content]:
    rows = canvas.rows()
    if not gutter:
        return rows
    labels: dict[int, str] = {}
    for tick in ticks:
        row = round((1 - tick.fraction) * (4 * canvas.height - 1)) // 4
        labels.setdefault(row, tick.label)
    lines = []
    for row, drawn in enumerate(rows):
        label = truncated(plain(labels.get(row, ""), "$quiet"), gutter - 1)
        padding = plain(" " * (gutter - 1 - label.cell_length))
        axis = plain(" ┤" if row in labels else " │", "$line")
        lines.append(joined(padding, label, axis, drawn))
    return lines


def _horizontal(scale: Scale | None, width: int, gutter: int, name: str) -> list[Content]:
    """Return the axis below and its numbers."""
    ticks = [] if scale is None else scale.ticks(max(width // 12, 2))
    rule, numbers, taken = ["─"] * width, plain(""), -1
    for tick in ticks:
        place = round(tick.fraction * (2 * width - 1)) // 2
        begin = min(max(place - cells(tick.label) // 2, 0), width - cells(tick.label))
        if begin <= taken:
            continue
        rule[place] = "┬"
        padding = plain(" " * (begin - numbers.cell_length))
        numbers = joined(numbers, padding, plain(tick.label, "$quiet"))
        taken = begin + cells(tick.label)
    shown = truncated(plain(f" {name}" if name else "", "$quiet"), max(width // 2, 1))
    drawn = plain("".join(rule[: width - shown.cell_length]), "$line")
    margin = plain(" " * gutter)
    corner = plain("╰" if gutter else "", "$line")
    return [
        joined(margin, corner, drawn, shown),
        joined(margin, plain(" " if gutter else ""), numbers),
    ]


def _flat(text: str) -> str:
    return " ".join(text.split())
