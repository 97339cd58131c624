"""Everything that is wrong with decks: as data, between each other, as questions, as claims.

What other rooms know, whether a formula can be drawn and which claims exist, is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from studydl.cards.lint.blanks import blank_findings
from studydl.cards.lint.duplicates import near_duplicates
from studydl.cards.lint.formula_answers import formula_answer_findings
from studydl.cards.lint.formulas import FormulaFault, check_dollars
from studydl.cards.lint.known import Known
from studydl.cards.lint.numbers import number_findings
from studydl.cards.lint.parameters import parameter_findings
from studydl.cards.lint.programs import program_findings
from studydl.cards.lint.questions import question_findings
from studydl.cards.lint.texts import Finding, language_findings, texts_of
from studydl.cards.problems import Problem
from studydl.cards.rules import RULES
from studydl.cards.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from studydl.cards.library import Library
    from studydl.cards.model import Card
    from studydl.cards.problems import Spot

__all__ = ["lint"]

Drawer = Callable[[str], Sequence[FormulaFault]]

_OF_A_CARD = (
    language_findings,
    question_findings,
    blank_findings,
    parameter_findings,
    number_findings,
    formula_answer_findings,
    program_findings,
)


def lint(
    library: Library,
    *,
    formulas: Drawer | None = None,
    claims: Mapping[str, Collection[str]] | None = None,
    quantities: Mapping[str, Collection[str]] | None = None,
    derivations: Collection[str] | None = None,
) -> list[Problem]:
    """Return all problems of a library's decks, in the order of files, lines and columns.

    Args:
        library: The decks.
        formulas: Says what is wrong with the formulas of a text; None looks only at the dollar
            signs around them.
        claims: The names of the misconceptions of every claim, by claim id; None checks no claim.
        quantities: The names of the quantities of every claim, by claim id; None checks none.
        derivations: The ids of all derivations; None checks none.
    """
    sources = Sources()
    known = Known(claims, quantities, derivations)
    problems = list(library.problems)
    placed = library.placed_cards()
    for card, spots in placed:
        found = [*known.findings(card), *_formula_findings(card, formulas or check_dollars)]
        for look in _OF_A_CARD:
            found += look(card)
        problems += [_placed(finding, card, spots, sources) for finding in found]
    problems += _unverified([card for card, _ in placed])
    by_id = {card.id: (card, spots) for card, spots in placed}
    for id_, finding in near_duplicates([card for card, _ in placed]):
        problems.append(_placed(finding, *by_id[id_], sources))
    return sorted(problems, key=lambda problem: problem.place)


def _unverified(cards: Iterable[Card]) -> Iterator[Problem]:
    """Yield one problem a deck: whoever took in a thousand cards need not read it so often."""
    found: dict[Path, list[Card]] = {}
    for card in cards:
        if card.claim is None:
            found.setdefault(card.origin.file, []).append(card)
    for file, some in found.items():
        message = f"{len(some)} of its cards stand on no claim"
        hint = "they are shown as unverified; `claim: chapter.slug` names one"
        severity = RULES["unverified"].severity
        yield Problem(file, some[0].origin.line, 1, message, hint, "unverified", severity)


def _formula_findings(card: Card, formulas: Drawer) -> Iterator[Finding]:
    for path, text in texts_of(card):
        for fault in formulas(text):
            yield Finding("formula", path, fault.message, fault.hint, text, fault.offset)


def _placed(finding: Finding, card: Card, spots: Mapping[str, Spot], sources: Sources) -> Problem:
    file, spot = card.origin.file, spots[finding.path]
    if finding.text:
        spot = sources.spot_in(file, spot, finding.text, finding.at)
    severity = RULES[finding.rule].severity
    return Problem(file, *spot, finding.message, finding.hint, finding.rule, severity)
