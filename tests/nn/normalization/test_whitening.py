from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.normalization import (
    covariance,
    pca_whitening,
    zca_whitening,
    zca_whitening_backward,
)

seeds = st.integers(0, 2**32)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def correlated(seed: int, examples: int = 12, features: int = 3) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(examples, features)) @ rng.normal(size=(features, features)) + 5


def test_the_covariance_of_two_points_by_hand() -> None:
    assert covariance([[0.0, 1.0], [2.0, -3.0]]).tolist() == [[1.0, -2.0], [-2.0, 4.0]]


@given(seeds)
def test_both_whitenings_leave_the_identity_for_a_covariance(seed: int) -> None:
    for whitening in (pca_whitening, zca_whitening):
        y, _ = whitening(correlated(seed))

        np.testing.assert_allclose(covariance(y), np.eye(3), atol=1e-6)
        np.testing.assert_allclose(y.mean(axis=0), 0.0, atol=1e-6)


@given(seeds)
def test_principal_components_come_largest_first(seed: int) -> None:
    _, cache = pca_whitening(correlated(seed))

    assert np.all(np.diff(cache.variances) >= 0)


def test_epsilon_keeps_what_does_not_vary_from_being_blown_up() -> None:
    x = np.array([[1.0, 1.0], [3.0, 3.0]])

    y, _ = zca_whitening(x, epsilon=1e-3)

    assert np.all(np.abs(y) <= 1)
    with pytest.raises(ValueError, match="expected a covariance of full rank, or an epsilon"):
        zca_whitening(x)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_of_the_input_is_kept(dtype: type) -> None:
    x = correlated(3).astype(dtype)

    y, cache = zca_whitening(x, epsilon=1e-3)

    assert y.dtype == pca_whitening(x, epsilon=1e-3)[0].dtype == dtype
    assert zca_whitening_backward(x, cache).dtype == covariance(x).dtype == dtype


def test_the_gradient_is_centred() -> None:
    x = correlated(4)
    _, cache = zca_whitening(x)

    np.testing.assert_allclose(zca_whitening_backward(np.sin(x), cache).mean(axis=0), 0, atol=1e-15)


def test_shapes_that_do_not_fit_are_refused() -> None:
    _, cache = zca_whitening(correlated(5))
    with pytest.raises(ValueError, match=r"expected gradient of shape \(12, 3\)"):
        zca_whitening_backward(np.ones(3), cache)
    with pytest.raises(ValueError, match=r"expected x of shape \(batch, d\)"):
        covariance(np.ones((2, 2, 2)))
    with pytest.raises(ValueError, match="expected a finite epsilon of 0 or more, got -1"):
        pca_whitening(correlated(6), epsilon=-1.0)
