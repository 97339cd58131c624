"""Names that decks use and other rooms define: claims, misconceptions, quantities, derivations."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards.answers import Choice, Code, Formula, Number
from studydl.cards.lint.texts import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from studydl.cards.answers import Answer
    from studydl.cards.model import Card

__all__ = ["Known"]


class Known(NamedTuple):
    """What there is; None for what is not to be checked.

    Attributes:
        claims: The names of the misconceptions of every claim, by claim id.
        quantities: The names of the quantities of every claim, by claim id.
        derivations: The ids of all derivations.
    """

    claims: Mapping[str, Collection[str]] | None
    quantities: Mapping[str, Collection[str]] | None
    derivations: Collection[str] | None

    def findings(self, card: Card) -> Iterator[Finding]:
        """Find the names of a card that name nothing."""
        if self.claims is not None:
            yield from _claim_findings(card, self.claims)
        if self.quantities is not None:
            yield from _quantity_findings(card, self.quantities)
        if self.derivations is not None and card.derivation is not None:
            yield from _unknown("derivation", card.derivation, self.derivations, "derivation")


def _claim_findings(card: Card, claims: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    if card.claim is None:
        return  # reading let pass nothing that names a misconception
    yield from _unknown("claim", card.claim, claims, "claim")
    for index, claim in enumerate(card.answer.also if isinstance(card.answer, Code) else ()):
        yield from _unknown("claim", claim, claims, f"answer.also.{index}")
    if card.claim not in claims:
        return
    misconceptions = claims[card.claim]
    for path, name in _misconceptions(card.answer):
        if name not in misconceptions:
            message = f"the claim {card.claim} has no misconception {name!r}"
            hint = _suggested(name, misconceptions)
            yield Finding("unknown-misconception", path, message, hint)


def _quantity_findings(card: Card, quantities: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    if not isinstance(card.answer, Number) or card.answer.computed is None:
        return
    name, known = card.answer.computed, quantities.get(card.claim or "", ())
    if name not in known:
        message = f"the claim {card.claim} has no quantity {name!r}"
        hint = _suggested(name, known) or "give the claim one: quantities=[...]"
        yield Finding("unknown-quantity", "answer.computed", message, hint)


def _unknown(what: str, name: str, known: Collection[str], path: str) -> Iterator[Finding]:
    if name not in known:
        message = f"there is no {what} {name!r}"
        yield Finding(f"unknown-{what}", path, message, _suggested(name, known))


def _misconceptions(answer: Answer) -> list[tuple[str, str]]:
    """Return the misconceptions that an answer names, each with its path."""
    match answer:
        case Choice(distractors=distractors):
            named = [("distractors", at, each.misconception) for at, each in enumerate(distractors)]
        case Number(mistakes=mistakes) | Formula(mistakes=mistakes):
            named = [
                ("mistakes", at, each.misconception)
                for at, each in enumerate(mistakes)
                if each.misconception is not None
            ]
        case _:
            named = []
    return [(f"answer.{place}.{at}.misconception", name) for place, at, name in named]


def _suggested(name: str, known: Collection[str]) -> str:
    if near := difflib.get_close_matches(name, known, n=2):
        return f"did you mean {' or '.join(near)}?"
    return f"known are {', '.join(sorted(known)[:5])}" if known else ""
