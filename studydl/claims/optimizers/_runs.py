"""How the verifiers of this chapter drive a step function that is handed to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studydl.nn.optimizers import AdamState, MomentumState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from fractions import Fraction

__all__ = ["Array", "adam_updates", "array", "corrected_moments", "momentum_updates"]

Array: TypeAlias = NDArray[np.float64]


def array(*values: float | Fraction) -> Array:
    """Return the numbers as a vector of doubles."""
    return np.array([float(value) for value in values])


def momentum_updates(
    step: Callable[..., Any], gradients: Iterable[Array], *, learning_rate: float, decay: float
) -> tuple[Array, Any]:
    """Return the updates from rest, one row a step, and the last state."""
    updates = []
    state: Any = None
    for gradient in gradients:
        state = state or MomentumState.zeros_like(gradient)
        update, state = step(state, gradient, learning_rate=learning_rate, decay=decay)
        updates.append(update)
    return np.array(updates), state


def adam_updates(
    step: Callable[..., Any], gradients: Iterable[Array], **hyperparameters: float
) -> tuple[Array, Any]:
    """Return the updates from zero moments, one row a step, and the last state."""
    updates = []
    state: Any = None
    for gradient in gradients:
        state = state or AdamState.zeros_like(gradient)
        update, state = step(state, gradient, **hyperparameters)
        updates.append(update)
    return np.array(updates), state


def corrected_moments(
    step: Callable[..., Any], state: AdamState, gradient: Array, **betas: float
) -> tuple[Array, Array]:
    """Return m̂ and √v̂ of the next step, as its updates at two values of ε tell them.

    With ε outside the root, learning_rate / update = -(√v̂ + ε) / m̂ is linear in ε: the slope
    gives m̂, the value at ε = 0 then gives √v̂.
    """
    at_0, at_1 = (
        1 / step(state, gradient, learning_rate=1.0, epsilon=epsilon, **betas)[0]
        for epsilon in (0.0, 1.0)
    )
    m_hat = -1 / (at_1 - at_0)
    return m_hat, -at_0 * m_hat
