"""The activations: their laws, their dtypes, their far ends, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from studydl.nn import activations
from studydl.nn.activations import (
    leaky_relu,
    leaky_relu_gradient,
    log_sigmoid,
    relu,
    relu_gradient,
    sigmoid,
    sigmoid_gradient,
    tanh,
    tanh_gradient,
)

FUNCTIONS = [getattr(activations, name) for name in activations.__all__]
PAIRS = [
    (relu, relu_gradient),
    (leaky_relu, leaky_relu_gradient),
    (sigmoid, sigmoid_gradient),
    (tanh, tanh_gradient),
]
LEAKY = [leaky_relu, leaky_relu_gradient]

numbers = st.floats(-1e3, 1e3, allow_subnormal=False)
samples = arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=numbers)
slopes = st.floats(0.001, 0.999)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


@pytest.mark.parametrize("function", FUNCTIONS)
@given(x=samples)
def test_every_element_is_treated_alike(function, x) -> None:
    result = function(x)

    assert result.shape == x.shape
    np.testing.assert_array_equal(
        result.ravel(), [function(float(each)) for each in x.ravel()], strict=False
    )


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_a_floating_point_dtype_is_kept(function, dtype) -> None:
    assert function(np.array([-2, 0, 3], dtype)).dtype == dtype
    assert function(dtype(0.5)).dtype == dtype


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("integers", [3, [-1, 0, 2], np.array([-1, 0, 2], np.int32), True])
def test_integers_become_doubles(function, integers) -> None:
    result = function(integers)

    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, function(np.asarray(integers, np.float64)))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_number_gives_a_number(function) -> None:
    result = function(0.5)

    assert np.shape(result) == ()
    assert isinstance(float(result), float)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_largest_inputs_stay_finite_without_a_warning(function, dtype) -> None:
    largest = np.finfo(dtype).max
    x = np.array([-largest, -1000, 1000, largest], dtype)

    assert np.all(np.isfinite(function(x)))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_empty_array_gives_an_empty_array(function) -> None:
    assert function(np.empty((0, 3))).shape == (0, 3)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_not_a_number_is_passed_on(function) -> None:
    assert np.isnan(function(np.array([np.nan]))).all()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_input_is_not_changed(function) -> None:
    x = np.array([-2.0, 0.0, 3.0])

    function(x)

    np.testing.assert_array_equal(x, [-2.0, 0.0, 3.0])


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("wrong", "found"), [(1 + 2j, "complex128"), ("one", "<U3"), ([None], "object")]
)
def test_what_is_no_real_number_is_refused_by_its_type(function, wrong, found) -> None:
    with pytest.raises(ValueError, match=f"expected real numbers, got an array of {found}"):
        function(wrong)


@pytest.mark.parametrize("function", LEAKY)
@pytest.mark.parametrize("slope", [0.0, 1.0, -0.1, 100.0, float("nan")])
def test_a_slope_that_is_not_between_0_and_1_is_refused(function, slope) -> None:
    with pytest.raises(ValueError, match=f"expected a slope between 0 and 1, got {slope}"):
        function(1.0, slope=slope)


@given(x=numbers)
@example(x=0.0)
def test_relu_splits_a_number_into_its_two_parts(x) -> None:
    assert relu(x) - relu(-x) == x
    assert relu(x) + relu(-x) == abs(x)


@given(x=numbers, slope=slopes)
def test_leaky_relu_is_relu_less_the_slope_of_the_other_part(x, slope) -> None:
    assert leaky_relu(x, slope=slope) == relu(x) - slope * relu(-x)


@given(x=numbers, slope=slopes)
def test_the_rectifiers_are_their_slope_times_their_input(x, slope) -> None:
    assert relu(x) == relu_gradient(x) * x
    assert leaky_relu(x, slope=slope) == leaky_relu_gradient(x, slope=slope) * x


def test_the_kinks_follow_the_convention() -> None:
    assert relu_gradient(0.0) == relu_gradient(-0.0) == 0.0
    assert leaky_relu_gradient(0.0, slope=0.2) == leaky_relu_gradient(-0.0, slope=0.2) == 0.2


@given(x=numbers)
def test_the_sigmoid_lies_between_0_and_1_and_mirrors_about_one_half(x) -> None:
    assert 0 <= sigmoid(x) <= 1
    assert sigmoid(x) + sigmoid(-x) == pytest.approx(1, rel=1e-15)


@given(x=numbers)
def test_the_logarithm_of_the_sigmoid_loses_nothing_to_rounding(x) -> None:
    assert log_sigmoid(x) - log_sigmoid(-x) == pytest.approx(x, rel=1e-14, abs=1e-15)
    assert log_sigmoid(x) <= 0


def test_the_logarithm_of_the_sigmoid_is_linear_far_to_the_left() -> None:
    np.testing.assert_array_equal(log_sigmoid(np.array([-1000.0, -1e300])), [-1000.0, -1e300])
    assert log_sigmoid(1000.0) == 0


@given(x=numbers)
def test_tanh_is_odd_and_bounded(x) -> None:
    assert tanh(-x) == -tanh(x)
    assert -1 <= tanh(x) <= 1


@given(x=st.floats(-350, 350))
def test_the_smooth_derivatives_keep_their_accuracy_in_the_tails(x) -> None:
    e = np.exp(-abs(x))
    assert sigmoid_gradient(x) == pytest.approx(e / (1 + e) ** 2, rel=1e-14, abs=0)
    assert tanh_gradient(x) == pytest.approx(1 / np.cosh(x) ** 2, rel=1e-13, abs=0)


@pytest.mark.parametrize(("function", "gradient"), PAIRS)
@given(low=numbers, high=numbers)
def test_each_function_rises_where_its_derivative_says(function, gradient, low, high) -> None:
    low, high = min(low, high), max(low, high)
    rise = function(high) - function(low)
    steepest = max(gradient(low), gradient(high), gradient(0.0) if low <= 0 <= high else 0.0)
    flattest = min(gradient(low), gradient(high))

    rounding = 1e-12 * (1 + high - low)
    assert flattest * (high - low) - rounding <= rise <= steepest * (high - low) + rounding
