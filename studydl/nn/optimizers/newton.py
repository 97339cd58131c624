"""Newton's method: a step to where the gradient of the quadratic model vanishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.optimizers._inputs import check_learning_rate, floating

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.optimizers._inputs import Array

__all__ = ["newton"]


def newton(gradient: ArrayLike, hessian: ArrayLike, *, learning_rate: float = 1.0) -> Array:
    """Return the update to add to the parameters.

    Shapes:
        gradient and update: (parameters,). hessian: (parameters, parameters).

    Equation:
        Δθ = -λ H⁻¹ g, found by solving H p = g; λ is the learning rate, 1 in the pure method.

    Confusable with:
        The minimum of the quadratic model: it is its stationary point, which is a minimum only
        where H is positive definite, else a saddle point or a maximum.
        Division by the diagonal of H, which ignores how the coordinates act together.

    Reference:
        Nocedal & Wright 2006, section 3.3; Boyd & Vandenberghe 2004, section 9.5.

    Raises:
        ValueError: If the gradient is no vector, if the Hessian is not square, of its size and
            symmetric, if it is singular, or if the learning rate is not above 0.
    """
    g, curvature = _checked(gradient, hessian)
    step = check_learning_rate(learning_rate)
    try:
        # H p = g
        p = np.linalg.solve(curvature, g)
    except np.linalg.LinAlgError:
        raise ValueError("expected a Hessian that is not singular") from None
    return -step * p


def _checked(gradient: ArrayLike, hessian: ArrayLike) -> tuple[Array, Array]:
    g, curvature = floating(gradient, "gradient"), floating(hessian, "Hessian")
    if g.ndim != 1 or curvature.shape != (g.size, g.size):
        raise ValueError(
            "expected a gradient of shape (n,) and a Hessian of shape (n, n), got"
            f" {g.shape} and {curvature.shape}"
        )
    # Rounding may part the two halves of a Hessian by some units of the last digits.
    slack = 100 * np.finfo(curvature.dtype).eps * np.max(np.abs(curvature), initial=0.0)
    if np.any(np.abs(curvature - curvature.T) > slack):
        raise ValueError("expected a symmetric Hessian")
    return g, curvature
