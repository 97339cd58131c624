"""One card as it is looked at: question, answer, what it stands on, how it is scheduled."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from studydl.memory.clock import from_ms
from studydl.tui import words as common
from studydl.tui.answer_lines import Revealed, answer_lines
from studydl.tui.evidence_lines import SIGNS
from studydl.tui.plain import beside, joined, plain
from studydl.tui.screens.browse import words
from studydl.tui.typeset import formulas_in, indented, prose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from textual.content import Content

    from studydl.language import Language, Text
    from studydl.memory import CardState, Marks, Memory
    from studydl.session import Shown
    from studydl.verification.evidence import Report

__all__ = ["Facts", "answer_part", "facts_of", "question_part", "standing_lines"]

_EPOCH = date(1970, 1, 1).toordinal()
_LABEL = 12


class Facts(NamedTuple):
    """All that is shown of a card.

    Attributes:
        shown: The card as it is asked.
        state: What is remembered of it; None if it is new.
        recall: The chance that it is recalled now; 0 if it is new.
        today: This study day.
        now: The time.
        marks: What the learner decided about it.
        report: The last that was measured of its claim, if it was kept.
    """

    shown: Shown
    state: CardState | None
    recall: float
    today: int
    now: datetime
    marks: Marks
    report: Report | None


def facts_of(shown: Shown, memory: Memory, report: Report | None) -> Facts:
    """Return what memory holds of a card beside the card."""
    state = memory.state(shown.card.id)
    recall = 0.0 if state is None else memory.recall(state)
    marks = memory.marks(shown.card.id)
    return Facts(shown, state, recall, memory.today(), memory.now(), marks, report)


def question_part(facts: Facts, language: Language, width: int) -> list[Content]:
    """Return the card's name and its question."""
    card = facts.shown.card
    kind = plain(common.KINDS[card.kind].said_in(language), "$quiet")
    lines = [beside(plain(card.id, "$quiet"), kind, width), plain("")]
    lines += formulas_in(card.ask.said_in(language), width, language, "bold")
    if (passage := facts.shown.passage) is not None:
        lines += [plain(""), *formulas_in(passage.said_in(language), width, language)]
    return lines


def answer_part(facts: Facts, language: Language, width: int) -> list[Content]:
    """Return the answer, the reasons, the claim behind it, the schedule and the marks."""
    shown = facts.shown
    if shown.is_known:
        lines = answer_lines(
            Revealed(shown, None, None, None, None, may_try_again=False), language, width
        )
    else:
        lines = [plain(""), *prose(words.COMPUTED.said_in(language), width, "$quiet")]
    lines += [plain(""), plain("─" * width, "$line")]
    for label, value in _entries(facts, language, max(width - _LABEL, 8)):
        lines += _entry(label.said_in(language), value)
    return lines


def standing_lines(facts: Facts, language: Language, width: int) -> list[Content]:
    """Return when a card is due, and how well it is remembered."""
    entries = dict(_schedule(facts, language, max(width - _LABEL, 8)))
    return [
        line for label, value in entries.items() for line in _entry(label.said_in(language), value)
    ]


def _entries(facts: Facts, language: Language, width: int) -> Iterator[tuple[Text, list[Content]]]:
    card, report = facts.shown.card, facts.report
    yield words.CLAIM, _claim(card.claim, report, language, width)
    if card.derivation is not None:
        hint = words.SHOWS_DERIVATION.said_in(language)
        yield words.DERIVATION, [*prose(card.derivation, width), *prose(hint, width, "$quiet")]
    yield from _schedule(facts, language, width)
    if facts.marks.flag is not None:
        yield words.FLAGGED, prose(f"* {facts.marks.flag}", width, "$warning")
    if card.requires:
        yield words.REQUIRES, prose(", ".join(card.requires), width)
    if card.tags:
        yield words.TAGS, prose(", ".join(card.tags), width)
    if facts.marks.tags:
        yield words.OWN_TAGS, prose(", ".join(facts.marks.tags), width, "$primary")
    where = f"{card.origin.file.name}:{card.origin.line}"
    yield words.WRITTEN, prose(where, width, "$quiet")


def _claim(
    claim: str | None, report: Report | None, language: Language, width: int
) -> list[Content]:
    if claim is None:
        return prose(common.UNVERIFIED.said_in(language), width, "$warning")
    if report is None:
        told = words.NOT_MEASURED.said_in(language)
        return [*prose(claim, width), *prose(told, width, "$quiet")]
    sign, style = SIGNS[report.verdict]
    names = prose(claim, width - 2, style)
    statement = prose(report.statement.said_in(language), width - 2)
    head = joined(plain(f"{sign} ", style), names[0])
    return [head, *indented([*names[1:], *statement], 2)]


def _schedule(facts: Facts, language: Language, width: int) -> Iterator[tuple[Text, list[Content]]]:
    if facts.marks.suspended:
        told = words.SUSPENDED.said_in(language)
        yield words.SCHEDULE, prose(f"– {told}", width, "$quiet")
    elif facts.state is None:
        yield words.SCHEDULE, prose(words.NEVER_MET.said_in(language), width)
    else:
        yield words.SCHEDULE, prose(_due(facts, facts.state, language), width)
    if (state := facts.state) is not None:
        figures = common.filled(
            words.FIGURES,
            language,
            stability=f"{state.stability:.3g}",
            difficulty=f"{state.difficulty:.1f}",
            recall=f"{100 * facts.recall:.0f}",
        )
        counted = common.filled(
            words.REVIEWS, language, reviews=state.repetitions, lapses=state.lapses
        )
        yield words.MEMORY, [*prose(figures, width), *prose(counted, width)]


def _due(facts: Facts, state: CardState, language: Language) -> str:
    if state.due_at is not None:
        minutes = math.ceil((from_ms(state.due_at) - facts.now) / timedelta(minutes=1))
        if minutes <= 0:
            return words.LEARNING_NOW.said_in(language)
        return common.filled(words.IN_LEARNING, language, minutes=minutes)
    day = facts.today if state.due_day is None else state.due_day
    days, on = day - facts.today, date.fromordinal(_EPOCH + day)
    if days == 0:
        return words.DUE_TODAY.said_in(language)
    text = words.DUE_IN if days > 0 else words.OVERDUE
    return common.filled(text, language, days=abs(days), date=on.isoformat())


def _entry(label: str, value: list[Content]) -> list[Content]:
    head = plain(label, "$quiet")
    gap = plain(" " * max(_LABEL - head.cell_length, 1))
    return [joined(head, gap, value[0]), *indented(value[1:], _LABEL)]
