"""Rules of good questions. Each is so narrow that a good card does not trip over it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studydl.cards.answers import Choice, Number, Recall
from studydl.cards.lint.shown_numbers import shows
from studydl.cards.lint.texts import Finding, texts_of
from studydl.cards.segments import prose_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.cards.model import Card
    from studydl.language import Text

__all__ = ["question_findings"]

LONGEST = {"en": 240, "zh": 120}
_LEAST_LEAK = {"en": 4, "zh": 3}

_YES_NO = {
    "en": re.compile(
        r"(?:^|[.!?]\s+)(?:is|are|was|were|does|do|did|can|could|will|would|has|have|should|must)"
        r"\s(?!.*\bor\b)[^.!?]*\?$",
        re.IGNORECASE,
    ),
    "zh": re.compile(r"吗[？?]?$"),
}
_ALTERNATIVES = {"en": re.compile(r"\bor\b"), "zh": re.compile("还是|或")}
_LIST = {
    "en": re.compile(
        r"\b(?:list|name|enumerate)\s+(?:all\b|(?:the\s+)?(?:three|four|five|six|seven|[3-9])\b)",
        re.IGNORECASE,
    ),
    "zh": re.compile("(?:列举|列出|举出)(?:出)?(?:所有|全部|[三四五六七八九3-9])"),
}
_ITEM = re.compile(r"^\s*(?:[-*•]\s|\d+[.)、]|[①-⑨])", re.MULTILINE)
_END = {
    "en": re.compile(r"(?:[.!?…][\"'”’)\]]*|\$\$)$"),
    "zh": re.compile(r"(?:[。！？….!?][\"'”’」）)\]]*|\$\$)$"),
}


def question_findings(card: Card) -> Iterator[Finding]:
    """Find what makes a card hard to learn from."""
    for language, ask in card.ask._asdict().items():
        yield from _asked(card, language, ask)
        yield from _answered(card, language, ask)
    for path, text in texts_of(card):
        what, _, language = path.rpartition(".")
        if what.endswith(("explain", "because")) and not _END[language].search(text):
            name = "explanation" if what == "explain" else "reason"
            message = f"the {name} does not end as a sentence"
            yield Finding("punctuation", path, message, "end it with a full stop")
    said = (*card.explain, *card.ask)
    if isinstance(card.answer, Number):
        yield from _shown_number(card.answer, said)
    if isinstance(card.answer, Choice):
        yield from _same_options(card.answer)


def _shown_number(number: Number, said: tuple[str, ...]) -> Iterator[Finding]:
    varies = bool(number.vary)
    if not any("[[answer]]" in text if varies else shows(text, number) for text in said):
        message = f"the explanation does not show {'[[answer]]' if varies else number.source}"
        hint = "say how the number comes about"
        yield Finding("number-shown", "explain.en", message, hint)


def _asked(card: Card, language: str, ask: str) -> Iterator[Finding]:
    path, prose = f"ask.{language}", prose_of(ask).strip()
    if len(re.findall("[?？]", prose)) > 1:
        yield Finding("one-question", path, "more than one question", "make a card of each")
    if not isinstance(card.answer, Recall):
        return
    if _YES_NO[language].search(prose):
        message, hint = "the answer is yes or no", "ask what, why or by how much"
        yield Finding("yes-no", path, message, hint)
    if _LIST[language].search(prose):
        message, hint = "the question asks for a list", "make a card of each item"
        yield Finding("enumeration", path, message, hint)


def _answered(card: Card, language: str, ask: str) -> Iterator[Finding]:
    if not isinstance(card.answer, Recall | Choice):
        return
    for answer in _answers(card.answer, language):
        if _is_in(answer, ask, language) and not _offers_alternatives(card, language, ask):
            message = f"the question contains its answer, {answer[:60]!r}"
            yield Finding("answer-leak", f"ask.{language}", message, "ask without saying it")
    if not isinstance(card.answer, Recall):
        return
    [answer], path = _answers(card.answer, language), f"answer.text.{language}"
    length = len(prose_of(answer))
    if length > LONGEST[language]:
        message = f"the answer has {length} characters"
        hint = f"at most {LONGEST[language]}; make several cards of it"
        yield Finding("long-answer", path, message, hint)
    if len(_ITEM.findall(answer)) > 2:
        message, hint = "the answer is a list", "make a card of each item"
        yield Finding("enumeration", path, message, hint)


def _answers(answer: Recall | Choice, language: str) -> list[str]:
    right = answer.right if isinstance(answer, Choice) else (answer.text,)
    return [text._asdict()[language] for text in right]


def _offers_alternatives(card: Card, language: str, ask: str) -> bool:
    """Tell whether a question names its answer among others: "ReLU or tanh?"."""
    if _ALTERNATIVES[language].search(ask):
        return True
    wrong = card.answer.distractors if isinstance(card.answer, Choice) else ()
    return any(_is_in(each.text._asdict()[language], ask, language) for each in wrong)


def _is_in(answer: str, ask: str, language: str) -> bool:
    phrase = answer.casefold().strip(" .。!！")
    if len(phrase) < _LEAST_LEAK[language]:
        return False
    if language == "zh":
        return phrase in ask.casefold()
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", ask.casefold()) is not None


def _same_options(choice: Choice) -> Iterator[Finding]:
    seen = [_compared(choice.correct)]
    others = [(f"also.{index}", each) for index, each in enumerate(choice.also)]
    others += [
        (f"distractors.{index}.text", each.text) for index, each in enumerate(choice.distractors)
    ]
    for place, text in others:
        own = _compared(text)
        for language in ("en", "zh"):
            if any(own[language] == other[language] for other in seen):
                path = f"answer.{place}.{language}"
                message, hint = "this option stands there already", "write another, or remove it"
                yield Finding("same-option", path, message, hint)
        seen.append(own)


def _compared(text: Text) -> dict[str, str]:
    return {
        language: "".join(said.casefold().split()).strip(".。")
        for language, said in text._asdict().items()
    }
