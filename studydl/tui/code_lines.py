"""What was measured on an answer in code, as lines: numbers, what it printed, its protection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.evidence_lines import measurement_lines
from studydl.tui.plain import plain
from studydl.tui.typeset import indented, prose, verbatim

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.judging.code import CodeJudgement
    from studydl.language import Language

__all__ = ["code_lines"]

_MOST_ROWS = 8
_MOST_PRINTED = 10


def code_lines(code: CodeJudgement, language: Language, width: int) -> list[Content]:
    """Return the measurements, those that fail first, then what was printed, then the level."""
    rows = sorted((row.measurement for row in code.details), key=lambda each: each.holds)
    lines = [
        line for each in rows[:_MOST_ROWS] for line in measurement_lines(each, language, width)
    ]
    if more := len(rows) - _MOST_ROWS:
        told = words.filled(words.MORE_ROWS, language, count=more)
        lines += prose(told, width, "$quiet") if more > 0 else []
    if printed := verbatim(code.output, width - 2):
        cut = [plain("…", "$quiet")] if len(printed) > _MOST_PRINTED else []
        lines += [plain(""), plain(words.PRINTED.said_in(language), "$quiet")]
        lines += indented([*printed[:_MOST_PRINTED], *cut], 2)
    if code.protection:
        level = words.filled(words.PROTECTION, language, level=code.protection)
        lines += [*([plain("")] if lines else []), *prose(level, width, "$quiet")]
    return lines
