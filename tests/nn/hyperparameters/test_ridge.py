from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.hyperparameters import ridge


def problem(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(9, 3)), rng.normal(size=9)


def test_one_weight_by_hand() -> None:
    assert ridge([[1], [2]], [2, 2], penalty=0).tolist() == [1.2]
    assert ridge([[1], [2]], [2, 2], penalty=1).tolist() == [1.0]


@given(st.integers(0, 2**32 - 1), st.floats(1e-3, 1e3))
def test_the_gradient_of_what_is_minimised_vanishes(seed, penalty) -> None:
    x, y = problem(seed)
    w = ridge(x, y, penalty=penalty)

    np.testing.assert_allclose(x.T @ (x @ w - y) + penalty * w, 0, atol=1e-9)


@given(st.integers(0, 2**32 - 1), st.floats(0, 1e2), st.floats(0.01, 1e2))
def test_a_larger_penalty_gives_shorter_weights(seed, penalty, more) -> None:
    x, y = problem(seed)

    shorter = np.linalg.norm(ridge(x, y, penalty=penalty + more))
    assert shorter < np.linalg.norm(ridge(x, y, penalty=penalty))


@pytest.mark.parametrize(
    ("dtype", "kept"),
    [(np.float16, np.float32), (np.float32, np.float32), (np.float64, np.float64)],
)
def test_the_precision_is_kept_as_far_as_a_solver_has_it(dtype, kept) -> None:
    x = np.eye(2, dtype=dtype)

    assert ridge(x, np.ones(2, dtype), penalty=np.float64(0.5)).dtype == kept


def test_whole_numbers_become_double_precision() -> None:
    assert ridge(np.eye(2, dtype=np.int16), [1, 0], penalty=1).dtype == np.float64


@pytest.mark.parametrize(
    ("x", "y"), [([1.0, 2.0], [1.0, 2.0]), ([[1.0], [2.0]], [1.0]), ([[1.0]], [[1.0]])]
)
def test_shapes_that_do_not_fit_are_refused(x, y) -> None:
    with pytest.raises(ValueError, match=r"expected inputs of shape \(examples, features\)"):
        ridge(x, y, penalty=1.0)


@pytest.mark.parametrize("penalty", [-1.0, math.inf, math.nan])
def test_a_penalty_that_is_not_finite_and_0_or_more_is_refused(penalty) -> None:
    with pytest.raises(ValueError, match="expected a finite penalty of 0 or more, got"):
        ridge([[1.0]], [1.0], penalty=penalty)


def test_dependent_features_need_a_penalty() -> None:
    x, y = [[1.0, 1.0], [2.0, 2.0]], [1.0, 2.0]

    assert ridge(x, y, penalty=0.5) == pytest.approx([10 / 21, 10 / 21])
    with pytest.raises(ValueError, match="expected independent features, or a penalty above 0"):
        ridge(x, y, penalty=0.0)


def test_inputs_that_are_no_real_numbers_are_refused() -> None:
    with pytest.raises(
        ValueError, match="expected the inputs to hold real numbers, got complex128"
    ):
        ridge([[1j]], [1.0], penalty=1.0)
