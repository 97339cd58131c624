"""RMSProp: each parameter's step divided by the root of the running mean of its squares."""

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

__all__ = ["RMSPropState", "rmsprop"]


@dataclass(frozen=True, slots=True)
class RMSPropState:
    """What RMSProp remembers between two steps.

    Attributes:
        mean_square: The decaying mean of the squared gradients, in the parameters' shape.
    """

    mean_square: Array

    @classmethod
    def zeros_like(cls, parameters: ArrayLike) -> Self:
        """Return the state before the first step: a mean of zero, which nothing corrects."""
        return cls(zeros_for(parameters))


def rmsprop(
    state: RMSPropState,
    gradient: ArrayLike,
    *,
    learning_rate: float,
    decay: float = 0.9,
    delta: float = 1e-6,
) -> tuple[Array, RMSPropState]:
    """Return the update to add to the parameters, and the next state.

    Shapes:
        gradient, mean square and update: the parameters' shape. The rest: scalars.

    Equation:
        r ← α r + (1 - α) g² and Δθ = -η g / (δ + √r), with α the decay. At δ = 0, a coordinate
        that never had a gradient stays where it is.

    Confusable with:
        δ under the root, √(δ + r), as Goodfellow et al. 2016 have it in algorithm 8.5: a δ of
        1e-6 then stops gradients below 1e-3, not below 1e-6.
        AdaGrad, which sums the squares and never forgets.
        Adam, which divides r by 1 - αᵗ and averages the gradient as well.

    Reference:
        Tieleman & Hinton 2012, lecture 6.5.

    Raises:
        ValueError: If the gradient's shape is not the mean's, if it is so large that its square
            overflows, if the learning rate is not above 0, if the decay does not lie in [0, 1),
            or if delta is below 0.
    """
    g = gradient_like(gradient, state.mean_square, "mean square")
    eta, offset = check_learning_rate(learning_rate), check_offset("delta", delta)
    alpha = check_fraction("decay", decay)
    check_squares(g)

    # r = α r + (1 - α) g²
    r = alpha * state.mean_square + (1 - alpha) * g**2
    # Δθ = -η g / (δ + √r)
    update = -eta * quotient(g, offset + np.sqrt(r))

    return update, RMSPropState(r)
