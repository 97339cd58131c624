"""What fills the blanks of a text: judged blank by blank, by what the words say."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.segments import BLANK
from studydl.judging.judgement import AGAIN, GOOD, Judgement, Verdict
from studydl.judging.quoting import prose
from studydl.language import Language, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.cards import Blank, Cloze

__all__ = ["cloze_question", "cloze_text", "judge_cloze"]

MAX_LENGTH = 500
"""Of what is typed for all blanks together."""

_SEPARATOR = re.compile(r"[;；\n]")


class _Reading(Enum):
    RIGHT = auto()
    NEAR = auto()
    WRONG = auto()


class _Filled(NamedTuple):
    """A blank with what was typed for it.

    Attributes:
        blank: The blank.
        typed: What was typed for it.
        reading: How that was taken.
        because: Why it is wrong, if that is known.
    """

    blank: Blank
    typed: str
    reading: _Reading
    because: Text | None = None


def judge_cloze(cloze: Cloze, typed: str, language: Language) -> Judgement:
    """Judge the words typed for the blanks, in their order.

    Several are separated by ``;``, ``|`` or line breaks. Either language is right. Of a long word
    with one letter mistyped, the learner decides.

    Args:
        cloze: The text and its blanks.
        typed: One answer for each blank.
        language: In which the card is shown.
    """
    answers = _answers(typed, len(cloze.blanks))
    if answers is None:
        return Judgement(Verdict.INVALID, _expected(len(cloze.blanks)))
    filled = [_filled(cloze, *each) for each in zip(cloze.blanks, answers, strict=True)]
    understood = _understood(filled)
    readings = {each.reading for each in filled}
    if _Reading.WRONG in readings:
        return Judgement(Verdict.WRONG, _correction(filled), AGAIN, understood)
    if _Reading.NEAR in readings:
        return Judgement(Verdict.UNDECIDED, _spelling(filled, language), GOOD, understood)
    whole = cloze_text(cloze)
    feedback = Text(f"Correct: {whole.en}", f"正确：{whole.zh}")
    return Judgement(Verdict.CORRECT, feedback, GOOD, understood)


def cloze_text(cloze: Cloze) -> Text:
    """Return the text with the answers in place, in brackets: ``the [mean] of a batch``."""
    english, chinese = _shown(cloze.blanks)
    return Text(_with(cloze.text.en, english), _with(cloze.text.zh, chinese))


def cloze_question(cloze: Cloze) -> Text:
    """Return the text with its gaps, numbered if there are several: ``the [1: ____] of``."""
    gap = "[____]" if len(cloze.blanks) == 1 else r"[\1: ____]"
    en, zh = (BLANK.sub(gap, text) for text in cloze.text)
    return Text(en, zh)


def _shown(blanks: Sequence[Blank]) -> tuple[list[str], list[str]]:
    return [blank.en[0] for blank in blanks], [blank.zh[0] for blank in blanks]


def _with(text: str, words: Sequence[str]) -> str:
    return BLANK.sub(lambda place: f"[{words[int(place[1]) - 1]}]", text)


def _answers(typed: str, count: int) -> list[str] | None:
    """Return one answer for each blank, or None if there are not as many."""
    if len(typed) > MAX_LENGTH:
        return None
    answers = _SEPARATOR.split(typed)
    if len(answers) != count:
        answers = _SEPARATOR.split(typed.strip().rstrip(";；"))
    if len(answers) == 1 < count:
        # A bar is also a sign, as in p(y|x), so it separates only where nothing else does.
        answers = typed.split("|")
    answers = [each.strip() for each in answers]
    return answers if len(answers) == count and any(answers) else None


def _expected(count: int) -> Text:
    if count == 1:
        return Text("There is one blank: type one answer.", "只有一个空：请输入一个答案。")
    return Text(
        f"There are {count} blanks: type {count} answers, with ; between them.",
        f"共有 {count} 个空：请输入 {count} 个答案，以 ; 分隔。",
    )


def _filled(cloze: Cloze, blank: Blank, typed: str) -> _Filled:
    # Here and below: not needed to show a card, which is what a learner waits for.
    from studydl.cards.words import is_near, said

    answer = said(typed)
    accepted = [said(word) for word in (*blank.en, *blank.zh)]
    if any(answer.same_as(each) for each in accepted):
        return _Filled(blank, typed, _Reading.RIGHT)
    for slip in blank.mistakes:
        if any(answer.same_as(said(word)) for word in slip.words):
            return _Filled(blank, typed, _Reading.WRONG, slip.because)
    known = (said(word) for each in cloze.blanks for word in _known(each))
    # A word that this text knows is that word, and no other one mistyped.
    if any(is_near(answer, each) for each in accepted) and not any(map(answer.same_as, known)):
        return _Filled(blank, typed, _Reading.NEAR)
    return _Filled(blank, typed, _Reading.WRONG)


def _known(blank: Blank) -> list[str]:
    return [*blank.en, *blank.zh, *(word for slip in blank.mistakes for word in slip.words)]


def _understood(filled: Sequence[_Filled]) -> str:
    if len(filled) == 1:
        return prose(filled[0].typed)
    shown = (f"{place}: {prose(each.typed) or '–'}" for place, each in enumerate(filled, 1))
    return "; ".join(shown)


def _correction(filled: Sequence[_Filled]) -> Text:
    """Say how many are right, and of each other one what belongs there and why."""
    en, zh = [], []
    if len(filled) > 1:
        right = sum(each.reading is _Reading.RIGHT for each in filled)
        en.append(f"{right} of {len(filled)} blanks are right.")
        zh.append(f"{len(filled)} 个空中 {right} 个正确。")
    for place, each in enumerate(filled, 1):
        if each.reading is _Reading.RIGHT:
            continue
        typed, number = prose(each.typed), f" {place}" if len(filled) > 1 else ""
        differs = each.reading is _Reading.NEAR
        own = f"yours, {typed}, is spelt differently" if differs else f"not {typed}"
        own_zh = f"你的 {typed} 拼写不同" if differs else f"而不是 {typed}"
        en.append(f"Blank{number}: {each.blank.en[0]}{f', {own}' if typed else ''}.")
        zh.append(f"空{number}：{each.blank.zh[0]}{f'，{own_zh}' if typed else ''}。")
        if each.because is not None:
            en.append(each.because.en)
            zh.append(each.because.zh)
    return Text(" ".join(en), "".join(zh))


def _spelling(filled: Sequence[_Filled], language: Language) -> Text:
    """Say which words are spelt differently; the learner decides whether they are the same."""
    near = [each for each in filled if each.reading is _Reading.NEAR]
    index = list(Language).index(language)
    pairs = [f"{prose(each.typed)} / {_closest(each, index)}" for each in near]
    return Text(
        f"Spelt differently: {'; '.join(pairs)}. Is it the same word?",
        f"拼写不同：{'；'.join(pairs)}。是同一个词吗？",
    )


def _closest(filled: _Filled, index: int) -> str:
    """Return the accepted word that was mistyped, of those in the card's language first."""
    from studydl.cards.words import is_near, said

    words = (filled.blank.en, filled.blank.zh)
    both = (*words[index], *words[1 - index])
    return next(word for word in both if is_near(said(filled.typed), said(word)))
