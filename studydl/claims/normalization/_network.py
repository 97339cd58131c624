"""Several small networks trained at once, with or without a normalisation before each activation.

They are stacked along the first axis: (networks, batch, width). The normalisation is handed in,
so that a misconception of it can be trained as well.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.nn.normalization import standardize, standardize_backward

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

    from studydl.claims.normalization.oracle import Array

__all__ = ["BATCH", "PLAIN", "Normalizer", "Problem", "draw", "forward", "gradients", "train"]

_LIMIT = 1e6
"""A loss beyond this has diverged: it is kept there, so that nothing overflows."""


class Normalizer(NamedTuple):
    """What stands before each hidden activation: forward to (values, cache), and backward."""

    forward: Callable[[Array], tuple[Array, Any]]
    backward: Callable[[Array, Any], Array]


class Problem(NamedTuple):
    """Inputs, targets of mean square 1, and the networks' first weights."""

    x: Array
    target: Array
    weights: list[Array]


def _over_the_batch(z: Array) -> tuple[Array, Any]:
    found = standardize(z, axes=(1,), epsilon=0.0)
    return np.asarray(found.values, np.float64), found


BATCH = Normalizer(_over_the_batch, lambda g, cache: np.asarray(standardize_backward(g, cache)))
PLAIN = Normalizer(lambda z: (z, None), lambda g, _: g)


def draw(
    rng: Generator, *, networks: int, width: int, hidden: int, examples: int, scale: float = 1.0
) -> Problem:
    """Draw a product of two inputs to be learnt, and weights of variance scale²/fan_in."""
    x = rng.uniform(-1, 1, size=(networks, examples, 2))
    target = x[:, :, :1] * x[:, :, 1:]
    target = target - target.mean(axis=1, keepdims=True)
    target = target / np.sqrt(np.mean(target**2, axis=1, keepdims=True))
    sizes = [2] + [width] * hidden + [1]
    weights = [
        scale * rng.normal(scale=1 / math.sqrt(fan_in), size=(networks, fan_in, fan_out))
        for fan_in, fan_out in pairwise(sizes)
    ]
    return Problem(x, target, weights)


def forward(
    norm: Normalizer, x: Array, weights: list[Array], biases: list[Array]
) -> tuple[list[Array], list[Any]]:
    """Return every layer's output, the input first, and every hidden layer's cache."""
    outputs, caches = [x], []
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        values, cache = norm.forward(outputs[-1] @ w)
        outputs.append(np.tanh(values + b))
        caches.append(cache)
    return [*outputs, outputs[-1] @ weights[-1] + biases[-1]], caches


def gradients(
    norm: Normalizer, error: Array, outputs: list[Array], caches: list[Any], weights: list[Array]
) -> tuple[list[Array], list[Array]]:
    """Return the gradients of half the mean squared error for every layer's weights and biases."""
    gradient = error / error.shape[1]
    for_weights = [outputs[-2].mT @ gradient]
    for_biases = [gradient.sum(axis=1, keepdims=True)]
    for layer in reversed(range(len(caches))):
        gradient = gradient @ weights[layer + 1].mT * (1 - outputs[layer + 1] ** 2)
        for_biases.append(gradient.sum(axis=1, keepdims=True))
        gradient = norm.backward(gradient, caches[layer])
        for_weights.append(outputs[layer].mT @ gradient)
    return for_weights[::-1], for_biases[::-1]


def train(
    norm: Normalizer,
    problem: Problem,
    *,
    rate: float,
    steps: int,
    hidden_rate: float | None = None,
) -> Array:
    """Descend from the problem's weights; return each network's mean squared error by step.

    Args:
        norm: What normalises the hidden pre-activations.
        problem: The data and the first weights.
        rate: The learning rate.
        steps: How many steps to take.
        hidden_rate: The learning rate of the hidden weights, if it is another.
    """
    weights = list(problem.weights)
    rates = [hidden_rate or rate] * (len(weights) - 1) + [rate]
    biases = [np.zeros((len(w), 1, w.shape[2])) for w in weights]
    losses = []
    for _ in range(steps + 1):
        outputs, caches = forward(norm, problem.x, weights, biases)
        error = np.clip(outputs[-1] - problem.target, -_LIMIT, _LIMIT)
        losses.append(np.mean(error**2, axis=(1, 2)))
        for_weights, for_biases = gradients(norm, error, outputs, caches, weights)
        weights = [
            np.clip(w - r * g, -_LIMIT, _LIMIT)
            for w, g, r in zip(weights, for_weights, rates, strict=True)
        ]
        biases = [
            np.clip(b - rate * g, -_LIMIT, _LIMIT) for b, g in zip(biases, for_biases, strict=True)
        ]
    return np.array(losses)
