"""Dropout: the mask, the layer in both conventions and its gradient, and linear regression.

``drop`` is the probability with which a unit is dropped, as in PyTorch; the paper's p keeps it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.nn.regularization._inputs import (
    check_above_zero,
    check_examples,
    check_fraction,
    floating,
)

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import ArrayLike, NDArray

    from studydl.nn.regularization._inputs import Array

__all__ = [
    "dropout",
    "dropout_gradient",
    "dropout_mask",
    "dropout_regression",
    "dropout_step",
    "scale_for_test",
]


def dropout_mask(rng: Generator, shape: tuple[int, ...], *, drop: float) -> Array:
    """Return 1 for each unit that is kept and 0 for each that is dropped, independently.

    Shapes:
        Result: as asked for.

    Equation:
        P(mᵢ = 0) = drop

    Confusable with:
        A mask in which an exact share of the units is dropped: its units are not independent.

    Reference:
        Srivastava et al. 2014, section 4.

    Raises:
        ValueError: If drop does not lie in [0, 1).
    """
    return (rng.random(shape) >= check_fraction("drop", drop)).astype(np.float64)


def dropout(x: ArrayLike, mask: ArrayLike, *, drop: float) -> Array:
    """Return the training output of inverted dropout; at test the layer is the identity.

    Shapes:
        x, mask and the result: any, the same.

    Equation:
        y = m x / (1 - drop)

    Confusable with:
        The paper's dropout, m x in training, which needs `scale_for_test`.

    Reference:
        Srivastava et al. 2014, sections 4 and 10.

    Raises:
        ValueError: If the shapes differ, the mask holds other numbers than 0 and 1, or drop does
            not lie in [0, 1).
    """
    values, kept = _masked(x, mask)
    scaled: Array = values * kept / (1 - check_fraction("drop", drop))
    return scaled


def dropout_gradient(upstream: ArrayLike, mask: ArrayLike, *, drop: float) -> Array:
    """Return the gradient of the loss with respect to the input of `dropout`.

    Shapes:
        upstream, mask and the result: any, the same.

    Equation:
        ∂L/∂x = m ∂L/∂y / (1 - drop), with the mask of the forward pass

    Confusable with:
        A fresh mask drawn for the backward pass.

    Reference:
        Srivastava et al. 2014, section 5.1.

    Raises:
        ValueError: If the shapes differ, the mask holds other numbers than 0 and 1, or drop does
            not lie in [0, 1).
    """
    gradient, kept = _masked(upstream, mask)
    scaled: Array = gradient * kept / (1 - check_fraction("drop", drop))
    return scaled


def scale_for_test(x: ArrayLike, *, drop: float) -> Array:
    """Return activations, or the weights that read them, as the paper scales them at test.

    Shapes:
        x and the result: any, the same.

    Equation:
        y = (1 - drop) x

    Confusable with:
        Multiplying by drop: the paper writes p x, but its p is the probability of keeping.

    Reference:
        Srivastava et al. 2014, section 1, figure 2.

    Raises:
        ValueError: If x does not hold real numbers, or drop does not lie in [0, 1).
    """
    return (1 - check_fraction("drop", drop)) * floating(x, "activations")


def dropout_step(
    weights: ArrayLike,
    x: ArrayLike,
    y: float,
    mask: ArrayLike,
    *,
    drop: float,
    learning_rate: float,
) -> Array:
    """Return the weights of a linear unit after one step on one example with dropped inputs.

    All subnetworks read and write these same weights.

    Shapes:
        weights, x, mask and the result: (d,). y: a number.

    Equation:
        w ← w - η (w·x̃ - y) x̃, with x̃ = m x / (1 - drop)

    Confusable with:
        Bagging, where each member has weights of its own.

    Reference:
        Srivastava et al. 2014, sections 2 and 5.1.

    Raises:
        ValueError: If the shapes differ, the mask holds other numbers than 0 and 1, drop does not
            lie in [0, 1), or the learning rate is not above 0.
    """
    w = floating(weights, "weights")
    thinned = dropout(x, mask, drop=drop)
    if w.ndim != 1 or w.shape != thinned.shape:
        raise ValueError(f"expected inputs of shape {w.shape}, got shape {thinned.shape}")
    eta = check_above_zero("learning_rate", learning_rate)
    # e ← w·x̃ - y
    error = np.sum(w * thinned) - float(y)
    # w ← w - η e x̃
    return w - (eta * error * thinned).astype(w.dtype)


def dropout_regression(x: ArrayLike, y: ArrayLike, *, drop: float) -> Array:
    """Return the weights of the smallest squared error expected over all masks on the inputs.

    Shapes:
        x: (N, d). y: (N,) or (N, outputs). Result: (d,) or (d, outputs).

    Equation:
        w = (XᵀX + drop/(1 - drop) diag(XᵀX))⁻¹ Xᵀy: ridge, each feature penalised by its size

    Confusable with:
        `ridge`, which penalises all weights alike.

    Reference:
        Srivastava et al. 2014, section 9.1; Wager, Wang & Liang 2013, section 2.

    Raises:
        ValueError: If the shapes do not match, numbers are so large that squares overflow, drop
            does not lie in [0, 1), or a feature is 0 throughout.
    """
    inputs, targets = check_examples(x, y)
    p = check_fraction("drop", drop)
    gram = inputs.T @ inputs
    squares = np.diag(gram)
    if np.any(squares == 0):
        raise ValueError("expected features that are not 0 throughout, got one that is")
    # (XᵀX + p/(1-p) diag(XᵀX)) w = Xᵀy
    return np.linalg.solve(gram + p / (1 - p) * np.diag(squares), inputs.T @ targets)


def _masked(x: ArrayLike, mask: ArrayLike) -> tuple[Array, NDArray[Any]]:
    values, kept = floating(x, "activations"), np.asarray(mask)
    if kept.shape != values.shape:
        raise ValueError(f"expected a mask of shape {values.shape}, got shape {kept.shape}")
    if not np.all((kept == 0) | (kept == 1)):
        raise ValueError("expected a mask of zeros and ones, got other numbers")
    return values, kept.astype(values.dtype)
