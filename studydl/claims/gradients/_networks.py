"""What the verifiers of this chapter put into the networks that are handed to them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.random import Generator

__all__ = [
    "Array",
    "Network",
    "gaussian_stack",
    "linear",
    "norms",
    "ones",
    "relu",
    "relu_slope",
    "sigmoid",
    "sigmoid_slope",
    "tanh_slope",
]

Array: TypeAlias = NDArray[np.float64]


class Network(NamedTuple):
    """A forward pass and the backward pass that belongs to it."""

    forward: Callable[..., Any]
    backward: Callable[..., Any]


def linear(a: Any) -> Any:
    """Return a: no activation at all."""
    return a


def ones(a: Any) -> Any:
    """Return the slope of no activation."""
    return np.ones_like(a)


def relu(a: Any) -> Any:
    """Return max(0, a)."""
    return np.maximum(a, 0.0)


def relu_slope(a: Any) -> Any:
    """Return 1 above 0, otherwise 0."""
    return np.where(a > 0, 1.0, 0.0)


def sigmoid(a: Any) -> Any:
    """Return 1 / (1 + e^-a) by the addition formula of tanh."""
    return (1 + np.tanh(a / 2)) / 2


def sigmoid_slope(a: Any) -> Any:
    """Return σ'(a) by the square of 1/cosh."""
    return np.cosh(a / 2) ** -2 / 4


def tanh_slope(a: Any) -> Any:
    """Return tanh'(a) by the square of 1/cosh."""
    return np.cosh(a) ** -2


def gaussian_stack(rng: Generator, depth: int, width: int, gain: float) -> list[Array]:
    """Draw square weight matrices of standard deviation gain / √width."""
    scale = gain / math.sqrt(width)
    return [rng.normal(scale=scale, size=(width, width)) for _ in range(depth)]


def norms(layers: Iterable[Any]) -> Array:
    """Return the length of each layer's array."""
    return np.array([np.sqrt(np.sum(np.square(layer))) for layer in layers])
