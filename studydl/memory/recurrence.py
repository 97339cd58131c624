"""FSRS-6 over whole histories: what py-fsrs computes review by review, in one loop.

The truth of a state is py-fsrs, by which each review moves it on; the operations here are the same
ones in the same order, so that a replay gives the same bits, some ten times as fast. fsrs-rs is
faster yet, but in single precision: a state from it differs in the sixth digit, which now and then
is another day.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studydl.memory.forgetting import Curve

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Recurrence"]

_LEAST_STABILITY = 0.001
_EASIEST, _HARDEST = 1.0, 10.0


class Recurrence:
    """Stability and difficulty under one set of weights."""

    def __init__(self, weights: Sequence[float]) -> None:
        w, e = weights, math.e
        self._curve = Curve.of(weights)
        starts = [w[4] - (e ** (w[5] * (grade - 1))) + 1 for grade in (1, 2, 3, 4)]
        self._first = [
            (max(w[grade - 1], _LEAST_STABILITY), min(max(start, _EASIEST), _HARDEST))
            for grade, start in enumerate(starts, 1)
        ]
        self._goal = w[7] * starts[3]
        self._keep = 1 - w[7]
        self._harder = [-(w[6] * (grade - 3)) for grade in (1, 2, 3, 4)]
        self._same_day = [e ** (w[17] * (grade - 3 + w[18])) for grade in (1, 2, 3, 4)]
        self._growth = e ** w[8]
        self._share = (1.0, w[15], 1.0, w[16])
        self._forgetting = e ** (w[17] * w[18])
        self._weights = tuple(w)

    def run(self, grades: Sequence[int], gaps: Sequence[int]) -> tuple[list[float], list[float]]:
        """Return stability and difficulty after each review of one card.

        Args:
            grades: The grades, each less 1.
            gaps: The study days since the review before; 0 for the first.
        """
        stability, difficulty = self._first[grades[0]]
        stabilities, difficulties = [stability], [difficulty]
        goal, keep, harder, base = self._goal, self._keep, self._harder, math.e
        (decay, factor), growth, spacing = self._curve, self._growth, -self._weights[9]
        surprise, share = self._weights[10], self._share
        for grade, gap in zip(grades[1:], gaps[1:], strict=True):
            if gap < 1:
                stability = self._within_a_day(stability, grade)
            elif grade:
                # Recalled: nine reviews in ten, hence written out here.
                recall = (1 + factor * gap / stability) ** decay
                stability *= (
                    1
                    + growth
                    * (11 - difficulty)
                    * stability**spacing
                    * (base ** ((1 - recall) * surprise) - 1)
                    * share[grade]
                )
                if stability < _LEAST_STABILITY:  # noqa: PLR1730 - a call is a tenth of the loop
                    stability = _LEAST_STABILITY
            else:
                stability = self._forgotten(stability, difficulty, gap)
            damped = (10.0 - difficulty) * harder[grade] / 9.0
            difficulty = goal + keep * (difficulty + damped)
            if difficulty < _EASIEST:
                difficulty = _EASIEST
            elif difficulty > _HARDEST:
                difficulty = _HARDEST
            stabilities.append(stability)
            difficulties.append(difficulty)
        return stabilities, difficulties

    def _within_a_day(self, stability: float, grade: int) -> float:
        increase: float = self._same_day[grade] * (stability ** -self._weights[19])
        if grade:
            increase = max(increase, 1.0)
        return max(stability * increase, _LEAST_STABILITY)

    def _forgotten(self, stability: float, difficulty: float, gap: int) -> float:
        w, (decay, factor) = self._weights, self._curve
        recall = (1 + factor * gap / stability) ** decay
        long_term: float = (
            w[11]
            * (difficulty ** -w[12])
            * (((stability + 1) ** w[13]) - 1)
            * (math.e ** ((1 - recall) * w[14]))
        )
        short_term: float = stability / self._forgetting
        return max(min(long_term, short_term), _LEAST_STABILITY)
