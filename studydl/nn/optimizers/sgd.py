"""Gradient descent on a sample: the batches, the gradient that they estimate, and the step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.optimizers._inputs import check_learning_rate, floating

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import ArrayLike, NDArray

    from studydl.nn.optimizers._inputs import Array

__all__ = ["epoch_batches", "minibatch_gradient", "sgd"]


def sgd(gradient: ArrayLike, *, learning_rate: float) -> Array:
    """Return the update to add to the parameters.

    Shapes:
        gradient and update: the parameters' shape. learning_rate: a scalar, the same for all.

    Equation:
        Δθ = -η g. With g over one example it is stochastic, over a few mini-batch, over all of
        them full-batch gradient descent: the step is one and the same.

    Confusable with:
        A step of length η against the gradient, -η g/‖g‖: here the gradient's size counts.
        A step of η against each coordinate's sign, -η sign(g).

    Reference:
        Robbins & Monro 1951; Goodfellow et al. 2016, algorithm 8.1.

    Raises:
        ValueError: If the gradient is not made of real numbers, or if the learning rate is not
            above 0.
    """
    return -check_learning_rate(learning_rate) * floating(gradient, "gradient")


def minibatch_gradient(per_example: ArrayLike, batch: ArrayLike) -> Array:
    """Return the mean gradient over a batch, which estimates the mean over all examples.

    Shapes:
        per_example: (examples, ...), one gradient a row. batch: (batch size,), numbers of rows;
        a row may come more than once. Result: (...), the parameters' shape.

    Equation:
        ĝ = (1/B) Σ gᵢ over the i of the batch; its variance is σ²/B for batches drawn with
        replacement, and σ²/B (N-B)/(N-1) without.

    Confusable with:
        The sum over the batch, with which the step grows with the batch size.
        The sum over the batch divided by the number of all examples.

    Reference:
        Goodfellow et al. 2016, section 8.1.3.

    Raises:
        ValueError: If the batch is empty, is no vector of whole numbers, or names a row that
            is not there.
    """
    gradients = floating(per_example, "per-example gradients")
    rows = np.asarray(batch)
    if gradients.ndim == 0:
        raise ValueError("expected one gradient a row, got a single number")
    if rows.ndim != 1 or rows.size == 0 or rows.dtype.kind not in "iu":
        raise ValueError(
            f"expected a batch of one or more whole numbers in a vector, got {rows.dtype} of shape"
            f" {rows.shape}"
        )
    if np.any((rows < 0) | (rows >= len(gradients))):
        raise ValueError(f"expected rows from 0 to {len(gradients) - 1}, got {rows.tolist()}")
    return np.asarray(gradients[rows].mean(axis=0))


def epoch_batches(rng: Generator, examples: int, batch_size: int) -> tuple[NDArray[np.intp], ...]:
    """Shuffle the examples and cut them into batches, the last of which may be smaller.

    Shapes:
        examples and batch_size: whole numbers. Result: ⌈examples / batch_size⌉ vectors of row
        numbers, in which every example occurs exactly once.

    Equation:
        Batch k holds the places kB to (k+1)B - 1 of a random permutation.

    Confusable with:
        Drawing every batch anew from all examples, which leaves some out and repeats others.

    Reference:
        Goodfellow et al. 2016, section 8.1.3.

    Raises:
        ValueError: If there is no example, or if the batch size does not lie in 1 to examples.
    """
    if not 1 <= batch_size <= examples:
        raise ValueError(
            f"expected a batch_size from 1 to the number of examples, got {batch_size} of"
            f" {examples}"
        )
    order = rng.permutation(examples)
    return tuple(order[start : start + batch_size] for start in range(0, examples, batch_size))
