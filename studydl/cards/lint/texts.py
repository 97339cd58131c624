"""The texts of a card with their paths, and what every one of them must be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.answers import Choice, Cloze, Formula, Number, Recall
from studydl.cards.segments import prose_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studydl.cards.answers import Mistake, Slip
    from studydl.cards.model import Card
    from studydl.language import Text

__all__ = ["Finding", "language_findings", "texts_of"]

_CHINESE = re.compile(r"[\u3400-\u9fff，。？！：；（）]")
_HAN = re.compile(r"[\u3400-\u9fff]")
# Names such as "Batch Norm" stay English in Chinese; these words make English sentences.
_ENGLISH = re.compile(r"\b(?:the|of|is|are|and|what|which|how|why|with|from|does)\b", re.IGNORECASE)


class Finding(NamedTuple):
    """A broken rule.

    Attributes:
        rule: Its name.
        path: Of the value in the card, such as ``answer.text.en``.
        message: What is wrong.
        hint: What to write instead.
        text: The text that stands there, if the fault has a place in it.
        at: Index of the character at fault.
    """

    rule: str
    path: str
    message: str
    hint: str
    text: str = ""
    at: int = 0


def texts_of(card: Card) -> list[tuple[str, str]]:
    """Return every text of a card that is shown, in both languages, each with its path."""
    both: list[tuple[str, Text]] = [("ask", card.ask), ("explain", card.explain)]
    match card.answer:
        case Recall(text):
            both.append(("answer.text", text))
        case Choice(correct, distractors, also):
            both.append(("answer.correct", correct))
            both += [(f"answer.also.{index}", each) for index, each in enumerate(also)]
            for index, each in enumerate(distractors):
                both.append((f"answer.distractors.{index}.text", each.text))
        case Cloze(text, blanks):
            both.append(("answer.text", text))
            for place, blank in enumerate(blanks):
                both += _reasons(f"answer.blanks.{place}.mistakes", blank.mistakes)
        case Number(unit=unit, mistakes=mistakes):
            both += [("answer.unit", unit)] if unit else []
            both += _reasons("answer.mistakes", mistakes)
        case Formula(mistakes=mistakes):
            both += _reasons("answer.mistakes", mistakes)
    texts = [
        (f"{path}.{language}", said)
        for path, text in both
        for language, said in text._asdict().items()
    ]
    return texts + _words(card.answer) if isinstance(card.answer, Cloze) else texts


def _words(cloze: Cloze) -> list[tuple[str, str]]:
    return [
        (f"answer.blanks.{place}.{language}.{index}", word)
        for place, blank in enumerate(cloze.blanks)
        for language, words in (("en", blank.en), ("zh", blank.zh))
        for index, word in enumerate(words)
    ]


def _reasons(path: str, mistakes: Sequence[Mistake | Slip]) -> list[tuple[str, Text]]:
    return [(f"{path}.{index}.because", each.because) for index, each in enumerate(mistakes)]


def language_findings(card: Card) -> Iterator[Finding]:
    """Find texts that stand in the place of the other language."""
    if card.claim is None:
        return  # its texts may be in one language
    for path, text in texts_of(card):
        prose = prose_of(text)
        if path.endswith(".en") and (found := _CHINESE.search(prose)):
            message = f"the English text contains {found[0]!r}"
            yield Finding("language", path, message, "write it in English, with its punctuation")
        if path.endswith(".zh") and not _HAN.search(prose) and (word := _ENGLISH.search(prose)):
            message = f"the Chinese text is English: {word[0]!r}"
            yield Finding("language", path, message, "translate it")
