"""A card as plain data and back: what the compiled cache keeps. Holds no code, unlike a pickle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from studydl.cards.model import Answer, Card, Choice, Distractor, Number, Origin, Recall
from studydl.cards.problems import Problem, Severity
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["card_from_data", "card_to_data", "problem_from_data", "problem_to_data"]

Data = dict[str, Any]


def card_to_data(card: Card) -> Data:
    """Return everything but the card's origin, in a form that JSON can hold."""
    return {
        "id": card.id,
        "chapter": card.chapter,
        "notes": card.notes,
        "ask": card.ask,
        "answer": _answer_to_data(card.answer),
        "explain": card.explain,
        "claim": card.claim,
        "derivation": card.derivation,
        "requires": card.requires,
        "sources": card.sources,
        "tags": card.tags,
    }


def card_from_data(data: Data, origin: Origin) -> Card:
    """Return the card that `card_to_data` took apart."""
    return Card(
        id=data["id"],
        chapter=data["chapter"],
        notes=data["notes"],
        ask=Text(*data["ask"]),
        answer=_ANSWERS[data["answer"]["kind"]](data["answer"]),
        explain=Text(*data["explain"]),
        claim=data["claim"],
        derivation=data["derivation"],
        requires=tuple(data["requires"]),
        sources=tuple(data["sources"]),
        tags=tuple(data["tags"]),
        origin=origin,
    )


def problem_to_data(problem: Problem) -> list[Any]:
    """Return a problem in a form that JSON can hold."""
    place = (str(problem.file), problem.line, problem.column)
    return [*place, problem.message, problem.hint, problem.rule, problem.severity]


def problem_from_data(data: list[Any]) -> Problem:
    """Return the problem that `problem_to_data` took apart."""
    file, line, column, message, hint, rule, severity = data
    return Problem(Path(file), line, column, message, hint, rule, Severity(severity))


def _answer_to_data(answer: Answer) -> Data:
    match answer:
        case Recall(text):
            content: Data = {"text": text}
        case Choice(correct, distractors):
            options = [
                {"text": each.text, "misconception": each.misconception} for each in distractors
            ]
            content = {"correct": correct, "distractors": options}
        case Number(source, _, tolerance, unit):
            # The source gives the value back exactly; a float in JSON would not be a Fraction.
            width = None if tolerance is None else str(tolerance)
            content = {"source": source, "tolerance": width, "unit": unit}
    return {"kind": answer.kind, **content}


def _recall(data: Data) -> Recall:
    return Recall(Text(*data["text"]))


def _choice(data: Data) -> Choice:
    options = data["distractors"]
    distractors = (Distractor(Text(*each["text"]), each["misconception"]) for each in options)
    return Choice(Text(*data["correct"]), tuple(distractors))


def _number(data: Data) -> Number:
    from fractions import Fraction

    from studydl.cards.arithmetic import calculate

    tolerance, unit = data["tolerance"], data["unit"]
    return Number(
        data["source"],
        calculate(data["source"]).value,
        None if tolerance is None else Fraction(tolerance),
        None if unit is None else Text(*unit),
    )


_ANSWERS: dict[str, Callable[[Data], Answer]] = {
    Recall.kind: _recall,
    Choice.kind: _choice,
    Number.kind: _number,
}
