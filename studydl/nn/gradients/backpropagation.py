"""A deep multilayer perceptron: its values forward, its derivatives backward and forward.

Counting follows the notes: ``h_0`` is the input, and W_i leads from ``h_i`` to ``h_(i+1)``, for
i = 0 to L - 1. There is no bias, and the last layer has the activation too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.nn.gradients._inputs import check_shape, floating, matrices_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from studydl.nn.gradients._inputs import Array, Elementwise

__all__ = ["Gradients", "Signals", "backward", "forward", "push_forward"]


class Signals(NamedTuple):
    """What a forward pass leaves.

    Attributes:
        pre_activations: a_1 to a_L, each (examples, units).
        activations: h_0 to h_L, the input first, each (examples, units).
    """

    pre_activations: tuple[Array, ...]
    activations: tuple[Array, ...]


class Gradients(NamedTuple):
    """What a backward pass leaves.

    Attributes:
        activations: The loss's gradients for h_0 to h_L, each (examples, units).
        weights: The loss's gradients for W_0 to W_(L-1), each (fan_out, fan_in).
    """

    activations: tuple[Array, ...]
    weights: tuple[Array, ...]


def forward(inputs: ArrayLike, weights: Sequence[ArrayLike], activation: Elementwise) -> Signals:
    """Send examples through all layers and keep what each of them computes.

    Shapes:
        inputs: (examples, n_0); weights: (n_1, n_0), (n_2, n_1), ...

    Equation:
        a_(i+1) = W_i h_i; h_(i+1) = f(a_(i+1)); with examples in rows, a = h W^T

    Confusable with:
        The convention of matrices (fan_in, fan_out) and a = h W.

    Reference:
        Goodfellow, Bengio & Courville 2016, algorithm 6.3.

    Raises:
        ValueError: If the shapes do not fit, or something does not hold real numbers.
    """
    h = floating(inputs, "inputs")
    states, outputs = [], [h]
    for w in matrices_of(h, weights):
        # a_(i+1) = W_i h_i, one example a row
        a = h @ w.T
        # h_(i+1) = f(a_(i+1))
        h = activation(a)
        states.append(a)
        outputs.append(h)
    return Signals(tuple(states), tuple(outputs))


def backward(
    output_gradient: ArrayLike, weights: Sequence[ArrayLike], signals: Signals, slope: Elementwise
) -> Gradients:
    """Send the gradient for the last activation back through all layers.

    Shapes:
        output_gradient: (examples, n_L), of the loss for h_L; weights as in `forward`.

    Equation:
        ∂L/∂h_i = W_i^T (∂L/∂h_(i+1) ⊙ f'(a_(i+1)));
        ∂L/∂W_i = Σ over examples of (∂L/∂h_(i+1) ⊙ f'(a_(i+1))) h_i^T

    Confusable with:
        The scalar recursion ∂L/∂h_(i+1) f' w_i, which says nothing of transpose or order.

    Reference:
        Goodfellow, Bengio & Courville 2016, algorithm 6.4.

    Raises:
        ValueError: If the shapes do not fit, or something does not hold real numbers.
    """
    g = floating(output_gradient, "output_gradient")
    matrices = matrices_of(signals.activations[0], weights)
    check_shape(g, signals.activations[-1].shape, "output_gradient")
    for_activations, for_weights = [g], []
    for i in reversed(range(len(matrices))):
        # ∂L/∂a_(i+1) = ∂L/∂h_(i+1) ⊙ f'(a_(i+1))
        delta = g * slope(signals.pre_activations[i])
        # ∂L/∂W_i = Σ ∂L/∂a_(i+1) h_i^T
        for_weights.append(delta.T @ signals.activations[i])
        # ∂L/∂h_i = W_i^T ∂L/∂a_(i+1), one example a row
        g = delta @ matrices[i]
        for_activations.append(g)
    return Gradients(tuple(reversed(for_activations)), tuple(reversed(for_weights)))


def push_forward(
    direction: ArrayLike, weights: Sequence[ArrayLike], signals: Signals, slope: Elementwise
) -> tuple[Array, ...]:
    """Return how every layer moves with the input, layer by layer from the input on.

    Shapes:
        direction: (examples, n_0), the velocity of the input; results: as h_0 to h_L.

    Equation:
        dh_(i+1) = f'(a_(i+1)) ⊙ (W_i dh_i)

    Confusable with:
        `backward`, which multiplies the same matrices transposed, from the other end.

    Reference:
        Baydin, Pearlmutter, Radul & Siskind 2018, section 3.1.

    Raises:
        ValueError: If the shapes do not fit, or something does not hold real numbers.
    """
    dh = floating(direction, "direction")
    check_shape(dh, signals.activations[0].shape, "direction")
    moves = [dh]
    for w, a in zip(matrices_of(dh, weights), signals.pre_activations, strict=True):
        # dh_(i+1) = f'(a_(i+1)) ⊙ (W_i dh_i), one example a row
        dh = slope(a) * (dh @ w.T)
        moves.append(dh)
    return tuple(moves)
