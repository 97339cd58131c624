"""Rules of questions that draw parameters, and of the places where texts show them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studydl.cards.answers import Cloze, Number
from studydl.cards.arithmetic import ArithmeticFault, calculate
from studydl.cards.arithmetic.values import CONSTANTS, FUNCTIONS
from studydl.cards.lint.texts import Finding, texts_of
from studydl.cards.variants import PLACE, variants, with_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.cards.answers import Parameter
    from studydl.cards.model import Card

__all__ = ["parameter_findings"]

FEWEST_VARIANTS, MOST_VARIANTS = 2, 64
"""One would not vary; all of them are checked, and a learner meets few of very many."""

ANSWER = "answer"
_TAKEN = {ANSWER, *CONSTANTS, *FUNCTIONS}


def parameter_findings(card: Card) -> Iterator[Finding]:
    """Find places that show nothing, and parameters that cannot be drawn or are not shown."""
    drawn = card.answer.vary if isinstance(card.answer, Number) else ()
    names = [each.name for each in drawn]
    for path, text in texts_of(card):
        # The text of a cloze has other places, its blanks.
        if not (isinstance(card.answer, Cloze) and path.startswith("answer.text.")):
            yield from _wrong_places(path, text, names)
    for parameter in drawn:
        yield from _unfit(parameter)
        for language, ask in card.ask._asdict().items():
            if f"[[{parameter.name}]]" not in ask:
                message = f"the question does not show the parameter {parameter.name}"
                hint = f"write [[{parameter.name}]] where its value belongs"
                yield Finding("parameter", f"ask.{language}", message, hint)
    if drawn:
        yield from _wrong_count(drawn)
        yield from _wrong_arithmetic(card)


def _wrong_places(path: str, text: str, names: list[str]) -> Iterator[Finding]:
    for place in PLACE.finditer(text):
        name, message = place[1], ""
        if name == ANSWER and names:
            message = "" if path.startswith("explain.") else "[[answer]] is told outside explain:"
            hint = "only the explanation may show the answer"
        elif name not in names:
            message = f"[[{name}]] is no parameter"
            hint = f"the parameters are {', '.join(names)}" if names else "only vary: draws some"
        elif not path.startswith(("ask.", "explain.")):
            message = f"[[{name}]] is not filled here"
            hint = "write it in the question or the explanation"
        elif text[: place.start()].endswith(("^", "_")):
            message = (
                f"[[{name}]] stands without braces, so that only its first character is raised"
            )
            hint = f"write {{[[{name}]]}}"
        if message:
            yield Finding("parameter", path, message, hint, text, place.start())


def _unfit(parameter: Parameter) -> Iterator[Finding]:
    path = f"answer.vary.{parameter.name}"
    if parameter.name.lower() in _TAKEN:
        message = f"{parameter.name!r} means something else already"
        yield Finding("parameter", path, message, "give the parameter another name")
    values = [calculate(source).value for source in parameter.values]
    for index, value in enumerate(values):
        if value in values[:index]:
            message = f"{parameter.values[index]} is among the values already"
            yield Finding("parameter", f"{path}.{index}", message, "write another, or remove it")


def _wrong_count(drawn: tuple[Parameter, ...]) -> Iterator[Finding]:
    count = math.prod(len(each.values) for each in drawn)
    if not FEWEST_VARIANTS <= count <= MOST_VARIANTS:
        message = f"{count} variants where {FEWEST_VARIANTS} to {MOST_VARIANTS} belong"
        hint = "the values of all parameters multiply: write fewer or more of them"
        yield Finding("parameter", "answer.vary", message, hint)


def _wrong_arithmetic(card: Card) -> Iterator[Finding]:
    """Find the first variant for which the deck's own value cannot be computed."""
    if not isinstance(card.answer, Number) or not card.answer.source:
        return
    for parameters in variants(card)[:MOST_VARIANTS]:
        varied = with_parameters(card, parameters).answer
        try:
            calculate(varied.source if isinstance(varied, Number) else "")
        except ArithmeticFault as fault:
            values = ", ".join(f"{name} = {value}" for name, value in parameters.items())
            message = f"this cannot be computed for {values}: {fault.what.en}"
            hint = f"it may use {', '.join(parameters)} and arithmetic"
            yield Finding("parameter", "answer.value", message, hint)
            return
