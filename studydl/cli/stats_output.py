"""How statistics look in plain lines: a heading, then numbers with bars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studydl.language import Language
    from studydl.statistics import Bar, Statistics

__all__ = ["bars", "lines"]

_EIGHTHS = " ▏▎▍▌▋▊▉"
_NAME = 12

_EMPTY = Text(
    "Nothing was answered yet. `studydl quiz` asks the first cards.",
    "还没有作答记录。用 `studydl quiz` 开始第一批卡片。",
)
_TODAY = Text(
    "Today: {answers} answered, {percent} recalled, {minutes:.1f} min\n  {new} new, {due} due",
    "今天：作答 {answers} 次，答对 {percent}，{minutes:.1f} 分钟\n  新卡 {new} 张，到期 {due} 张",
)
_DAYS = Text("Reviews a day, last {days} days", "每天复习次数，最近 {days} 天")
_FORECAST = Text(
    "Due a day, next {days} days ({backlog} overdue)", "每天到期，今后 {days} 天（逾期 {backlog}）"
)
_RETENTION = Text("Recalled at the first review of a day", "每天首次复习的答对率")
_BUTTONS = Text("Answers: again, hard, good, easy", "按键：重来、困难、良好、简单")
_GROUPS = {
    "learning": Text("learning", "学习中"),
    "young": Text("young", "未熟"),
    "mature": Text("mature", "成熟"),
}
_HOURS = Text("Hours of the day: answers, recalled", "一天中的时段：作答，答对率")
_HISTOGRAMS = {
    "intervals": Text("Intervals in days", "间隔（天）"),
    "stability": Text("Stability in days", "稳定性（天）"),
    "difficulty": Text("Difficulty", "难度"),
    "retrievability": Text("Chance of recall now", "当前可回忆概率"),
}
_HARDEST = Text("Most often forgotten", "最常忘记")
_LAPSES = Text("{lapses} times, difficulty {difficulty:.1f}", "{lapses} 次，难度 {difficulty:.1f}")
_CALIBRATION = Text(
    "The model: predicted and observed\n  {count} reviews, log loss {loss:.4f}, RMSE {rmse:.4f}",
    "模型：预测与实际\n  {count} 次复习，对数损失 {loss:.4f}，RMSE {rmse:.4f}",
)

_Row = tuple[str, float, str]


def lines(found: Statistics, language: Language, *, width: int) -> list[str]:
    """Return the statistics as lines of at most so many columns."""
    if not found.reviews:
        return [_EMPTY.said_in(language)]
    sections = [
        _today(found, language).splitlines(),
        _with_bars(_DAYS, _days(found.calendar, 1 - found.days), found, language, width),
        _with_bars(_FORECAST, _days(found.forecast, 0), found, language, width),
        _with_bars(_RETENTION, _retention(found, language), found, language, width),
        _buttons(found, language),
        _with_bars(_HOURS, _hours(found), found, language, width),
    ]
    for name, title in _HISTOGRAMS.items():
        rows = [_bar_row(bar) for bar in getattr(found, name) if bar.number]
        sections.append(_with_bars(title, rows, found, language, width))
    sections += [_hardest(found, language), _calibration(found, language, width)]
    told = [line for section in sections if section for line in (*section, "")]
    return [_cut(line, width) for line in told[:-1]]


def bars(rows: Sequence[_Row], width: int) -> list[str]:
    """Return lines of a name, a bar and what it says; the longest bar fills what is left."""
    if not rows:
        return []
    names = max(_NAME, *(_cells(name) for name, _, _ in rows))
    said = max(_cells(told) for _, _, told in rows)
    room = max(width - names - said - 5, 8)
    most = max(value for _, value, _ in rows) or 1
    return [
        f"  {_right(name, names)} {_right(told, said)} {_drawn(room * value / most)}".rstrip()
        for name, value, told in rows
    ]


def _drawn(length: float) -> str:
    eighths = round(length * 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _with_bars(
    title: Text, rows: Sequence[_Row], found: Statistics, language: Language, width: int
) -> list[str]:
    told = title.said_in(language).format(days=found.days, backlog=found.backlog)
    return [told, *bars(rows, width)] if rows else []


def _today(found: Statistics, language: Language) -> str:
    day = found.today
    return _TODAY.said_in(language).format(
        answers=day.answers,
        percent=_percent(day.recalled, day.answers),
        minutes=day.milliseconds / 60_000,
        new=day.new,
        due=day.due,
    )


def _days(counts: Sequence[int], first: int) -> list[_Row]:
    """Return a row a day, or a row for several days where there would be too many."""
    step = math.ceil(len(counts) / 15)
    rows = []
    for begin in range(0, len(counts), step):
        some = counts[begin : begin + step]
        last = first + begin + len(some) - 1
        name = f"{first + begin:+d}" if len(some) == 1 else f"{first + begin:+d}…{last:+d}"
        rows.append((name.replace("+0", "0"), float(sum(some)), str(sum(some))))
    return rows if any(counts) else []


def _retention(found: Statistics, language: Language) -> list[_Row]:
    each = found.retention
    groups = (
        ("young", each.young_recalled, each.young),
        ("mature", each.mature_recalled, each.mature),
    )
    return [
        (_GROUPS[name].said_in(language), hits / of, f"{_percent(hits, of)} ({of})")
        for name, hits, of in groups
        if of
    ]


def _buttons(found: Statistics, language: Language) -> list[str]:
    rows = [
        f"  {_right(_GROUPS[group].said_in(language), 8)}"
        + "".join(f"{count:6}{_percent(count, sum(counts)):>6}" for count in counts)
        for group, counts in found.buttons.items()
        if any(counts)
    ]
    return [_BUTTONS.said_in(language), *rows] if rows else []


def _hours(found: Statistics) -> list[_Row]:
    return [
        (f"{hour:02d}:00", each.answers, f"{each.answers} {_percent(each.recalled, each.answers)}")
        for hour, each in enumerate(found.hours)
        if each.answers
    ]


def _bar_row(bar: Bar) -> _Row:
    open_end = not math.isfinite(bar.most)
    name = f"{bar.least:g}+" if open_end else f"{bar.least:g}…{bar.most:.4g}"
    return name, float(bar.number), str(bar.number)


def _hardest(found: Statistics, language: Language) -> list[str]:
    told = _LAPSES.said_in(language)
    rows: Iterable[str] = (
        f"  {hard.card}  {told.format(**hard._asdict())}" for hard in found.hardest
    )
    return [_HARDEST.said_in(language), *rows] if found.hardest else []


def _calibration(found: Statistics, language: Language, width: int) -> list[str]:
    each = found.calibration
    if each.log_loss is None or each.rmse is None:
        return []
    title = _CALIBRATION.said_in(language).format(
        count=each.number, loss=each.log_loss, rmse=each.rmse
    )
    rows = [
        (f"{point.predicted:.1%}", point.observed, f"{point.observed:.1%} ({point.number})")
        for point in each.points
    ]
    return [*title.splitlines(), *bars(rows, width)]


def _cells(text: str) -> int:
    """Return how many columns a text takes."""
    return len(text) + sum(east_asian_width(each) in "WF" for each in text)


def _right(text: str, width: int) -> str:
    return " " * (width - _cells(text)) + text


def _cut(line: str, width: int) -> str:
    """Return a line that fits: a card's id may be long."""
    if _cells(line) <= width:
        return line
    while _cells(line) >= width:
        line = line[:-1]
    return f"{line}…"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"
