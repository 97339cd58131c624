from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.losses import (
    gaussian_negative_log_likelihood,
    sigmoid_squared_error_gradient,
    squared_error,
    squared_error_gradient,
)

PLAIN = [squared_error, squared_error_gradient]
numbers = st.floats(-1e3, 1e3)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def test_three_differences_by_hand() -> None:
    assert squared_error([1.0, 2.0, 4.0], [1, 0, 1]) == pytest.approx(13 / 6, rel=1e-15)
    np.testing.assert_allclose(
        squared_error_gradient([1.0, 2.0, 4.0], [1, 0, 1]), [0, 2 / 3, 1], rtol=1e-15
    )


@given(numbers, numbers)
def test_the_squared_error_is_even_and_zero_for_the_target_only(a, y) -> None:
    assert squared_error(a, y) == squared_error(y, a)
    assert squared_error(y, y) == 0
    assert squared_error_gradient(a, y) == -squared_error_gradient(y, a)


@given(st.floats(-700, 700), st.sampled_from([0.0, 0.5, 1.0]))
def test_behind_a_sigmoid_the_gradient_has_its_slope_as_a_factor(z, y) -> None:
    e = math.exp(-abs(z))
    slope = e / (1 + e) ** 2
    s = (1 if z >= 0 else e) / (1 + e)

    assert sigmoid_squared_error_gradient(z, y) == pytest.approx((s - y) * slope, rel=1e-12, abs=0)


def test_the_density_of_a_normal_distribution_by_hand() -> None:
    loss = gaussian_negative_log_likelihood([1.0, 3.0], [1.0, 2.0], standard_deviation=0.5)

    density = [math.sqrt(2 / math.pi), math.sqrt(2 / math.pi) * math.exp(-2)]
    assert loss == pytest.approx(-math.log(density[0] * density[1]) / 2, rel=1e-15)


@given(numbers, st.floats(0.1, 10))
def test_the_loss_of_a_density_is_least_at_the_target(a, s) -> None:
    at_target = gaussian_negative_log_likelihood(a, a, standard_deviation=s)

    assert gaussian_negative_log_likelihood(a + s, a, standard_deviation=s) == pytest.approx(
        at_target + 0.5, abs=1e-9
    )


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_is_kept(dtype) -> None:
    a, y = np.array([0.25, 3], dtype), [0.0, 1.0]

    assert squared_error(a, y).dtype == dtype
    assert squared_error_gradient(a, y).dtype == dtype
    assert sigmoid_squared_error_gradient(a, y).dtype == dtype
    assert gaussian_negative_log_likelihood(a, y, standard_deviation=np.float64(0.5)).dtype == dtype


def test_whole_numbers_become_double_precision() -> None:
    assert squared_error([3], [1]) == 2.0
    assert squared_error_gradient([3], [1]).dtype == np.float64


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_square_that_would_overflow_is_refused(dtype) -> None:
    largest = np.finfo(dtype).max

    for function in PLAIN:
        with pytest.raises(ValueError, match=r"at most .*, of which float.. can hold the square"):
            function(np.array([largest], dtype), [0.0])
        with pytest.raises(ValueError, match="expected outputs and targets that differ by at most"):
            function(np.zeros(1, dtype), [-1e30 if dtype is np.float32 else -1e300])
    with pytest.raises(ValueError, match="expected outputs and targets that differ by at most"):
        gaussian_negative_log_likelihood(
            np.full(1, np.sqrt(largest) / 4), [0.0], standard_deviation=1e-9
        )


def test_large_outputs_below_that_raise_no_warning() -> None:
    a, y = np.array([3e153, -3e153]), np.array([-3e153, 3e153])

    assert np.isfinite(squared_error(a, y))
    assert squared_error([1e308, -1e308], [1e308, -1e308]) == 0
    assert np.isfinite(gaussian_negative_log_likelihood(a / 1e9, y / 1e9, standard_deviation=1e-8))
    assert np.isfinite(gaussian_negative_log_likelihood(a, y, standard_deviation=1e300))


@pytest.mark.parametrize("function", [*PLAIN, sigmoid_squared_error_gradient])
@pytest.mark.parametrize(
    ("a", "y", "said"),
    [
        ([0.0, 1.0], [1.0], r"expected targets of shape \(2,\), got \(1,\)"),
        ([], [], "expected at least one element"),
        ([1j], [1], "to hold real numbers, got complex128"),
    ],
)
def test_what_is_no_batch_is_refused(function, a, y, said) -> None:
    with pytest.raises(ValueError, match=said):
        function(a, y)


def test_a_target_behind_a_sigmoid_lies_from_0_to_1() -> None:
    with pytest.raises(ValueError, match=r"expected targets from 0 to 1, got 2.0 to 2.0"):
        sigmoid_squared_error_gradient([0.0], [2.0])


@pytest.mark.parametrize("s", [0.0, -1.0, math.inf, math.nan])
def test_a_standard_deviation_that_is_not_positive_and_finite_is_refused(s) -> None:
    with pytest.raises(ValueError, match="expected a finite standard_deviation above 0, got"):
        gaussian_negative_log_likelihood([0.0], [0.0], standard_deviation=s)
