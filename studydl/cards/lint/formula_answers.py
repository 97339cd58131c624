"""Rules of formulas that are asked for."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.answers import Formula
from studydl.cards.expressions import (
    ALIASES,
    FUNCTIONS,
    Expression,
    ExpressionFault,
    Variable,
    Vocabulary,
    names_used,
    read,
    to_latex,
)
from studydl.cards.lint.texts import Finding
from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.cards.model import Card

__all__ = ["formula_answer_findings"]

RULE = "formula-answer"


class _Written(NamedTuple):
    """A formula that the deck writes, the names that it may use, and where it stands."""

    source: str
    vocabulary: Vocabulary
    path: str


def formula_answer_findings(card: Card) -> Iterator[Finding]:
    """Find formulas that cannot be read, and names and functions that are of no use."""
    if not isinstance(card.answer, Formula):
        return
    formula = card.answer
    if card.derivation is None:
        hint = "write derivation: chapter.slug of one that ends in it"
        yield Finding(RULE, "answer", "a formula that nothing derives", hint)
    unfit = [*_unfit_names(formula)]
    yield from unfit
    if unfit:
        return
    read_at: dict[str, Expression] = {}
    written_formulas = list(_written(formula))
    for written in written_formulas:
        try:
            reading = read(written.source, written.vocabulary)
        except ExpressionFault as fault:
            said = (fault.what.en, fault.hint.en, written.source, fault.at)
            yield Finding(RULE, written.path, *said)
            continue
        read_at[written.path] = reading.expression
        for remark in reading.remarks:
            yield Finding("ambiguous", written.path, remark.en, "write it so that it is read so")
    yield from _equal_formulas(read_at)
    if len(read_at) == len(written_formulas):
        yield from _unused_names(card, formula, read_at)


def _unfit_names(formula: Formula) -> Iterator[Finding]:
    for index, function in enumerate(formula.functions):
        yield from _unknown_function(function, f"answer.functions.{index}")
    known = [each for each in formula.functions if ALIASES.get(each, each) in FUNCTIONS]
    try:
        Vocabulary((each.name for each in formula.variables), known)
    except StudyError as error:
        yield Finding(RULE, "answer.variables", error.what, error.hint)
    names = [each.name for each in formula.variables]
    for place, variable in enumerate(formula.variables):
        if variable.name in names[:place]:
            path = f"answer.where.{variable.name}"
            yield Finding(RULE, path, f"{variable.name!r} is a variable already", "rename one")
    form = formula.form
    for index, name in enumerate(form.only if form else ()):
        if name not in names:
            hint = f"the variables are {', '.join(names)}"
            yield Finding(RULE, f"answer.form.only.{index}", f"{name!r} is no variable", hint)
    for index, function in enumerate(form.without if form else ()):
        yield from _unknown_function(function, f"answer.form.without.{index}")


def _unknown_function(name: str, path: str) -> Iterator[Finding]:
    if ALIASES.get(name, name) not in FUNCTIONS:
        hint = f"known are {', '.join(sorted(FUNCTIONS))}"
        yield Finding(RULE, path, f"{name!r} is no known function", hint)


def _written(formula: Formula) -> Iterator[_Written]:
    """Yield the formulas of an answer; an abbreviation may use the names before it."""
    names = [each.name for each in formula.variables]
    for place, variable in enumerate(formula.variables):
        if variable.meaning:
            earlier = Vocabulary(names[:place], formula.functions)
            yield _Written(variable.meaning, earlier, f"answer.where.{variable.name}")
    whole = Vocabulary(names, formula.functions)
    yield _Written(formula.source, whole, "answer.value")
    for index, mistake in enumerate(formula.mistakes):
        yield _Written(mistake.source, whole, f"answer.mistakes.{index}.value")


def _equal_formulas(read_at: dict[str, Expression]) -> Iterator[Finding]:
    """Find mistakes that are written like the answer or like one another."""
    seen: list[Expression] = []
    for path, expression in read_at.items():
        if path.startswith("answer.where."):
            continue
        if expression in seen:
            message = "this formula stands there already"
            yield Finding(RULE, path, message, "a mistake differs from the answer and the others")
        seen.append(expression)


def _unused_names(
    card: Card, formula: Formula, read_at: dict[str, Expression]
) -> Iterator[Finding]:
    """Find variables that no formula uses and no question shows, not even to mislead."""
    used = set(chain.from_iterable(map(names_used, read_at.values())))
    shown = _bare(" ".join(card.ask))
    for variable in formula.variables:
        name = variable.name
        symbol = re.escape(_bare(to_latex(Variable(name))))
        if name in used or re.search(rf"(?<![A-Za-z]){symbol}(?![A-Za-z0-9])", shown):
            continue
        path = f"answer.{'where' if variable.meaning else 'variables'}.{name}"
        hint = "remove it, or show it in the question"
        yield Finding(RULE, path, f"nothing uses the variable {name!r}", hint)


def _bare(latex: str) -> str:
    return re.sub(r"\\(?:mathrm|operatorname|hat|bar|tilde)(?![a-z])|[\\{}]", "", latex)
