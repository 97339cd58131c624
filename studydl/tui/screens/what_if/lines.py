"""What the screen of dials draws: question, dials, result, curve, history, the list to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.arithmetic import shown
from studydl.cards.variants import filled
from studydl.tui.plain import beside, cells, clickable, joined, plain, truncated
from studydl.tui.screens.what_if import words
from studydl.tui.screens.what_if.trial import Trial, closeness, known_mistake
from studydl.tui.typeset import formulas_in, indented, prose
from studydl.tui.words import filled as said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from studydl.language import Language
    from studydl.tui.screens.what_if.trial import Attempt, Proposal

__all__ = ["dial_lines", "history_lines", "list_lines", "number", "question_lines", "result_lines"]

_STYLES = {"✓": "$success", "·": "$quiet", "✗": "$error"}
_MOST_WRONG = 5
_MOST_ATTEMPTS = 8
_INDENT = 3


def number(value: float) -> str:
    """Return a number as a person writes it."""
    return shown(float(f"{value:.4g}"))


def question_lines(trial: Trial, language: Language, width: int) -> list[Content]:
    """Return what is to be predicted; a card's question shows where the dials stand."""
    return _asked(trial, language, width, "bold")


def _asked(trial: Trial, language: Language, width: int, style: str) -> list[Content]:
    question = trial.proposal.description.question
    if trial.proposal.card is None:
        return prose(question.said_in(language), width, style)
    values = {name: number(value) for name, value in trial.values.items()}
    return formulas_in(filled(question, values).said_in(language), width, language, style)


def dial_lines(trial: Trial, cursor: int, language: Language, width: int) -> list[Content]:
    """Return one row a dial: its name, its value between arrows, where it stands."""
    labels = [each.label.said_in(language) for each in trial.dials]
    widest = max(map(cells, labels))
    values = [[number(value) for value in each.values] for each in trial.dials]
    room = max(len(value) for each in values for value in each)
    rows = []
    for place, (label, offered, at) in enumerate(zip(labels, values, trial.places, strict=True)):
        here = place == cursor
        track = _track(len(offered), at, here=here)
        value = _value(offered[at], room, place, at, len(offered))
        space = width - 4 - value.cell_length - track.cell_length - 2
        name = truncated(plain(label, "bold" if here else ""), max(space, width - 24))
        gap = min(widest, space) - name.cell_length + 2
        left = joined(plain("› " if here else "  ", "$primary"), name, plain(" " * max(gap, 1)))
        row = joined(left, value, plain("  "), track)
        rows.append(row if row.cell_length <= width else beside(left, value, width))
    return rows


def _value(value: str, room: int, place: int, at: int, count: int) -> Content:
    """Return a value between arrows; an end of the dial has no arrow beyond it."""
    less = plain("‹", "$primary") if at > 0 else plain(" ")
    more = plain("›", "$primary") if at < count - 1 else plain(" ")
    return joined(
        clickable(less, f"screen.turn(-1, {place})"),
        plain(f" {value:>{room}} ", "bold"),
        clickable(more, f"screen.turn(1, {place})"),
    )


def _track(count: int, at: int, *, here: bool) -> Content:
    style = "$primary" if here else "$quiet"
    return joined(
        plain("─" * at, "$line"), plain("●", style), plain("─" * (count - at - 1), "$line")
    )


def result_lines(trial: Trial, language: Language, width: int) -> list[Content]:
    """Return what was predicted and measured, how far off it was, and what mistakes come to."""
    report = trial.report
    if report is None:
        return []
    labels = [each.said_in(language) for each in (words.PREDICTED, words.MEASURED)]
    widest = max(map(cells, labels))
    first, second = (
        plain(f"{label}{' ' * (widest - cells(label) + 2)}", "$quiet") for label in labels
    )
    measured = joined(second, plain(number(report.value), "bold $primary"))
    if trial.predicted is None:
        none = plain(words.NOT_PREDICTED.said_in(language), "$quiet")
        lines = [joined(first, none), measured]
    else:
        verdict = _verdict(trial.predicted, report.value, language)
        guess = joined(first, plain(number(trial.predicted), "bold"), plain("   "), verdict)
        lines = [guess, measured]
    if (mistake := known_mistake(trial)) is not None:
        why = mistake.why.said_in(language)
        told = said(words.MISTAKEN, language, name=mistake.misconception, why=why)
        lines += [plain(""), *prose(told, width, "$warning")]
    if report.wrong:
        lines += [plain(""), plain(words.WRONGLY.said_in(language), "$quiet")]
        lines += [
            beside(
                plain(f"  {each.misconception}", "$quiet"),
                plain(number(each.value), "$quiet"),
                width,
            )
            for each in report.wrong[:_MOST_WRONG]
        ]
    return lines


def _verdict(predicted: float, measured: float, language: Language) -> Content:
    sign, factor = closeness(predicted, measured)
    if sign == "✓":
        told = words.RIGHT.said_in(language)
    elif factor is None:
        told = said(words.OFF, language, difference=number(abs(predicted - measured)))
    else:
        text = words.FACTOR_HIGH if factor > 1 else words.FACTOR_LOW
        told = said(text, language, factor=_rounded(max(factor, 1 / factor)))
    return plain(f"{sign} {told}", _STYLES[sign])


def _rounded(factor: float) -> str:
    return shown(float(f"{factor:.2g}"))


def history_lines(attempts: Sequence[Attempt], language: Language, width: int) -> list[Content]:
    """Return the predictions of this visit, the last first."""
    if not attempts:
        return []
    rows = [plain(words.HISTORY.said_in(language), "$quiet")]
    for each in reversed(attempts[-_MOST_ATTEMPTS:]):
        guess = "–" if each.predicted is None else number(each.predicted)
        sign = "·" if each.predicted is None else closeness(each.predicted, each.measured).sign
        outcome = joined(
            plain(f"  {guess} → "),
            plain(number(each.measured), "bold"),
            plain(f" {sign}", _STYLES[sign]),
        )
        dials = "  ".join(f"{label.said_in(language)} {number(v)}" for label, v in each.dials)
        if cells(dials) > width - outcome.cell_length - _INDENT:
            dials = " · ".join(number(value) for _, value in each.dials)
        rows.append(beside(plain(f"  {dials}", "$quiet"), outcome, width))
    return rows


def list_lines(
    proposals: Sequence[Proposal], cursor: int, language: Language, width: int
) -> list[Content]:
    """Return the experiments to choose from, the one under the cursor marked."""
    lines: list[Content] = []
    for place, each in enumerate(proposals):
        here = place == cursor
        style = "bold" if here else ""
        asked = _asked(Trial.begun(each), language, width - 2, style)
        mark = plain("› " if here else "  ", "$primary")
        claim = plain(each.description.claim, "$quiet")
        rows = [joined(mark, asked[0]), *indented(asked[1:], 2), *indented([claim], 2), plain("")]
        lines += [clickable(row, f"screen.choose({place})") for row in rows]
    return lines
