"""Is this number the card's? To the card's tolerance, else to the digits that were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.arithmetic import ArithmeticFault, Calculation, calculate, shown
from studydl.cards.closeness import FEWEST_DIGITS, agrees, nearly_equal, rounds
from studydl.judging.difference import difference
from studydl.judging.judgement import AGAIN, GOOD, Judgement, Verdict
from studydl.judging.quoting import prose
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.cards import Mistake, Number
    from studydl.cards.arithmetic import Value

__all__ = ["judge_number", "number_text"]


class _Wrong(NamedTuple):
    """What a known mistake comes to."""

    value: Value
    mistake: Mistake


def judge_number(number: Number, typed: str) -> Judgement:
    """Judge a typed number.

    A known mistake, as closely as the right number would have to be given, is wrong and answered
    with its reason: the first one's if several come to the same number. What could be mistakes
    that come to different numbers is wrong, but none of them.

    Any other right rounding to a single digit is too rough to be judged: it is invalid, so that it
    costs nothing.
    """
    try:
        answer = calculate(_without_unit(number, typed))
    except ArithmeticFault as fault:
        # The sentence quotes what was typed.
        feedback = Text(*map(prose, fault.sentence))
        return Judgement(Verdict.INVALID, feedback, caret=fault.at)
    if agrees(answer, number.value, number.tolerance):
        feedback = Text(f"Correct: {number_text(number).en}.", f"正确：{number_text(number).zh}。")
        return Judgement(Verdict.CORRECT, feedback, GOOD, answer.understood)
    mistake = _mistake(number, answer)
    if mistake is None and _is_too_rough(number, answer):
        feedback = Text(
            f"Right so far, but too rough: give at least {FEWEST_DIGITS} significant digits.",
            f"目前没错，但太粗略：请至少给出 {FEWEST_DIGITS} 位有效数字。",
        )
        return Judgement(Verdict.INVALID, feedback, understood=answer.understood)
    correction = _correction(number, answer.value, mistake)
    misconception = mistake and mistake.misconception
    understood = answer.understood
    return Judgement(Verdict.WRONG, correction, AGAIN, understood, misconception=misconception)


def number_text(number: Number) -> Text:
    """Return a number as the card's answer: how it is written, what it comes to, its unit.

    While parameters are not drawn, it is how the answer follows from them.
    """
    value = number.source if number.vary else calculate(number.source).as_answer
    if number.unit is None:
        return Text(value, value)
    return Text(f"{value} {number.unit.en}", f"{value} {number.unit.zh}")


def _without_unit(number: Number, typed: str) -> str:
    """Drop the card's unit behind a number; what stands before it keeps its place."""
    text = typed.rstrip()
    for unit in number.unit or ():
        if len(text) > len(unit) and text.casefold().endswith(unit.casefold()):
            return text[: -len(unit)]
    return typed


def _is_too_rough(number: Number, answer: Calculation) -> bool:
    return number.tolerance is None and rounds(answer, number.value)


def _mistake(number: Number, answer: Calculation) -> Mistake | None:
    """Return the known mistake that a wrong answer is, if it can be but one wrong number."""
    wrong = [_Wrong(calculate(each.source).value, each) for each in number.mistakes]
    same = [each for each in wrong if nearly_equal(each.value, answer.value)]
    near = [each for each in wrong if agrees(answer, each.value, number.tolerance)]
    return _first(same or near)


def _first(wrong: Sequence[_Wrong]) -> Mistake | None:
    """Return the first of some mistakes if all of them come to one number."""
    if wrong and all(nearly_equal(each.value, wrong[0].value) for each in wrong):
        return wrong[0].mistake
    return None


def _correction(number: Number, value: Value, mistake: Mistake | None) -> Text:
    right, yours = number_text(number), shown(value)
    if mistake is not None:
        why = mistake.because
        return Text(
            f"Expected {right.en}; yours is {yours}. {why.en}",
            f"应为 {right.zh}；你的答案是 {yours}。{why.zh}",
        )
    differs = difference(value, number.value)
    return Text(
        f"Expected {right.en}; yours is {yours}{': ' if differs.en else ''}{differs.en}.",
        f"应为 {right.zh}；你的答案是 {yours}{'：' if differs.zh else ''}{differs.zh}。",
    )
