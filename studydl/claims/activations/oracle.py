"""Values of the smooth activations to fifty digits, rounded once: what the claims compare with.

Nothing here is written with NumPy's functions, so that no mistake is shared with what is judged.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = [
    "Array",
    "log_sigmoid",
    "sigmoid",
    "sigmoid_slope",
    "standard_normal_mean",
    "tanh",
    "tanh_slope",
]

Array: TypeAlias = "NDArray[np.float64]"

_DIGITS = 50


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + e^-x)."""
    return _each(lambda v: 1 / (1 + (-v).exp()), x)


def sigmoid_slope(x: Array) -> Array:
    """Return e^x / (1 + e^x)^2, the quotient rule's result."""
    return _each(lambda v: v.exp() / (1 + v.exp()) ** 2, x)


def log_sigmoid(x: Array) -> Array:
    """Return log(1 / (1 + e^-x))."""
    return _each(lambda v: (1 / (1 + (-v).exp())).ln(), x)


def tanh(x: Array) -> Array:
    """Return (e^x - e^-x) / (e^x + e^-x)."""
    return _each(lambda v: (v.exp() - (-v).exp()) / (v.exp() + (-v).exp()), x)


def tanh_slope(x: Array) -> Array:
    """Return 4 / (e^x + e^-x)^2."""
    return _each(lambda v: 4 / (v.exp() + (-v).exp()) ** 2, x)


def standard_normal_mean(function: Callable[[Array], Array]) -> float:
    """Return E[f(z)] for a standard normal z and a function without a kink.

    The trapezoidal rule is exact to rounding here: for an integrand that is analytic within d of
    the real line its error is near e^(-2 pi d/h), which with h = 0.1 and the poles of tanh at
    d = pi/2 is 1e-42; beyond 12 standard deviations nothing is left.
    """
    step = 0.1
    z = step * np.arange(-120.0, 121.0)
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    return float(np.sum(step * density * function(z)))


def _each(formula: Callable[[Decimal], Decimal], x: Array) -> Array:
    with localcontext() as context:
        context.prec = _DIGITS
        # A double is a decimal fraction, so that the conversion rounds nothing.
        return np.array([float(formula(Decimal(float(each)))) for each in x])
