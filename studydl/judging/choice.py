"""The options of a choice, shuffled the same way for the same seed, and which ones were picked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards import Choice
from studydl.judging.judgement import AGAIN, GOOD, Judgement, Verdict
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.cards import Card
    from studydl.language import Language

__all__ = ["LETTERS", "judge_choice", "options"]

LETTERS = "abcdefghi"
"""Of the options in the order in which they are shown; no choice has more than nine."""


class _Option(NamedTuple):
    """An option with the misconception that it shows; a right one shows none."""

    text: Text
    misconception: str | None


def options(card: Card, seed: int) -> tuple[Text, ...]:
    """Return the options of a choice in the order in which they are shown.

    Args:
        card: Any card; one of another kind has no options.
        seed: Fixes the order together with the card's id; kept with the review.
    """
    if not isinstance(card.answer, Choice):
        return ()
    return tuple(option.text for option in _shuffled(card, card.answer, seed))


def judge_choice(
    card: Card, choice: Choice, typed: str, seed: int, language: Language
) -> Judgement:
    """Judge what was picked: by letters, numbers, or texts in either language.

    Where several options are right, all of them have to be picked, in any order: ``a c``, ``ac``,
    ``1, 3``, or their texts with ``;`` between them.

    Args:
        card: What was asked.
        choice: Its answer.
        typed: What was typed.
        seed: What fixed the order of the options.
        language: In which the card is shown.
    """
    # Not needed to show a card, which is what a learner waits for.
    from studydl.judging.picking import picked_options

    shuffled = _shuffled(card, choice, seed)
    picked = picked_options([each.text for each in shuffled], typed, several=bool(choice.also))
    if picked is None:
        return Judgement(Verdict.INVALID, _expected(len(shuffled), several=bool(choice.also)))
    understood = "; ".join(
        f"{LETTERS[each]}) {shuffled[each].text.said_in(language)}" for each in sorted(picked)
    )
    right = {index for index, option in enumerate(shuffled) if option.misconception is None}
    whole = _listed([shuffled[each].text for each in sorted(right)])
    if picked == right:
        feedback = Text(f"Correct: {whole.en}", f"正确：{whole.zh}")
        return Judgement(Verdict.CORRECT, feedback, GOOD, understood)
    surplus = [shuffled[each] for each in sorted(picked - right)]
    shown = next((each.misconception for each in surplus), None)
    said = [_shown_misconceptions(surplus)] if surplus else []
    if choice.also:
        missing = [shuffled[each].text for each in sorted(right - picked)]
        said = [*_amount(picked, missing), *_wrongly_picked(surplus), *said]
    said.append(Text(f"The answer: {whole.en}", f"答案：{whole.zh}"))
    feedback = Text(" ".join(each.en for each in said), "".join(each.zh for each in said))
    return Judgement(Verdict.WRONG, feedback, AGAIN, understood, misconception=shown)


def _shuffled(card: Card, choice: Choice, seed: int) -> list[_Option]:
    shuffled = [_Option(text, None) for text in choice.right]
    shuffled += [_Option(each.text, each.misconception) for each in choice.distractors]
    # Seeding by text gives the same order on every machine; hashes of tuples do not.
    random.Random(f"{card.id}/{seed}").shuffle(shuffled)
    return shuffled


def _expected(count: int, *, several: bool) -> Text:
    last = LETTERS[count - 1]
    if several:
        return Text(
            f"That is not a choice of options: type letters from a to {last}, such as a {last}.",
            f"这不是对选项的选择：请输入 a 到 {last} 中的字母，例如 a {last}。",
        )
    return Text(
        f"That is not one of the options: type a letter from a to {last}.",
        f"这不是选项之一：请输入 a 到 {last} 的字母。",
    )


def _shown_misconceptions(surplus: Sequence[_Option]) -> Text:
    names = ", ".join(str(each.misconception) for each in surplus)
    if len(surplus) == 1:
        return Text(f"This follows from a misconception, {names}.", f"这来自一个误解：{names}。")
    return Text(f"These follow from misconceptions, {names}.", f"这些来自误解：{names}。")


def _amount(picked: set[int], missing: Sequence[Text]) -> list[Text]:
    """Say what was not picked; where one was, that more than one is right."""
    said = []
    if len(picked) == 1:
        said.append(Text("More than one is right.", "正确的不止一个。"))
    if missing:
        whole = _listed(missing)
        said.append(Text(f"Missing: {whole.en}.", f"漏选：{whole.zh}。"))
    return said


def _wrongly_picked(surplus: Sequence[_Option]) -> list[Text]:
    if not surplus:
        return []
    whole = _listed([each.text for each in surplus])
    return [Text(f"Not right: {whole.en}.", f"不应选：{whole.zh}。")]


def _listed(texts: Sequence[Text]) -> Text:
    return Text("; ".join(each.en for each in texts), "；".join(each.zh for each in texts))
