"""Losses written out term by term: what the claims compare with.

Nothing here calls what is judged: the values have fifty digits, the rest is Python's arithmetic.
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = [
    "Array",
    "analytic_loss",
    "binary_loss",
    "cross_entropy",
    "entropy",
    "logistic",
    "softmax",
]

Array: TypeAlias = "NDArray[np.float64]"

_DIGITS = 50


def logistic(z: float) -> float:
    """Return 1 / (1 + e^-z)."""
    return 1 / (1 + math.exp(-z))


def binary_loss(z: float, y: float) -> float:
    """Return -y log p - (1 - y) log(1 - p) with p = 1 / (1 + e^-z), to fifty digits."""
    with localcontext() as context:
        context.prec = _DIGITS
        logit, target = Decimal(float(z)), Decimal(float(y))
        losses = (1 + (-logit).exp()).ln(), (1 + logit.exp()).ln()
        return float(target * losses[0] + (1 - target) * losses[1])


def analytic_loss(z: Any, y: Any) -> Any:
    """Return the same elementwise, analytic in z, for a complex step at moderate logits."""
    p = 1 / (1 + np.exp(-z))
    return -y * np.log(p) - (1 - y) * np.log(1 - p)


def softmax(row: Iterable[float]) -> list[float]:
    """Return e^z / Σ e^z of one row, to fifty digits."""
    with localcontext() as context:
        context.prec = _DIGITS
        powers = [Decimal(float(z)).exp() for z in row]
        return [float(power / sum(powers)) for power in powers]


def cross_entropy(targets: Iterable[float], probabilities: Iterable[float]) -> float:
    """Return -Σ y log p of one row; what has no target does not count."""
    pairs = zip(targets, probabilities, strict=True)
    return -math.fsum(y * math.log(p) for y, p in pairs if y > 0)


def entropy(probabilities: Iterable[float]) -> float:
    """Return -Σ p log p of one row."""
    row = list(probabilities)
    return cross_entropy(row, row)
