"""Deep networks for the claims of this chapter: what is under study, their inputs, their errors."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.nn import initialization as nn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.random import Generator

    from studydl.claims.initialization._statistics import Array

__all__ = [
    "Net",
    "Profile",
    "System",
    "drawn",
    "gaussian",
    "linear",
    "one",
    "profile",
    "relative_errors",
]


class Net(NamedTuple):
    """The passes through a network, and what is measured of its layers."""

    forward: Callable[..., Any] = nn.forward
    backward: Callable[..., Any] = nn.backward
    moments: Callable[..., Any] = nn.moments


class System(NamedTuple):
    """A scheme together with the network that starts from it."""

    initialize: Callable[..., Any]
    forward: Callable[..., Any] = nn.forward
    backward: Callable[..., Any] = nn.backward
    moments: Callable[..., Any] = nn.moments


class Profile(NamedTuple):
    """Mean squares by depth.

    Attributes:
        activations: Of h_0 to h_L.
        states: Of the gradients for s_1 to s_L.
        weights: Of the gradients for W_1 to W_L, over the number of examples.
        entrance: Of the gradient for the input.
    """

    activations: Array
    states: Array
    weights: Array
    entrance: float


def drawn(system: System, rng: Generator, widths: Sequence[int]) -> list[Any]:
    """Draw the weights of all layers by the scheme under study."""
    return [system.initialize(rng, fan_in, fan_out) for fan_in, fan_out in pairwise(widths)]


def linear(s: Any) -> Any:
    """Return the state itself, as the derivations of all schemes but He's assume."""
    return s


def one(s: Any) -> Any:
    """Return the slope of `linear`."""
    return np.ones_like(s)


def gaussian(rng: Generator, widths: Sequence[int], factor: float) -> list[Array]:
    """Draw normal weights with fan_in Var(W) equal to ``factor``."""
    return [
        rng.normal(scale=math.sqrt(factor / fan_in), size=(fan_in, fan_out))
        for fan_in, fan_out in pairwise(widths)
    ]


def profile(
    net: Net | System,
    weights: Sequence[Array],
    inputs: Array,
    output_gradient: Array,
    activation: Callable[[Any], Any],
    slope: Callable[[Any], Any],
) -> Profile:
    """Send signals forward and gradients back, and take the mean square of each layer."""
    signals = net.forward(inputs, weights, activation)
    gradients = net.backward(output_gradient, weights, signals, slope)
    return Profile(
        np.asarray(net.moments(signals.activations).mean_square),
        np.asarray(net.moments(gradients.states).mean_square),
        np.asarray(net.moments(gradients.weights).mean_square) / len(inputs),
        float(np.mean(np.square(gradients.states[0] @ weights[0].T))),
    )


def relative_errors(rows: Array, widths: Sequence[int]) -> Array:
    """Return the standard error of each layer's mean square in a linear network, over its mean.

    For H' = H W with normal weights of variance 1/m and m columns, T = tr H H^T and
    Q = tr (H H^T)^2, Wishart's second moments give E[T'^2] = T^2 + 2 Q / m and
    E[Q'] = (1 + 1/m) Q + T^2 / m. The error is that of the network for given rows. A saturating
    activation and uniform weights only make it smaller.

    Args:
        rows: What enters: examples, or gradients from the other side, shape (rows, widths[0]).
        widths: The number of units at the entry and of each layer behind it.
    """
    gram = rows @ rows.T
    square, quartic = np.trace(gram) ** 2, np.sum(gram * gram)
    start, errors = square, [0.0]
    for m in widths[1:]:
        square, quartic = square + 2 * quartic / m, (1 + 1 / m) * quartic + square / m
        errors.append(math.sqrt(square / start - 1))
    return np.array(errors)
