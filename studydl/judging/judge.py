"""Cards whose answers are judged at once, in this process: a card and an answer to a judgement.

Formulas, code and numbers with drawn parameters go through `studydl.judging.examiner`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards import Choice, Cloze, Code, Formula, Number, Recall
from studydl.judging.choice import judge_choice
from studydl.judging.judgement import Judgement, undecided
from studydl.judging.quoting import printable
from studydl.language import Text

if TYPE_CHECKING:
    from studydl.cards import Card
    from studydl.language import Language

__all__ = ["answer_text", "is_judged_here", "judge"]

MAX_ECHO = 2000
"""Of a recalled answer that is shown again beside the card's own."""


def is_judged_here(card: Card) -> bool:
    """Return whether `judge` can judge the card; an examiner judges all of them."""
    match card.answer:
        case Recall() | Choice() | Cloze():
            return True
        case Number(vary=vary):
            return not vary
    return False


def judge(card: Card, answer: str, *, seed: int, language: Language) -> Judgement:
    """Judge an answer.

    An empty answer reveals the card's own without a verdict. Any text is answered at once.

    Args:
        card: What was asked; `is_judged_here` is true of it.
        answer: What was typed.
        seed: What the question was drawn with; of a choice, the order of its options.
        language: In which the card is shown.
    """
    if not answer.strip():
        return undecided(answer_text(card))
    match card.answer:
        case Recall(text):
            return undecided(text, printable(answer.strip()[:MAX_ECHO]))
        case Choice() as choice:
            return judge_choice(card, choice, answer, seed, language)
        case Cloze() as cloze:
            from studydl.judging.cloze import judge_cloze

            return judge_cloze(cloze, answer, language)
        case Number() as number:
            from studydl.judging.number import judge_number

            return judge_number(number, answer)
    raise TypeError(f"a card of kind {card.kind} is judged by an examiner")


def answer_text(card: Card) -> Text:
    """Return a card's own answer as a text, as it is shown when it is revealed.

    Code is shown as it is; of a number whose parameters are not resolved, nothing is known.
    """
    match card.answer:
        case Recall(text):
            return text
        case Choice() as choice:
            return Text(*("; ".join(said) for said in zip(*choice.right, strict=True)))
        case Cloze() as cloze:
            from studydl.judging.cloze import cloze_text

            return cloze_text(cloze)
        case Number() as number:
            from studydl.judging.number import number_text

            return number_text(number)
        case Formula() as formula:
            from studydl.judging.formula.text import formula_text

            return formula_text(formula)
        case Code(solution=solution):
            return Text(solution, solution)
