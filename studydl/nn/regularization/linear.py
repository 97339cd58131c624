"""Linear regression: without a penalty, with L2 (ridge), with L1 (lasso), with both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.regularization._inputs import (
    check_above_zero,
    check_count,
    check_examples,
    check_not_negative,
)
from studydl.nn.regularization.penalties import soft_threshold

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.regularization._inputs import Array

__all__ = ["elastic_net", "lasso", "least_squares", "ridge"]


def least_squares(x: ArrayLike, y: ArrayLike) -> Array:
    """Return the weights of the smallest squared error; among several, the shortest.

    Shapes:
        x: (N, d). y: (N,) or (N, outputs). Result: (d,) or (d, outputs).

    Equation:
        w = X⁺ y, which is (XᵀX)⁻¹ Xᵀ y where the columns of X are independent

    Confusable with:
        `ridge`, whose penalty makes every fit unique and shorter.

    Reference:
        Hastie, Tibshirani & Friedman 2009, section 3.2.

    Raises:
        ValueError: If the shapes do not match, or numbers are so large that squares overflow.
    """
    inputs, targets = check_examples(x, y)
    return np.linalg.lstsq(inputs, targets)[0]


def ridge(x: ArrayLike, y: ArrayLike, *, penalty: float) -> Array:
    """Return the weights of the smallest squared error with an L2 penalty.

    Minimises (1/2N) |y - Xw|² + (penalty/2) |w|²: a mean over the examples, as deep learning does.

    Shapes:
        x: (N, d). y: (N,) or (N, outputs). Result: (d,) or (d, outputs).

    Equation:
        w = (XᵀX/N + λI)⁻¹ Xᵀy/N

    Confusable with:
        The convention with a sum over the examples, in which λ is N times as large. `lasso`,
        which sets weights to exactly 0.

    Reference:
        Hoerl & Kennard 1970, section 2.

    Raises:
        ValueError: If the shapes do not match, numbers are so large that squares overflow, or the
            penalty is not above 0.
    """
    inputs, targets = check_examples(x, y)
    strength = check_above_zero("penalty", penalty)
    count, width = inputs.shape
    identity = np.eye(width, dtype=inputs.dtype)
    # (XᵀX/N + λI) w = Xᵀy/N
    return np.linalg.solve(
        inputs.T @ inputs / count + strength * identity, inputs.T @ targets / count
    )


def lasso(x: ArrayLike, y: ArrayLike, *, penalty: float, sweeps: int = 1000) -> Array:
    """Return the weights of the smallest squared error with an L1 penalty.

    Shapes:
        x: (N, d). y: (N,). Result: (d,).

    Equation:
        w = argmin (1/2N) |y - Xw|² + λ |w|₁

    Confusable with:
        `ridge`, which shrinks every weight and sets none to 0.

    Reference:
        Tibshirani 1996, section 2.

    Raises:
        ValueError: If the shapes do not match, numbers are so large that squares overflow, the
            penalty is below 0, or sweeps is below 1.
    """
    return elastic_net(x, y, l1=penalty, l2=0.0, sweeps=sweeps)


def elastic_net(x: ArrayLike, y: ArrayLike, *, l1: float, l2: float, sweeps: int = 1000) -> Array:
    """Return the weights of the smallest squared error with both penalties.

    Coordinate descent: each weight in turn is set to its best value, the others being as they
    are, until a sweep changes nothing that can be seen, or the sweeps are used up.

    Shapes:
        x: (N, d). y: (N,). Result: (d,).

    Equation:
        w = argmin (1/2N) |y - Xw|² + l1 |w|₁ + (l2/2) |w|², by
        wⱼ ← S(xⱼᵀ(y - Σₖ≠ⱼ xₖwₖ)/N, l1) / (|xⱼ|²/N + l2), S being the soft threshold

    Confusable with:
        The parametrisation by a strength and an L1 ratio.

    Reference:
        Zou & Hastie 2005, section 2; Friedman, Hastie & Tibshirani 2010, section 2.

    Raises:
        ValueError: If the shapes do not match, numbers are so large that squares overflow, a
            penalty is below 0, or sweeps is below 1.
    """
    inputs, targets = check_examples(x, y)
    if targets.ndim != 1:
        raise ValueError(f"expected one target an example, got shape {targets.shape}")
    sparsity, decay = check_not_negative("l1", l1), check_not_negative("l2", l2)
    weights: Array = np.zeros_like(inputs[0])
    # |xⱼ|²/N; a feature that is 0 throughout keeps its weight 0
    curvature = np.mean(inputs**2, axis=0)
    for _ in range(check_count("sweeps", sweeps)):
        before = weights.copy()
        for j in np.flatnonzero(curvature):
            column = inputs[:, j]
            # xⱼᵀ(y - Σₖ≠ⱼ xₖwₖ)/N, from the residual of all weights
            pull = np.mean(column * (targets - inputs @ weights)) + curvature[j] * weights[j]
            # wⱼ ← S(pull, l1) / (|xⱼ|²/N + l2)
            weights[j] = soft_threshold(pull, threshold=sparsity) / (curvature[j] + decay)
        if np.all(np.abs(weights - before) <= np.finfo(weights.dtype).eps * np.abs(before)):
            break
    return weights
