"""Derivatives by two independent numerical methods, for verifiers that need a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["central_difference", "complex_step"]

_COMPLEX_STEP = 1e-20
_CENTRAL_STEP = 6e-6
"""The cube root of the double rounding unit balances truncation against rounding."""


def central_difference(
    function: Callable[[Any], Any], x: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return ``(f(x + h) - f(x - h)) / 2h``, elementwise.

    Never ask for it within ``h`` of a kink: there it returns the mean of the two slopes.
    """
    above, below = x + _CENTRAL_STEP, x - _CENTRAL_STEP
    return np.asarray((function(above) - function(below)) / (above - below))


def complex_step(function: Callable[[Any], Any], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``Im f(x + ih) / h``, elementwise, exact to rounding (Squire & Trapp 1998).

    Raises:
        ValueError: If the function is not analytic in its code, as ``abs``, ``max`` and
            comparisons are not: the complex step would then silently return a wrong derivative.
    """
    slope = np.imag(function(x + 1j * _COMPLEX_STEP)) / _COMPLEX_STEP
    if not np.allclose(slope, central_difference(function, x), rtol=1e-4, atol=1e-5):
        raise ValueError("the function is not analytic here: use central_difference instead")
    return np.asarray(slope)
