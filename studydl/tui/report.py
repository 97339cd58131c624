"""What came of a sitting, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.tui import words
from studydl.tui.plain import cells, joined, plain
from studydl.tui.screens.review.words import FITTED, NOT_FITTED
from studydl.tui.typeset import formulas_in, indented, prose

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.memory import Optimised
    from studydl.tui.desk import Desk

__all__ = ["report_lines"]

_MOST_MISSED = 6


def report_lines(desk: Desk, width: int) -> list[Content]:
    """Return the figures of the sitting on the desk, the missed cards, and a next step."""
    lines = [plain(""), *_figures(desk)]
    if missed := _missed(desk, width):
        lines += [plain(""), *missed]
    upcoming = desk.memory.upcoming()
    planned = (
        desk.say(words.NEXT_REVIEWS, cards=upcoming.cards, days=upcoming.days)
        if upcoming
        else desk.say(words.NO_REVIEWS)
    )
    lines += [plain(""), *prose(planned, width)]
    if desk.fit is not None:
        lines += [plain(""), *_fit(desk, desk.fit, width)]
    return [*lines, plain(""), *prose(desk.say(words.AFTER_DONE), width, "$quiet")]


def _fit(desk: Desk, fit: Optimised, width: int) -> list[Content]:
    """Say what came of fitting the scheduler: log loss before and after."""
    told = FITTED if fit.kept else NOT_FITTED
    before, after = f"{fit.before:.4f}", f"{fit.after:.4f}"
    said = desk.say(told, reviews=fit.items, before=before, after=after)
    sign, style = ("✓", "$success") if fit.kept else ("·", "$quiet")
    lines = prose(said, width - 2)
    return [plain(f"{sign} ", style) + lines[0], *indented(lines[1:], 2)]


def _figures(desk: Desk) -> list[Content]:
    if desk.session is None or not desk.session.report.answered:
        return []
    report = desk.session.report
    percent = round(100 * report.recalled / len(report.answered))
    minutes, seconds = divmod(round(report.milliseconds / 1000), 60)
    rows = (
        (words.ANSWERED, str(len(report.answered))),
        (words.RECALLED, f"{percent} %"),
        (words.TIME, desk.say(words.MINUTES, minutes=minutes, seconds=seconds)),
    )
    labels = [desk.say(label) for label, _ in rows]
    widest = max(map(cells, labels))
    return [
        joined(plain(label + " " * (widest - cells(label) + 3), "$quiet"), plain(value, "bold"))
        for label, (_, value) in zip(labels, rows, strict=True)
    ]


def _missed(desk: Desk, width: int) -> list[Content]:
    missed = desk.session.report.missed if desk.session else []
    if not missed:
        return []
    lines = [plain(desk.say(words.MISSED), "$quiet")]
    for id_ in missed[:_MOST_MISSED]:
        block = formulas_in(_question(desk, id_), width - 2, desk.language)
        lines += [plain("✗ ", "$error") + block[0], *indented(block[1:], 2)]
    if len(missed) > _MOST_MISSED:
        more = desk.say(words.MORE_MISSED, count=len(missed) - _MOST_MISSED)
        lines.append(plain(f"  {more}", "$quiet"))
    return lines


def _question(desk: Desk, id_: str) -> str:
    try:
        return desk.library.card(id_).ask.said_in(desk.language)
    except StudyError:
        return id_  # its deck was edited meanwhile
