from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studydl.nn.regularization import (
    Gaussian,
    empirical_distribution,
    fit_gaussian,
    gaussian_sample,
    noisy_copies,
    resample,
)

rows = arrays(np.float64, (5, 2), elements=st.floats(-1e3, 1e3))


def generator() -> np.random.Generator:
    return np.random.default_rng(5)


def test_the_empirical_distribution_counts_what_is_not_above() -> None:
    assert empirical_distribution([3.0, 1.0, 3.0, 8.0], [0.0, 1.0, 3.0, 9.0]).tolist() == [
        0.0,
        0.25,
        0.75,
        1.0,
    ]


@given(rows)
def test_copies_without_noise_repeat_the_examples(x: np.ndarray) -> None:
    inputs, targets = noisy_copies(generator(), x, x[:, 0], copies=3, noise=0.0)

    assert np.array_equal(inputs, np.tile(x, (3, 1)))
    assert np.array_equal(targets, np.tile(x[:, 0], 3))


def test_noise_moves_the_inputs_by_its_size_and_leaves_the_targets() -> None:
    x = np.zeros((50, 4))
    inputs, targets = noisy_copies(generator(), x, np.arange(50), copies=20, noise=3.0)

    assert 2.7 < inputs.std() < 3.3
    assert np.array_equal(targets, np.tile(np.arange(50.0), 20))


@given(rows)
def test_a_bootstrap_sample_holds_only_rows_that_were_there(x: np.ndarray) -> None:
    drawn = resample(generator(), x)

    assert drawn.shape == x.shape
    assert {tuple(row) for row in drawn} <= {tuple(row) for row in x}


def test_a_fitted_gaussian_by_hand() -> None:
    gaussian = fit_gaussian([[0.0, 0.0], [2.0, 4.0]])

    assert gaussian.mean.tolist() == [1.0, 2.0]
    assert gaussian.covariance.tolist() == [[2.0, 4.0], [4.0, 8.0]]


def test_a_sample_of_a_gaussian_by_hand() -> None:
    gaussian = Gaussian(np.array([1.0, 2.0]), np.array([[4.0, 2.0], [2.0, 10.0]]))

    # The Cholesky factor is ((2, 0), (1, 3)).
    assert gaussian_sample(gaussian, [[1.0, 0.0], [0.0, 1.0]]).tolist() == [[3.0, 3.0], [1.0, 5.0]]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_is_kept(dtype: type) -> None:
    x = np.array([[1, 2], [3, 7], [0, 1]], dtype=dtype)
    gaussian = fit_gaussian(x)

    assert {part.dtype for part in gaussian} == {np.dtype(dtype)}
    assert gaussian_sample(gaussian, x).dtype == dtype
    assert resample(generator(), x).dtype == dtype
    assert noisy_copies(generator(), x, x[:, 0], copies=2, noise=1.0)[0].dtype == dtype
    assert empirical_distribution(x[:, 0], x[:, 1]).dtype == dtype


def test_what_cannot_be_augmented_is_refused() -> None:
    with pytest.raises(ValueError, match="expected copies of 1 or more, got 0"):
        noisy_copies(generator(), [[1.0]], [1.0], copies=0, noise=1.0)
    with pytest.raises(ValueError, match="expected a finite noise of 0 or more, got -1"):
        noisy_copies(generator(), [[1.0]], [1.0], copies=1, noise=-1)
    with pytest.raises(ValueError, match=r"examples in shape \(examples, features\)"):
        resample(generator(), [1.0])
    with pytest.raises(ValueError, match=r"sample as a vector, got shape \(0,\)"):
        empirical_distribution([], [1.0])


def test_what_is_no_density_is_refused() -> None:
    with pytest.raises(ValueError, match="two examples or more to estimate a covariance"):
        fit_gaussian([[1.0]])
    with pytest.raises(ValueError, match="expected a positive definite covariance"):
        gaussian_sample(Gaussian(np.zeros(1), np.zeros((1, 1))), [[1.0]])
    with pytest.raises(ValueError, match=r"a mean of shape \(2,\)"):
        gaussian_sample(Gaussian(np.zeros(1), np.ones((1, 1))), [[1.0, 2.0]])
