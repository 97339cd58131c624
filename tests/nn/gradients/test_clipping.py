"""Clipping and weight decay: by hand, their laws, their far ends, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from studydl.nn.gradients import add_weight_decay, clip_by_norm, clip_by_value, global_norm

numbers = st.floats(-1e300, 1e300, allow_subnormal=False)
tensors = arrays(np.float64, array_shapes(max_dims=2, max_side=3), elements=numbers)
gradients = st.lists(tensors, min_size=1, max_size=3)
limits = st.floats(1e-3, 1e3)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def test_the_norm_runs_over_all_parameters() -> None:
    assert global_norm([[3.0, 0.0], [[4.0], [12.0]]]) == 13.0


def test_a_long_gradient_is_scaled_by_one_factor() -> None:
    first, second = clip_by_norm([[3.0], [[-4.0, 12.0]]], max_norm=6.5)

    assert first.tolist() == [1.5]
    assert second.tolist() == [[-2.0, 6.0]]


def test_a_gradient_of_just_the_allowed_norm_is_left_as_it_is() -> None:
    (clipped,) = clip_by_norm([[3.0, 4.0]], max_norm=5.0)

    assert clipped.tolist() == [3.0, 4.0]


def test_each_component_is_brought_within_the_limit() -> None:
    first, second = clip_by_value([[3.0, -0.5], [-9.0]], limit=1.0)

    assert first.tolist() == [1.0, -0.5]
    assert second.tolist() == [-1.0]


def test_a_zero_gradient_stays_zero() -> None:
    assert clip_by_norm([np.zeros(3)], max_norm=1.0)[0].tolist() == [0.0, 0.0, 0.0]
    assert global_norm([np.zeros((2, 2)), np.zeros(0)]) == 0.0


@given(gradients=gradients, limit=limits)
def test_no_clipped_gradient_is_longer_than_allowed(gradients, limit) -> None:
    assert global_norm(clip_by_norm(gradients, max_norm=limit)) <= limit * (1 + 1e-12)


@given(gradients=gradients, limit=limits)
def test_clipping_twice_is_clipping_once(gradients, limit) -> None:
    once = clip_by_value(gradients, limit=limit)

    for first, second in zip(once, clip_by_value(once, limit=limit), strict=True):
        np.testing.assert_array_equal(first, second)


@given(gradients=gradients, limit=limits)
def test_the_originals_are_neither_changed_nor_handed_back(gradients, limit) -> None:
    before = [gradient.copy() for gradient in gradients]

    results = (*clip_by_norm(gradients, max_norm=limit), *clip_by_value(gradients, limit=limit))

    for gradient, kept in zip(gradients, before, strict=True):
        np.testing.assert_array_equal(gradient, kept)
        assert not any(np.shares_memory(gradient, result) for result in results)


def test_huge_and_tiny_gradients_cause_no_floating_point_error() -> None:
    (huge,) = clip_by_norm([[1e308, 1e308]], max_norm=1.0)
    (tiny,) = clip_by_norm([[1e-308, 3e-308]], max_norm=1.0)

    np.testing.assert_allclose(huge, np.sqrt(0.5), rtol=1e-15)
    assert tiny.tolist() == [1e-308, 3e-308]
    assert global_norm([[3e-200, 4e-200]]) == pytest.approx(5e-200, rel=1e-15)


def test_weight_decay_adds_the_weights() -> None:
    (result,) = add_weight_decay([[1.0, -2.0]], [[10.0, 20.0]], strength=0.5)

    assert result.tolist() == [6.0, 8.0]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_is_kept(dtype) -> None:
    gradient = [np.array([3, 4], dtype)]

    results = (
        *clip_by_norm(gradient, max_norm=np.float64(1)),
        *clip_by_value(gradient, limit=np.float64(1)),
        *add_weight_decay(gradient, gradient, strength=np.float64(0.5)),
    )

    assert {result.dtype for result in results} == {np.dtype(dtype)}
    assert global_norm(gradient).dtype == dtype


def test_each_parameter_keeps_its_own_precision() -> None:
    mixed = [np.array([3], np.float32), np.array([4.0])]

    assert [each.dtype for each in clip_by_norm(mixed, max_norm=1.0)] == [np.float32, np.float64]


def test_whole_numbers_become_double_precision() -> None:
    assert clip_by_norm([[3, 4]], max_norm=1)[0].dtype == np.float64


@pytest.mark.parametrize("limit", [0.0, -1.0, np.inf, np.nan])
def test_a_limit_that_is_no_limit_is_refused(limit) -> None:
    with pytest.raises(ValueError, match="finite max_norm above 0"):
        clip_by_norm([[1.0]], max_norm=limit)
    with pytest.raises(ValueError, match="finite limit above 0"):
        clip_by_value([[1.0]], limit=limit)
    with pytest.raises(ValueError, match="finite strength above 0"):
        add_weight_decay([[1.0]], [[1.0]], strength=limit)


@pytest.mark.parametrize("nothing", [[], [np.zeros(0)]])
def test_no_gradient_at_all_is_refused(nothing) -> None:
    with pytest.raises(ValueError, match="at least one gradient"):
        clip_by_norm(nothing, max_norm=1.0)
    with pytest.raises(ValueError, match="at least one gradient"):
        global_norm(nothing)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="norm float64 can hold"):
        global_norm([[1.5e308, 1.5e308]])
    with pytest.raises(ValueError, match="gradient to have shape"):
        add_weight_decay([[1.0, 2.0]], [[1.0]], strength=0.1)
    with pytest.raises(ValueError, match="expected 2 gradients"):
        add_weight_decay([[1.0]], [[1.0], [2.0]], strength=0.1)
    with pytest.raises(ValueError, match="real numbers"):
        clip_by_value([["a"]], limit=1.0)
