from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
)

BOTH = [cross_entropy, cross_entropy_gradient]
seeds = st.integers(0, 2**32 - 1)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def test_two_examples_by_hand() -> None:
    z = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 2.0]])

    assert cross_entropy(z, [2, 0]) == pytest.approx(-math.log(0.625 * 0.375) / 2, rel=1e-15)
    np.testing.assert_allclose(
        cross_entropy_gradient(z, [2, 0]),
        [[0.0625, 0.125, -0.1875], [-0.3125, 0.1875, 0.125]],
        rtol=1e-14,
    )


@given(seeds, st.integers(1, 4), st.integers(1, 5))
def test_a_class_number_is_the_distribution_with_all_on_that_class(seed, examples, classes) -> None:
    rng = np.random.default_rng(seed)
    z, labels = rng.normal(size=(examples, classes)), rng.integers(0, classes, examples)

    for function in BOTH:
        np.testing.assert_array_equal(function(z, labels), function(z, np.eye(classes)[labels]))


@given(seeds, st.integers(1, 4))
def test_two_classes_are_the_binary_case_of_the_difference(seed, examples) -> None:
    rng = np.random.default_rng(seed)
    z, labels = rng.normal(scale=5, size=(examples, 2)), rng.integers(0, 2, examples)
    difference = z[:, 1] - z[:, 0]

    assert cross_entropy(z, labels) == pytest.approx(
        binary_cross_entropy(difference, labels), rel=1e-12
    )
    np.testing.assert_allclose(
        cross_entropy_gradient(z, labels)[:, 1],
        binary_cross_entropy_gradient(difference, labels),
        rtol=1e-11,
        atol=1e-14,
    )


@given(seeds)
def test_every_row_of_the_gradient_sums_to_0(seed) -> None:
    rng = np.random.default_rng(seed)
    gradient = cross_entropy_gradient(
        rng.normal(scale=9, size=(5, 4)), rng.dirichlet(np.ones(4), 5)
    )

    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-15)


def test_far_logits_cost_their_distance_or_nothing() -> None:
    z = np.array([[1000.0, -1000.0, 0.0]])

    assert cross_entropy(z, [1]) == 2000.0
    assert cross_entropy(z, [0]) == 0.0


@pytest.mark.parametrize("function", BOTH)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_is_kept_and_the_largest_logits_stay_finite(function, dtype) -> None:
    largest = np.finfo(dtype).max
    z = np.array([[largest, -largest, 0], [-largest, largest, 1]], dtype)

    result = function(z, np.array([1, 0], np.int8))

    assert result.dtype == dtype
    assert np.all(np.isfinite(result))


@pytest.mark.parametrize("function", BOTH)
@pytest.mark.parametrize(
    ("z", "y", "said"),
    [
        (np.ones(3), [0], r"expected logits of shape \(examples, classes\), got \(3,\)"),
        (np.ones((2, 3)), [0], r"expected a class for each of 2 examples, got \(1,\)"),
        (np.ones((2, 3)), [0, 3], r"expected classes from 0 to 2, got \[0, 3\]"),
        (np.ones((2, 3)), [-1, 0], r"expected classes from 0 to 2, got \[-1, 0\]"),
        (np.ones((2, 3)), [0.0, 1.0], r"expected targets of shape \(2, 3\), got \(2,\)"),
        (np.ones((1, 2)), [[0.5, 0.4]], "to be 0 or more and to sum to 1"),
        (np.ones((1, 2)), [[1.5, -0.5]], "to be 0 or more and to sum to 1"),
        (np.ones((1, 2)), [[np.nan, 1.0]], "to be 0 or more and to sum to 1"),
        (np.empty((0, 2)), np.empty(0, int), "at least one element in the logits"),
    ],
)
def test_what_is_no_batch_is_refused(function, z, y, said) -> None:
    with pytest.raises(ValueError, match=said):
        function(z, y)
