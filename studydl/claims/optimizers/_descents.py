"""How the verifiers drive any step function, and the losses that they descend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.nn.optimizers import minibatch_gradient, sgd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.random import Generator

    from studydl.claims.optimizers._runs import Array

__all__ = ["Chains", "noisy_chains", "path", "updates_from"]


FAR = 1e30
"""Beyond this no descent comes back, and no step is asked for squares that would overflow."""


def updates_from(
    step: Callable[..., Any], state: Any, gradients: Iterable[Array], **hyperparameters: float
) -> tuple[Array, Any]:
    """Return the updates under the gradients, one row a step, and the last state."""
    updates = []
    for gradient in gradients:
        update, state = step(state, gradient, **hyperparameters)
        updates.append(update)
    return np.array(updates), state


def path(
    step: Callable[..., Any],
    state: Any,
    start: Array,
    gradient_at: Callable[[Array], Array],
    steps: int,
    **hyperparameters: float,
) -> Array:
    """Return the positions from ``start`` on, one row a step; who runs away is left where he is."""
    theta, positions = start, [start]
    for _ in range(steps):
        if np.any(np.abs(theta) > FAR):
            positions.append(theta)
            continue
        update, state = step(state, gradient_at(theta), **hyperparameters)
        theta = theta + update
        positions.append(theta)
    return np.array(positions)


class Chains(NamedTuple):
    """Descents of one loss side by side: by full gradients, and by single examples."""

    full: Callable[[Generator], Array]
    single: Callable[[Generator], Array]


TILTS = np.arange(-7.0, 8.0, 2.0)
"""What the eight examples' slopes differ by; they cancel without rounding."""


def noisy_chains(
    gradient_at: Callable[[Array], Array],
    start: Array,
    *,
    spread: float,
    learning_rate: float,
    steps: int,
) -> Chains:
    """Return descents whose examples differ by constants of mean zero.

    Each example's loss is the loss plus such a constant times the parameter, so the mean over all
    examples is the loss itself. Every chain draws its own examples.

    Args:
        gradient_at: The full gradient, elementwise over the chains.
        start: Where the chains start; every element is a chain.
        spread: By how much the examples' slopes differ, in units of ±1, ±3, ±5, ±7.
        learning_rate: Constant.
        steps: How many.
    """
    column = spread * TILTS.reshape(-1, *(1 for _ in start.shape))
    tilts = np.broadcast_to(column, (TILTS.size, *start.shape))

    def descend(rng: Generator, batch_size: int) -> Array:
        theta, batch = start, np.arange(batch_size)
        for _ in range(steps):
            noise = minibatch_gradient(rng.permuted(tilts, axis=0), batch)
            theta = theta + sgd(gradient_at(theta) + noise, learning_rate=learning_rate)
        return theta

    return Chains(lambda rng: descend(rng, TILTS.size), lambda rng: descend(rng, 1))
