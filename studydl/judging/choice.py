"""The options of a choice, shuffled the same way for the same seed, and which one was picked."""

from __future__ import annotations

import random
import unicodedata
from string import ascii_lowercase
from typing import TYPE_CHECKING

from studydl.cards import Choice
from studydl.judging.judgement import AGAIN, GOOD, Judgement, Verdict
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.cards import Card
    from studydl.language import Language

__all__ = ["judge_choice", "options"]

MAX_LENGTH = 2000
"""Of a typed option; none is nearly as long."""


def options(card: Card, seed: int) -> tuple[Text, ...]:
    """Return the options of a choice in the order in which they are shown.

    Args:
        card: Any card; one of another kind has no options.
        seed: Fixes the order together with the card's id; kept with the review.
    """
    return tuple(text for text, _ in _shuffled(card, seed))


def judge_choice(card: Card, typed: str, seed: int, language: Language) -> Judgement:
    """Judge a picked option: its letter, its number, or its text in either language."""
    shuffled = _shuffled(card, seed)
    picked = _picked([text for text, _ in shuffled], typed)
    if picked is None:
        last = ascii_lowercase[len(shuffled) - 1]
        feedback = Text(
            f"That is not one of the options: type a letter from a to {last}.",
            f"这不是选项之一：请输入 a 到 {last} 的字母。",
        )
        return Judgement(Verdict.INVALID, feedback)
    text, misconception = shuffled[picked]
    understood = f"{ascii_lowercase[picked]}) {text.said_in(language)}"
    if misconception is None:
        feedback = Text(f"Correct: {text.en}", f"正确：{text.zh}")
        return Judgement(Verdict.CORRECT, feedback, GOOD, understood)
    right = next(each for each, wrong in shuffled if wrong is None)
    feedback = Text(
        f"This follows from a misconception, {misconception}. The answer: {right.en}",
        f"这来自一个误解：{misconception}。答案：{right.zh}",
    )
    return Judgement(Verdict.WRONG, feedback, AGAIN, understood, misconception=misconception)


def _shuffled(card: Card, seed: int) -> list[tuple[Text, str | None]]:
    """Return the options, each with the misconception that it shows; the right one shows none."""
    if not isinstance(card.answer, Choice):
        return []
    shuffled: list[tuple[Text, str | None]] = [(card.answer.correct, None)]
    shuffled += [(each.text, each.misconception) for each in card.answer.distractors]
    # Seeding by text gives the same order on every machine; hashes of tuples do not.
    random.Random(f"{card.id}/{seed}").shuffle(shuffled)
    return shuffled


def _picked(texts: Sequence[Text], typed: str) -> int | None:
    """Return the index of the one option that is meant, or None.

    Where the options are themselves letters or numbers, an input that names one option and reads
    like another means neither.
    """
    if len(typed) > MAX_LENGTH:
        return None
    answer = _plain(typed)
    label = answer.strip("().、: ")
    labels = [{ascii_lowercase[index], str(index + 1)} for index in range(len(texts))]
    named = {index for index, names in enumerate(labels) if label in names}
    read = {index for index, text in enumerate(texts) if answer in map(_plain, text)}
    meant = named | read
    return meant.pop() if len(meant) == 1 else None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("$", "").split())
