"""A card and the judgement on an answer in plain lines, for `ask` and the plain session alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards import Code
from studydl.cli.plain_words import words_in
from studydl.judging import LETTERS, Verdict
from studydl.judging.quoting import printable
from studydl.notation import cells, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studydl.judging import Judgement
    from studydl.judging.code import CodeJudgement, Row
    from studydl.language import Language
    from studydl.session import Shown
    from studydl.session.panel import Outcome

__all__ = ["answer_lines", "judgement_lines", "question_lines"]

_MOST_PRINTED = 20
"""Lines of what a learner's code printed."""


def question_lines(shown: Shown, language: Language) -> list[str]:
    """Return what is asked: the question, a text with gaps, options, what code begins with."""
    lines = [plain(shown.card.ask.said_in(language))]
    if shown.passage is not None:
        lines.append(plain(shown.passage.said_in(language)))
    options = (plain(each.said_in(language)) for each in shown.options)
    lines += [f"  {letter}) {option}" for letter, option in zip(LETTERS, options, strict=False)]
    if isinstance(shown.card.answer, Code):
        lines += _indented(shown.card.answer.starter.splitlines())
    return lines


def answer_lines(shown: Shown, language: Language, judgement: Judgement | None = None) -> list[str]:
    """Return the card's own answer, unless a judgement has just told it, and why it is so."""
    words = words_in(language)
    if isinstance(shown.card.answer, Code):
        own = [f"{words.answer}:", *_indented(shown.card.answer.solution.splitlines())]
    elif shown.is_known and judgement and shown.is_answered_by(judgement.feedback, language):
        own = []
    elif shown.is_known:
        own = [f"{words.answer}: {plain(shown.answer.said_in(language))}"]
    else:
        own = [words.unknown]
    sources = "; ".join(shown.card.sources)
    badge = [words.unverified] if shown.card.claim is None else []
    return [*own, plain(shown.explanation.said_in(language)), f"({sources})", *badge]


def judgement_lines(outcome: Outcome, given: str, language: Language) -> list[str]:
    """Return what the machine says: where it stopped understanding, or how it read, and why.

    Args:
        outcome: What came of an answer.
        given: The answer.
        language: In which it is said.
    """
    words, judgement, code = words_in(language), outcome.judgement, outcome.code
    lines = [] if judgement.caret is None else _pointed_at(given, judgement.caret)
    # Nobody needs to be told that 0.25 was read as 0.25.
    if judgement.understood and judgement.understood != given.strip():
        lines.append(f"{words.understood}: {plain(judgement.understood)}")
    lines += [f"  ({remark.said_in(language)})" for remark in outcome.remarks(given)]
    feedback = judgement.feedback.said_in(language)
    refused = code is not None and judgement.verdict is Verdict.INVALID
    verdict = words.not_judged if refused else words.verdicts[judgement.verdict]
    if code is None:
        return [*lines, f"{verdict} {plain(feedback)}"]
    first, *rest = feedback.replace(r"\$", "$").splitlines()
    return [*lines, f"{verdict} {first}", *rest, *_measured(code, language)]


def _pointed_at(given: str, at: int) -> list[str]:
    """Return the line of an answer that is not understood, and a caret under the place."""
    begin = given.rfind("\n", 0, at) + 1
    line = _quoted(given[begin:].partition("\n")[0])
    return _indented([line, f"{' ' * cells(line[: at - begin])}^"])


def _quoted(line: str) -> str:
    """Return a line that somebody typed, each character as one that steers no terminal."""
    return printable(line.replace("\t", " "))


def _measured(code: CodeJudgement, language: Language) -> list[str]:
    words = words_in(language)
    lines = _indented(_row(each) for each in code.details)
    if printed := printable(code.output).splitlines():
        more = ["…"] if len(printed) > _MOST_PRINTED else []
        lines += [f"{words.printed}:", *_indented([*printed[:_MOST_PRINTED], *more])]
    if code.protection:
        lines.append(f"{words.protection}: {code.protection}")
    return lines


def _row(row: Row) -> str:
    each = row.measurement
    sign = "✓" if each.holds else "✗"
    allowed = f" ± {each.tolerance:.2g}" if each.tolerance else ""
    expected = f"{each.relation} {each.expected:.6g}{allowed}"
    return f"{sign} {each.name}: {each.measured:.6g}; {expected}"


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}".rstrip() for line in lines]
