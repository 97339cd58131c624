"""Deep networks, forward and backward: by hand, by finite differences, and what they refuse."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.activations import relu, relu_gradient, sigmoid, sigmoid_gradient, tanh
from studydl.nn.gradients import (
    Signals,
    backward,
    chain_backward,
    chain_forward,
    forward,
    normalized_backward,
    normalized_forward,
    push_forward,
    residual_backward,
    residual_forward,
)

SIZES = [3, 5, 4, 2]
seeds = st.integers(0, 2**32 - 1)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def network(rng: np.random.Generator, sizes: list[int] = SIZES, dtype: type = np.float64):
    weights = [
        rng.normal(size=(n_out, n_in)).astype(dtype) for n_in, n_out in itertools.pairwise(sizes)
    ]
    return rng.normal(size=(6, sizes[0])).astype(dtype), weights


def loss_slopes(loss, arrays: list[np.ndarray]) -> list[np.ndarray]:
    """Differentiate by central differences, one number at a time."""
    slopes = []
    for array in arrays:
        slope = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            kept, step = array[index], 1e-6
            array[index] = kept + step
            above = loss()
            array[index] = kept - step
            slope[index] = (above - loss()) / (2 * step)
            array[index] = kept
        slopes.append(slope)
    return slopes


def test_a_chain_of_two_units_by_hand() -> None:
    signals = chain_forward(3.0, [2.0, -1.0], relu)

    gradients = chain_backward(10.0, [2.0, -1.0], signals, lambda a: 0 * a + 0.5)

    assert signals.pre_activations.tolist() == [6.0, -6.0]
    assert signals.activations.tolist() == [3.0, 6.0, 0.0]
    assert gradients.activations.tolist() == [-5.0, -5.0, 10.0]
    assert gradients.weights.tolist() == [-7.5, 30.0]


@given(seed=seeds)
def test_a_chain_is_a_network_of_width_one(seed) -> None:
    rng = np.random.default_rng(seed)
    x, g, weights = rng.normal(), rng.normal(), rng.normal(size=4)
    matrices = [np.array([[w]]) for w in weights]

    chain = chain_backward(g, weights, chain_forward(x, weights, sigmoid), sigmoid_gradient)
    signals = forward([[x]], matrices, sigmoid)
    network = backward([[g]], matrices, signals, sigmoid_gradient)

    np.testing.assert_allclose(chain.weights, np.ravel(network.weights), rtol=1e-13)
    np.testing.assert_allclose(chain.activations, np.ravel(network.activations), rtol=1e-13)


def test_a_layer_by_hand_multiplies_by_the_transposed_matrix() -> None:
    signals = forward([[1.0, 2.0]], [[[1.0, 0.0], [3.0, -1.0], [0.0, 1.0]]], relu)

    gradients = backward([[1.0, 10.0, 100.0]], [[[1, 0], [3, -1], [0, 1]]], signals, relu_gradient)

    assert signals.activations[1].tolist() == [[1.0, 1.0, 2.0]]
    assert gradients.activations[0].tolist() == [[31.0, 90.0]]
    assert gradients.weights[0].tolist() == [[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]]


def test_the_weight_gradient_sums_over_the_examples() -> None:
    x = np.array([[1.0], [10.0]])

    gradients = backward([[1.0], [1.0]], [[[2.0]]], forward(x, [[[2.0]]], relu), relu_gradient)

    assert gradients.weights[0].tolist() == [[11.0]]


@pytest.mark.parametrize("seed", range(3))
def test_backward_agrees_with_central_differences(seed) -> None:
    x, weights = network(np.random.default_rng(seed))
    target = np.random.default_rng(99).normal(size=(6, SIZES[-1]))

    gradients = backward(target, weights, forward(x, weights, sigmoid), sigmoid_gradient)

    slopes = loss_slopes(
        lambda: np.sum(target * forward(x, weights, sigmoid).activations[-1]), [x, *weights]
    )
    np.testing.assert_allclose(gradients.activations[0], slopes[0], atol=1e-8)
    for ours, theirs in zip(gradients.weights, slopes[1:], strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-8)


@given(seed=seeds)
def test_pushing_forward_and_pulling_back_agree_on_every_pair_of_directions(seed) -> None:
    rng = np.random.default_rng(seed)
    x, weights = network(rng)
    direction, g = rng.normal(size=x.shape), rng.normal(size=(6, SIZES[-1]))
    signals = forward(x, weights, sigmoid)

    pushed = push_forward(direction, weights, signals, sigmoid_gradient)[-1]
    pulled = backward(g, weights, signals, sigmoid_gradient).activations[0]

    assert np.sum(g * pushed) == pytest.approx(np.sum(pulled * direction), rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("skip", [1.0, 0.0, -0.5])
def test_residual_backward_agrees_with_central_differences(skip) -> None:
    x, weights = network(np.random.default_rng(4), [3, 3, 3])
    target = np.random.default_rng(5).normal(size=x.shape)

    signals = residual_forward(x, weights, sigmoid, skip=skip)
    gradients = residual_backward(target, weights, signals, sigmoid_gradient, skip=skip)

    slopes = loss_slopes(
        lambda: np.sum(target * residual_forward(x, weights, sigmoid, skip=skip).states[-1]),
        [x, *weights],
    )
    np.testing.assert_allclose(gradients.activations[0], slopes[0], atol=1e-8)
    np.testing.assert_allclose(gradients.weights, slopes[1:], atol=1e-8)


def test_normalized_backward_agrees_with_central_differences() -> None:
    x, weights = network(np.random.default_rng(6))
    target = np.random.default_rng(7).normal(size=(6, SIZES[-1]))

    signals = normalized_forward(x, weights, sigmoid, epsilon=0.1)
    gradients = normalized_backward(target, weights, signals, sigmoid_gradient)

    slopes = loss_slopes(
        lambda: np.sum(
            target * normalized_forward(x, weights, sigmoid, epsilon=0.1).activations[-1]
        ),
        [x, *weights],
    )
    np.testing.assert_allclose(gradients.activations[0], slopes[0], atol=1e-7)
    for ours, theirs in zip(gradients.weights, slopes[1:], strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-7)


def test_normalized_units_have_mean_zero_and_variance_one_over_the_batch() -> None:
    x, weights = network(np.random.default_rng(8))

    signals = normalized_forward(x, weights, sigmoid, epsilon=0.0)

    for z in signals.standardized:
        np.testing.assert_allclose(np.mean(z.values, axis=0), 0.0, atol=1e-13)
        np.testing.assert_allclose(np.var(z.values, axis=0), 1.0, rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_is_kept(dtype) -> None:
    x, weights = network(np.random.default_rng(0), [3, 3, 3], dtype)
    signals = forward(x, weights, sigmoid)
    residual = residual_forward(x, weights, sigmoid)
    normalized = normalized_forward(x, weights, sigmoid)
    chain = chain_forward(dtype(1), np.ones(2, dtype), sigmoid)

    results = [
        *backward(x, weights, signals, sigmoid_gradient),
        *residual_backward(x, weights, residual, sigmoid_gradient),
        *normalized_backward(x, weights, normalized, sigmoid_gradient),
    ]

    assert {array.dtype for group in results for array in group} == {np.dtype(dtype)}
    assert {moved.dtype for moved in push_forward(x, weights, signals, sigmoid_gradient)} == {
        np.dtype(dtype)
    }
    assert (
        chain_backward(dtype(1), np.ones(2, dtype), chain, sigmoid_gradient).weights.dtype == dtype
    )


def test_whole_numbers_become_double_precision() -> None:
    signals = forward([[1, 2]], [[[1, 1]]], relu)

    assert signals.activations[0].dtype == np.float64
    assert chain_forward(1, [1, 2], relu).activations.dtype == np.float64


def test_far_inputs_cause_no_floating_point_error() -> None:
    x = np.full((2, 2), 1000.0)
    weights = [np.eye(2), -np.eye(2)]

    gradients = backward(x, weights, forward(x, weights, tanh), sigmoid_gradient)

    assert np.all(np.isfinite(gradients.activations[0]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: forward([1.0, 2.0], [[[1.0]]], relu), r"\(examples, units\)"),
        (lambda: forward([[1.0]], [], relu), "at least one layer"),
        (lambda: forward([[1.0, 2.0]], [[[1.0]]], relu), "layer 1 to have shape \\(units, 2\\)"),
        (lambda: forward([["a"]], [[[1.0]]], relu), "inputs to hold real numbers"),
        (lambda: residual_forward([[1.0, 2]], [[[1.0, 2]]], relu), "shape \\(2, 2\\)"),
        (lambda: residual_forward([[1.0]], [[[1.0]]], relu, skip=np.inf), "finite skip"),
        (lambda: normalized_forward([[1.0]], [[[1.0]]], relu, epsilon=-1.0), "epsilon"),
        (lambda: chain_forward([1.0], [1.0], relu), "value to have shape"),
        (lambda: chain_forward(1.0, [], relu), r"shape \(layers,\)"),
        (lambda: chain_forward(1.0, [[1.0]], relu), r"shape \(layers,\)"),
    ],
)
def test_what_does_not_fit_going_forward_is_refused(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_a_gradient_of_another_shape_is_refused() -> None:
    x, weights = np.ones((2, 3)), [np.ones((3, 3))]
    wrong = np.ones((2, 2))
    chain = chain_forward(1.0, [1.0, 2.0], relu)

    with pytest.raises(ValueError, match=r"output_gradient to have shape \(2, 3\), got \(2, 2\)"):
        backward(wrong, weights, forward(x, weights, relu), relu_gradient)
    with pytest.raises(ValueError, match="output_gradient"):
        residual_backward(wrong, weights, residual_forward(x, weights, relu), relu_gradient)
    with pytest.raises(ValueError, match="output_gradient"):
        normalized_backward(wrong, weights, normalized_forward(x, weights, relu), relu_gradient)
    with pytest.raises(ValueError, match="direction"):
        push_forward(wrong, weights, forward(x, weights, relu), relu_gradient)
    with pytest.raises(ValueError, match="output_gradient"):
        chain_backward([1.0], [1.0, 2.0], chain, relu_gradient)
    with pytest.raises(ValueError, match="pre-activations"):
        chain_backward(1.0, [1.0], chain, relu_gradient)


def test_signals_of_another_network_are_refused() -> None:
    signals = forward(np.ones((2, 3)), [np.ones((3, 3))], relu)
    fewer = Signals((), signals.activations)

    with pytest.raises(ValueError, match="argument"):
        push_forward(np.ones((2, 3)), [np.ones((3, 3))], fewer, relu_gradient)
