from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from studydl.nn.optimizers import AdamState, adam

sizes = st.floats(1e-3, 1e3)
gradients = arrays(
    np.float64,
    array_shapes(max_dims=3, max_side=3),
    elements=st.one_of(sizes, sizes.map(lambda size: -size)),
)


def test_the_state_before_the_first_step_counts_no_step_and_holds_zeros() -> None:
    state = AdamState.zeros_like(np.ones((2, 3)))

    assert state.step == 0
    assert np.array_equal(state.first_moment, np.zeros((2, 3)))
    assert np.array_equal(state.second_moment, np.zeros((2, 3)))


def test_two_steps_by_hand() -> None:
    state, options = AdamState.zeros_like([0.0]), {"beta1": 0.5, "beta2": 0.75}

    first, state = adam(state, [4.0], learning_rate=0.5, epsilon=1.0, **options)
    assert first.tolist() == [-0.5 * 4 / (4 + 1)]

    second, state = adam(state, [-1.0], learning_rate=0.5, epsilon=1.0, **options)
    m, v = 0.5 * 2 + 0.5 * -1, 0.75 * 4 + 0.25 * 1
    assert (state.step, state.first_moment[0], state.second_moment[0]) == (2, m, v)
    assert second == pytest.approx([-0.5 * (m / 0.75) / ((v / 0.4375) ** 0.5 + 1)], rel=1e-15)


