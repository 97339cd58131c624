"""Whether all variants of a card with drawn parameters stand. Loads NumPy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studydl.cards import Number
from studydl.cards.arithmetic import ArithmeticFault, calculate
from studydl.cards.lint.parameters import MOST_VARIANTS
from studydl.cards.variants import variants, with_parameters
from studydl.errors import StudyError
from studydl.judging.complaints import Complaint
from studydl.judging.varied import Wrong, arguments_of, computed_card
from studydl.verification.catalogue import find_claim
from studydl.verification.quantities import answers_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studydl.cards import Card
    from studydl.verification.quantities import Answers

__all__ = ["variants_stand"]

_SAME = 1e-9


def variants_stand(card: Card) -> list[Complaint]:
    """Return what is wrong with the variants of a card: its numbers, its traps, its own formula."""
    found: list[Complaint] = []
    values = set()
    among = variants(card)[:MOST_VARIANTS]
    for parameters in among:
        try:
            answers = _answers(card, parameters)
        except StudyError as error:
            where = f"for {_told(parameters)} the answer cannot be computed"
            return [*found, Complaint("answer.computed", where, str(error))]
        values.add(f"{answers.value:.9g}")
        found += _variant(card, parameters, answers)
    if len(values) == 1 and len(among) > 1:
        message = f"every variant has the same answer, {values.pop()}"
        found.append(Complaint("answer.vary", message, "vary what the answer depends on"))
    return found


def _answers(card: Card, parameters: Mapping[str, str]) -> Answers:
    assert isinstance(card.answer, Number)  # noqa: S101 - nothing else has variants
    assert card.claim is not None  # noqa: S101 - a card with variants has one, or was not read
    quantity = card.answer.computed or ""
    return answers_of(find_claim(card.claim), quantity, arguments_of(parameters))


def _variant(card: Card, parameters: Mapping[str, str], answers: Answers) -> Iterator[Complaint]:
    told = _told(parameters)
    drawn = with_parameters(card, parameters)
    assert isinstance(drawn.answer, Number)  # noqa: S101 - nothing else has variants
    try:
        by_hand = calculate(drawn.answer.source).value if drawn.answer.source else answers.value
    except ArithmeticFault:
        # The linter has said so, with the place inside the arithmetic.
        return
    if not math.isclose(by_hand, answers.value, rel_tol=_SAME):
        message = f"for {told} the value is {float(by_hand):.9g}, computed {answers.value:.9g}"
        yield Complaint("answer.value", message, "mend the value, or what computes it")
        return
    known = computed_card(drawn, answers.value, (Wrong(*each) for each in answers.wrong)).answer
    if isinstance(known, Number) and not known.mistakes:
        message = f"for {told} no misconception computes another answer"
        yield Complaint("answer.vary", message, "leave such parameters out: they hide mistakes")


def _told(parameters: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in parameters.items())
