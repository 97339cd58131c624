"""A deep network without biases, forward and backward, and the moments of each of its layers.

Counting starts at the input: layer l computes the state ``s_l = h_(l-1) W_l`` and from it the
activation ``h_l = f(s_l)``, for l = 1 to L; ``h_0`` is the input. The last layer has the activation
too, so that all layers are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Gradients", "Moments", "Signals", "backward", "forward", "moments"]

Array: TypeAlias = NDArray[np.floating[Any]]
Elementwise: TypeAlias = Callable[[Array], Array]


class Signals(NamedTuple):
    """What a forward pass leaves.

    Attributes:
        states: s_1 to s_L, each (examples, units).
        activations: h_0 to h_L, the input first, each (examples, units).
    """

    states: tuple[Array, ...]
    activations: tuple[Array, ...]


class Gradients(NamedTuple):
    """What a backward pass leaves.

    Attributes:
        states: The loss's gradients for s_1 to s_L, each (examples, units).
        weights: The loss's gradients for W_1 to W_L, each (fan_in, fan_out).
    """

    states: tuple[Array, ...]
    weights: tuple[Array, ...]


class Moments(NamedTuple):
    """A profile by depth: one number a layer, over all of its elements.

    Attributes:
        mean: The means, shape (layers,).
        variance: The variances about those means, shape (layers,).
        mean_square: The means of the squares, shape (layers,).
    """

    mean: Array
    variance: Array
    mean_square: Array


def forward(inputs: ArrayLike, weights: Sequence[ArrayLike], activation: Elementwise) -> Signals:
    """Send examples through all layers and keep what each of them computes.

    Shapes:
        inputs: (examples, n_0); weights: (n_0, n_1), (n_1, n_2), ...

    Equation:
        s_l = h_(l-1) W_l; h_l = f(s_l)

    Confusable with:
        The transposed convention s = W h, whose matrices are (fan_out, fan_in).

    Reference:
        Glorot & Bengio 2010, section 4.2.1.

    Raises:
        ValueError: If the shapes do not fit, or something does not hold real numbers.
    """
    h = _floating("inputs", inputs)
    matrices = _chained(h, weights)
    states, activations = [], [h]
    for w in matrices:
        # s_l = h_(l-1) W_l
        s = h @ w
        # h_l = f(s_l), element by element
        h = activation(s)
        states.append(s)
        activations.append(h)
    return Signals(tuple(states), tuple(activations))


def backward(
    output_gradient: ArrayLike, weights: Sequence[ArrayLike], signals: Signals, slope: Elementwise
) -> Gradients:
    """Send the gradient for the last activation back through all layers.

    Shapes:
        output_gradient: (examples, n_L), of the loss for h_L; the rest as in `forward`.

    Equation:
        δ_l = ∂L/∂h_l ⊙ f'(s_l); ∂L/∂W_l = h_(l-1)^T δ_l; ∂L/∂h_(l-1) = δ_l W_l^T

    Confusable with:
        The gradient for the activation h_l, which lacks the factor f'(s_l).

    Reference:
        Glorot & Bengio 2010, equations 2 and 3.

    Raises:
        ValueError: If the shapes do not fit, or something does not hold real numbers.
    """
    gradient = _floating("output_gradient", output_gradient)
    if gradient.shape != signals.activations[-1].shape:
        expected = signals.activations[-1].shape
        raise ValueError(f"expected an output_gradient of shape {expected}, got {gradient.shape}")
    matrices = _chained(signals.activations[0], weights)
    for_states, for_weights = [], []
    for layer in reversed(range(len(matrices))):
        # δ_l = ∂L/∂h_l ⊙ f'(s_l)
        delta = gradient * slope(signals.states[layer])
        # ∂L/∂W_l = h_(l-1)^T δ_l
        for_weights.append(signals.activations[layer].T @ delta)
        # ∂L/∂h_(l-1) = δ_l W_l^T
        gradient = delta @ matrices[layer].T
        for_states.append(delta)
    return Gradients(tuple(reversed(for_states)), tuple(reversed(for_weights)))


def moments(layers: Sequence[ArrayLike]) -> Moments:
    """Return mean, variance and mean square of each layer, over all of its elements.

    Shapes:
        layers: arrays of any shape, of at least one element each.

    Equation:
        variance = mean square - mean^2

    Confusable with:
        The variance of one unit over the examples. The mean square, which is what the next
        layer's states grow with: both agree only where the mean is 0.

    Reference:
        He, Zhang, Ren & Sun 2015, equations 6 to 8.

    Raises:
        ValueError: If there is no layer, a layer is empty, or one does not hold real numbers.
    """
    arrays = [_floating("layers", layer) for layer in layers]
    if not arrays or any(array.size == 0 for array in arrays):
        raise ValueError("expected at least one layer, and an element in each")
    return Moments(
        mean=np.array([np.mean(array) for array in arrays]),
        variance=np.array([np.var(array) for array in arrays]),
        mean_square=np.array([np.mean(array * array) for array in arrays]),
    )


def _chained(inputs: Array, weights: Sequence[ArrayLike]) -> list[Array]:
    """Return the weights as matrices, each of which fits what comes out of the one before."""
    if inputs.ndim != 2:
        raise ValueError(f"expected inputs of shape (examples, units), got {inputs.shape}")
    if len(weights) == 0:
        raise ValueError("expected the weights of at least one layer")
    matrices, width = [], inputs.shape[1]
    for layer, each in enumerate(weights, start=1):
        matrix = _floating("weights", each)
        if matrix.ndim != 2 or matrix.shape[0] != width:
            raise ValueError(
                f"expected the weights of layer {layer} to have shape ({width}, units),"
                f" got {matrix.shape}"
            )
        matrices.append(matrix)
        width = matrix.shape[1]
    return matrices


def _floating(name: str, values: ArrayLike) -> Array:
    array = np.asarray(values)
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    if array.dtype.kind != "f":
        raise ValueError(f"expected the {name} to hold real numbers, got {array.dtype}")
    return array
