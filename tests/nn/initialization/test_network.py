"""The deep network: shapes, precision, errors, and the laws of its two passes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studydl.nn import activations
from studydl.nn.initialization import Signals, backward, forward, moments

WIDTHS = (3, 5, 2, 4)


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


def network(dtype=np.float64):
    generator = rng()
    weights = [generator.normal(size=(m, n)).astype(dtype) for m, n in itertools.pairwise(WIDTHS)]
    return generator.normal(size=(6, 3)).astype(dtype), weights


def run(x, weights, value=activations.tanh, slope=activations.tanh_gradient):
    signals = forward(x, weights, value)
    return signals, backward(np.ones_like(signals.activations[-1]), weights, signals, slope)


def test_each_layer_leaves_what_its_width_says() -> None:
    x, weights = network()

    signals, gradients = run(x, weights)

    assert [s.shape for s in signals.states] == [(6, 5), (6, 2), (6, 4)]
    assert [h.shape for h in signals.activations] == [(6, 3), (6, 5), (6, 2), (6, 4)]
    assert [d.shape for d in gradients.states] == [s.shape for s in signals.states]
    assert [g.shape for g in gradients.weights] == [w.shape for w in weights]
    np.testing.assert_array_equal(signals.activations[0], x)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_precision_is_kept(dtype) -> None:
    x, weights = network(dtype)

    signals, gradients = run(x, weights)

    for part in (*signals, *gradients):
        assert {array.dtype for array in part} == {np.dtype(dtype)}


def test_whole_numbers_are_taken_as_float64() -> None:
    signals = forward([[1, 2]], [[[1], [3]]], activations.relu)

    assert signals.states[0].dtype == np.float64
    assert signals.states[0] == [[7.0]]
    assert moments([np.array([1, 2, 3])]).variance == pytest.approx([2 / 3])


def test_nothing_that_is_handed_in_is_changed() -> None:
    x, weights = network()
    before = [x.copy(), *(w.copy() for w in weights)]

    run(x, weights)

    for array, copy in zip([x, *weights], before, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("scale", [1e-3, 1e3])
def test_no_finite_input_causes_a_warning(scale) -> None:
    x, weights = network()

    with np.errstate(all="raise", under="ignore"):
        signals, gradients = run(scale * x, [scale * w for w in weights])

    for part in (*signals, *gradients):
        assert all(np.isfinite(array).all() for array in part)


def test_inputs_that_are_no_table_are_refused() -> None:
    with pytest.raises(ValueError, match=r"expected inputs of shape \(examples, units\), got"):
        forward(np.ones(3), [np.ones((3, 2))], activations.tanh)


def test_weights_that_do_not_fit_are_refused_with_their_layer() -> None:
    weights = [np.ones((3, 2)), np.ones((3, 4))]

    with pytest.raises(ValueError, match=r"layer 2 to have shape \(2, units\), got \(3, 4\)"):
        forward(np.ones((5, 3)), weights, activations.tanh)


def test_a_network_without_a_layer_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one layer"):
        forward(np.ones((5, 3)), [], activations.tanh)


def test_a_gradient_that_does_not_fit_the_output_is_refused() -> None:
    x, weights = network()
    signals = forward(x, weights, activations.tanh)

    with pytest.raises(ValueError, match=r"output_gradient of shape \(6, 4\), got \(4,\)"):
        backward(np.ones(4), weights, signals, activations.tanh_gradient)


@pytest.mark.parametrize("bad", [np.array([["a"]]), np.array([[1j]])])
def test_what_is_no_real_number_is_refused(bad) -> None:
    with pytest.raises(ValueError, match="expected the inputs to hold real numbers"):
        forward(bad, [np.ones((1, 1))], activations.tanh)
    with pytest.raises(ValueError, match="expected the weights to hold real numbers"):
        forward(np.ones((1, 1)), [bad], activations.tanh)
    with pytest.raises(ValueError, match="expected the layers to hold real numbers"):
        moments([bad])


@pytest.mark.parametrize("layers", [[], [np.ones((2, 0))]])
def test_moments_of_nothing_are_refused(layers) -> None:
    with pytest.raises(ValueError, match="at least one layer, and an element in each"):
        moments(layers)


@given(st.floats(-4, 4), st.integers(0, 2))
def test_a_gradient_is_linear_in_what_comes_from_behind(factor, seed) -> None:
    x, weights = network()
    c = np.random.default_rng(seed).normal(size=(6, 4))
    signals = forward(x, weights, activations.tanh)

    once = backward(c, weights, signals, activations.tanh_gradient)
    scaled = backward(factor * c, weights, signals, activations.tanh_gradient)

    for a, b in zip(once.weights, scaled.weights, strict=True):
        np.testing.assert_allclose(b, factor * a, rtol=1e-12, atol=1e-13)


@given(st.floats(0.1, 8))
def test_scaling_the_input_of_a_relu_network_scales_every_activation(factor) -> None:
    x, weights = network()

    once = forward(x, weights, activations.relu)
    scaled = forward(factor * x, weights, activations.relu)

    for a, b in zip(once.activations, scaled.activations, strict=True):
        np.testing.assert_allclose(b, factor * a, rtol=1e-12, atol=1e-13)


def test_the_examples_of_a_batch_do_not_touch_one_another() -> None:
    x, weights = network()

    together, _ = run(x, weights)
    alone, _ = run(x[2:3], weights)

    np.testing.assert_allclose(together.activations[-1][2:3], alone.activations[-1], rtol=1e-12)


def test_the_weight_gradients_of_a_batch_are_the_sum_over_its_examples() -> None:
    x, weights = network()

    _, together = run(x, weights)
    apart = [run(x[k : k + 1], weights)[1] for k in range(len(x))]

    for layer, gradient in enumerate(together.weights):
        expected = sum(each.weights[layer] for each in apart)
        np.testing.assert_allclose(gradient, expected, rtol=1e-12, atol=1e-14)


@given(st.lists(arrays(np.float64, (2, 3), elements=st.floats(-1e3, 1e3)), min_size=1, max_size=4))
def test_the_variance_is_the_mean_square_less_the_square_of_the_mean(layers) -> None:
    found = moments(layers)

    assert found.mean.shape == found.variance.shape == found.mean_square.shape == (len(layers),)
    np.testing.assert_allclose(found.variance, found.mean_square - found.mean**2, atol=1e-7)


def test_signals_tell_states_and_activations_apart() -> None:
    signals = forward([[2.0]], [[[-3.0]]], activations.relu)

    assert signals == Signals((np.array([[-6.0]]),), (np.array([[2.0]]), np.array([[0.0]])))
