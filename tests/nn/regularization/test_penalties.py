from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studydl.nn.regularization import shrink, soft_threshold, worst_perturbation

vectors = arrays(np.float64, 4, elements=st.floats(-1e3, 1e3))
strengths = st.floats(0, 100)


def test_the_soft_threshold_by_hand() -> None:
    result = soft_threshold([-3.0, -0.5, 0.0, 0.5, 3.0], threshold=1)

    assert result.tolist() == [-2.0, 0.0, 0.0, 0.0, 2.0]


def test_shrinking_by_hand() -> None:
    assert shrink([-3.0, 0.0, 1.5], penalty=0.5).tolist() == [-2.0, 0.0, 1.0]


@given(vectors, vectors, strengths)
def test_neither_penalty_moves_two_weights_apart(
    a: np.ndarray, b: np.ndarray, strength: float
) -> None:
    room = 1e-12 * (np.abs(a) + np.abs(b) + strength)
    for after in (
        soft_threshold(a, threshold=strength) - soft_threshold(b, threshold=strength),
        shrink(a, penalty=strength) - shrink(b, penalty=strength),
    ):
        assert np.all(np.abs(after) <= np.abs(a - b) + room)


@given(vectors, st.floats(0, 10), arrays(np.float64, 4, elements=st.floats(-1, 1)))
def test_no_perturbation_of_that_size_moves_the_output_more(
    weights: np.ndarray, size: float, other: np.ndarray
) -> None:
    by_box = worst_perturbation(weights, size=size, norm="largest")
    by_ball = worst_perturbation(weights, size=size, norm="euclidean")

    assert size * other @ weights <= by_box @ weights * (1 + 1e-12) + 1e-9
    inside = other / max(1.0, float(np.linalg.norm(other)))
    assert size * inside @ weights <= by_ball @ weights * (1 + 1e-12) + 1e-9


def test_weights_of_zero_have_no_worst_direction() -> None:
    assert worst_perturbation([0.0, 0.0], size=1, norm="euclidean").tolist() == [0.0, 0.0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_is_kept(dtype: type) -> None:
    weights = np.array([1, -1000], dtype=dtype)

    assert soft_threshold(weights, threshold=0.3).dtype == dtype
    assert shrink(weights, penalty=0.3).dtype == dtype
    assert worst_perturbation(weights, size=0.3, norm="euclidean").dtype == dtype
    assert worst_perturbation(weights, size=0.3, norm="largest").dtype == dtype


def test_whole_and_single_numbers_become_double_precision() -> None:
    assert soft_threshold(3, threshold=1) == 2.0
    assert shrink(3, penalty=2) == 1.0


def test_hyperparameters_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="expected a finite threshold of 0 or more, got -1"):
        soft_threshold([1.0], threshold=-1)
    with pytest.raises(ValueError, match="expected a finite penalty of 0 or more, got nan"):
        shrink([1.0], penalty=np.nan)
    with pytest.raises(ValueError, match="expected a finite size of 0 or more, got inf"):
        worst_perturbation([1.0], size=np.inf, norm="largest")
    with pytest.raises(ValueError, match=r"weights as a vector, got shape \(1, 1\)"):
        worst_perturbation([[1.0]], size=1, norm="largest")
