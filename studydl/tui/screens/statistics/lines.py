"""The sections of the statistics as lines: plots with their numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studydl.tui.plain import beside, cells, clickable, joined, plain, truncated
from studydl.tui.plots.bars import bar_lines, columns_lines
from studydl.tui.plots.chart import Curve, chart_lines
from studydl.tui.screens.statistics import words
from studydl.tui.screens.statistics.heat_map import heat_map
from studydl.tui.typeset import prose
from studydl.tui.words import GRADES, filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual.content import Content

    from studydl.language import Language
    from studydl.statistics import Bar, Retention
    from studydl.tui.screens.statistics.figures import Figures

__all__ = ["SECTIONS", "section_lines"]

_FORECAST = 30
_WEEK = 7
_HEIGHT = 5
"""Three rows of columns: with more, half of a count would stand at the axis, 25.5 answers."""
_CHART = 11
_COLUMN = 10


def section_lines(
    name: str, figures: Figures, language: Language, width: int, *, chosen: bool
) -> list[Content]:
    """Return a section: its title above a rule, then what it shows."""
    number = list(SECTIONS).index(name) + 1
    key = f"{number} " if number < _COLUMN else ""
    title = words.SECTIONS[name].said_in(language)
    head = joined(plain(key, "$primary"), plain(title, "bold $primary" if chosen else "bold"))
    rule = plain(f" {'─' * max(width - head.cell_length - 1, 0)}", "$line")
    shown = SECTIONS[name](figures, language, width)
    return [truncated(joined(head, rule), width), *shown, plain("")]


def _today(figures: Figures, language: Language, width: int) -> list[Content]:
    day = figures.month.today
    told = filled(
        words.ANSWERED_TODAY,
        language,
        answers=day.answers,
        percent=_percent(day.recalled, day.answers),
        minutes=day.milliseconds / 60_000,
        new=day.new,
        due=day.due,
    )
    rows = (
        (words.STREAK, figures.streak),
        (words.LONGEST, figures.longest_streak),
        (words.CARDS_KNOWN, figures.month.known),
        (words.TOTAL, figures.month.reviews),
    )
    named = [(text.said_in(language), f"{count:,}".replace(",", " ")) for text, count in rows]
    widest = max(cells(name) for name, _ in named)
    lines = [
        joined(plain(name + " " * (widest - cells(name) + 3), "$quiet"), plain(value, "bold"))
        for name, value in named
    ]
    return [*prose(told, width), *lines]


def _forecast(figures: Figures, language: Language, width: int) -> list[Content]:
    found = figures.month
    due = found.forecast[:_FORECAST]
    told = filled(
        words.FORECAST_TOLD,
        language,
        today=due[0],
        backlog=found.backlog,
        week=sum(due[:_WEEK]),
        month=sum(due),
    )
    labels = ["0", *(f"+{ahead}" for ahead in range(1, len(due)))]
    drawn = columns_lines([float(each) for each in due], labels, width, _HEIGHT)
    return [*drawn, *prose(told, width, "$quiet")]


def _calendar(figures: Figures, language: Language, width: int) -> list[Content]:
    return heat_map(figures.year.calendar, figures.today, language, width)


def _retention(figures: Figures, language: Language, width: int) -> list[Content]:
    heads = [words.GROUPS[group].said_in(language) for group in ("young", "mature", "all")]
    lines = [_row("", heads, width, "$quiet")]
    for name, text in words.PERIODS.items():
        shares = _shares(getattr(figures, name).retention)
        told = [f"{_percent(hits, of)} ({of})" if of else "–" for hits, of in shares]
        lines.append(_row(text.said_in(language), told, width))
    return lines


def _shares(found: Retention) -> tuple[tuple[int, int], ...]:
    """Return how many were recalled, and of how many: young cards, mature ones, all."""
    young, mature = (found.young_recalled, found.young), (found.mature_recalled, found.mature)
    return young, mature, (young[0] + mature[0], young[1] + mature[1])


def _buttons(figures: Figures, language: Language, width: int) -> list[Content]:
    heads = [*GRADES.values(), words.COUNT]
    lines = [_row("", [head.said_in(language) for head in heads], width, "$quiet")]
    for group, counts in figures.year.buttons.items():
        of = sum(counts)
        told = [_percent(count, of) for count in counts]
        lines.append(_row(words.GROUPS[group].said_in(language), [*told, str(of)], width))
    return lines


def _calibration(figures: Figures, language: Language, width: int) -> list[Content]:
    found = figures.year.calibration
    if found.log_loss is None or found.rmse is None:
        return prose(words.CALIBRATION_TOO_FEW.said_in(language), width, "$quiet")
    least = min(min(each.predicted, each.observed) for each in found.points)
    diagonal = Curve(words.MODEL.said_in(language), (least, 1.0), (least, 1.0), "$quiet")
    observed = Curve(
        words.OBSERVED.said_in(language),
        tuple(each.predicted for each in found.points),
        tuple(each.observed for each in found.points),
        mark="●",
    )
    label = words.PREDICTED.said_in(language)
    drawn = chart_lines([observed, diagonal], width, _CHART, x_label=label)
    told = filled(
        words.CALIBRATION_TOLD, language, count=found.number, loss=found.log_loss, rmse=found.rmse
    )
    heads = [head.said_in(language) for head in words.CALIBRATION]
    lines = [_row("", heads, width, "$quiet")]
    for each in found.points:
        numbers = [f"{each.predicted:.1%}", f"{each.observed:.1%}", str(each.number)]
        lines.append(_row("", numbers, width))
    return [*drawn, *prose(told, width), *lines]


def _histogram(name: str, shown: Callable[[Bar], str]) -> Callable[..., list[Content]]:
    """Return what draws a histogram of how the cards stand."""

    def lines(figures: Figures, language: Language, width: int) -> list[Content]:
        bars: Sequence[Bar] = [bar for bar in getattr(figures.month, name) if bar.number]
        if not bars:
            return [plain(words.NONE_YET.said_in(language), "$quiet")]
        rows = [(shown(bar), float(bar.number)) for bar in bars]
        return bar_lines(rows, width, style="$primary", shown=_whole)

    return lines


def _hours(figures: Figures, language: Language, width: int) -> list[Content]:
    hours = figures.month.hours
    busiest = max(range(len(hours)), key=lambda hour: hours[hour].answers)
    if not hours[busiest].answers:
        return [plain(words.NONE_YET.said_in(language), "$quiet")]
    values = [float(hour.answers) for hour in hours]
    drawn = columns_lines(values, [str(hour) for hour in range(len(hours))], width, _HEIGHT)
    told = filled(words.HOURS_TOLD, language, hour=f"{busiest:02d}", answers=hours[busiest].answers)
    return [*drawn, *prose(told, width, "$quiet")]


def _hardest(figures: Figures, language: Language, width: int) -> list[Content]:
    if not figures.month.hardest:
        return [plain(words.NONE_YET.said_in(language), "$quiet")]
    lines = []
    for place, each in enumerate(figures.month.hardest):
        told = filled(words.HARD_CARD, language, lapses=each.lapses, difficulty=each.difficulty)
        line = beside(plain(each.card), plain(told, "$quiet"), width)
        lines.append(clickable(line, f"screen.browse({place})"))
    return lines


def _row(name: str, told: Iterable[str], width: int, style: str = "") -> Content:
    """Return a name with columns at the right."""
    columns = list(told)
    room = min((width - _COLUMN) // len(columns), 2 * _COLUMN)
    right = joined(*(_right(each, room, style) for each in columns))
    return beside(plain(name, "$quiet"), right, min(width, _COLUMN + 1 + room * len(columns)))


def _right(text: str, width: int, style: str) -> Content:
    return joined(plain(" " * max(width - cells(text), 0)), plain(text, style))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"


def _whole(value: float) -> str:
    return f"{value:.0f}"


def _days(bar: Bar) -> str:
    return f"{bar.least:g}+" if not math.isfinite(bar.most) else f"{bar.least:g}–{bar.most:g}"


def _difficulty(bar: Bar) -> str:
    return f"{bar.least:g}"


def _chance(bar: Bar) -> str:
    return f"{bar.least:.0%}–{min(bar.most, 1.0):.0%}"


SECTIONS: Mapping[str, Callable[[Figures, Language, int], list[Content]]] = {
    "today": _today,
    "forecast": _forecast,
    "calendar": _calendar,
    "retention": _retention,
    "buttons": _buttons,
    "calibration": _calibration,
    "retrievability": _histogram("retrievability", _chance),
    "intervals": _histogram("intervals", _days),
    "stability": _histogram("stability", _days),
    "difficulty": _histogram("difficulty", _difficulty),
    "hours": _hours,
    "hardest": _hardest,
}
"""What draws each section, in the order of the page."""
