"""What to try: the points of a grid, random points, and draws over orders of magnitude.

A search is a list of points, each with one value for every hyperparameter. A range is given as
``(low, high)``; whatever is random is drawn from the generator that is handed in.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.hyperparameters._inputs import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator

    from studydl.nn.hyperparameters._inputs import Array

__all__ = ["chance_of_a_hit", "grid_points", "log_uniform", "random_points"]


def grid_points(ranges: Sequence[tuple[float, float]], per_axis: int) -> Array:
    """Return the points of a grid: the middles of equal parts of each range, all combined.

    Shapes:
        The result: (per_axis ^ dimensions, dimensions), the last dimension running fastest.

    Equation:
        low + (high - low)(k + 1/2)/per_axis, for k = 0 to per_axis - 1

    Confusable with:
        `random_points`: as many trials, but a new value of every hyperparameter in each.

    Reference:
        Bergstra & Bengio 2012, section 1.

    Raises:
        ValueError: If there is no range, one is empty, or per_axis is below 1.
    """
    parts = (np.arange(count("per_axis", per_axis)) + 0.5) / per_axis
    axes = [low + (high - low) * parts for low, high in _ranges(ranges)]
    return np.array(list(itertools.product(*axes)))


def random_points(rng: Generator, ranges: Sequence[tuple[float, float]], trials: int) -> Array:
    """Return points drawn uniformly and independently from the box of the ranges.

    Shapes:
        The result: (trials, dimensions).

    Equation:
        low + (high - low) u, with u uniform between 0 and 1

    Confusable with:
        `grid_points`. A product of randomly drawn axes, which repeats each value as a grid does.

    Reference:
        Bergstra & Bengio 2012, section 1.

    Raises:
        ValueError: If there is no range, one is empty, or trials is below 1.
    """
    low, high = np.array(_ranges(ranges), dtype=np.float64).T
    return rng.uniform(low, high, size=(count("trials", trials), len(low)))


def log_uniform(rng: Generator, low: float, high: float, size: int) -> Array:
    """Return draws whose logarithm is uniform: as many in every decade.

    Shapes:
        The result: (size,).

    Equation:
        e^u, with u uniform between log low and log high

    Confusable with:
        Uniform draws, most of which lie in the highest decade.

    Reference:
        Bengio 2012, section 3.3; Bergstra & Bengio 2012, section 2.

    Raises:
        ValueError: If not 0 < low < high, both finite, or if size is below 1.
    """
    if not 0 < low < high < math.inf:
        raise ValueError(f"expected 0 < low < high, both finite, got {low} and {high}")
    return np.exp(rng.uniform(math.log(low), math.log(high), size=count("size", size)))


def chance_of_a_hit(share: float, trials: int) -> float:
    """Return the probability that at least one of several random trials is among the best.

    Equation:
        1 - (1 - share)^trials

    Confusable with:
        share times trials, the expected number of hits.

    Reference:
        Bergstra & Bengio 2012, section 1 (independent trials).

    Raises:
        ValueError: If the share does not lie from 0 to 1, or trials is below 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"expected a share from 0 to 1, got {share}")
    return 1.0 - (1.0 - share) ** count("trials", trials)


def _ranges(ranges: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    if not ranges or any(not 0 < high - low < math.inf for low, high in ranges):
        raise ValueError(f"expected finite ranges (low, high), low below high, got {list(ranges)}")
    return list(ranges)
