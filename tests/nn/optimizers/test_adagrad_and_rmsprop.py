from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from studydl.nn.optimizers import AdaGradState, RMSPropState, adagrad, rmsprop

sizes = st.floats(1e-3, 1e3)
gradients = arrays(
    np.float64,
    array_shapes(max_dims=3, max_side=3),
    elements=st.one_of(sizes, sizes.map(lambda size: -size)),
)
BOTH = pytest.mark.parametrize(
    ("step", "state_of"),
    [(adagrad, AdaGradState), (rmsprop, RMSPropState)],
    ids=["adagrad", "rmsprop"],
)


def accumulated(state: Any) -> np.ndarray:
    return state.sum_of_squares if isinstance(state, AdaGradState) else state.mean_square


@BOTH
def test_the_state_before_the_first_step_holds_zeros(step: Any, state_of: Any) -> None:
    assert np.array_equal(accumulated(state_of.zeros_like(np.ones((2, 3)))), np.zeros((2, 3)))


def test_two_steps_of_adagrad_by_hand() -> None:
    first, state = adagrad(AdaGradState.zeros_like([0.0]), [3.0], learning_rate=0.5, delta=1.0)
    second, state = adagrad(state, [-4.0], learning_rate=0.25, delta=1.0)

    assert first.tolist() == [-0.5 * 3 / 4]
    assert second.tolist() == [0.25 * 4 / 6]
    assert state.sum_of_squares.tolist() == [25.0]


def test_two_steps_of_rmsprop_by_hand() -> None:
    options = {"learning_rate": 0.5, "decay": 0.75, "delta": 1.0}

    first, state = rmsprop(RMSPropState.zeros_like([0.0]), [4.0], **options)
    second, state = rmsprop(state, [-2.0], **options)

    assert first.tolist() == [-0.5 * 4 / 3]
    assert state.mean_square.tolist() == [4.0]
    assert second.tolist() == [0.5 * 2 / 3]


def test_the_defaults_are_those_of_the_docstrings() -> None:
    g = [1e-6, -3.0]
    sums, means = AdaGradState(np.array([1e-13, 0.2])), RMSPropState(np.array([1e-13, 0.2]))

    by_default, _ = adagrad(sums, g, learning_rate=0.1)
    told, _ = adagrad(sums, g, learning_rate=0.1, delta=1e-7)
    assert np.array_equal(by_default, told)

    by_default, _ = rmsprop(means, g, learning_rate=0.1)
    told, _ = rmsprop(means, g, learning_rate=0.1, decay=0.9, delta=1e-6)
    assert np.array_equal(by_default, told)


@BOTH
def test_neither_the_state_nor_the_gradient_is_changed(step: Any, state_of: Any) -> None:
    gradient, state = np.array([1.0]), state_of(np.array([0.25]))

    step(state, gradient, learning_rate=0.1)

    assert (gradient[0], accumulated(state)[0]) == (1.0, 0.25)


@BOTH
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_of_the_parameters_is_kept(step: Any, state_of: Any, dtype: type) -> None:
    gradient = np.array([1.0, -2.0], dtype=dtype)

    update, state = step(
        state_of.zeros_like(gradient),
        gradient,
        learning_rate=np.float64(0.1),
        delta=np.float64(1e-3),
    )

    assert update.dtype == accumulated(state).dtype == dtype


@BOTH
def test_whole_numbers_and_single_numbers_become_double_precision(step: Any, state_of: Any) -> None:
    update, state = step(state_of.zeros_like(1), 2, learning_rate=0.5, delta=0.0)

    assert update.dtype == accumulated(state).dtype == np.float64
    assert np.shape(update) == ()


@BOTH
@pytest.mark.parametrize("delta", [0.0, 1e-7])
def test_large_tiny_and_absent_gradients_raise_no_warning(
    step: Any, state_of: Any, delta: float
) -> None:
    gradient = np.array([1000.0, -1000.0, 1e150, -1e-150, 1e-300, 0.0])

    with np.errstate(all="raise", under="ignore"):
        update, state = step(
            state_of.zeros_like(gradient), gradient, learning_rate=0.1, delta=delta
        )
        update, state = step(state, gradient, learning_rate=0.1, delta=delta)

    assert np.all(np.isfinite(update))
    assert update[-1] == 0.0


