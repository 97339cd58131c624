"""The one entry: a card and an answer to a judgement, whatever the kind of the card."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from studydl.cards import Choice, Number, Recall
from studydl.judging.choice import judge_choice
from studydl.judging.judgement import Judgement, undecided

if TYPE_CHECKING:
    from studydl.cards import Card
    from studydl.language import Language, Text

__all__ = ["answer_text", "judge"]

MAX_ECHO = 2000
"""Of a recalled answer that is shown again beside the card's own."""


def judge(card: Card, answer: str, *, seed: int, language: Language) -> Judgement:
    """Judge an answer.

    An empty answer reveals the card's own without a verdict. Any text is answered at once.

    Args:
        card: What was asked.
        answer: What was typed.
        seed: What the question was drawn with; of a choice, the order of its options.
        language: In which the card is shown.
    """
    if not answer.strip():
        return undecided(answer_text(card))
    match card.answer:
        case Recall(text):
            return undecided(text, answer.strip()[:MAX_ECHO])
        case Choice():
            return judge_choice(card, answer, seed, language)
        case Number() as number:
            from studydl.judging.number import judge_number

            return judge_number(number, answer)
    assert_never(card.answer)


def answer_text(card: Card) -> Text:
    """Return a card's own answer as a text, as it is shown when it is revealed."""
    match card.answer:
        case Recall(text):
            return text
        case Choice(correct, _):
            return correct
        case Number() as number:
            from studydl.judging.number import number_text

            return number_text(number)
    assert_never(card.answer)
