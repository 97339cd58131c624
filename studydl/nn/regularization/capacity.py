"""How large a model is: a ReLU network of given layers and units, and how steep it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.regularization._inputs import check_rows, floating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from studydl.nn.regularization._inputs import Array

__all__ = ["lipschitz_bound", "relu_network"]


def relu_network(x: ArrayLike, layers: Sequence[tuple[ArrayLike, ArrayLike]]) -> Array:
    """Return the output of a network: ReLU after every layer but the last.

    Shapes:
        x: (N, inputs). Each layer: weights (fan_in, fan_out) and biases (fan_out,). Result:
        (N, outputs).

    Equation:
        h ← max(0, hW + b) for the hidden layers, then hW + b

    Confusable with:
        A network with ReLU after the last layer too, whose output cannot be negative.

    Reference:
        Montúfar, Pascanu, Cho & Bengio 2014, section 2.

    Raises:
        ValueError: If there is no layer, or one does not fit the layer before it.
    """
    h = check_rows(x, "inputs")
    if not layers:
        raise ValueError("expected one layer or more, got none")
    for number, (weights, biases) in enumerate(layers, start=1):
        w, b = floating(weights, "weights"), floating(biases, "biases")
        if w.ndim != 2 or w.shape[0] != h.shape[1] or b.shape != w.shape[1:]:
            raise ValueError(
                f"expected weights ({h.shape[1]}, units) and biases (units,) in layer {number},"
                f" got {w.shape} and {b.shape}"
            )
        # z = hW + b, and max(0, z) in a hidden layer
        z = h @ w + b
        h = z if number == len(layers) else np.maximum(z, 0.0)
    return h


def lipschitz_bound(layers: Sequence[tuple[ArrayLike, ArrayLike]]) -> Array:
    """Return a bound on how much a ReLU network stretches a small change of its input.

    Shapes:
        Each layer: weights (fan_in, fan_out) and biases (fan_out,). Result: a number.

    Equation:
        |f(x + δ) - f(x)|₂ ≤ Π |Wₗ|₂ |δ|₂, with the largest singular value |W|₂ of each layer

    Confusable with:
        The L2 penalty Σ |Wₗ|²: it adds up over the layers where the bound multiplies.

    Reference:
        Szegedy et al. 2014, section 4.3.

    Raises:
        ValueError: If there is no layer, or weights are not a table of real numbers.
    """
    if not layers:
        raise ValueError("expected one layer or more, got none")
    bound = np.asarray(1.0, dtype=floating(layers[0][0], "weights").dtype)
    for weights, _ in layers:
        # Π |Wₗ|₂
        bound = bound * np.linalg.norm(check_rows(weights, "weights"), 2)
    return np.asarray(bound)
