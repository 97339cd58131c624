"""Normalisation in a recurrent layer: of its two terms, of one of them, or of their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.nn.normalization._inputs import check_shape, floating
from studydl.nn.normalization.batch_norm import NormGradients, batch_norm, batch_norm_backward
from studydl.nn.normalization.layer_norm import layer_norm, layer_norm_backward

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from studydl.nn.normalization._inputs import Array

__all__ = [
    "Norm",
    "Placement",
    "RecurrentCache",
    "RecurrentGradients",
    "RecurrentWeights",
    "batch_norm_at",
    "layer_norm_at",
    "recurrent_backward",
    "recurrent_forward",
    "sequence_batch_norm",
    "sequence_batch_norm_backward",
]


class RecurrentWeights(NamedTuple):
    """The two matrices of the layer: (d, d) from state to state, (d_in, d) from input to state."""

    hidden: Array
    input: Array


class Norm(NamedTuple):
    """One normalisation: its two passes and its learnt parameters, shared by all time steps."""

    forward: Callable[..., tuple[Array, Any]]
    backward: Callable[..., NormGradients]
    gain: Array
    shift: Array


class Placement(NamedTuple):
    """What is normalised: the hidden term, the input term, their sum, or any of these.

    The sum alone is the first way, the input term alone the second, both terms the third. The
    second in a stack of layers is also the fourth, vertical way.
    """

    hidden: Norm | None = None
    input: Norm | None = None
    total: Norm | None = None


class _Step(NamedTuple):
    """What the backward pass needs of one time step."""

    before: Array
    after: Array
    caches: tuple[Any, Any, Any]


class RecurrentCache(NamedTuple):
    """What the backward pass needs of the forward pass."""

    x: Array
    weights: RecurrentWeights
    placement: Placement
    steps: tuple[_Step, ...]


class RecurrentGradients(NamedTuple):
    """The gradients for what `recurrent_forward` was given, each in its shape.

    Attributes:
        x: (batch, m, d_in).
        start: (batch, d).
        weights: For both matrices.
        gains: For hidden, input and total gain; zeros where nothing is normalised.
        shifts: For hidden, input and total shift; zeros where nothing is normalised.
    """

    x: Array
    start: Array
    weights: RecurrentWeights
    gains: Array
    shifts: Array


def batch_norm_at(gain: ArrayLike, shift: ArrayLike) -> Norm:
    """Return batch norm for a `Placement`: at each time step over the batch."""
    return Norm(batch_norm, batch_norm_backward, floating(gain, "gain"), floating(shift, "shift"))


def layer_norm_at(gain: ArrayLike, shift: ArrayLike) -> Norm:
    """Return layer norm for a `Placement`: at each time step over the units of each example."""
    return Norm(layer_norm, layer_norm_backward, floating(gain, "gain"), floating(shift, "shift"))


def recurrent_forward(
    x: ArrayLike, start: ArrayLike, weights: RecurrentWeights, placement: Placement
) -> tuple[Array, RecurrentCache]:
    """Return the states of all time steps, and what the backward pass needs.

    Every step has statistics of its own; gain and shift are the same at all steps.

    Shapes:
        x: (batch, m, d_in). start: (batch, d). weights: (d, d) and (d_in, d). Result:
        (batch, m, d).

    Equation:
        h_t = tanh(N(N_h(h_{t-1} W_h) + N_x(x_t W_x))), where an N that is not placed does nothing

    Confusable with:
        Statistics over the whole sequence, as `sequence_batch_norm` takes them.
        A gain for every time step, which no paper needs: only the statistics differ by step.

    Reference:
        Cooijmans et al. 2017, section 3; Laurent et al. 2016, section 3; Ba et al. 2016,
        section 3.1.

    Raises:
        ValueError: If the shapes do not fit.
    """
    x, h = floating(x, "x"), floating(start, "start")
    w_h, w_x = weights
    if x.ndim != 3:
        raise ValueError(f"expected x of shape (batch, m, d_in), got shape {x.shape}")
    check_shape(h, (x.shape[0], w_h.shape[0]), "start")
    check_shape(w_h, (h.shape[1], h.shape[1]), "the hidden weights")
    check_shape(w_x, (x.shape[2], h.shape[1]), "the input weights")

    steps = []
    for t in range(x.shape[1]):
        from_hidden, hidden_cache = _forward(placement.hidden, h @ w_h)
        from_input, input_cache = _forward(placement.input, x[:, t] @ w_x)
        total, total_cache = _forward(placement.total, from_hidden + from_input)
        # h_t = tanh(N(N_h(h_{t-1} W_h) + N_x(x_t W_x)))
        after = np.tanh(total)
        steps.append(_Step(h, after, (hidden_cache, input_cache, total_cache)))
        h = after
    states = np.stack([step.after for step in steps], axis=1)
    return states, RecurrentCache(x, weights, placement, tuple(steps))


def recurrent_backward(gradient: ArrayLike, cache: RecurrentCache) -> RecurrentGradients:
    """Return all gradients, given that for the states: back through time.

    Shapes:
        gradient: (batch, m, d). Results: as in `RecurrentGradients`.

    Equation:
        δ_t = (g_t + ∂L/∂h_t) (1 - h_t²), then through the norms, to W_h, W_x and h_{t-1}

    Confusable with:
        A backward pass that takes each step's statistics for constants.

    Reference:
        Werbos 1990; Cooijmans et al. 2017, section 3.

    Raises:
        ValueError: If the gradient has not the shape of the states.
    """
    g, (w_h, w_x), at = floating(gradient, "gradient"), cache.weights, cache.placement
    check_shape(g, (*cache.x.shape[:2], w_h.shape[0]), "gradient")
    for_h, for_x = np.zeros_like(g[:, 0]), np.zeros_like(cache.x)
    for_w_h, for_w_x = np.zeros_like(w_h), np.zeros_like(w_x)
    for_gains, for_shifts = np.zeros((2, 3, w_h.shape[0]), g.dtype)

    for t in reversed(range(g.shape[1])):
        before, after, (hidden_cache, input_cache, total_cache) = cache.steps[t]
        # δ = (g_t + ∂L/∂h_t) (1 - h_t²)
        delta = (g[:, t] + for_h) * (1 - after**2)
        total = _backward(at.total, delta, total_cache)
        hidden = _backward(at.hidden, total.x, hidden_cache)
        entering = _backward(at.input, total.x, input_cache)
        for_w_h += before.T @ hidden.x
        for_w_x += cache.x[:, t].T @ entering.x
        for_x[:, t] = entering.x @ w_x.T
        for_h = hidden.x @ w_h.T
        for_gains += np.stack([hidden.gain, entering.gain, total.gain])
        for_shifts += np.stack([hidden.shift, entering.shift, total.shift])

    return RecurrentGradients(
        for_x, for_h, RecurrentWeights(for_w_h, for_w_x), for_gains, for_shifts
    )


def sequence_batch_norm(
    x: ArrayLike, gain: ArrayLike, shift: ArrayLike, *, epsilon: float = 1e-5
) -> tuple[Array, Any]:
    """Return batch norm of sequences with one set of statistics for all time steps.

    Shapes:
        x and output: (batch, m, d). gain and shift: (d,).

    Equation:
        As `batch_norm`, the mean and variance of each feature running over batch and time.

    Confusable with:
        Statistics of each time step, which need as many steps in training as at inference.

    Reference:
        Laurent et al. 2016, section 3; Amodei et al. 2016, section 3.2.

    Raises:
        ValueError: If x has not three axes; otherwise as `batch_norm`.
    """
    x = _sequences(x, "x")
    output, cache = batch_norm(x.reshape(-1, x.shape[2]), gain, shift, epsilon=epsilon)
    return output.reshape(x.shape), cache


def sequence_batch_norm_backward(gradient: ArrayLike, cache: Any) -> NormGradients:
    """Return the gradients for input, gain and shift, given that for the output.

    Shapes:
        gradient: (batch, m, d). Results: as x, gain and shift.

    Equation:
        As `batch_norm_backward`, with sums over batch and time.

    Confusable with:
        The sum over the batch alone, which belongs to statistics of each step.

    Reference:
        Laurent et al. 2016, section 3.

    Raises:
        ValueError: If the gradient has not the shape of the output.
    """
    g = _sequences(gradient, "gradient")
    gradients = batch_norm_backward(g.reshape(-1, g.shape[2]), cache)
    return gradients._replace(x=gradients.x.reshape(g.shape))


def _sequences(values: ArrayLike, name: str) -> Array:
    array = floating(values, name)
    if array.ndim != 3:
        raise ValueError(f"expected {name} of shape (batch, m, d), got shape {array.shape}")
    return array


def _forward(norm: Norm | None, z: Array) -> tuple[Array, Any]:
    return (z, None) if norm is None else norm.forward(z, norm.gain, norm.shift)


def _backward(norm: Norm | None, gradient: Array, cache: Any) -> NormGradients:
    if norm is None:
        nothing = np.zeros_like(gradient[0])
        return NormGradients(gradient, nothing, nothing)
    return norm.backward(gradient, cache)
