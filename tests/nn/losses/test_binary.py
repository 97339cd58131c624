from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    chained_cross_entropy_gradient,
    logistic_gradient,
)

numbers = st.floats(-1e3, 1e3)
shares = st.floats(0, 1)
BOTH = [binary_cross_entropy, binary_cross_entropy_gradient]


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def test_three_losses_by_hand() -> None:
    z = np.array([math.log(3), math.log(3), -math.log(4)])

    loss = binary_cross_entropy(z, [1, 0, 0])

    assert loss == pytest.approx(-math.log(0.75 * 0.25 * 0.8) / 3, rel=1e-15)
    np.testing.assert_allclose(
        binary_cross_entropy_gradient(z, [1, 0, 0]), np.array([-0.25, 0.75, 0.2]) / 3, rtol=1e-14
    )


@given(numbers, shares)
def test_the_loss_is_never_below_the_entropy_of_the_target(z, y) -> None:
    entropy = -sum(p * math.log(p) for p in (y, 1 - y) if p > 0)

    assert binary_cross_entropy(z, y) >= entropy - 1e-12


@given(numbers, shares)
def test_swapping_the_classes_changes_nothing_but_the_sign_of_the_gradient(z, y) -> None:
    assert binary_cross_entropy(-z, 1 - y) == pytest.approx(binary_cross_entropy(z, y), abs=1e-12)
    assert binary_cross_entropy_gradient(-z, 1 - y) == pytest.approx(
        -binary_cross_entropy_gradient(z, y), abs=1e-12
    )


def test_far_logits_cost_their_distance_or_nothing() -> None:
    assert binary_cross_entropy(-1000.0, 1) == 1000.0
    assert binary_cross_entropy(1000.0, 1) == 0.0
    np.testing.assert_array_equal(
        binary_cross_entropy_gradient([-1000.0, 1000.0], [1, 1]), [-0.5, 0.0]
    )


@pytest.mark.parametrize("function", BOTH)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_is_kept_and_the_largest_logits_stay_finite(function, dtype) -> None:
    largest = np.finfo(dtype).max
    z = np.array([[largest, -largest], [largest, -largest]], dtype)

    result = function(z, [[0.0, 1.0], [0.5, 0.25]])

    assert result.dtype == dtype
    assert np.all(np.isfinite(result))


def test_whole_numbers_and_truth_values_are_fine() -> None:
    assert binary_cross_entropy(0, True) == pytest.approx(math.log(2))
    assert binary_cross_entropy_gradient([2, 3], [True, False]).dtype == np.float64


@given(st.integers(1, 5), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_the_logistic_gradient_is_the_sum_over_the_examples(examples, features, seed) -> None:
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=(examples, features)), rng.normal(size=examples)
    y = rng.integers(0, 2, examples)
    expected = sum(
        row * (1 / (1 + math.exp(-logit)) - label) / examples
        for row, logit, label in zip(x, z, y, strict=True)
    )

    np.testing.assert_allclose(logistic_gradient(x, z, y), expected, rtol=1e-10, atol=1e-13)


@given(st.floats(-30, 30), st.sampled_from([0.0, 0.3, 1.0]))
def test_behind_a_sigmoid_the_chain_rule_gives_the_short_gradient(z, y) -> None:
    a = 1 / (1 + math.exp(-z))

    chained = chained_cross_entropy_gradient([a, 0.5], [a * (1 - a), 0.25], [y, y])

    short = binary_cross_entropy_gradient([z, 0.0], [y, y])
    np.testing.assert_allclose(chained, short, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_gradients_for_weights_and_other_activations_keep_the_precision(dtype) -> None:
    one = np.ones(1, dtype)

    assert logistic_gradient(one[:, None], one, one).dtype == dtype
    assert chained_cross_entropy_gradient(0.5 * one, one, one).dtype == dtype


@pytest.mark.parametrize("function", BOTH)
@pytest.mark.parametrize(
    ("z", "y", "said"),
    [
        ([0.0, 1.0], [1.0], r"expected targets of shape \(2,\), got \(1,\)"),
        ([0.0, 1.0], [1.0, 1.5], "expected targets from 0 to 1, got 1.0 to 1.5"),
        ([0.0], [-0.1], "expected targets from 0 to 1"),
        ([0.0], [np.nan], "expected targets from 0 to 1"),
        ([], [], "expected at least one element in the logits"),
        ([1j], [1], "expected the logits to hold real numbers, got complex128"),
        ([1.0], ["1"], "expected the targets to hold real numbers"),
    ],
)
def test_what_is_no_batch_is_refused(function, z, y, said) -> None:
    with pytest.raises(ValueError, match=said):
        function(z, y)


@pytest.mark.parametrize(
    ("x", "z"), [(np.ones(2), np.ones(2)), (np.ones((2, 3)), np.ones(3)), (np.ones((2, 2)), 1.0)]
)
def test_inputs_that_do_not_fit_the_logits_are_refused(x, z) -> None:
    with pytest.raises(ValueError, match=r"expected inputs of shape \(examples, features\)"):
        logistic_gradient(x, z, np.zeros(np.shape(z)))


@pytest.mark.parametrize("a", [0.0, 1.0, -0.5, np.nan])
def test_an_activation_that_is_no_probability_is_refused(a) -> None:
    with pytest.raises(ValueError, match="expected activations between 0 and 1, got"):
        chained_cross_entropy_gradient([a], [1.0], [1.0])


def test_slopes_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"expected slopes of shape \(2,\), got \(1,\)"):
        chained_cross_entropy_gradient([0.5, 0.5], [1.0], [1.0, 0.0])
