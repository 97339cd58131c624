"""What a sample of weights says of its distribution, each statistic with its standard error."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studydl.verification.measure import at_least, at_most, equals
from studydl.verification.tolerance import EXACT, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.verification.evidence import Measurement

__all__ = ["Array", "drawn_normally", "drawn_uniformly"]

Array: TypeAlias = NDArray[np.float64]

_REACHED = 0.999
"""Of 10,000 uniform draws none lies in the last thousandth with probability e^-10 or less."""


def drawn_uniformly(label: str, w: Any, shape: tuple[int, int], bound: float) -> Iterator[Any]:
    """Measure shape, variance, mean and both ends of a uniform distribution on (-b, b).

    The variance of U(-b, b) is b^2 / 3, and that of a squared draw is 4 b^4 / 45.
    """
    yield from _centred(label, w, shape, bound**2 / 3, relative_error=math.sqrt(0.8))
    largest = float(np.max(np.abs(w)))
    yield at_most(f"max |W|, {label}", largest, bound, EXACT)
    yield at_least(f"max |W| / b, {label}", largest / bound, _REACHED, EXACT)


def drawn_normally(label: str, w: Any, shape: tuple[int, int], variance: float) -> Iterator[Any]:
    """Measure shape, variance and mean of a normal distribution, and the weight of its tails.

    The variance of a squared draw is 2 σ^4. A share of 0.0833 lies beyond √3 σ, where a uniform
    distribution of the same variance ends.
    """
    yield from _centred(label, w, shape, variance, relative_error=math.sqrt(2))
    tails = float(np.mean(np.abs(w) > math.sqrt(3 * variance)))
    share = math.erfc(math.sqrt(1.5))
    error = math.sqrt(share * (1 - share) / max(np.size(w), 1))
    yield equals(f"P(|W| > √3 σ), {label}", tails, share, five_standard_errors(error))


def _centred(
    label: str, w: Any, shape: tuple[int, int], variance: float, relative_error: float
) -> Iterator[Measurement]:
    count = shape[0] * shape[1]
    error = five_standard_errors(variance * relative_error / math.sqrt(count))
    yield equals(f"E[W²], {label}", np.mean(np.square(w)), variance, error)
    error = five_standard_errors(math.sqrt(variance / count))
    yield equals(f"E[W], {label}", np.mean(w), 0.0, error)
    yield equals(f"fan_in, {label}", float(np.shape(w)[0]), float(shape[0]), EXACT)
    yield equals(f"fan_out, {label}", float(np.shape(w)[1]), float(shape[1]), EXACT)
