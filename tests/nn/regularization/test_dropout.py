from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from studydl.nn.regularization import (
    dropout,
    dropout_gradient,
    dropout_mask,
    dropout_regression,
    dropout_step,
    least_squares,
    scale_for_test,
)

values = arrays(np.float64, array_shapes(max_dims=3, max_side=3), elements=st.floats(-1e3, 1e3))
drops = st.floats(0, 0.99)


def test_dropout_by_hand() -> None:
    x, mask = [1.0, -2.0, 3.0], [1, 0, 1]

    assert dropout(x, mask, drop=0.75).tolist() == [4.0, 0.0, 12.0]
    assert dropout_gradient(x, mask, drop=0.75).tolist() == [4.0, 0.0, 12.0]
    assert scale_for_test(x, drop=0.75).tolist() == [0.25, -0.5, 0.75]


def test_a_mask_holds_zeros_and_ones_in_the_asked_shape() -> None:
    mask = dropout_mask(np.random.default_rng(0), (30, 20), drop=0.3)

    assert mask.shape == (30, 20)
    assert set(np.unique(mask)) == {0.0, 1.0}
    assert 0.6 < mask.mean() < 0.8


@given(values)
def test_without_dropping_the_layer_is_the_identity(x: np.ndarray) -> None:
    mask = dropout_mask(np.random.default_rng(0), x.shape, drop=0.0)

    assert np.array_equal(dropout(x, mask, drop=0.0), x)
    assert np.array_equal(scale_for_test(x, drop=0.0), x)


@given(values, drops)
def test_scaling_for_test_undoes_the_scale_of_inverted_dropout(x: np.ndarray, drop: float) -> None:
    kept = dropout(x, np.ones(x.shape), drop=drop)

    assert scale_for_test(kept, drop=drop) == pytest.approx(x, rel=1e-12, abs=1e-12)


def test_a_step_by_hand_moves_only_the_weights_of_kept_inputs() -> None:
    # x̃ = (2, 0), error 2 - 1, so that w falls by 0.25 · 1 · (2, 0)
    after = dropout_step([1.0, 5.0], [1.0, 1.0], 1.0, [1, 0], drop=0.5, learning_rate=0.25)

    assert after.tolist() == [0.5, 5.0]


def test_regression_without_dropping_is_least_squares() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(9, 3)), rng.normal(size=9)

    assert dropout_regression(x, y, drop=0) == pytest.approx(least_squares(x, y), rel=1e-10)


def test_dropout_regression_does_not_depend_on_the_units_of_a_feature() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(9, 3)), rng.normal(size=9)
    units = np.array([1.0, 100.0, 0.01])

    weights = dropout_regression(x * units, y, drop=0.3)

    assert weights * units == pytest.approx(dropout_regression(x, y, drop=0.3), rel=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_is_kept(dtype: type) -> None:
    x, mask = np.array([1, -1000], dtype=dtype), np.array([True, False])
    table = np.array([[1, 2], [3, 5], [0, 1]], dtype=dtype)

    assert dropout(x, mask, drop=0.3).dtype == dtype
    assert dropout_gradient(x, mask, drop=0.3).dtype == dtype
    assert scale_for_test(x, drop=0.3).dtype == dtype
    assert dropout_step(x, x, 1.0, mask, drop=0.3, learning_rate=0.1).dtype == dtype
    assert dropout_regression(table, table[:, 0], drop=0.3).dtype == dtype


def test_whole_numbers_become_double_precision() -> None:
    assert dropout([2, 4], [1, 0], drop=0.5).tolist() == [4.0, 0.0]


@pytest.mark.parametrize("drop", [-0.1, 1.0, np.nan])
def test_a_probability_out_of_range_is_refused(drop: float) -> None:
    match = r"expected drop in \[0, 1\), got"
    with pytest.raises(ValueError, match=match):
        dropout([1.0], [1], drop=drop)
    with pytest.raises(ValueError, match=match):
        dropout_gradient([1.0], [1], drop=drop)
    with pytest.raises(ValueError, match=match):
        dropout_mask(np.random.default_rng(0), (2,), drop=drop)
    with pytest.raises(ValueError, match=match):
        scale_for_test([1.0], drop=drop)
    with pytest.raises(ValueError, match=match):
        dropout_regression([[1.0]], [1.0], drop=drop)


def test_a_mask_of_another_shape_or_of_other_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a mask of shape \(2,\), got shape \(1,\)"):
        dropout([1.0, 2.0], [1], drop=0.5)
    with pytest.raises(ValueError, match="a mask of zeros and ones, got other numbers"):
        dropout([1.0, 2.0], [1, 2], drop=0.5)


def test_a_step_with_wrong_arguments_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected inputs of shape \(1,\), got shape \(2,\)"):
        dropout_step([1.0], [1.0, 2.0], 1.0, [1, 1], drop=0.5, learning_rate=0.1)
    with pytest.raises(ValueError, match="expected a finite learning_rate above 0, got 0"):
        dropout_step([1.0], [1.0], 1.0, [1], drop=0.5, learning_rate=0)


def test_a_feature_that_dropout_cannot_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="features that are not 0 throughout"):
        dropout_regression([[1.0, 0.0], [2.0, 0.0]], [1.0, 2.0], drop=0.5)
