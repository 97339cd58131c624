"""Looking: which cards stand how, and what was answered; for searches and statistics."""

from __future__ import annotations

import json
import math
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from studydl.memory.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from studydl.memory.forgetting import Curve
    from studydl.memory.model import CardState, Grade

__all__ = ["Answered", "Looking", "Measure", "Standing"]


class Measure(Enum):
    """A number of a card's state by which cards are looked for."""

    STABILITY = "stability"
    DIFFICULTY = "difficulty"
    INTERVAL = "interval"
    REPETITIONS = "repetitions"
    LAPSES = "lapses"
    DUE = "due"
    """Study days from today; 0 while a card is being learned."""


class Standing(Enum):
    """How a card stands."""

    KNOWN = "known"
    """It has a review that counts."""
    LEARNING = "cards in learning"
    """It is in its learning or relearning steps."""
    REVIEW = "cards in review"
    DUE = "cards due"
    """It is due now, and neither suspended nor buried."""


class Answered(NamedTuple):
    """A review that counts, as far as statistics need it."""

    card: str
    grade: int
    day: int
    at_ms: int
    utc_offset: int
    duration_ms: int


class Looking(Opened):
    """Questions about many cards at once. Marks play no part unless it is said."""

    def today(self) -> int:
        """Return this study day, counted from 1970-01-01."""
        return self._now().day

    def standing(self, how: Standing) -> set[str]:
        """Return the cards that stand so."""
        if how is Standing.KNOWN:
            return set(self._states.known())
        now = self._now()
        return self._cards(how.value, now=now.ms, today=now.day)

    def having(self, measure: Measure, least: float, most: float) -> set[str]:
        """Return the known cards of which a number lies between two bounds, both included."""
        name = f"cards by {measure.value}"
        return self._cards(name, least=least, most=most, today=self.today())

    def recalled_with(self, least: float, most: float) -> set[str]:
        """Return the known cards whose chance of recall now lies between two bounds."""
        found: set[str] = set()
        for curve, parameters in self._log.curves().items():
            asked = {
                "least": _fading(curve, most),
                "most": _fading(curve, least),
                "parameters": json.dumps(parameters),
            }
            found |= self._cards("cards by fading", today=self.today(), **asked)
        return found

    def recall(self, state: CardState) -> float:
        """Return the chance that a card in this state is recalled now."""
        curves = self._log.curves().items()
        own = next(curve for curve, parameters in curves if state.parameters in parameters)
        return own.retrievability(self.today() - state.last_day, state.stability)

    def first_met(self, days: int) -> set[str]:
        """Return the cards whose first review was within so many study days; today is one."""
        return self._cards("cards first met since", since=self.today() - days + 1)

    def graded(self, days: int, grade: Grade | None = None) -> set[str]:
        """Return the cards that were reviewed within so many study days; today is one.

        Args:
            days: How many.
            grade: Only reviews with this grade.
        """
        return self._cards("cards graded since", since=self.today() - days + 1, grade=grade)

    def answers(self, cards: Collection[str] | None = None) -> Iterator[Answered]:
        """Go through the reviews that count, card by card, each card's oldest first.

        Args:
            cards: Only these; None for all.
        """
        asked = {"cards": None if cards is None else json.dumps(list(cards))}
        return map(Answered._make, self._database.stream("answers by card", asked))

    def states(self) -> Iterator[CardState]:
        """Go through the states of all known cards."""
        return iter(self._states)

    def weights(self) -> tuple[float, ...]:
        """Return the weights by which reviews are scheduled from now on."""
        return tuple(self._schedulers.current.weights)

    def _cards(self, name: str, **asked: object) -> set[str]:
        return {row[0] for row in self._database.rows(name, asked)}


def _fading(curve: Curve, recall: float) -> float:
    """Return the days over stability after which recall has fallen so far."""
    if recall > 1:
        return -1.0  # before it could have faded at all
    if recall <= 0:
        return math.inf
    return float((recall ** (1 / curve.decay) - 1) / curve.factor)
