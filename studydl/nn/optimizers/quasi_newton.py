"""Quasi-Newton methods: the inverse of the Hessian, learnt from changes of the gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.optimizers._inputs import floating

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.optimizers._inputs import Array

__all__ = ["bfgs_inverse", "lbfgs_direction"]


def bfgs_inverse(inverse: ArrayLike, step: ArrayLike, change: ArrayLike) -> Array:
    """Return the estimate of the inverse Hessian after one more step.

    Shapes:
        inverse and result: (parameters, parameters). step and change: (parameters,).

    Equation:
        H ← (I - ρ s yᵀ) H (I - ρ y sᵀ) + ρ s sᵀ, with ρ = 1/(sᵀy), s the step and y the change of
        the gradient along it. Then H y = s, the secant condition.

    Confusable with:
        DFP, the same formula with s and y exchanged, which updates the Hessian, not its inverse.
        Newton's method, which inverts the Hessian itself.

    Reference:
        Nocedal & Wright 2006, equation 6.17.

    Raises:
        ValueError: If the shapes do not fit, or if the curvature sᵀy is not above 0, so that no
            positive definite estimate can satisfy the secant condition.
    """
    estimate = floating(inverse, "inverse Hessian")
    s, y, curvature = _pair(step, change)
    if estimate.shape != (s.size, s.size):
        raise ValueError(
            f"expected an inverse Hessian of shape {(s.size, s.size)}, got {estimate.shape}"
        )
    # V = I - y sᵀ / (sᵀy)
    left_over = np.eye(s.size, dtype=s.dtype) - np.outer(y, s) / curvature
    # H = Vᵀ H V + s sᵀ / (sᵀy)
    return np.asarray(left_over.T @ estimate @ left_over + np.outer(s, s) / curvature)


def lbfgs_direction(gradient: ArrayLike, steps: ArrayLike, changes: ArrayLike) -> Array:
    """Return minus the inverse Hessian's estimate times the gradient, without forming a matrix.

    Shapes:
        gradient and result: (parameters,). steps and changes: (memory, parameters), oldest first;
        with a memory of 0 rows the result is the steepest descent.

    Equation:
        The two-loop recursion: what BFGS makes of the remembered pairs, starting from γ I with
        γ = sᵀy / yᵀy of the newest pair.

    Confusable with:
        BFGS, which keeps the whole matrix and with it every pair since the start.

    Reference:
        Nocedal 1980; Nocedal & Wright 2006, algorithm 7.4.

    Raises:
        ValueError: If the shapes do not fit, or if a pair's curvature sᵀy is not above 0.
    """
    q = floating(gradient, "gradient").copy()
    past = np.shape(steps)
    if q.ndim != 1 or len(past) != 2 or past[1] != q.size or np.shape(changes) != past:
        raise ValueError(
            "expected a gradient of shape (n,) and steps and changes of one shape (memory, n), got"
            f" {q.shape}, {past} and {np.shape(changes)}"
        )
    pairs = [_pair(s, y) for s, y in zip(np.asarray(steps), np.asarray(changes), strict=True)]

    # From the newest pair to the oldest: a = sᵀq / sᵀy, q = q - a y
    shares = []
    for s, y, curvature in reversed(pairs):
        share = s @ q / curvature
        shares.append(share)
        q = q - share * y
    if pairs:
        # q = γ q, the size of the inverse curvature along the newest pair
        _, y, curvature = pairs[-1]
        q = q * (curvature / (y @ y))
    # Back from the oldest to the newest: q = q + (a - yᵀq / sᵀy) s
    for (s, y, curvature), share in zip(pairs, reversed(shares), strict=True):
        q = q + (share - y @ q / curvature) * s
    return -q


def _pair(step: ArrayLike, change: ArrayLike) -> tuple[Array, Array, Array]:
    """Return a step, the change of the gradient along it, and their product."""
    s, y = floating(step, "step"), floating(change, "change of the gradient")
    if s.ndim != 1 or s.shape != y.shape:
        raise ValueError(
            f"expected a step and a change of one shape (n,), got {s.shape} and {y.shape}"
        )
    curvature = s @ y
    if not curvature > 0:
        raise ValueError(f"expected a curvature step·change above 0, got {curvature:.3g}")
    return s, y, curvature
