"""Adam: a step along the mean gradient, divided by the root of the mean squared gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from studydl.nn.optimizers._inputs import (
    check_fraction,
    check_learning_rate,
    check_offset,
    check_squares,
    gradient_like,
    quotient,
    zeros_for,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.optimizers._inputs import Array

__all__ = ["AdamState", "adam"]


@dataclass(frozen=True, slots=True)
class AdamState:
    """What Adam remembers between two steps.

    Attributes:
        step: How many updates were taken so far.
        first_moment: The decaying mean of the gradients, not corrected, in the parameters' shape.
        second_moment: The decaying mean of their squares, not corrected, in the same shape.
    """

    step: int
    first_moment: Array
    second_moment: Array

    def __post_init__(self) -> None:
        """Refuse a count or shapes that no run of Adam leads to."""
        if self.step < 0:
            raise ValueError(f"expected a step of 0 or more, got {self.step}")
        shapes = np.shape(self.first_moment), np.shape(self.second_moment)
        if shapes[0] != shapes[1]:
            raise ValueError(f"expected two moments of one shape, got {shapes[0]} and {shapes[1]}")

    @classmethod
    def zeros_like(cls, parameters: ArrayLike) -> Self:
        """Return the state before the first step: both moments zero."""
        return cls(0, zeros_for(parameters), zeros_for(parameters))


def adam(
    state: AdamState,
    gradient: ArrayLike,
    *,
    learning_rate: float = 1e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Array, AdamState]:
    """Return the update to add to the parameters, and the next state.

    Shapes:
        gradient, both moments and update: the parameters' shape. The rest: scalars.

    Equation:
        θ ← θ - η m̂ / (√v̂ + ε), with m̂ = m / (1 - β₁ᵗ) and v̂ = v / (1 - β₂ᵗ), t = 1, 2, ...
        A coordinate whose m̂ and denominator are both 0 stays where it is, also at ε = 0.

    Confusable with:
        Division by 1 - β without the exponent t, which is right at t = 1 only.
        ε under the root, √(v̂ + ε), or beside the uncorrected v: other steps at small gradients.
        RMSProp, which has neither the first moment nor the corrections; AdaGrad, which sums the
        squares instead of averaging them.

    Reference:
        Kingma & Ba 2015, algorithm 1.

    Raises:
        ValueError: If the gradient's shape is not the moments', if it is so large that its square
            overflows, if the learning rate is not above 0, if a beta does not lie in [0, 1),
            or if epsilon is below 0.
    """
    g = gradient_like(gradient, state.first_moment, "moments")
    eta = check_learning_rate(learning_rate)
    b1, b2 = check_fraction("beta1", beta1), check_fraction("beta2", beta2)
    offset = check_offset("epsilon", epsilon)
    check_squares(g)
    t = state.step + 1

    # m = β₁ m + (1 - β₁) g
    m = b1 * state.first_moment + (1 - b1) * g
    # v = β₂ v + (1 - β₂) g²
    v = b2 * state.second_moment + (1 - b2) * g**2
    # m̂ = m / (1 - β₁ᵗ)
    m_hat = m / (1 - b1**t)
    # v̂ = v / (1 - β₂ᵗ)
    v_hat = v / (1 - b2**t)
    # Δθ = -η m̂ / (√v̂ + ε)
    update = -eta * quotient(m_hat, np.sqrt(v_hat) + offset)

    return update, AdamState(t, m, v)
