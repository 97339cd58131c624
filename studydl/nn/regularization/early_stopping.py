"""Early stopping: when to stop, what to keep, and the path of gradient descent that it cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studydl.nn.regularization._inputs import (
    check_above_zero,
    check_count,
    check_examples,
    check_vector,
    floating,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.regularization._inputs import Array

__all__ = ["Stopped", "descend", "stop_early"]


class Stopped(NamedTuple):
    """Where training ended and what it keeps.

    Attributes:
        epoch: The last epoch that was trained, counted from 0.
        best_epoch: The epoch of the smallest validation loss up to then.
        parameters: The parameters of the best epoch.
    """

    epoch: int
    best_epoch: int
    parameters: Array


def stop_early(losses: ArrayLike, parameters: ArrayLike, *, patience: int) -> Stopped:
    """Stop once the validation loss has not improved for a number of epochs; keep the best.

    Shapes:
        losses: (epochs,). parameters: (epochs, ...). Result: one epoch's parameters.

    Equation:
        stop at the first epoch t with t - argmin_{s ≤ t} loss(s) ≥ patience, keep the argmin's

    Confusable with:
        Stopping at the first epoch without an improvement, which is patience 1. Keeping the last
        parameters instead of the best.

    Reference:
        Goodfellow, Bengio & Courville 2016, algorithm 7.1; Prechelt 1998.

    Raises:
        ValueError: If there are not as many parameters as losses, or the patience is below 1.
    """
    values, kept = check_vector(losses, "losses"), floating(parameters, "parameters")
    if kept.ndim == 0 or len(kept) != len(values):
        raise ValueError(f"expected parameters of {len(values)} epochs, got shape {kept.shape}")
    wait, best = check_count("patience", patience), 0
    for epoch, loss in enumerate(values):
        if loss < values[best]:
            best = epoch
        if epoch - best >= wait:
            return Stopped(epoch, best, kept[best])
    return Stopped(len(values) - 1, best, kept[best])


def descend(x: ArrayLike, y: ArrayLike, *, learning_rate: float, steps: int) -> Array:
    """Return the path of gradient descent from 0 on (1/2N) |y - Xw|².

    Shapes:
        x: (N, d). y: (N,) or (N, outputs). Result: (steps + 1, d) or (steps + 1, d, outputs).

    Equation:
        w ← w - η Xᵀ(Xw - y)/N, which along an eigenvector of XᵀX/N with the eigenvalue h gives
        w(t) = (1 - (1 - ηh)ᵗ) w(∞)

    Confusable with:
        `ridge`, which along that eigenvector gives h/(h + λ) w(∞).

    Reference:
        Goodfellow, Bengio & Courville 2016, section 7.8.

    Raises:
        ValueError: If the shapes do not match, numbers are so large that squares overflow, the
            learning rate is so large that the descent diverges, or there are no steps.
    """
    inputs, targets = check_examples(x, y)
    eta, count = check_above_zero("learning_rate", learning_rate), check_count("steps", steps)
    hessian, pull = inputs.T @ inputs / len(inputs), inputs.T @ targets / len(inputs)
    sharpest = float(np.linalg.eigvalsh(hessian)[-1])
    if eta * sharpest >= 2:
        raise ValueError(
            f"expected a learning_rate below {2 / sharpest:.3g}, beyond which the descent"
            f" diverges, got {learning_rate}"
        )
    weights = np.zeros_like(pull)
    path = [weights]
    for _ in range(count):
        # w ← w - η (Hw - Xᵀy/N)
        weights = weights - eta * (hessian @ weights - pull)
        path.append(weights)
    return np.array(path)
