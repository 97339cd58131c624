"""What cards with drawn parameters ask of the activations that are handed in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.verification.claim import quantity

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "chain_factor",
    "inactive_factor",
    "leaked_value",
    "odds_factor",
    "sigmoid_slope_at_output",
    "tanh_slope_at_output",
]


@quantity("slope-at-output")
def sigmoid_slope_at_output(slope: Callable[[Any], Any], *, s: float) -> float:
    """Return the derivative where the sigmoid is s."""
    return float(slope(np.array([math.log(s / (1 - s))]))[0])


@quantity("slope-at-output")
def tanh_slope_at_output(slope: Callable[[Any], Any], *, y: float) -> float:
    """Return the derivative where tanh is y."""
    return float(slope(np.array([math.atanh(y)]))[0])


@quantity("leaked-value")
def leaked_value(leaky: Callable[..., Any], *, a: float, x: float) -> float:
    """Return Leaky ReLU of x in the writing x/a."""
    return float(leaky(np.array([x]), slope=1 / a)[0])


@quantity("inactive-factor")
def inactive_factor(slope_at: Callable[..., Any], *, n: int, alpha: float) -> float:
    """Return the product of the derivatives of n inactive units of slope alpha."""
    return math.prod(float(each) for each in slope_at(np.full(n, -2.0), slope=alpha))


@quantity("odds-factor")
def odds_factor(sigmoid: Callable[[Any], Any], *, k: float) -> float:
    """Return by what the odds are multiplied as the input goes from 0 to k."""
    before, after = sigmoid(np.array([0.0, k]))
    return float(after / (1 - after) / (before / (1 - before)))


@quantity("chain-factor")
def chain_factor(curve: Any, *, n: int, w: float) -> float:
    """Return what n units multiply the gradient by, whose bias is to hold them at input 0."""
    z, factor = np.zeros(1), 1.0
    for _ in range(n):
        factor *= w * float(curve.slope(z)[0])
        z = w * curve.value(z) - w / 2
    return factor
