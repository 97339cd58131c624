from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.normalization import cosine_norm, cosine_norm_backward

seeds = st.integers(0, 2**32)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def test_angles_by_hand() -> None:
    z = cosine_norm([[3.0, 4.0]], [[2.0, 4.0, -3.0], [0.0, -3.0, -4.0]])

    np.testing.assert_allclose(z, [[0.6, 0.0, -1.0]], atol=1e-15)


@given(seeds)
def test_the_cosine_stays_within_one_and_forgets_both_lengths(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=(4, 3)), rng.normal(size=(3, 2))
    scales = rng.uniform(0.01, 100, (4, 1))

    z = cosine_norm(x, w)

    assert np.all(np.abs(z) <= 1 + 1e-14)
    np.testing.assert_allclose(cosine_norm(scales * x, 7 * w), z, rtol=1e-12, atol=1e-14)


@given(seeds)
def test_both_gradients_are_orthogonal_to_what_they_are_for(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, w, g = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=(4, 2))

    back = cosine_norm_backward(g, x, w)

    np.testing.assert_allclose(np.sum(x * back.x, axis=1), 0.0, atol=1e-12)
    np.testing.assert_allclose(np.sum(w * back.weights, axis=0), 0.0, atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_precision_of_the_input_is_kept(dtype: type) -> None:
    x, w = np.arange(6, dtype=dtype).reshape(2, 3), np.ones((3, 2), dtype)

    assert cosine_norm(x, w).dtype == dtype
    assert [each.dtype for each in cosine_norm_backward(np.ones((2, 2), dtype), x, w)] == [
        dtype
    ] * 2


def test_vectors_without_direction_have_cosine_zero_and_no_gradient() -> None:
    x, w = np.array([[0.0, 0.0], [1000.0, 1e-200]]), np.array([[0.0, 1e-200], [0.0, 0.0]])

    back = cosine_norm_backward(np.ones((2, 2)), x, w)

    assert cosine_norm(x, w).tolist() == [[0.0, 0.0], [0.0, 1.0]]
    assert back.x[0].tolist() == [0.0, 0.0]
    assert back.weights[:, 0].tolist() == [0.0, 0.0]


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match=r"expected weights for 3 inputs, got shape \(2, 2\)"):
        cosine_norm(np.ones((2, 3)), np.ones((2, 2)))
    with pytest.raises(ValueError, match=r"expected x of shape \(batch, fan_in\)"):
        cosine_norm(np.ones(3), np.ones((3, 2)))
    with pytest.raises(ValueError, match=r"expected gradient of shape \(2, 2\)"):
        cosine_norm_backward(np.ones(2), np.ones((2, 3)), np.ones((3, 2)))
    with pytest.raises(ValueError, match="x to hold real numbers, got complex128"):
        cosine_norm(np.array([[1j]]), np.ones((1, 1)))
