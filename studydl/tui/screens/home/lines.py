"""What the home screen draws beside its table: today's plan, the last days, the first run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.tui import words as common
from studydl.tui.plain import cells, joined, plain
from studydl.tui.screens.home import words
from studydl.tui.screens.home.history import STRIP
from studydl.tui.typeset import prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from studydl.language import Language
    from studydl.tui.screens.home.history import History

__all__ = ["TIGHT", "Plan", "panel_lines", "plan_lines", "welcome_lines"]

TIGHT = 60
"""Below this width the terminal is small, and every line counts."""

_BARS = "▁▃▅█"
_THURSDAY = 3
"""The first study day that there can be, of 1970, was one."""
_MINUTE = 60_000


class Plan(NamedTuple):
    """What this study day brings.

    Attributes:
        today: The study day.
        reviews: How many cards come back.
        new: How many new ones it brings.
        history: What the log tells; None while it is being read.
    """

    today: int
    reviews: int
    new: int
    history: History | None

    @property
    def minutes(self) -> int | None:
        """About how many minutes it takes, if anything is known of that."""
        if self.history is None or self.history.milliseconds is None:
            return None
        left = (self.reviews + self.new) * self.history.milliseconds
        return max(round(left / _MINUTE), 1) if left else None


def plan_lines(plan: Plan, language: Language, width: int) -> list[Content]:
    """Return the plan and the last days in a few rows, to stand below the table."""
    history = plan.history
    if history is None:
        return []
    parts = _what(plan, language)
    if plan.minutes is not None:
        parts.append(common.filled(words.MINUTES, language, minutes=plan.minutes))
    if history.days[-1]:
        parts.append(common.filled(words.DONE_TODAY, language, count=history.days[-1]))
    strip = joined(*_strip(history.days, gap=" "))
    said = plain(f"   {_streak(history, language)}", "$quiet")
    gap = [plain("")] if width >= TIGHT else []
    return [*prose(" · ".join(parts), width), *gap, joined(strip, said)]


def panel_lines(plan: Plan, advice: Sequence[str], language: Language, width: int) -> list[Content]:
    """Return the plan, the last days and what to do next, where there is room beside the table."""
    history = plan.history
    lines = [_head(common.TODAY.said_in(language)), plain("")]
    lines += [_count(plan.reviews, words.REVIEWS.said_in(language), "bold $primary")]
    lines += [_count(plan.new, words.NEW_CARDS.said_in(language), "bold $primary")]
    if history is not None:
        lines += [_count(history.days[-1], words.ANSWERED.said_in(language), "bold")]
        if plan.minutes is not None:
            told = common.filled(words.MINUTES, language, minutes=plan.minutes)
            lines += [plain(""), plain(told, "$quiet")]
        lines += [
            plain(""),
            plain(""),
            _head(words.LAST_DAYS.said_in(language)),
            plain(""),
            joined(*_strip(history.days, gap="  ")),
            plain(_weekdays(plan.today, language), "$quiet"),
            plain(""),
            plain(_streak(history, language), "$quiet"),
        ]
    lines += [plain(""), plain(""), _head(words.WHAT_NEXT.said_in(language))]
    return lines + _paragraphs(advice, width)


def welcome_lines(keys: Sequence[tuple[str, str]], language: Language, width: int) -> list[Content]:
    """Return what is told before the first review.

    Args:
        keys: Three keys, each with what it does.
        language: The language of the words.
        width: The width.
    """
    signs = [
        ("✓", "$success", words.SIGN_HOLDS),
        ("✗", "$error", words.SIGN_REFUTED),
        ("·", "$quiet", words.SIGN_OPEN),
    ]
    room = max(cells(key) for key, _ in keys) + 2
    return [
        _head(words.WELCOME.said_in(language)),
        plain(""),
        *prose(words.WHAT_IT_IS.said_in(language), min(width, 72)),
        plain(""),
        *(
            joined(plain(key + " " * (room - cells(key)), "bold $primary"), plain(told))
            for key, told in keys
        ),
        plain(""),
        *(
            joined(plain(sign, style), plain(" " * (room - 1) + told.said_in(language), "$quiet"))
            for sign, style, told in signs
        ),
    ]


def _head(text: str) -> Content:
    return plain(text, "bold")


def _count(count: int, told: str, style: str) -> Content:
    figure = plain(f"{count or '·':>4}", style if count else "$quiet")
    return joined(figure, plain(f"  {told}"))


def _paragraphs(sentences: Sequence[str], width: int) -> list[Content]:
    return [
        line for sentence in sentences for line in (plain(""), *prose(sentence, width, "$quiet"))
    ]


def _what(plan: Plan, language: Language) -> list[str]:
    parts = ((plan.reviews, words.PLAN_REVIEWS), (plan.new, words.PLAN_NEW))
    told = [common.filled(text, language, count=count) for count, text in parts if count]
    return told or [words.NOTHING.said_in(language)]


def _strip(days: Sequence[int], gap: str) -> list[Content]:
    most = max(days)
    parts = []
    for count in days:
        if count:
            bar = _BARS[max(-(-count * len(_BARS) // most) - 1, 0)]
            parts.append(plain(bar + gap, "$primary"))
        else:
            parts.append(plain("·" + gap, "$quiet"))
    return parts


def _weekdays(today: int, language: Language) -> str:
    initials = words.WEEKDAYS.said_in(language).split()
    days = (initials[(today - ago + _THURSDAY) % 7] for ago in reversed(range(STRIP)))
    return "".join(day + " " * (3 - cells(day)) for day in days)


def _streak(history: History, language: Language) -> str:
    if history.streak == 0:
        return words.NO_STREAK.said_in(language)
    told = words.ONE_DAY if history.streak == 1 else words.STREAK
    return common.filled(told, language, count=history.streak)
