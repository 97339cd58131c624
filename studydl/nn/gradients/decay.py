"""What L2 regularisation does to a gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.nn.gradients._inputs import check_shape, floating, positive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from studydl.nn.gradients._inputs import Array

__all__ = ["add_weight_decay"]


def add_weight_decay(
    gradients: Sequence[ArrayLike], weights: Sequence[ArrayLike], *, strength: float
) -> tuple[Array, ...]:
    """Return the gradients of the loss with an L2 penalty on the weights.

    Shapes:
        gradients, weights and results: any, the same, one array a parameter.

    Equation:
        ∂/∂w (L + λ/2 |w|²) = g + λ w

    Confusable with:
        Clipping, which looks at the gradient. This looks at the weight, and adds.

    Reference:
        Goodfellow, Bengio & Courville 2016, section 7.1.1.

    Raises:
        ValueError: If the strength is not finite and above 0, the shapes differ, or something
            does not hold real numbers.
    """
    penalty = positive("strength", strength)
    if len(gradients) != len(weights):
        raise ValueError(f"expected {len(weights)} gradients, one a weight, got {len(gradients)}")
    results = []
    for gradient, weight in zip(gradients, weights, strict=True):
        g, w = floating(gradient, "gradients"), floating(weight, "weights")
        check_shape(g, w.shape, "gradient")
        # g + λ w
        results.append(g + penalty * w)
    return tuple(results)
