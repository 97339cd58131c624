"""Whether a card's formula stands: has values, is what was derived, differs from its mistakes."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from studydl.cards.expressions import ExpressionFault, parse
from studydl.errors import StudyError
from studydl.judging.complaints import Complaint
from studydl.judging.formula.decision import Comparison, Room
from studydl.judging.formula.form import complaint
from studydl.judging.formula.line import compared_with_line
from studydl.judging.formula.understanding import vocabulary_of
from studydl.verification.catalogue import find_derivation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studydl.cards import Card, Formula
    from studydl.cards.expressions import Expression
    from studydl.judging.formula.decision import Decision

__all__ = ["formula_stands"]

_MOST_UNDEFINED = 0.25
"""Of all points: there may be a pole among them, but no whole side without values."""


def formula_stands(card: Card, formula: Formula) -> list[Complaint]:
    """Return what is wrong with the formula of a card, as far as it takes computing to tell.

    Raises:
        StudyError: If the names of the card cannot be used.
    """
    vocabulary = vocabulary_of(formula)
    try:
        room = Room(formula, card.id)
        expected = parse(formula.source, vocabulary)
        wrong = [parse(each.source, vocabulary) for each in formula.mistakes]
    except ExpressionFault:
        # The linter has said so, with the place inside the formula.
        return []
    return [
        *_undefined(room, expected),
        *_other_form(formula, expected),
        *_mistakes(room, wrong, expected),
        *_not_derived(card, formula),
    ]


def _undefined(room: Room, expected: Expression) -> Iterator[Complaint]:
    """Complain of a formula that has no value at more than a few points."""
    without = room.undefined(expected)
    if len(without) > _MOST_UNDEFINED * len(room.places):
        at = ", ".join(f"{name} = {float(value):g}" for name, value in without[0].items())
        message = f"the formula has no value at {at}" if at else "the formula has no value"
        yield Complaint("answer.variables", message, "say what the variables stand for")


def _other_form(formula: Formula, expected: Expression) -> Iterator[Complaint]:
    if told := complaint(formula.form, expected):
        yield Complaint("answer.form", "the card's own formula has another form", told.en)


def _mistakes(room: Room, wrong: Sequence[Expression], expected: Expression) -> Iterator[Complaint]:
    """Complain of mistakes that are none, or that nothing tells apart."""
    for index, expression in enumerate(wrong):
        if told := _not_told_apart(room.decide(expression, expected), "the answer"):
            yield Complaint(_place(index), told, "every point shows both the same")
    for (one, first), (other, second) in combinations(enumerate(wrong), 2):
        if told := _not_told_apart(room.decide(second, first), f"known mistake {one + 1}"):
            yield Complaint(_place(other), told, "leave one of them out")


def _place(mistake: int) -> str:
    return f"answer.mistakes.{mistake}.value"


def _not_told_apart(decision: Decision, other: str) -> str:
    match decision.found:
        case Comparison.DIFFERENT:
            return ""
        case Comparison.EQUAL:
            return f"the known mistake is equal to {other}"
        case Comparison.UNDECIDED:
            return f"whether the known mistake differs from {other} could not be decided"


def _not_derived(card: Card, formula: Formula) -> Iterator[Complaint]:
    if card.derivation is None:
        return
    try:
        found = compared_with_line(formula, find_derivation(card.derivation))
    except StudyError as error:
        yield Complaint("answer.value", str(error), "use the derivation's names, or another line")
        return
    if not found.holds:
        line = f"line {formula.line}" if formula.line else "the last line"
        seen = found.counterexample
        shown = f"at {seen.at}: {seen.left or 'none'}, there {seen.right or 'none'}" if seen else ""
        message = f"the formula is not {line} of {card.derivation}"
        yield Complaint("answer.value", message, shown)
