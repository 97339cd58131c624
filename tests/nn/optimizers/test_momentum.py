from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from studydl.nn.optimizers import MomentumState, momentum

# Halving a number that has no full mantissa left would round it.
numbers = st.floats(-1e3, 1e3).filter(lambda number: number == 0 or abs(number) > 1e-100)
gradients = arrays(np.float64, array_shapes(max_dims=3, max_side=3), elements=numbers)
decays = st.one_of(st.just(0.0), st.floats(1e-3, 0.99))


def test_the_state_before_the_first_step_is_at_rest_in_the_shape_of_the_parameters() -> None:
    state = MomentumState.zeros_like(np.ones((2, 3)))

    assert np.array_equal(state.velocity, np.zeros((2, 3)))


def test_two_steps_by_hand() -> None:
    state = MomentumState.zeros_like([0.0, 0.0])

    first, state = momentum(state, [4.0, -2.0], learning_rate=0.5, decay=0.5)
    second, state = momentum(state, [0.0, 1.0], learning_rate=0.25, decay=0.5)

    assert first.tolist() == [-2.0, 1.0]
    assert second.tolist() == [-1.0, 0.25]
    assert state.velocity.tolist() == [1.0, -0.25]


def test_the_decay_is_nine_tenths_unless_told_otherwise() -> None:
    _, state = momentum(MomentumState(np.array([1.0])), [0.0], learning_rate=0.1)

    assert state.velocity.tolist() == [0.9]


def test_without_decay_it_is_plain_gradient_descent() -> None:
    state = MomentumState(np.array([7.0]))

    update, _ = momentum(state, [3.0], learning_rate=0.5, decay=0.0)

    assert update.tolist() == [-1.5]


def test_neither_the_state_nor_the_gradient_is_changed() -> None:
    gradient, state = np.array([1.0, 2.0]), MomentumState(np.array([3.0, 4.0]))

    momentum(state, gradient, learning_rate=0.1)

    assert gradient.tolist() == [1.0, 2.0]
    assert state.velocity.tolist() == [3.0, 4.0]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_of_the_parameters_is_kept(dtype: type) -> None:
    gradient = np.array([1.0, -2.0], dtype=dtype)
    state = MomentumState.zeros_like(gradient)

    update, state = momentum(state, gradient, learning_rate=np.float64(0.1), decay=0.9)

    assert update.dtype == dtype
    assert state.velocity.dtype == dtype


def test_whole_numbers_become_double_precision() -> None:
    update, state = momentum(MomentumState.zeros_like([1, 2]), [3, 4], learning_rate=0.5)

    assert update.dtype == state.velocity.dtype == np.float64
    assert update.tolist() == [-1.5, -2.0]


def test_a_single_number_is_a_parameter_too() -> None:
    update, state = momentum(MomentumState.zeros_like(1.0), 2.0, learning_rate=0.5)

    assert np.shape(update) == np.shape(state.velocity) == ()
    assert float(update) == -1.0


def test_large_gradients_raise_no_warning() -> None:
    gradient = np.array([1000.0, -1000.0, 1e300, -1e-300, 0.0])

    with np.errstate(all="raise", under="ignore"):
        update, _ = momentum(MomentumState.zeros_like(gradient), gradient, learning_rate=0.1)

    assert np.all(np.isfinite(update))


@given(gradients, decays)
def test_the_first_step_is_plain_gradient_descent(gradient: np.ndarray, decay: float) -> None:
    update, _ = momentum(
        MomentumState.zeros_like(gradient), gradient, learning_rate=0.25, decay=decay
    )

    assert np.array_equal(update, -0.25 * gradient)


@given(gradients, decays, st.sampled_from([-4.0, -1.0, 0.5, 2.0]))
def test_momentum_is_linear_in_state_and_gradient_together(
    gradient: np.ndarray, decay: float, factor: float
) -> None:
    state = MomentumState(np.full_like(gradient, 0.75))
    scaled = MomentumState(factor * state.velocity)

    update, _ = momentum(state, gradient, learning_rate=0.5, decay=decay)
    scaled_update, _ = momentum(scaled, factor * gradient, learning_rate=0.5, decay=decay)

    assert np.array_equal(scaled_update, factor * update)


def test_a_gradient_of_another_shape_is_refused_even_if_it_could_be_broadcast() -> None:
    state = MomentumState.zeros_like(np.zeros((2, 3)))

    with pytest.raises(ValueError, match=r"of shape \(2, 3\), as the velocity, got shape \(3,\)"):
        momentum(state, np.zeros(3), learning_rate=0.1)


def test_a_gradient_that_is_not_of_real_numbers_is_refused() -> None:
    with pytest.raises(
        ValueError, match="expected the gradient to hold real numbers, got complex128"
    ):
        momentum(MomentumState.zeros_like([0.0]), np.array([1j]), learning_rate=0.1)


@pytest.mark.parametrize("learning_rate", [0.0, -0.1, np.nan, np.inf])
def test_a_learning_rate_that_is_not_positive_and_finite_is_refused(learning_rate: float) -> None:
    with pytest.raises(ValueError, match="expected a finite learning_rate above 0, got"):
        momentum(MomentumState.zeros_like([0.0]), [1.0], learning_rate=learning_rate)


@pytest.mark.parametrize("decay", [-0.1, 1.0, 1.5, np.nan])
def test_a_decay_outside_zero_to_one_is_refused(decay: float) -> None:
    with pytest.raises(ValueError, match=r"expected decay in \[0, 1\), got"):
        momentum(MomentumState.zeros_like([0.0]), [1.0], learning_rate=0.1, decay=decay)
