"""Nesterov's momentum in its three forms, and the variable in which they agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from studydl.nn.optimizers._inputs import (
    check_fraction,
    check_learning_rate,
    floating,
    gradient_like,
    zeros_for,
)
from studydl.nn.optimizers.momentum import MomentumState, momentum

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from studydl.nn.optimizers._inputs import Array

__all__ = [
    "NesterovDifferenceState",
    "lookahead_point",
    "nesterov",
    "nesterov_by_differences",
    "nesterov_lookahead",
]


@dataclass(frozen=True, slots=True)
class NesterovDifferenceState:
    """What the form with differences of gradients remembers between two steps.

    Attributes:
        velocity: The last step, in the parameters' shape.
        gradient: The gradient of the last step, in the same shape; zero before the first.
    """

    velocity: Array
    gradient: Array

    def __post_init__(self) -> None:
        """Refuse shapes that no run leads to."""
        shapes = np.shape(self.velocity), np.shape(self.gradient)
        if shapes[0] != shapes[1]:
            raise ValueError(
                f"expected a velocity and a gradient of one shape, got {shapes[0]} and {shapes[1]}"
            )

    @classmethod
    def zeros_like(cls, parameters: ArrayLike) -> Self:
        """Return the state before the first step: at rest, and no gradient seen."""
        return cls(zeros_for(parameters), zeros_for(parameters))


def lookahead_point(state: MomentumState, parameters: ArrayLike, *, decay: float = 0.9) -> Array:
    """Return where the velocity alone would carry the parameters.

    Shapes:
        parameters and result: the velocity's shape. decay: a scalar.

    Equation:
        φ = θ - α v. The look-ahead form moves θ; the other two move φ.

    Confusable with:
        θ - v, which forgets that the velocity decays before it is applied.

    Reference:
        Bengio et al. 2013, section 3.5.

    Raises:
        ValueError: If the shapes differ, or if the decay does not lie in [0, 1).
    """
    theta = floating(parameters, "parameters")
    if theta.shape != np.shape(state.velocity):
        raise ValueError(
            f"expected parameters of shape {np.shape(state.velocity)}, as the velocity, got shape"
            f" {theta.shape}"
        )
    return theta - check_fraction("decay", decay) * state.velocity


def nesterov_lookahead(
    state: MomentumState,
    parameters: ArrayLike,
    gradient_at: Callable[[Array], ArrayLike],
    *,
    learning_rate: float,
    decay: float = 0.9,
) -> tuple[Array, MomentumState]:
    """Return the update to add to the parameters, and the next state.

    Shapes:
        parameters, velocity, update, what gradient_at takes and what it returns: one shape.

    Equation:
        v ← α v + η g(θ - α v) and θ ← θ - v: momentum with the gradient of the look-ahead point.

    Confusable with:
        Momentum, which takes the gradient at θ, before any of the velocity is applied.
        The two forms below, whose parameters are the look-ahead point φ, not θ.

    Reference:
        Sutskever et al. 2013, equations 3 and 4.

    Raises:
        ValueError: If a shape is not the velocity's, if the learning rate is not above 0, or if
            the decay does not lie in [0, 1).
    """
    phi = lookahead_point(state, parameters, decay=decay)
    return momentum(state, gradient_at(phi), learning_rate=learning_rate, decay=decay)


def nesterov(
    state: MomentumState,
    gradient: ArrayLike,
    *,
    learning_rate: float,
    decay: float = 0.9,
) -> tuple[Array, MomentumState]:
    """Return the update to add to the parameters, and the next state, as libraries have it.

    Shapes:
        gradient, velocity and update: the parameters' shape. learning_rate and decay: scalars.

    Equation:
        v ← α v + η g and φ ← φ - (α v + η g), with the new v, and g taken at φ.

    Confusable with:
        The look-ahead form, whose θ is φ + α v.
        Momentum, whose update is -v alone.

    Reference:
        Bengio et al. 2013, section 3.5; PyTorch documentation, torch.optim.SGD.

    Raises:
        ValueError: If the gradient's shape is not the velocity's, if the learning rate is not
            above 0, or if the decay does not lie in [0, 1).
    """
    g = gradient_like(gradient, state.velocity, "velocity")
    eta = check_learning_rate(learning_rate)
    alpha = check_fraction("decay", decay)

    # v = α v + η g
    v = alpha * state.velocity + eta * g
    # Δφ = -(α v + η g)
    update = -(alpha * v + eta * g)

    return update, MomentumState(v)


def nesterov_by_differences(
    state: NesterovDifferenceState,
    gradient: ArrayLike,
    *,
    learning_rate: float,
    decay: float = 0.9,
) -> tuple[Array, NesterovDifferenceState]:
    """Return the update to add to the parameters, and the next state.

    Shapes:
        gradient, velocity and update: the parameters' shape. learning_rate and decay: scalars.

    Equation:
        u ← α u + η (g + α (g - g')) and φ ← φ - u, with g taken at φ and g' at the φ before.
        Before the first step g' is 0. The same steps as the form above while η is constant.

    Confusable with:
        The same recursion read in the θ and v of the look-ahead form: u is not v, φ is not θ.
        g' = g at the first step, which starts too slowly.

    Reference:
        Shi et al. 2022, section 1, where the added term is called gradient correction.

    Raises:
        ValueError: If the gradient's shape is not the velocity's, if the learning rate is not
            above 0, or if the decay does not lie in [0, 1).
    """
    g = gradient_like(gradient, state.velocity, "velocity")
    eta = check_learning_rate(learning_rate)
    alpha = check_fraction("decay", decay)

    # u = α u + η (g + α (g - g'))
    u = alpha * state.velocity + eta * (g + alpha * (g - state.gradient))

    return -u, NesterovDifferenceState(u, g)
