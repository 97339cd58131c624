"""Ridge regression: a model whose parameters are solved for, and whose penalty has to be chosen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from studydl.nn.hyperparameters._inputs import floating

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.hyperparameters._inputs import Array

__all__ = ["ridge"]


def ridge(inputs: ArrayLike, targets: ArrayLike, *, penalty: float) -> Array:
    """Return the weights of linear regression with an L2 penalty: a model to try penalties on.

    Shapes:
        inputs: (examples, features); targets: (examples,). Result: (features,).

    Equation:
        w = (XᵀX + penalty I)⁻¹ Xᵀy, which minimises ‖Xw - y‖² + penalty ‖w‖²

    Confusable with:
        The penalty on a mean of squares, which counts n times as much.

    Reference:
        Hoerl & Kennard 1970, equation 2.1; Hastie, Tibshirani & Friedman 2009, equation 3.44.

    Raises:
        ValueError: If the shapes do not fit, the penalty is not finite and 0 or more, or it is 0
            and a feature is a combination of others.
    """
    x, y = floating("inputs", inputs), floating("targets", targets)
    if x.ndim != 2 or y.shape != x.shape[:1]:
        raise ValueError(
            "expected inputs of shape (examples, features) and a target for each example,"
            f" got {x.shape} and {y.shape}"
        )
    if not 0 <= penalty < math.inf:
        raise ValueError(f"expected a finite penalty of 0 or more, got {penalty}")
    identity = np.eye(x.shape[1], dtype=x.dtype)
    try:
        return np.linalg.solve(x.T @ x + float(penalty) * identity, x.T @ y)
    except np.linalg.LinAlgError:
        raise ValueError("expected independent features, or a penalty above 0") from None
