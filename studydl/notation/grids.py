"""How the cells of a grid stand: matrices, cases, aligned equations, arrays."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from studydl.notation.box import Box, above, beside, blank
from studydl.notation.fences import fence, fenced
from studydl.notation.tree import EMPTY, Grid, Kind, Node, Row, Symbol, items_of, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.notation.spacing import Style

__all__ = ["grid_box", "linear_grid"]

_FENCES = {
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
}
_BARE = ("", "")
_COLUMN_GAP = 2


def grid_box(grid: Grid, draw: Callable[[Node], Box], style: Style) -> Box:
    """The grid drawn, every cell by `draw`, on the baseline of its middle row."""
    rows = [[draw(_cell(grid, place, cell)) for place, cell in enumerate(row)] for row in grid.rows]
    widths = [max(box.width for box in column) for column in zip_longest(*rows, fillvalue=blank(0))]
    lines = [_line(grid, row, widths) for row in rows]
    middle = (len(lines) - 1) // 2
    if len(lines) > 1 and any(box.height > 1 for box in lines):
        lines = [part for box in lines for part in (box, blank(0))][:-1]
        middle *= 2
    if len(rows) % 2:
        baseline = sum(box.height for box in lines[:middle]) + lines[middle].baseline
    else:
        baseline = (sum(box.height for box in lines) - 1) // 2
    body = above(lines, baseline, align="l")
    if grid.name == "cases":
        return beside([fence("{", body, style), blank(1), body])
    left, right = _FENCES.get(grid.name, _BARE)
    return beside(fenced(left, body, right, style))


def _cell(grid: Grid, place: int, cell: Node) -> Node:
    """The cell as it is drawn: behind an alignment point a relation keeps its left space."""
    if grid.name == "aligned" and place % 2:
        return Row((EMPTY, *items_of(cell)))
    return cell


def _line(grid: Grid, row: list[Box], widths: list[int]) -> Box:
    """One row of the grid, each cell in its column."""
    parts: list[Box] = []
    for place, width in enumerate(widths):
        if place and not (grid.name == "aligned" and place % 2):
            parts.append(blank(_COLUMN_GAP))
        box = row[place] if place < len(row) else blank(0)
        left = {"l": 0, "c": (width - box.width) // 2, "r": width - box.width}[_side(grid, place)]
        parts += [blank(left), box, blank(width - box.width - left)]
    return beside(parts)


def _side(grid: Grid, place: int) -> str:
    if grid.columns:
        return grid.columns[place] if place < len(grid.columns) else "l"
    if grid.name == "cases":
        return "l"
    return "rl"[place % 2] if grid.name == "aligned" else "c"


def linear_grid(grid: Grid, write: Callable[[Node], str]) -> str:
    """The grid in one row, every cell by `write`: rows part at `;`."""
    if grid.name == "cases":
        return "{" + "; ".join(_case([*row], write) for row in grid.rows) + "}"
    if grid.name in ("aligned", "gathered", "array"):
        return "; ".join(_joined(" ", row, write) for row in grid.rows)
    if grid.name == "substack":
        return ", ".join(_joined(" ", row, write) for row in grid.rows)
    left, right = _FENCES.get(grid.name, _FENCES["bmatrix"])
    return left + "; ".join(_joined(", ", row, write) for row in grid.rows) + right


def _joined(gap: str, row: tuple[Node, ...], write: Callable[[Node], str]) -> str:
    return gap.join(text for text in map(write, row) if text)


def _case(row: list[Node], write: Callable[[Node], str]) -> str:
    """One case: its value, `if` unless it says so itself, its condition."""
    value, *conditions = row
    text = write(value).rstrip(" ,")
    for condition in conditions:
        first = items_of(condition)[0] if items_of(condition) else EMPTY
        spoken = isinstance(first, Symbol) and first.latex.startswith("\\text")
        if spoken or kind_of(first) is Kind.PUNCTUATION:
            text += f" {write(condition).strip()}"
        else:
            text += f" if {write(condition).strip()}"
    return text
