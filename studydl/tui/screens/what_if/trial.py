"""One experiment on the screen: how its dials stand, what was predicted, what was measured."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.cards.answers import Number
from studydl.language import Text
from studydl.verification.experiment_report import Description, Dial

if TYPE_CHECKING:
    from studydl.cards import Card
    from studydl.verification.experiment_report import ExperimentReport, WrongOutcome

__all__ = ["Attempt", "Closeness", "Proposal", "Trial", "closeness", "known_mistake", "proposal_of"]

_CLOSE = 1.1
"""A prediction within this factor is as good as right."""
_NEAR = 2.0
_SWEPT = 17
"""Points of the curve of a drawn card along a parameter of several values."""


class Proposal(NamedTuple):
    """An experiment that can be chosen.

    Attributes:
        description: What it asks, and its dials.
        card: The card whose drawn parameters it turns; None for an experiment of a claim.
    """

    description: Description
    card: Card | None = None


class Closeness(NamedTuple):
    """How near a prediction came.

    Attributes:
        sign: ✓ within a tenth, · within a factor of two, ✗ otherwise.
        factor: How many times too large (above 1) or too small; None where that means nothing.
    """

    sign: str
    factor: float | None


class Attempt(NamedTuple):
    """One row of the history: where the dials stood, what was predicted, what was measured."""

    proposal: Proposal
    dials: tuple[tuple[Text, float], ...]
    predicted: float | None
    measured: float


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment with its dials.

    Attributes:
        proposal: Which experiment.
        places: At which of its values each dial stands.
        predicted: What was predicted for these dials; None without a prediction.
        report: What was measured with these dials; None before.
    """

    proposal: Proposal
    places: tuple[int, ...]
    predicted: float | None = None
    report: ExperimentReport | None = None

    @classmethod
    def begun(cls, proposal: Proposal) -> Trial:
        """Return an experiment with every dial at its start."""
        dials = proposal.description.dials
        return cls(proposal, tuple(each.values.index(each.start) for each in dials))

    @property
    def dials(self) -> tuple[Dial, ...]:
        """What can be turned."""
        return self.proposal.description.dials

    @property
    def values(self) -> dict[str, float]:
        """Where the dials stand, by name."""
        pairs = zip(self.dials, self.places, strict=True)
        return {each.name: each.values[place] for each, place in pairs}

    def turned(self, dial: int, by: int) -> Trial:
        """Return the experiment with a dial turned, nothing predicted or measured yet."""
        last = len(self.dials[dial].values) - 1
        place = min(max(self.places[dial] + by, 0), last)
        if place == self.places[dial]:
            return self
        places = (*self.places[:dial], place, *self.places[dial + 1 :])
        return Trial(self.proposal, places)

    def measured(self, predicted: float | None, report: ExperimentReport) -> Trial:
        """Return the experiment with its result."""
        return replace(self, predicted=predicted, report=report)

    def attempt(self) -> Attempt:
        """Return what the history keeps of a measured experiment."""
        assert self.report is not None  # noqa: S101 - kept when it was measured
        values = zip(self.dials, self.values.values(), strict=True)
        dials = tuple((each.label, value) for each, value in values)
        return Attempt(self.proposal, dials, self.predicted, self.report.value)

    def call(self) -> dict[str, Any]:
        """Return what the worker is asked for."""
        description = self.proposal.description
        asked = {"claim": description.claim, "name": description.name, "with": self.values}
        if self.proposal.card is None:
            return asked | {"seed": 0}
        longest = max(self.dials, key=lambda each: len(each.values))
        return asked | {"along": longest.name, "over": _between(longest.values)}


def proposal_of(card: Card) -> Proposal | None:
    """Return the experiment that a card with drawn parameters is; None for any other."""
    from studydl.judging.varied import arguments_of

    number = card.answer
    if not isinstance(number, Number) or number.computed is None or card.claim is None:
        return None
    dials = []
    for each in number.vary:
        values = sorted(arguments_of({each.name: value})[each.name] for value in each.values)
        dials.append(Dial(each.name, Text(each.name, each.name), tuple(values), values[0]))
    turning = tuple(each for each in dials if each.values)
    return Proposal(Description(card.claim, number.computed, card.ask, turning), card)


def closeness(predicted: float, measured: float) -> Closeness:
    """Return how near a prediction came: by its factor, or not at all where there is none."""
    if predicted == measured:
        return Closeness("✓", 1.0)
    ratio = predicted / measured if measured else math.inf
    if not math.isfinite(ratio) or ratio <= 0:
        return Closeness("✗", None)
    size = max(ratio, 1 / ratio)
    sign = "✓" if size <= _CLOSE else "·" if size <= _NEAR else "✗"
    return Closeness(sign, ratio)


def known_mistake(trial: Trial) -> WrongOutcome | None:
    """Return the misconception whose value was predicted, if the truth was not."""
    report, predicted = trial.report, trial.predicted
    if report is None or predicted is None or closeness(predicted, report.value).sign == "✓":
        return None
    for each in report.wrong:
        if math.isclose(each.value, predicted, rel_tol=_CLOSE - 1, abs_tol=1e-12):
            return each
    return None


def _between(values: tuple[float, ...]) -> list[float]:
    """Return the places of a curve: whole numbers stay whole, others get company between them."""
    low, high = values[0], values[-1]
    if all(isinstance(each, int) for each in values):
        span = int(high - low)
        every = max(span // _SWEPT, 1)
        return sorted({*range(int(low), int(high) + 1, every), *values})
    steps = (low + (high - low) * k / (_SWEPT - 1) for k in range(_SWEPT))
    # A curve may have a pole at 0, where cards draw no value.
    return sorted({*values, *(each for each in steps if not math.isclose(each, 0, abs_tol=1e-9))})
