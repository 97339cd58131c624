from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from studydl.nn.losses import log_softmax, softmax

logits = arrays(
    np.float64, array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e3, 1e3, width=32)
)
BOTH = [softmax, log_softmax]


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


@given(logits)
def test_softmax_gives_probabilities_that_sum_to_1_over_the_last_axis(z) -> None:
    p = softmax(z)

    assert p.shape == z.shape
    assert np.all((p >= 0) & (p <= 1))
    np.testing.assert_allclose(p.sum(axis=-1), 1.0, rtol=1e-14)


@given(logits, st.integers(-1000, 1000))
def test_a_constant_added_to_all_logits_changes_no_probability(z, shift) -> None:
    np.testing.assert_allclose(softmax(z + shift), softmax(z), rtol=1e-9, atol=1e-300)


@given(logits)
def test_the_logarithm_is_the_logarithm_of_the_probabilities(z) -> None:
    np.testing.assert_allclose(np.exp(log_softmax(z)), softmax(z), rtol=1e-12, atol=1e-300)
    assert np.all(log_softmax(z) <= 0)


def test_probabilities_by_hand() -> None:
    p = softmax(np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 2.0]]))

    np.testing.assert_allclose(p, [[0.125, 0.25, 0.625], [0.375, 0.375, 0.25]], rtol=1e-15)


def test_logits_of_a_thousand_are_no_trouble() -> None:
    z = np.array([1000.0, 0.0, -1000.0])

    np.testing.assert_array_equal(softmax(z), [1.0, 0.0, 0.0])
    np.testing.assert_array_equal(log_softmax(z), [0.0, -1000.0, -2000.0])


@pytest.mark.parametrize("function", BOTH)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_is_kept_and_the_largest_logits_stay_finite(function, dtype) -> None:
    largest = np.finfo(dtype).max
    z = np.array([[largest, 0, -largest], [-largest, -largest, -1], [largest, 1, largest]], dtype)

    result = function(z)

    assert result.dtype == dtype
    assert np.all(np.isfinite(result))


@pytest.mark.parametrize("function", BOTH)
def test_whole_numbers_become_double_precision(function) -> None:
    assert function([1, 2]).dtype == np.float64
    np.testing.assert_array_equal(function([1, 2]), function([1.0, 2.0]))


@pytest.mark.parametrize("function", BOTH)
def test_not_a_number_is_passed_on_within_its_row(function) -> None:
    result = function([[np.nan, 0.0], [0.0, 0.0]])

    assert np.isnan(result[0]).all()
    assert np.isfinite(result[1]).all()


@pytest.mark.parametrize("function", BOTH)
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (1.0, r"of shape \(\.\.\., classes\), got a single number"),
        ([], "at least one element in the logits"),
        ([1j, 0], "the logits to hold real numbers, got complex128"),
    ],
)
def test_what_are_no_logits_is_refused(function, wrong, said) -> None:
    with pytest.raises(ValueError, match=said):
        function(wrong)
