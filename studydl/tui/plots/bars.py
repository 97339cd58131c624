"""Bars beside their numbers, and columns above an axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studydl.tui.plain import cells, joined, plain, truncated
from studydl.tui.plots.axes import compact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content

__all__ = ["bar_lines", "columns_lines"]

_ACROSS = " ▏▎▍▌▋▊▉█"
_UP = " ▁▂▃▄▅▆▇█"
_EIGHTHS = 8
_WITH_HALF = 3


def bar_lines(
    rows: Sequence[tuple[str, float]],
    width: int,
    *,
    style: str = "$primary",
    shown: Callable[[float], str] = compact,
) -> list[Content]:
    """Return a horizontal bar for each row, its name before it, its number behind it.

    Args:
        rows: Name and value. A value that is not finite, or not above 0, has no bar.
        width: How many cells a line has at most.
        style: How the bars are drawn.
        shown: Writes a number.
    """
    if not rows:
        return []
    names = [" ".join(name.split()) for name, _ in rows]
    numbers = [plain(shown(value), "$quiet") for _, value in rows]
    widest = min(max(map(cells, names)), max(width // 3, 1))
    room = width - widest - max(number.cell_length for number in numbers) - 2
    largest = max((value for _, value in rows if math.isfinite(value)), default=0.0)
    lines = []
    for name, number, (_, value) in zip(names, numbers, rows, strict=True):
        head = truncated(plain(name), widest)
        gap = plain(" " * (widest - head.cell_length + 1))
        bar = plain(_bar(value, largest, room), style)
        lines.append(truncated(joined(head, gap, bar, plain(" "), number), width))
    return lines


def columns_lines(
    values: Sequence[float],
    labels: Sequence[str],
    width: int,
    height: int,
    *,
    style: str = "$primary",
) -> list[Content]:
    """Return a column for each value above an axis with labels.

    Where there are more values than cells, neighbours share a column, which shows their sum.

    Args:
        values: Counts: a value that is not finite, or not above 0, has no column.
        labels: One for each value; only as many are shown as there is room for.
        width: How many cells a line has at most.
        height: How many lines there are, axis and labels included.
        style: How the columns are drawn.
    """
    rows = height - 2
    if rows < 1 or width < 1 or not values:
        return [plain("")] * max(height, 0)
    counts = [value if math.isfinite(value) and value > 0 else 0.0 for value in values]
    gutter = max(cells(compact(max(counts))), cells(compact(sum(counts)))) + 1
    gutter = gutter if width - gutter > _EIGHTHS else 0
    room = width - gutter - (1 if gutter else 0)
    together = -(-len(counts) // room)
    sums = [sum(counts[at : at + together]) for at in range(0, len(counts), together)]
    each = max(room // len(sums), 1)
    largest = max(sums)
    drawn = [_column_row(sums, largest, row, rows, each, style) for row in reversed(range(rows))]
    heads = {0: compact(largest)}
    if rows > _WITH_HALF:
        heads[rows // 2] = compact(largest / 2)
    lines = [joined(*_axis(heads.get(row, ""), gutter), line) for row, line in enumerate(drawn)]
    corner, margin = plain("╰" if gutter else "", "$line"), plain(" " * gutter)
    lines.append(joined(margin, corner, plain("─" * (each * len(sums)), "$line")))
    named = _labels(labels[::together][: len(sums)], each, room)
    lines.append(joined(margin, plain(" " if gutter else ""), named))
    return [truncated(line, width) for line in lines]


def _bar(value: float, largest: float, room: int) -> str:
    if not (math.isfinite(value) and value > 0 and room > 0):
        return ""
    eighths = max(round(value / largest * room * _EIGHTHS), 1)
    return (_ACROSS[-1] * (eighths // _EIGHTHS) + _ACROSS[eighths % _EIGHTHS]).rstrip()


def _column_row(
    values: Sequence[float], largest: float, row: int, rows: int, each: int, style: str
) -> Content:
    """Return what of the columns stands in one row, counted from below."""
    text = ""
    for value in values:
        full = round(value / largest * rows * _EIGHTHS) if largest else 0
        eighths = max(full, 1 if value else 0) - row * _EIGHTHS
        gap = 1 if each > 1 else 0
        text += _UP[min(max(eighths, 0), _EIGHTHS)] * (each - gap) + " " * gap
    return plain(text, style)


def _axis(label: str, gutter: int) -> tuple[Content, Content]:
    if not gutter:
        return plain(""), plain("")
    return plain(label.rjust(gutter - 1), "$quiet"), plain(" ┤" if label else " │", "$line")


def _labels(labels: Sequence[str], each: int, room: int) -> Content:
    """Return the labels below their columns, left out in even steps where they would touch."""
    flat = [" ".join(label.split()) for label in labels]
    widest = max(map(cells, flat), default=0)
    stride = max(-(-(widest + 1) // each), 1)
    text, taken = "", 0
    for place in range(0, len(flat), stride):
        begin = place * each
        if begin + cells(flat[place]) > room:
            break
        text += " " * (begin - taken) + flat[place]
        taken = begin + cells(flat[place])
    return plain(text, "$quiet")
