"""The audit as lines: a row a section, a block a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.audit import Status
from studydl.tui.plain import beside, clickable, joined, plain, truncated
from studydl.tui.screens.notes import words
from studydl.tui.screens.notes.book import ORDER
from studydl.tui.typeset import indented, prose
from studydl.tui.words import filled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.content import Content

    from studydl.audit import Figure, Finding, Statement
    from studydl.language import Language
    from studydl.tui.screens.notes.book import Standing

__all__ = ["SIGNS", "Told", "counted", "heads", "legend_line", "statement_block", "status_word"]

SIGNS: Mapping[Standing, tuple[str, str]] = {
    Status.WRONG: ("✗", "$error"),
    Status.CONDITIONAL: ("±", "$warning"),
    Status.HOLDS: ("✓", "$success"),
    Status.UNMEASURABLE: ("–", "$quiet"),
    Status.UNSETTLED: ("?", "$warning"),
    None: ("·", "$quiet"),
}
_COLUMN = 3
_MOST_CARDS = 4
_WORDY = 84


class Told(NamedTuple):
    """A statement with all that is shown of it.

    Attributes:
        statement: What the notes say.
        finding: What was found of it; None before it was measured.
        cards: The cards that stand on its claims.
        is_brief: Whether it is one of a whole chapter: then only the one under the cursor is told
            in full.
    """

    statement: Statement
    finding: Finding | None
    cards: Sequence[str]
    is_brief: bool = False


def status_word(status: Standing, language: Language) -> str:
    """Return a status in words."""
    return (words.UNKNOWN if status is None else words.STATUSES[status]).said_in(language)


def heads(label: str, width: int) -> Content:
    """Return the signs above the columns of counts."""
    signs = (SIGNS[status] for status in ORDER)
    columns = joined(*(plain(f"{sign:>{_COLUMN}}", style) for sign, style in signs))
    return beside(plain(f"  {label}", "$quiet"), columns, width)


def counted(
    title: str, counts: Mapping[Status, int], width: int, *, is_chapter: bool, under_cursor: bool
) -> Content:
    """Return the row of a chapter or a section: its name, and how many statements have a status."""
    sign = "›" if under_cursor else " "
    weight = "bold $primary" if under_cursor else "bold" if is_chapter else ""
    name = f"{sign} {title}" if is_chapter else f"{sign}   {title}"
    columns = joined(*(_count(counts[status], status, is_chapter) for status in ORDER))
    return beside(plain(name, weight), columns, width)


def legend_line(
    counts: Mapping[Status, int], chosen: Status | None, language: Language, width: int
) -> Content:
    """Return the statuses with their keys and counts; a click chooses one."""
    parts = []
    for key, status in enumerate(ORDER, start=1):
        sign, style = SIGNS[status]
        # What has not been measured yet is counted with what is unsettled.
        said = words.OPEN if status is Status.UNSETTLED else words.STATUSES[status]
        word = said.said_in(language) if width >= _WORDY else ""
        shown = f"{sign} {counts[status]} {word}".rstrip()
        entry = joined(
            plain(f"{key} ", "$primary"),
            plain(shown, f"bold {style}" if status is chosen else style if counts[status] else ""),
        )
        parts.append(clickable(entry, f"screen.only({key})"))
    return truncated(plain("   ").join(parts), width)


def statement_block(
    told: Told, language: Language, width: int, *, under_cursor: bool
) -> list[Content]:
    """Return everything about one statement."""
    status = None if told.finding is None else told.finding.status
    sign, style = SIGNS[status]
    head = joined(
        plain("› " if under_cursor else "  ", "bold $primary"),
        plain(f"{sign} {status_word(status, language)}", f"bold {style}"),
        plain(f"   {told.statement.section}", "$quiet"),
    )
    inner = width - 4
    said = prose(told.statement.text.said_in(language), inner, "bold" if under_cursor else "")
    more = [] if told.is_brief and not under_cursor else _found(told, language, inner)
    return [head, *indented([*said, *more], 4)]


def _found(told: Told, language: Language, width: int) -> list[Content]:
    statement, finding = told.statement, told.finding
    lines: list[Content] = []
    # Before it is known how the notes fare, nobody is told what is true instead.
    if finding is not None:
        for text in (statement.correction, statement.unmeasurable):
            if text is not None:
                lines += _led("→ ", prose(text.said_in(language), width - 2), "$primary")
        if statement.sources:
            lines += indented(prose("; ".join(statement.sources), width - 2, "$quiet"), 2)
        for figure in finding.figures:
            lines += _figure(figure, language, width)
        if finding.trouble:
            lines += _led("! ", prose(finding.trouble, width - 2), "$warning")
    return [*lines, *_ties(told, language, width)]


def _figure(figure: Figure, language: Language, width: int) -> list[Content]:
    """Return a number with what it was measured on: a claim's code, or what the notes have."""
    claim, _, misconception = figure.of.partition("/")
    sign, style = ("≠ ", "$error") if misconception else ("≈ ", "$quiet")
    said = words.FIGURE_REFUTED if misconception else words.FIGURE
    measured, expected = f"{figure.measured:.4g}", f"{figure.expected:.4g}"
    numbers = filled(said, language, measured=measured, expected=expected)
    lines = _led(sign, prose(f"{figure.name}: {numbers}", width - 2), style)
    of = f"{claim} / {misconception}" if misconception else claim
    return [*lines, *indented(prose(of, width - 2, "$quiet"), 2)]


def _ties(told: Told, language: Language, width: int) -> list[Content]:
    lines: list[Content] = []
    if told.finding is None or not told.finding.figures:
        lines += _labelled(words.CLAIMS.said_in(language), ", ".join(told.statement.claims), width)
    if told.cards:
        shown = ", ".join(told.cards[:_MOST_CARDS])
        if (more := len(told.cards) - _MOST_CARDS) > 0:
            shown = f"{shown} {filled(words.AND_MORE, language, count=more)}"
        lines += _labelled(words.CARDS.said_in(language), shown, width)
    return lines


def _labelled(label: str, text: str, width: int) -> list[Content]:
    return prose(f"{label}  {text}", width, "$quiet")


def _led(sign: str, lines: list[Content], style: str) -> list[Content]:
    return [joined(plain(sign, style), lines[0]), *indented(lines[1:], 2)] if lines else []


def _count(count: int, status: Status, is_chapter: bool) -> Content:
    """Return a count; none at all is nothing, so that the eye finds what there is."""
    style = SIGNS[status][1] if count else "$line"
    shown = f"{count or '·':>{_COLUMN}}"
    return plain(shown, f"bold {style}" if is_chapter and count else style)
