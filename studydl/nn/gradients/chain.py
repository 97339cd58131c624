"""A chain of single units, one a layer: backpropagation with numbers instead of matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studydl.nn.gradients._inputs import check_shape, floating

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from studydl.nn.gradients._inputs import Array, Elementwise

__all__ = ["ChainGradients", "ChainSignals", "chain_backward", "chain_forward"]


class ChainSignals(NamedTuple):
    """What a forward pass leaves.

    Attributes:
        pre_activations: a_1 to a_L, shape (L,).
        activations: h_0 to h_L, the input first, shape (L + 1,).
    """

    pre_activations: Array
    activations: Array


class ChainGradients(NamedTuple):
    """What a backward pass leaves.

    Attributes:
        activations: The loss's derivatives for h_0 to h_L, shape (L + 1,).
        weights: The loss's derivatives for w_0 to w_(L-1), shape (L,).
    """

    activations: Array
    weights: Array


def chain_forward(value: ArrayLike, weights: ArrayLike, activation: Elementwise) -> ChainSignals:
    """Send one number through all layers and keep what each of them computes.

    Shapes:
        value: a number; weights: (L,).

    Equation:
        a_(i+1) = w_i h_i; h_(i+1) = f(a_(i+1))

    Confusable with:
        A layer that applies f first and the weight afterwards.

    Reference:
        Rumelhart, Hinton & Williams 1986, equations 1 and 2.

    Raises:
        ValueError: If the weights are no vector, or something does not hold real numbers.
    """
    h, w = floating(value, "value"), _vector(weights)
    check_shape(h, (), "value")
    states, outputs = [], [h]
    for i in range(len(w)):
        # a_(i+1) = w_i h_i
        a = w[i] * h
        # h_(i+1) = f(a_(i+1))
        h = activation(a)
        states.append(a)
        outputs.append(h)
    return ChainSignals(np.array(states), np.array(outputs))


def chain_backward(
    output_gradient: ArrayLike, weights: ArrayLike, signals: ChainSignals, slope: Elementwise
) -> ChainGradients:
    """Send the derivative for the last activation back through all layers.

    Shapes:
        output_gradient: a number; weights: (L,).

    Equation:
        ∂L/∂h_i = ∂L/∂h_(i+1) f'(a_(i+1)) w_i; ∂L/∂w_i = ∂L/∂h_(i+1) f'(a_(i+1)) h_i

    Confusable with:
        The slope taken at h_(i+1), the output, instead of at a_(i+1), the input of f.

    Reference:
        Rumelhart, Hinton & Williams 1986, equations 4 to 7.

    Raises:
        ValueError: If the shapes do not fit, or something does not hold real numbers.
    """
    g, w = floating(output_gradient, "output_gradient"), _vector(weights)
    check_shape(g, (), "output_gradient")
    a, h = signals.pre_activations, signals.activations
    check_shape(a, w.shape, "pre-activations")
    check_shape(h, (len(w) + 1,), "activations")
    for_activations, for_weights = [g], []
    for i in reversed(range(len(w))):
        # ∂L/∂a_(i+1) = ∂L/∂h_(i+1) f'(a_(i+1))
        delta = g * slope(a[i])
        # ∂L/∂w_i = ∂L/∂a_(i+1) h_i
        for_weights.append(delta * h[i])
        # ∂L/∂h_i = ∂L/∂a_(i+1) w_i
        g = delta * w[i]
        for_activations.append(g)
    return ChainGradients(np.array(for_activations[::-1]), np.array(for_weights[::-1]))


def _vector(weights: ArrayLike) -> Array:
    w = floating(weights, "weights")
    if w.ndim != 1 or w.size == 0:
        raise ValueError(f"expected weights of shape (layers,), got {w.shape}")
    return w
