"""What is known after the reveal: how the answer was read, the verdict, the card's own, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.cards import Choice, Code
from studydl.tui import words
from studydl.tui.plain import plain
from studydl.tui.typeset import formulas_in, indented, prose, quoted, verbatim

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.judging import Judgement
    from studydl.judging.code import CodeJudgement
    from studydl.language import Language
    from studydl.session import Session, Shown
    from studydl.verification.evidence import Report

__all__ = ["Revealed", "answer_lines"]

_SIGNS = {
    "correct": ("✓", "bold $success"),
    "wrong": ("✗", "bold $error"),
    "undecided": ("?", "bold $warning"),
}


class Revealed(NamedTuple):
    """A card that was answered, or given up.

    Attributes:
        shown: The card.
        answer: The learner's answer, if there was one.
        judgement: The verdict on it, if there is one.
        code: Of an answer in code, everything that was measured.
        refuting: What was measured on the misconception that the answer shows, once it is there.
        may_try_again: Whether the card's own answer is still hidden.
    """

    shown: Shown
    answer: str | None
    judgement: Judgement | None
    code: CodeJudgement | None
    refuting: Report | None
    may_try_again: bool

    @classmethod
    def of(cls, session: Session, refuting: Report | None) -> Revealed:
        """Return what is on the table of a sitting."""
        shown = session.on_the_table()
        known = (session.answer, session.judgement, session.code)
        return cls(shown, *known, refuting, session.may_try_again)


def answer_lines(revealed: Revealed, language: Language, width: int) -> list[Content]:
    """Return how it was read, the verdict and why; unless it may be tried again, what is right."""
    judgement = revealed.judgement
    blocks = []
    if judgement is not None and judgement.verdict in _SIGNS:
        blocks += [_read_as(revealed, language, width)]
        blocks += [_verdict(revealed, judgement, language, width)]
        blocks += [_refutation(revealed, judgement, language, width)]
    if revealed.code is not None:
        from studydl.tui.code_lines import code_lines

        blocks.append(code_lines(revealed.code, language, width))
    if not revealed.may_try_again:
        blocks += _known(revealed, language, width)
    return [line for block in blocks if block for line in (plain(""), *block)]


def _known(revealed: Revealed, language: Language, width: int) -> list[list[Content]]:
    """Return what the card itself says: its answer, why it is so, where it is written up."""
    shown = revealed.shown
    blocks = [_own(revealed, language, width)]
    blocks.append(formulas_in(shown.explanation.said_in(language), width, language))
    told = list(shown.card.sources)
    if shown.card.notes:
        told.append(words.filled(words.NOTES_SECTION, language, section=shown.card.notes))
    blocks.append(prose(" · ".join(told), width, "$quiet"))
    if shown.card.claim is None:
        blocks.append(prose(words.UNVERIFIED.said_in(language), width, "$warning"))
    return blocks


def _read_as(revealed: Revealed, language: Language, width: int) -> list[Content]:
    """Say how a number was read; formulas are drawn below their field, gaps and options marked."""
    understood = revealed.judgement.understood if revealed.judgement else ""
    if revealed.shown.card.kind != "number" or understood == revealed.answer:
        return []
    told = words.filled(words.READ_AS, language, understood=understood)
    return prose(told, width, "$quiet") if understood else []


def _verdict(
    revealed: Revealed, judgement: Judgement, language: Language, width: int
) -> list[Content]:
    sign, style = _SIGNS[judgement.verdict]
    answer, feedback = revealed.shown.card.answer, judgement.feedback.said_in(language)
    if not isinstance(answer, Choice) or answer.also:
        in_lines = revealed.code is not None
        said = (
            quoted(feedback, width - 2, style)
            if in_lines
            else formulas_in(feedback, width - 2, language, style)
        )
    elif judgement.misconception is not None:
        told = words.filled(words.FOLLOWS_FROM, language, misconception=judgement.misconception)
        said = prose(told, width - 2, style)
    else:
        # The options show which one is right.
        said = [plain(words.CORRECT.said_in(language), style)]
    return [plain(f"{sign} ", style) + said[0], *indented(said[1:], 2)]


def _refutation(
    revealed: Revealed, judgement: Judgement, language: Language, width: int
) -> list[Content]:
    """Return the number that rejects the misconception which the answer shows."""
    report = revealed.refuting
    if report is None:
        return []
    from studydl.tui.evidence_lines import rejection_lines

    rejections = [each for each in report.misconceptions if each.name == judgement.misconception]
    return [
        line
        for each in rejections
        for line in rejection_lines(each, report, language, width, mine=True)
    ]


def _own(revealed: Revealed, language: Language, width: int) -> list[Content]:
    """Return the card's own answer, unless it has just been said or is marked among the options."""
    shown, judgement = revealed.shown, revealed.judgement
    if not shown.is_known:
        return prose(words.UNKNOWN.said_in(language), width, "$warning")
    if isinstance(shown.card.answer, Code):
        return _barred(verbatim(shown.card.answer.solution, width - 2, "$primary"))
    own = shown.answer.said_in(language)
    is_said = judgement is not None and shown.is_answered_by(judgement.feedback, language)
    return (
        []
        if is_said or shown.options
        else _barred(formulas_in(own, width - 2, language, "$primary"))
    )


def _barred(lines: list[Content]) -> list[Content]:
    """Return the lines with a bar before them: this is the answer."""
    return [plain("▎ ", "$primary") + line for line in lines]