@BOTH
def test_what_is_not_a_number_is_passed_on_and_not_hidden(step: Any, state_of: Any) -> None:
    update, state = step(state_of.zeros_like([0.0, 0.0]), [np.nan, 1.0], learning_rate=0.1)

    assert np.isnan(update).tolist() == np.isnan(accumulated(state)).tolist() == [True, False]


@BOTH
@given(gradients, st.sampled_from([-8.0, -1.0, 0.25, 1024.0]))
def test_without_delta_only_the_sign_of_a_common_factor_matters(
    step: Any, state_of: Any, gradient: np.ndarray, factor: float
) -> None:
    state, scaled = state_of(gradient**2), state_of((factor * gradient) ** 2)

    update, _ = step(state, gradient, learning_rate=0.5, delta=0.0)
    scaled_update, _ = step(scaled, factor * gradient, learning_rate=0.5, delta=0.0)

    assert np.array_equal(scaled_update, np.sign(factor) * update)


@given(gradients)
def test_no_step_of_adagrad_is_longer_than_the_learning_rate(gradient: np.ndarray) -> None:
    update, state = adagrad(AdaGradState.zeros_like(gradient), gradient, learning_rate=0.5)
    later, _ = adagrad(state, gradient / 2, learning_rate=0.5)

    assert np.all(np.abs(update) <= 0.5)
    assert np.all(np.abs(later) <= 0.5)


@given(gradients, st.floats(0, 0.99))
def test_rmsprop_at_its_steady_average_steps_by_the_learning_rate(
    gradient: np.ndarray, decay: float
) -> None:
    update, _ = rmsprop(
        RMSPropState(gradient**2), gradient, learning_rate=0.5, decay=decay, delta=0.0
    )

    np.testing.assert_allclose(update, -0.5 * np.sign(gradient), rtol=1e-14, atol=0)


@BOTH
def test_a_gradient_of_another_shape_is_refused(step: Any, state_of: Any) -> None:
    with pytest.raises(ValueError, match=r"expected a gradient of shape \(2, 3\), as the .* squar"):
        step(state_of.zeros_like(np.zeros((2, 3))), np.zeros(3), learning_rate=0.1)


@BOTH
def test_a_gradient_whose_square_overflows_is_refused(step: Any, state_of: Any) -> None:
    gradient = np.array([1.0, 1e20], dtype=np.float32)

    with pytest.raises(ValueError, match=r"whose squares float32 can hold, got 1e\+20"):
        step(state_of.zeros_like(gradient), gradient, learning_rate=0.1)


def test_a_sum_of_squares_that_would_overflow_is_refused_before_it_does() -> None:
    gradient = np.float32([9e18])

    with np.errstate(all="raise"):
        adagrad(AdaGradState(np.float32([1e37])), gradient, learning_rate=0.1)
        with pytest.raises(ValueError, match="whose squares float32 can hold"):
            adagrad(AdaGradState(np.float32([3e38])), gradient, learning_rate=0.1)


@BOTH
@pytest.mark.parametrize("learning_rate", [0.0, -0.1, np.nan, np.inf])
def test_a_learning_rate_that_is_not_positive_and_finite_is_refused(
    step: Any, state_of: Any, learning_rate: float
) -> None:
    with pytest.raises(ValueError, match="expected a finite learning_rate above 0, got"):
        step(state_of.zeros_like([0.0]), [1.0], learning_rate=learning_rate)


@BOTH
@pytest.mark.parametrize("delta", [-1e-8, np.nan, np.inf])
def test_a_delta_that_is_negative_or_not_finite_is_refused(
    step: Any, state_of: Any, delta: float
) -> None:
    with pytest.raises(ValueError, match="expected a finite delta of 0 or more, got"):
        step(state_of.zeros_like([0.0]), [1.0], learning_rate=0.1, delta=delta)


@pytest.mark.parametrize("decay", [-0.1, 1.0, np.nan])
def test_a_decay_outside_zero_to_one_is_refused(decay: float) -> None:
    with pytest.raises(ValueError, match=r"expected decay in \[0, 1\), got"):
        rmsprop(RMSPropState.zeros_like([0.0]), [1.0], learning_rate=0.1, decay=decay)
