"""A deep residual network: each block adds to what it was given."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from studydl.nn.gradients._inputs import check_shape, floating, matrices_of
from studydl.nn.gradients.backpropagation import Gradients

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from studydl.nn.gradients._inputs import Array, Elementwise

__all__ = ["ResidualSignals", "residual_backward", "residual_forward"]


class ResidualSignals(NamedTuple):
    """What a forward pass leaves.

    Attributes:
        states: h_0 to h_L, the input first, each (examples, units).
        activations: f(h_0) to f(h_(L-1)), each (examples, units).
    """

    states: tuple[Array, ...]
    activations: tuple[Array, ...]


def residual_forward(
    inputs: ArrayLike, weights: Sequence[ArrayLike], activation: Elementwise, *, skip: float = 1.0
) -> ResidualSignals:
    """Send examples through all blocks and keep what each of them computes.

    A skip of 0 leaves the plain network of the same branches.

    Shapes:
        inputs: (examples, n); weights: (n, n) each; skip: a scalar.

    Equation:
        h_(i+1) = skip h_i + F_i(h_i), F_i(h) = W_i f(h)

    Confusable with:
        The first ResNet, which applies a ReLU after the addition too: its path is no identity.

    Reference:
        He, Zhang, Ren & Sun 2016b, equations 1 to 4 and section 4.

    Raises:
        ValueError: If the shapes do not fit, something does not hold real numbers, or the skip is
            not finite.
    """
    h, share = floating(inputs, "inputs"), _finite(skip)
    states, outputs = [h], []
    for w in matrices_of(h, weights, square=True):
        f = activation(h)
        # h_(i+1) = skip h_i + W_i f(h_i), one example a row
        h = share * h + f @ w.T
        outputs.append(f)
        states.append(h)
    return ResidualSignals(tuple(states), tuple(outputs))


def residual_backward(
    output_gradient: ArrayLike,
    weights: Sequence[ArrayLike],
    signals: ResidualSignals,
    slope: Elementwise,
    *,
    skip: float = 1.0,
) -> Gradients:
    """Send the gradient for the last state back through all blocks.

    Shapes:
        output_gradient: (examples, n), of the loss for h_L; the rest as in `residual_forward`.

    Equation:
        ∂L/∂h_i = skip ∂L/∂h_(i+1) + f'(h_i) ⊙ (W_i^T ∂L/∂h_(i+1));
        ∂L/∂W_i = Σ over examples of ∂L/∂h_(i+1) f(h_i)^T

    Confusable with:
        `backward`, a product of the branches alone.

    Reference:
        He, Zhang, Ren & Sun 2016b, equations 5 and 8.

    Raises:
        ValueError: If the shapes do not fit, something does not hold real numbers, or the skip is
            not finite.
    """
    g, share = floating(output_gradient, "output_gradient"), _finite(skip)
    matrices = matrices_of(signals.states[0], weights, square=True)
    check_shape(g, signals.states[-1].shape, "output_gradient")
    for_states, for_weights = [g], []
    for i in reversed(range(len(matrices))):
        # ∂L/∂W_i = Σ ∂L/∂h_(i+1) f(h_i)^T
        for_weights.append(g.T @ signals.activations[i])
        # ∂L/∂h_i = skip ∂L/∂h_(i+1) + f'(h_i) ⊙ (W_i^T ∂L/∂h_(i+1)), one example a row
        g = share * g + slope(signals.states[i]) * (g @ matrices[i])
        for_states.append(g)
    return Gradients(tuple(reversed(for_states)), tuple(reversed(for_weights)))


def _finite(skip: float) -> float:
    if not math.isfinite(skip):
        raise ValueError(f"expected a finite skip, got {skip}")
    return float(skip)
