"""AdaGrad: each parameter's step divided by the root of the sum of its squared gradients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from studydl.nn.optimizers._inputs import (
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

__all__ = ["AdaGradState", "adagrad"]


@dataclass(frozen=True, slots=True)
class AdaGradState:
    """What AdaGrad remembers between two steps.

    Attributes:
        sum_of_squares: Of all gradients so far, in the parameters' shape.
    """

    sum_of_squares: Array

    @classmethod
    def zeros_like(cls, parameters: ArrayLike) -> Self:
        """Return the state before the first step: nothing summed."""
        return cls(zeros_for(parameters))


def adagrad(
    state: AdaGradState,
    gradient: ArrayLike,
    *,
    learning_rate: float,
    delta: float = 1e-7,
) -> tuple[Array, AdaGradState]:
    """Return the update to add to the parameters, and the next state.

    Shapes:
        gradient, sum of squares and update: the parameters' shape. The rest: scalars.

    Equation:
        r ← r + g² and Δθ = -η g / (δ + √r). At δ = 0, a coordinate that never had a gradient
        stays where it is.

    Confusable with:
        RMSProp, which averages the squares and so forgets.
        Division by r without the root, which has the wrong unit: larger gradients would make
        smaller steps.
        One sum over all coordinates, which keeps their steps in the proportion of the gradient.

    Reference:
        Duchi et al. 2011, section 1.1 (diagonal form); Goodfellow et al. 2016, algorithm 8.4.

    Raises:
        ValueError: If the gradient's shape is not the sum's, if the sum of its squares overflows,
            if the learning rate is not above 0, or if delta is below 0.
    """
    g = gradient_like(gradient, state.sum_of_squares, "sum of squares")
    eta, offset = check_learning_rate(learning_rate), check_offset("delta", delta)
    check_squares(g, state.sum_of_squares)

    # r = r + g²
    r = state.sum_of_squares + g**2
    # Δθ = -η g / (δ + √r)
    update = -eta * quotient(g, offset + np.sqrt(r))

    return update, AdaGradState(r)
