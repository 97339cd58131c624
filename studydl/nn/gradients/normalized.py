"""A deep network that standardises every unit over the batch before it is activated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.nn.gradients._inputs import check_shape, floating, matrices_of
from studydl.nn.gradients.backpropagation import Gradients
from studydl.nn.normalization import Standardized, standardize, standardize_backward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from studydl.nn.gradients._inputs import Array, Elementwise

__all__ = ["NormalizedSignals", "normalized_backward", "normalized_forward"]


class NormalizedSignals(NamedTuple):
    """What a forward pass leaves.

    Attributes:
        standardized: z_1 to z_L with the statistics of the batch.
        activations: h_0 to h_L, the input first, each (examples, units).
    """

    standardized: tuple[Standardized, ...]
    activations: tuple[Array, ...]


def normalized_forward(
    inputs: ArrayLike,
    weights: Sequence[ArrayLike],
    activation: Elementwise,
    *,
    epsilon: float = 1e-5,
) -> NormalizedSignals:
    """Send a batch through all layers and keep what each of them computes.

    The learnt gain is 1 and the learnt shift 0, as they are when training starts.

    Shapes:
        inputs: (examples, n_0); weights: (n_1, n_0), (n_2, n_1), ...

    Equation:
        a_(i+1) = W_i h_i; z = (a - μ) / √(σ² + ε), over the batch; h_(i+1) = f(z)

    Confusable with:
        Normalising the activations h after f. `forward`, whose examples know nothing of each
        other.

    Reference:
        Ioffe & Szegedy 2015, section 3.2.

    Raises:
        ValueError: If the shapes do not fit, something does not hold real numbers, or epsilon is
            below 0.
    """
    h = floating(inputs, "inputs")
    batches, outputs = [], [h]
    for w in matrices_of(h, weights):
        # z = (a - μ) / √(σ² + ε), a = W_i h_i
        z = standardize(h @ w.T, axes=(0,), epsilon=epsilon)
        # h_(i+1) = f(z)
        h = activation(z.values)
        batches.append(z)
        outputs.append(h)
    return NormalizedSignals(tuple(batches), tuple(outputs))


def normalized_backward(
    output_gradient: ArrayLike,
    weights: Sequence[ArrayLike],
    signals: NormalizedSignals,
    slope: Elementwise,
) -> Gradients:
    """Send the gradient for the last activation back through all layers and their statistics.

    Shapes:
        output_gradient: (examples, n_L), of the loss for h_L; weights as in the forward pass.

    Equation:
        ∂L/∂z = ∂L/∂h_(i+1) ⊙ f'(z); ∂L/∂a as in `standardize_backward`;
        ∂L/∂W_i = Σ over examples of ∂L/∂a h_i^T; ∂L/∂h_i = W_i^T ∂L/∂a

    Confusable with:
        Treating mean and variance as constants, ∂L/∂a = ∂L/∂z / √(σ² + ε).

    Reference:
        Ioffe & Szegedy 2015, section 3, after algorithm 1.

    Raises:
        ValueError: If the shapes do not fit, or something does not hold real numbers.
    """
    g = floating(output_gradient, "output_gradient")
    matrices = matrices_of(signals.activations[0], weights)
    check_shape(g, signals.activations[-1].shape, "output_gradient")
    for_activations, for_weights = [g], []
    for i in reversed(range(len(matrices))):
        z = signals.standardized[i]
        # ∂L/∂z = ∂L/∂h_(i+1) ⊙ f'(z), then through the statistics to a
        delta = standardize_backward(g * slope(z.values), z)
        # ∂L/∂W_i = Σ ∂L/∂a h_i^T
        for_weights.append(delta.T @ signals.activations[i])
        # ∂L/∂h_i = W_i^T ∂L/∂a, one example a row
        g = delta @ matrices[i]
        for_activations.append(g)
    return Gradients(tuple(reversed(for_activations)), tuple(reversed(for_weights)))
