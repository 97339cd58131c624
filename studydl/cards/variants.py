"""Questions that draw fresh parameters at each review: which there are, and which one is drawn.

A text shows a parameter where ``[[name]]`` stands, and the variant's answer where ``[[answer]]``
stands. The same seed draws the same variant; successive seeds go through all of them.
"""

from __future__ import annotations

import random
import re
from itertools import product
from typing import TYPE_CHECKING

from studydl.cards.answers import Number
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studydl.cards.model import Card

__all__ = ["PLACE", "drawn", "filled", "resolved", "variants", "with_parameters"]

PLACE = re.compile(r"\[\[([A-Za-z][A-Za-z0-9_]*)\]\]")
"""Where a text shows what was drawn."""


def variants(card: Card) -> list[dict[str, str]]:
    """Return the parameters of every variant, as the deck writes them; none if nothing varies."""
    if not isinstance(card.answer, Number) or not card.answer.vary:
        return []
    names = [each.name for each in card.answer.vary]
    values = product(*(each.values for each in card.answer.vary))
    return [dict(zip(names, each, strict=True)) for each in values]


def drawn(card: Card, seed: int) -> dict[str, str]:
    """Return the parameters that a seed draws; none if nothing varies.

    Args:
        card: Any card.
        seed: Kept with the review: the question can be shown again as it was.
    """
    among = variants(card)
    if not among:
        return {}
    # Seeding by text gives the same order on every machine.
    random.Random(card.id).shuffle(among)
    return among[seed % len(among)]


def with_parameters(card: Card, parameters: Mapping[str, str]) -> Card:
    """Return the card with parameters in its texts; its answer is not known yet.

    Where the explanation shows the answer, that place is left to `resolved`.
    """
    if not isinstance(card.answer, Number) or not parameters:
        return card
    source = _substituted(card.answer.source, parameters)
    return card._replace(
        ask=filled(card.ask, parameters),
        explain=filled(card.explain, parameters),
        answer=card.answer._replace(source=source),
    )


def resolved(card: Card, value: str) -> Card:
    """Return a card with parameters in place whose answer has become known.

    Args:
        card: What `with_parameters` returned.
        value: The answer, in arithmetic that can be read back: ``0.1875``.
    """
    from studydl.cards.arithmetic import calculate

    assert isinstance(card.answer, Number)  # noqa: S101 - nothing else varies
    calculation = calculate(value)
    # What was computed is rounded, and is compared as such; the deck's own arithmetic is exact.
    is_exact = value == card.answer.source
    worth = calculation.value if is_exact else float(calculation.value)
    number = card.answer._replace(source=value, value=worth, vary=())
    return card._replace(
        explain=filled(card.explain, {"answer": calculation.as_answer}), answer=number
    )


def filled(text: Text, parameters: Mapping[str, str]) -> Text:
    """Return a text with what was drawn in its places; unknown places stay."""
    en, zh = (PLACE.sub(lambda place: _at(place, parameters), said) for said in text)
    return Text(en, zh)


def _at(place: re.Match[str], parameters: Mapping[str, str]) -> str:
    return parameters.get(place[1], place[0])


def _substituted(source: str, parameters: Mapping[str, str]) -> str:
    """Return arithmetic with the parameters' values in the place of their names."""
    return re.sub(
        r"(?<![A-Za-z0-9_.])[A-Za-z][A-Za-z0-9_]*",
        lambda name: f"({parameters[name[0]]})" if name[0] in parameters else name[0],
        source,
    )
