"""A card as plain data and back: what the compiled cache keeps. Holds no code, unlike a pickle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from studydl.cards.answers import (
    Answer,
    Blank,
    Choice,
    Cloze,
    Code,
    Distractor,
    Form,
    Formula,
    Mistake,
    Number,
    Parameter,
    Recall,
    Slip,
    Variable,
)
from studydl.cards.model import Card, Origin
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
    content: Data = {"kind": answer.kind, **answer._asdict()}
    if isinstance(answer, Number):
        # The source gives the value back exactly; a float in JSON would not be a Fraction.
        del content["value"]
        content["tolerance"] = None if answer.tolerance is None else str(answer.tolerance)
    return content


def _recall(data: Data) -> Recall:
    return Recall(Text(*data["text"]))


def _choice(data: Data) -> Choice:
    distractors = tuple(Distractor(Text(*text), name) for text, name in data["distractors"])
    return Choice(Text(*data["correct"]), distractors, tuple(Text(*each) for each in data["also"]))


def _cloze(data: Data) -> Cloze:
    blanks = (
        Blank(tuple(en), tuple(zh), tuple(Slip(tuple(words), Text(*why)) for words, why in slips))
        for en, zh, slips in data["blanks"]
    )
    return Cloze(Text(*data["text"]), tuple(blanks))


def _number(data: Data) -> Number:
    from fractions import Fraction

    from studydl.cards.arithmetic import calculate

    source, tolerance, unit = data["source"], data["tolerance"], data["unit"]
    vary = tuple(Parameter(name, tuple(values)) for name, values in data["vary"])
    return Number(
        source,
        Fraction(0) if vary else calculate(source).value,
        None if tolerance is None else Fraction(tolerance),
        None if unit is None else Text(*unit),
        vary,
        data["computed"],
        _mistakes(data),
    )


def _formula(data: Data) -> Formula:
    form = data["form"]
    return Formula(
        data["source"],
        tuple(Variable(*each) for each in data["variables"]),
        tuple(data["functions"]),
        None if form is None else Form(*map(tuple, form)),
        _mistakes(data),
        data["line"],
    )


def _code(data: Data) -> Code:
    also = tuple(data["also"])
    return Code(data["function"], data["part"], data["starter"], data["solution"], also)


def _mistakes(data: Data) -> tuple[Mistake, ...]:
    return tuple(Mistake(source, Text(*why), name) for source, why, name in data["mistakes"])


_ANSWERS: dict[str, Callable[[Data], Answer]] = {
    "recall": _recall,
    "choice": _choice,
    "cloze": _cloze,
    "number": _number,
    "formula": _formula,
    "code": _code,
}
