"""Numbers with drawn parameters: what is asked of the implementation, and what its answer makes."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards import Mistake, Number
from studydl.cards.arithmetic import calculate
from studydl.cards.arithmetic.values import plain_exponent
from studydl.cards.closeness import agrees
from studydl.cards.variants import resolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from studydl.cards import Card
    from studydl.language import Text

__all__ = ["Wrong", "arguments_of", "computed_card"]

_SAME = 1e-9
"""Relative: the deck's arithmetic and the implementation agree."""


def arguments_of(parameters: Mapping[str, str]) -> dict[str, float | int]:
    """Return parameters as they are handed to an implementation: whole numbers as integers."""
    return {name: _as_number(source) for name, source in parameters.items()}


class Wrong(NamedTuple):
    """What a misconception computes, and why it is believed."""

    misconception: str
    value: float
    why: Text


def computed_card(card: Card, value: float, wrong: Iterable[Wrong]) -> Card:
    """Return a card with parameters in place, with the answer that was computed for them.

    Known mistakes become what the misconceptions compute, in the claim's order, as far as that does
    not count as the answer.

    Args:
        card: What `studydl.cards.variants.with_parameters` returned.
        value: What the implementation computes.
        wrong: What misconceptions of it compute.
    """
    assert isinstance(card.answer, Number)  # noqa: S101 - nothing else has parameters
    known = resolved(card, _written(value, card.answer.source))
    assert isinstance(known.answer, Number)  # noqa: S101 - it was one before
    mistakes = tuple(_mistakes(known.answer, wrong))
    return known._replace(answer=known.answer._replace(mistakes=mistakes))


def _mistakes(number: Number, wrong: Iterable[Wrong]) -> Iterator[Mistake]:
    for each in wrong:
        typed = _digits(each.value)
        if not agrees(calculate(typed), number.value, number.tolerance):
            yield Mistake(typed, each.why, each.misconception)


def _as_number(source: str) -> float | int:
    value = calculate(source).value
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    return float(value)


def _digits(value: float) -> str:
    """Write a number without the rounding of its last digits: 0.3, not 0.30000000000004."""
    return plain_exponent(f"{value:.12g}")


def _written(value: float, source: str) -> str:
    """Write a value as the deck's arithmetic does if that comes to the same, else in digits."""
    if source and math.isclose(calculate(source).value, value, rel_tol=_SAME):
        return source
    return _digits(value)
