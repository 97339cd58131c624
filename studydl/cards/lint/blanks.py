"""Rules of texts with blanks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studydl.cards.answers import Cloze
from studydl.cards.lint.texts import Finding
from studydl.cards.segments import segments_of
from studydl.cards.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studydl.cards.answers import Blank
    from studydl.cards.model import Card

__all__ = ["blank_findings"]

_PLACE = re.compile(r"\[\[[^\[\]]*\]\]")
_LEAST_LEAK = {"en": 4, "zh": 2}


def blank_findings(card: Card) -> Iterator[Finding]:
    """Find what is wrong with the blanks of a text, and with what fills them."""
    if not isinstance(card.answer, Cloze):
        return
    cloze = card.answer
    for language, text in cloze.text._asdict().items():
        path = f"answer.text.{language}"
        yield from _misplaced(text, len(cloze.blanks), path)
        shown = f"{card.ask._asdict()[language]} {_PLACE.sub(' ', text)}"
        for blank in cloze.blanks:
            yield from _given_away(blank, shown, language, path)
    for index, blank in enumerate(cloze.blanks):
        yield from _repeated_words(blank, f"answer.blanks.{index}")


def _misplaced(text: str, count: int, path: str) -> Iterator[Finding]:
    """Find blanks that are unknown, twice there, missing, or within a formula."""
    blanks = [f"[[{number}]]" for number in range(1, count + 1)]
    seen: set[str] = set()
    for segment in segments_of(text):
        for place in _PLACE.finditer(segment.text):
            message, hint = "", ""
            if place[0] not in blanks:
                message, hint = f"{place[0]} is no blank", f"the blanks are {', '.join(blanks)}"
            elif segment.formula:
                message = f"{place[0]} stands within a formula"
                hint = "end the formula before it; the words of a blank may be formulas"
            elif place[0] in seen:
                message, hint = f"{place[0]} stands here twice", "each blank stands once"
            seen.add(place[0])
            if message:
                yield Finding("blank", path, message, hint, text, segment.at + place.start())
    for blank in blanks:
        if blank not in seen:
            message = f"{blank} stands nowhere in the text"
            yield Finding("blank", path, message, f"write {blank} where its words belong")


def _repeated_words(blank: Blank, path: str) -> Iterator[Finding]:
    for language, words in (("en", blank.en), ("zh", blank.zh)):
        for index, word in enumerate(words):
            here = f"{path}.{language}.{index}"
            if not said(word).words:
                yield Finding("blank", here, f"{word!r} says nothing", "write a word or a formula")
            elif _is_among(word, words[:index]):
                message = f"{word!r} says what an earlier word says"
                yield Finding("blank", here, message, "remove it: spelling is no matter")
    accepted, known = (*blank.en, *blank.zh), list[str]()
    for index, slip in enumerate(blank.mistakes):
        here = f"{path}.mistakes.{index}"
        for word in slip.words:
            if _is_among(word, accepted):
                message = f"the mistake {word!r} is an accepted word too"
                yield Finding("blank", here, message, "remove it from one of the two")
            elif _is_among(word, known):
                message = f"{word!r} is an earlier mistake too"
                yield Finding("blank", here, message, "remove it from one of the two")
        known += slip.words


def _is_among(word: str, others: Sequence[str]) -> bool:
    return any(said(word).same_as(said(other)) for other in others)


def _given_away(blank: Blank, shown: str, language: str, path: str) -> Iterator[Finding]:
    """Find an answer that the text shows, unless it shows a wrong one beside it."""
    words = blank.en if language == "en" else blank.zh
    if any(_shows(shown, word) for slip in blank.mistakes for word in slip.words):
        return
    for word in words:
        if len(word) >= _LEAST_LEAK[language] and _shows(shown, word):
            message = f"the text gives {word[:60]!r} away"
            yield Finding("answer-leak", path, message, "say it in other words")


def _shows(text: str, word: str) -> bool:
    phrase, within = word.casefold(), text.casefold()
    if not phrase.isascii():
        return phrase in within
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", within) is not None