def test_the_defaults_are_those_of_the_paper() -> None:
    gradient = [1e-6, -3.0]
    told = {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    state = AdamState(5, np.array([1e-7, 0.2]), np.array([1e-13, 0.3]))

    assert np.array_equal(adam(state, gradient)[0], adam(state, gradient, **told)[0])


def test_neither_the_state_nor_the_gradient_is_changed() -> None:
    gradient, state = np.array([1.0]), AdamState(3, np.array([0.5]), np.array([0.25]))

    adam(state, gradient)

    assert gradient.tolist() == [1.0]
    assert (state.step, state.first_moment[0], state.second_moment[0]) == (3, 0.5, 0.25)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_of_the_parameters_is_kept(dtype: type) -> None:
    gradient = np.array([1.0, -2.0], dtype=dtype)
    wide = {
        "learning_rate": np.float64(0.1),
        "beta1": np.float64(0.9),
        "beta2": np.float64(0.99),
        "epsilon": np.float64(1e-4),
    }

    update, state = adam(AdamState.zeros_like(gradient), gradient, **wide)

    assert update.dtype == state.first_moment.dtype == state.second_moment.dtype == dtype


def test_whole_numbers_become_double_precision() -> None:
    update, state = adam(AdamState.zeros_like([1, 2]), [3, -4], epsilon=0)

    assert update.dtype == state.first_moment.dtype == state.second_moment.dtype == np.float64
    assert update == pytest.approx([-0.001, 0.001], rel=1e-12)


def test_a_single_number_is_a_parameter_too() -> None:
    update, state = adam(AdamState.zeros_like(1.0), 2.0, epsilon=0.0)

    assert np.shape(update) == np.shape(state.second_moment) == ()
    assert float(update) == pytest.approx(-0.001, rel=1e-12)


@pytest.mark.parametrize("epsilon", [0.0, 1e-8])
def test_large_tiny_and_absent_gradients_raise_no_warning(epsilon: float) -> None:
    gradient = np.array([1000.0, -1000.0, 1e150, -1e-150, 1e-300, 0.0])

    with np.errstate(all="raise", under="ignore"):
        update, state = adam(AdamState.zeros_like(gradient), gradient, epsilon=epsilon)
        update, state = adam(state, gradient, epsilon=epsilon)

    assert np.all(np.isfinite(update))
    assert update[:2] == pytest.approx([-0.001, 0.001], rel=1e-10)


def test_a_coordinate_without_gradients_stays_where_it_is() -> None:
    update, _ = adam(AdamState.zeros_like([0.0, 0.0]), [0.0, 5.0], epsilon=0.0)

    assert update[0] == 0.0
    assert update[1] == pytest.approx(-0.001, rel=1e-12)


def test_a_tiny_gradient_moves_as_far_as_any_other_without_epsilon() -> None:
    update, _ = adam(AdamState.zeros_like([0.0]), [1e-140], epsilon=0.0)

    assert update == pytest.approx([-0.001], rel=1e-12)


def test_what_is_not_a_number_is_passed_on_and_not_hidden() -> None:
    update, state = adam(AdamState.zeros_like([0.0, 0.0]), [np.nan, 1.0])

    assert np.isnan(update).tolist() == [True, False]
    assert np.isnan(state.second_moment).tolist() == [True, False]


@given(gradients, st.sampled_from([-8.0, -1.0, 0.25, 1024.0]))
def test_without_epsilon_only_the_sign_of_a_common_factor_matters(
    gradient: np.ndarray, factor: float
) -> None:
    state = AdamState(2, gradient / 2, gradient**2)
    scaled = AdamState(2, factor * state.first_moment, factor**2 * state.second_moment)

    update, _ = adam(state, gradient, epsilon=0.0)
    scaled_update, _ = adam(scaled, factor * gradient, epsilon=0.0)

    assert np.array_equal(scaled_update, np.sign(factor) * update)


@given(gradients, st.integers(0, 2000), st.floats(0, 0.99), st.floats(0, 0.999))
def test_a_constant_gradient_makes_steps_of_the_learning_rate_at_every_count(
    gradient: np.ndarray, steps: int, beta1: float, beta2: float
) -> None:
    state = AdamState(steps, (1 - beta1**steps) * gradient, (1 - beta2**steps) * gradient**2)

    update, _ = adam(state, gradient, learning_rate=0.5, beta1=beta1, beta2=beta2, epsilon=0.0)

    np.testing.assert_allclose(update, -0.5 * np.sign(gradient), rtol=1e-11, atol=0)


def test_a_gradient_of_another_shape_is_refused_even_if_it_could_be_broadcast() -> None:
    state = AdamState.zeros_like(np.zeros((2, 3)))

    with pytest.raises(ValueError, match=r"of shape \(2, 3\), as the moments, got shape \(3,\)"):
        adam(state, np.zeros(3))


def test_a_gradient_whose_square_overflows_is_refused_instead_of_freezing_the_parameter() -> None:
    gradient = np.array([1.0, 1e20], dtype=np.float32)

    with pytest.raises(ValueError, match=r"whose squares float32 can hold, got 1e\+20"):
        adam(AdamState.zeros_like(gradient), gradient)


@pytest.mark.parametrize("learning_rate", [0.0, -0.1, np.nan, np.inf])
def test_a_learning_rate_that_is_not_positive_and_finite_is_refused(learning_rate: float) -> None:
    with pytest.raises(ValueError, match="expected a finite learning_rate above 0, got"):
        adam(AdamState.zeros_like([0.0]), [1.0], learning_rate=learning_rate)


@pytest.mark.parametrize("name", ["beta1", "beta2"])
@pytest.mark.parametrize("value", [-0.1, 1.0, np.nan])
def test_a_beta_outside_zero_to_one_is_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=rf"expected {name} in \[0, 1\), got"):
        adam(AdamState.zeros_like([0.0]), [1.0], **{name: value})


@pytest.mark.parametrize("epsilon", [-1e-8, np.nan, np.inf])
def test_an_epsilon_that_is_negative_or_not_finite_is_refused(epsilon: float) -> None:
    with pytest.raises(ValueError, match="expected a finite epsilon of 0 or more, got"):
        adam(AdamState.zeros_like([0.0]), [1.0], epsilon=epsilon)


def test_a_negative_count_of_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a step of 0 or more, got -1"):
        AdamState(-1, np.zeros(2), np.zeros(2))


def test_moments_of_two_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"two moments of one shape, got \(2,\) and \(3,\)"):
        AdamState(0, np.zeros(2), np.zeros(3))
