from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.normalization import weight_norm, weight_norm_backward, weight_norm_start

seeds = st.integers(0, 2**32)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def test_a_column_by_hand() -> None:
    assert weight_norm([[3.0], [-4.0]], [10.0]).tolist() == [[6.0], [-8.0]]


@given(seeds)
def test_every_column_has_its_length_and_its_gradient_is_orthogonal_to_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    v, g, gradient = rng.normal(size=(4, 3)), rng.uniform(0.1, 3, 3), rng.normal(size=(4, 3))

    weights, back = weight_norm(v, g), weight_norm_backward(gradient, v, g)

    np.testing.assert_allclose(np.linalg.norm(weights, axis=0), g, rtol=1e-13)
    size = np.abs(v).max() * np.abs(back.direction).max()
    np.testing.assert_allclose(np.sum(v * back.direction, axis=0), 0.0, atol=1e-13 * size)


@given(seeds)
def test_the_start_standardises_the_first_batch(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, v = rng.normal(2, 5, size=(8, 4)), rng.normal(size=(4, 3))

    start = weight_norm_start(x, v)
    z = x @ weight_norm(v, start.length) + start.bias

    np.testing.assert_allclose(z.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(z.std(axis=0), 1.0, rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_of_the_direction_is_kept(dtype: type) -> None:
    v, g = np.arange(1, 7, dtype=dtype).reshape(3, 2), np.ones(2)

    assert weight_norm(v, g).dtype == dtype
    assert [each.dtype for each in weight_norm_backward(v, v, g)] == [dtype] * 2
    assert [each.dtype for each in weight_norm_start(v, np.eye(2, dtype=dtype))] == [dtype] * 2


def test_whole_numbers_become_double_precision() -> None:
    assert weight_norm([[3], [4]], [1]).dtype == np.float64


def test_large_and_tiny_directions_raise_no_warning() -> None:
    v = np.array([[1000.0, 3e-200, 3e150], [-1000.0, 4e-200, 4e150]])

    weights = weight_norm(v, np.ones(3))

    np.testing.assert_allclose(np.abs(weights[:, 1:]), [[0.6, 0.6], [0.8, 0.8]], rtol=1e-14)


def test_a_direction_of_length_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="directions of a length above 0"):
        weight_norm([[1.0, 0.0], [0.0, 0.0]], [1.0, 1.0])


@pytest.mark.parametrize(("direction", "length"), [(np.ones(3), np.ones(3)), (np.eye(3), [1.0])])
def test_shapes_that_do_not_fit_are_refused(direction, length) -> None:
    with pytest.raises(ValueError, match=r"expected .* of shape"):
        weight_norm(direction, length)


def test_a_gradient_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected gradient of shape \(3, 3\)"):
        weight_norm_backward(np.ones(3), np.eye(3), np.ones(3))


def test_a_first_batch_on_which_a_unit_is_constant_is_refused() -> None:
    with pytest.raises(ValueError, match="every unit varies"):
        weight_norm_start(np.ones((4, 2)), np.eye(2))
    with pytest.raises(ValueError, match="expected x of 2 features"):
        weight_norm_start(np.ones((4, 3)), np.eye(2))
