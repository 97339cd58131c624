from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.optimizers import (
    MomentumState,
    NesterovDifferenceState,
    lookahead_point,
    momentum,
    nesterov,
    nesterov_by_differences,
    nesterov_lookahead,
)

OF_GRADIENTS = pytest.mark.parametrize(
    ("step", "state_of"),
    [(nesterov, MomentumState), (nesterov_by_differences, NesterovDifferenceState)],
    ids=["library", "differences"],
)


def test_two_steps_of_the_lookahead_form_by_hand() -> None:
    theta, state = np.array([4.0]), MomentumState.zeros_like([0.0])

    first, state = nesterov_lookahead(state, theta, np.square, learning_rate=0.25, decay=0.5)
    second, state = nesterov_lookahead(
        state, theta + first, np.square, learning_rate=0.25, decay=0.5
    )

    assert first.tolist() == [-4.0]
    assert second.tolist() == [-(2.0 + 0.25 * (0.0 - 2.0) ** 2)]


def test_two_steps_of_the_library_form_by_hand() -> None:
    state = MomentumState.zeros_like([0.0])

    first, state = nesterov(state, [4.0], learning_rate=0.5, decay=0.5)
    second, state = nesterov(state, [-2.0], learning_rate=0.25, decay=0.5)

    assert first.tolist() == [-3.0]
    assert state.velocity.tolist() == [0.5]
    assert second.tolist() == [0.25]


def test_two_steps_of_the_form_with_differences_by_hand() -> None:
    state = NesterovDifferenceState.zeros_like([0.0])

    first, state = nesterov_by_differences(state, [4.0], learning_rate=0.5, decay=0.5)
    second, state = nesterov_by_differences(state, [-2.0], learning_rate=0.5, decay=0.5)

    assert first.tolist() == [-3.0]
    assert second.tolist() == [-(1.5 + 0.5 * (-2.0 + 0.5 * -6.0))]
    assert (state.velocity.tolist(), state.gradient.tolist()) == ([-1.0], [-2.0])


def test_the_lookahead_point_lies_a_decayed_velocity_ahead() -> None:
    point = lookahead_point(MomentumState(np.array([2.0, -4.0])), [1.0, 1.0], decay=0.25)

    assert point.tolist() == [0.5, 2.0]


@given(
    st.lists(st.floats(-5, 5), min_size=1, max_size=12),
    st.sampled_from([0.0, 0.3, 0.9]),
    st.floats(0.01, 0.2),
)
def test_the_forms_agree_in_the_lookahead_point_on_any_linear_gradient(
    offsets: list[float], decay: float, learning_rate: float
) -> None:
    options = {"learning_rate": learning_rate, "decay": decay}
    theta = by_library = by_differences = np.array([2.0, -1.0])
    ahead, library = MomentumState.zeros_like(theta), MomentumState.zeros_like(theta)
    differences = NesterovDifferenceState.zeros_like(theta)

    for offset in offsets:
        update, ahead = nesterov_lookahead(ahead, theta, lambda at, c=offset: 3 * at + c, **options)
        theta = theta + update
        moved, library = nesterov(library, 3 * by_library + offset, **options)
        by_library = by_library + moved
        changed, differences = nesterov_by_differences(
            differences, 3 * by_differences + offset, **options
        )
        by_differences = by_differences + changed

        phi = lookahead_point(ahead, theta, decay=decay)
        np.testing.assert_allclose(by_library, phi, rtol=0, atol=1e-11)
        np.testing.assert_allclose(by_differences, phi, rtol=0, atol=1e-11)


@given(st.floats(-10, 10), st.floats(0, 0.99))
def test_on_a_slope_that_never_changes_the_lookahead_form_is_momentum(
    slope: float, decay: float
) -> None:
    state = MomentumState(np.array([0.5, -2.0]))
    gradient = np.array([slope, 1.0])

    update, after = nesterov_lookahead(
        state, [7.0, 8.0], lambda _: gradient, learning_rate=0.5, decay=decay
    )
    expected, expected_after = momentum(state, gradient, learning_rate=0.5, decay=decay)

    assert np.array_equal(update, expected)
    assert np.array_equal(after.velocity, expected_after.velocity)


@OF_GRADIENTS
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_of_the_parameters_is_kept(step: Any, state_of: Any, dtype: type) -> None:
    gradient = np.array([1.0, -2.0], dtype=dtype)

    update, state = step(state_of.zeros_like(gradient), gradient, learning_rate=np.float64(0.1))

    assert update.dtype == state.velocity.dtype == dtype


@OF_GRADIENTS
def test_whole_numbers_and_single_numbers_become_double_precision(step: Any, state_of: Any) -> None:
    update, state = step(state_of.zeros_like(1), 2, learning_rate=0.5)

    assert update.dtype == state.velocity.dtype == np.float64
    assert np.shape(update) == ()


@OF_GRADIENTS
def test_large_gradients_raise_no_warning_and_change_nothing_handed_in(
    step: Any, state_of: Any
) -> None:
    gradient = np.array([1000.0, -1000.0, 1e300, -1e-300, 0.0])
    state, kept = state_of.zeros_like(gradient), gradient.copy()

    with np.errstate(all="raise", under="ignore"):
        update, _ = step(state, gradient, learning_rate=0.1)

    assert np.all(np.isfinite(update))
    assert np.array_equal(gradient, kept)
    assert not np.any(state.velocity)


@OF_GRADIENTS
def test_a_gradient_of_another_shape_is_refused(step: Any, state_of: Any) -> None:
    with pytest.raises(ValueError, match=r"of shape \(2, 3\), as the velocity, got shape \(3,\)"):
        step(state_of.zeros_like(np.zeros((2, 3))), np.zeros(3), learning_rate=0.1)


@OF_GRADIENTS
def test_hyperparameters_out_of_range_are_refused(step: Any, state_of: Any) -> None:
    with pytest.raises(ValueError, match="expected a finite learning_rate above 0, got 0"):
        step(state_of.zeros_like([0.0]), [1.0], learning_rate=0.0)
    with pytest.raises(ValueError, match=r"expected decay in \[0, 1\), got 1"):
        step(state_of.zeros_like([0.0]), [1.0], learning_rate=0.1, decay=1.0)


def test_parameters_or_gradients_of_another_shape_are_refused_by_the_lookahead_form() -> None:
    state = MomentumState.zeros_like([0.0, 0.0])

    with pytest.raises(ValueError, match=r"expected parameters of shape \(2,\), as the velocity"):
        nesterov_lookahead(state, [1.0], np.square, learning_rate=0.1)
    with pytest.raises(ValueError, match=r"expected a gradient of shape \(2,\), as the velocity"):
        nesterov_lookahead(state, [1.0, 2.0], np.sum, learning_rate=0.1)


def test_a_velocity_and_a_gradient_of_two_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"of one shape, got \(2,\) and \(3,\)"):
        NesterovDifferenceState(np.zeros(2), np.zeros(3))
