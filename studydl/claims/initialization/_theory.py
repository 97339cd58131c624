"""What very wide random networks do at each layer, without drawing a weight: integrals only.

In a layer of many units the states are normally distributed with mean 0, because each is a sum of
many independent terms. Their variance alone then decides everything (Poole et al. 2016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.claims.initialization._statistics import Array

__all__ = ["gaussian_mean", "gradient_factors", "mean_squares"]

# With a node at 0 and steps of 0.02 a kink of the integrand's third derivative there costs 1e-8.
_STEP = 0.02
_Z = _STEP * np.arange(-500.0, 501.0)
_WEIGHT = _STEP * np.exp(-_Z * _Z / 2) / np.sqrt(2 * np.pi)


def gaussian_mean(function: Callable[[Array], Array], variance: float = 1.0) -> float:
    """Return E[f(s)] for a normal s of mean 0, by the trapezoidal rule over 10 deviations."""
    return float(np.sum(_WEIGHT * function(np.sqrt(variance) * _Z)))


def mean_squares(
    function: Callable[[Array], Array], factor: float, layers: int, start: float = 1.0
) -> Array:
    """Return E[h_l^2] for l = 0 to ``layers``, where fan_in Var(W) is ``factor`` in each layer."""
    profile = [start]
    for _ in range(layers):
        profile.append(gaussian_mean(lambda s: function(s) ** 2, factor * profile[-1]))
    return np.array(profile)


def gradient_factors(
    function: Callable[[Array], Array],
    slope: Callable[[Array], Array],
    factor: float,
    layers: int,
    start: float = 1.0,
) -> Array:
    """Return what layer l = 1 to ``layers`` multiplies the mean square of a gradient by.

    Its slopes multiply by E[f'(s_l)^2], its weights by fan_out Var(W), which is ``factor`` too.
    """
    states = factor * mean_squares(function, factor, layers, start)[:-1]
    return np.array([factor * gaussian_mean(lambda s: slope(s) ** 2, q) for q in states])
