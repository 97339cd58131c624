"""A year of answers as a map: a column a week, a row a weekday, darker for more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from studydl.tui.plain import cells, joined, plain
from studydl.tui.screens.statistics import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.content import Content

    from studydl.language import Language

__all__ = ["heat_map", "levels"]

_SHADES = "·░▒▓█"
_LABEL = 3
_CELL = 2
_WEEK = 7


def heat_map(counts: Sequence[int], today: date, language: Language, width: int) -> list[Content]:
    """Return the map with months above it and numbers beneath.

    Args:
        counts: Of each day, the oldest first, today last.
        today: The last day.
        language: Of the weekdays.
        width: As many weeks are shown as there is room for.
    """
    weeks = min((width - _LABEL) // _CELL, -(-len(counts) // _WEEK))
    monday = today - timedelta(days=today.weekday() + _WEEK * (weeks - 1))
    oldest = today - timedelta(days=len(counts) - 1)
    edges = levels(counts)
    lines = [plain(" " * _LABEL + _months(monday, weeks), "$quiet")]
    for weekday in range(_WEEK):
        name = words.WEEKDAYS[weekday].said_in(language)
        shown = [plain(name + " " * (_LABEL - cells(name)), "$quiet")]
        for week in range(weeks):
            day = monday + timedelta(days=_WEEK * week + weekday)
            known = oldest <= day <= today
            shown.append(_cell(counts[(day - oldest).days], edges) if known else plain("  "))
        lines.append(joined(*shown))
    return [*lines, _legend(edges)]


def levels(counts: Sequence[int]) -> list[int]:
    """Return the least count of each shade but the first, which means none at all.

    Each shade is for about a quarter of the days on which something was answered: so the map shows
    differences, whether somebody answers five cards a day or five hundred.
    """
    days = sorted(count for count in counts if count)
    steps = len(_SHADES) - 1
    edges = [1]
    for step in range(1, steps):
        quantile = days[len(days) * step // steps] if days else 0
        edges.append(max(quantile, edges[-1] + 1))
    return edges


def _shade(count: int, edges: Sequence[int]) -> int:
    return sum(count >= edge for edge in edges)


def _cell(count: int, edges: Sequence[int]) -> Content:
    shade = _shade(count, edges)
    return plain(_SHADES[shade] * (_CELL - 1) + " ", "$primary" if shade else "$line")


def _months(monday: date, weeks: int) -> str:
    """Return the numbers of the months above the weeks in which they begin."""
    shown = ""
    for week in range(weeks):
        day = monday + timedelta(days=_WEEK * week)
        if day.day <= _WEEK and len(shown) <= _CELL * week:
            shown = f"{shown:<{_CELL * week}}{day.month}"
    return shown


def _legend(edges: Sequence[int]) -> Content:
    parts = [plain(f"{_SHADES[0]} 0", "$quiet")]
    last = [edge - 1 for edge in edges[1:]]
    for place, least in enumerate(edges):
        most = last[place] if place < len(last) else None
        told = f"{least}+" if most is None else str(least) if most <= least else f"{least}–{most}"
        parts.append(joined(plain(_SHADES[place + 1], "$primary"), plain(f" {told}", "$quiet")))
    return joined(plain(" " * _LABEL), plain("   ").join(parts))
