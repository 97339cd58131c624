"""Gradient descent with momentum: a velocity that remembers the gradients before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from studydl.nn.optimizers._inputs import (
    check_fraction,
    check_learning_rate,
    gradient_like,
    zeros_for,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.optimizers._inputs import Array

__all__ = ["MomentumState", "momentum"]


@dataclass(frozen=True, slots=True)
class MomentumState:
    """What momentum remembers between two steps.

    Attributes:
        velocity: The decayed sum of the past steps, in the parameters' shape.
    """

    velocity: Array

    @classmethod
    def zeros_like(cls, parameters: ArrayLike) -> Self:
        """Return the state before the first step: at rest."""
        return cls(zeros_for(parameters))


def momentum(
    state: MomentumState,
    gradient: ArrayLike,
    *,
    learning_rate: float,
    decay: float = 0.9,
) -> tuple[Array, MomentumState]:
    """Return the update to add to the parameters, and the next state.

    Shapes:
        gradient, velocity and update: the parameters' shape. learning_rate and decay: scalars.

    Equation:
        v ← α v + η g and θ ← θ - v, with η the learning rate and α the decay.

    Confusable with:
        Damped momentum, v ← α v + (1 - α) g, whose steps do not grow by 1/(1 - α).
        The learning rate outside the velocity, v ← α v + g and θ ← θ - η v, as PyTorch has it:
        the same steps as long as η does not change.
        Nesterov's momentum, which takes the gradient after the velocity has been applied.

    Reference:
        Polyak 1964; Goodfellow et al. 2016, section 8.3.2.

    Raises:
        ValueError: If the gradient's shape is not the velocity's, if the learning rate is not
            above 0, or if the decay does not lie in [0, 1).
    """
    g = gradient_like(gradient, state.velocity, "velocity")
    eta = check_learning_rate(learning_rate)
    alpha = check_fraction("decay", decay)

    # v = α v + η g
    v = alpha * state.velocity + eta * g

    return -v, MomentumState(v)
