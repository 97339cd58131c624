"""How a memory fades, as FSRS-6 has it: by which chance a card is recalled after so many days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Curve"]


class Curve(NamedTuple):
    """The forgetting curve of one set of weights.

    It is what py-fsrs computes, bit for bit; due cards are put in order without loading it.
    """

    decay: float
    factor: float

    @classmethod
    def of(cls, weights: Sequence[float]) -> Curve:
        """Return the curve of these weights: after ``stability`` days, recall is 0.9."""
        decay = -weights[20]
        return cls(decay, 0.9 ** (1 / decay) - 1)

    def retrievability(self, days: int, stability: float) -> float:
        """Return the chance of recall, ``days`` after the last review."""
        return float((1 + self.factor * max(0, days) / stability) ** self.decay)

    def interval(self, stability: float, retention: float, maximum: int) -> int:
        """Return the whole days after which recall has fallen to ``retention``."""
        days = (stability / self.factor) * float(retention ** (1 / self.decay) - 1)
        return min(max(round(days), 1), maximum)
