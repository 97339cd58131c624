"""Everything that is wrong with decks: as data, between each other, as questions, as claims.

What other rooms know, whether a formula can be drawn and which claims exist, is handed in.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from studydl.cards.answers import Choice
from studydl.cards.duplicates import near_duplicates
from studydl.cards.formulas import FormulaFault, check_dollars
from studydl.cards.problems import Problem
from studydl.cards.questions import question_findings
from studydl.cards.rules import RULES
from studydl.cards.sources import Sources
from studydl.cards.texts import Finding, language_findings, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from studydl.cards.library import Library
    from studydl.cards.model import Card
    from studydl.cards.problems import Spot

__all__ = ["FormulaFault", "lint"]


def lint(
    library: Library,
    *,
    formulas: Callable[[str], Sequence[FormulaFault]] | None = None,
    claims: Mapping[str, Collection[str]] | None = None,
    derivations: Collection[str] | None = None,
) -> list[Problem]:
    """Return all problems of a library's decks, in the order of files, lines and columns.

    Args:
        library: The decks.
        formulas: Says what is wrong with the formulas of a text; None looks only at the dollar
            signs around them.
        claims: The names of the misconceptions of every claim, by claim id; None checks no claim.
        derivations: The ids of all derivations; None checks none.
    """
    sources = Sources()
    problems = list(library.problems)
    placed = library.placed_cards()
    for card, spots in placed:
        findings = [
            *_claim_findings(card, claims),
            *_derivation_findings(card, derivations),
            *language_findings(card),
            *question_findings(card),
        ]
        problems += [_placed(finding, card, spots) for finding in findings]
        for path, text in texts_of(card):
            for fault in (formulas or check_dollars)(text):
                spot = sources.spot_in(card.origin.file, spots[path], text, fault.offset)
                finding = Finding("formula", path, fault.message, fault.hint)
                problems.append(_problem(finding, card, spot))
    by_id = {card.id: (card, spots) for card, spots in placed}
    for id_, finding in near_duplicates([card for card, _ in placed]):
        problems.append(_placed(finding, *by_id[id_]))
    return sorted(problems, key=lambda problem: problem.place)


def _placed(finding: Finding, card: Card, spots: Mapping[str, Spot]) -> Problem:
    return _problem(finding, card, spots[finding.path])


def _problem(finding: Finding, card: Card, spot: Spot) -> Problem:
    severity = RULES[finding.rule].severity
    message, hint = finding.message, finding.hint
    return Problem(card.origin.file, *spot, message, hint, finding.rule, severity)


def _claim_findings(card: Card, claims: Mapping[str, Collection[str]] | None) -> Iterator[Finding]:
    if claims is None:
        return
    if card.claim not in claims:
        message = f"there is no claim {card.claim!r}"
        yield Finding("unknown-claim", "claim", message, _suggested(card.claim, claims))
        return
    misconceptions = claims[card.claim]
    for index, each in enumerate(_distractors(card)):
        if each not in misconceptions:
            message = f"the claim {card.claim} has no misconception {each!r}"
            path = f"answer.distractors.{index}.misconception"
            yield Finding("unknown-misconception", path, message, _suggested(each, misconceptions))


def _derivation_findings(card: Card, derivations: Collection[str] | None) -> Iterator[Finding]:
    if derivations is None or card.derivation is None or card.derivation in derivations:
        return
    message = f"there is no derivation {card.derivation!r}"
    yield Finding(
        "unknown-derivation", "derivation", message, _suggested(card.derivation, derivations)
    )


def _distractors(card: Card) -> list[str]:
    if not isinstance(card.answer, Choice):
        return []
    return [each.misconception for each in card.answer.distractors]


def _suggested(name: str, known: Collection[str]) -> str:
    if near := difflib.get_close_matches(name, known, n=2):
        return f"did you mean {' or '.join(near)}?"
    return f"known are {', '.join(sorted(known)[:5])}" if known else ""
