from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from studydl.nn.regularization import (
    ambiguity_decomposition,
    average,
    fit_stump,
    majority_vote,
    stump_output,
    variance_of_average,
)

tables = arrays(np.float64, (3, 4), elements=st.floats(-1e3, 1e3))
targets = arrays(np.float64, 4, elements=st.floats(-1e3, 1e3))


def test_average_and_vote_by_hand() -> None:
    assert average([[1.0, 4.0], [3.0, 0.0]]).tolist() == [2.0, 2.0]
    assert majority_vote([[1, -1], [1, -1], [-1, 1]]).tolist() == [1.0, -1.0]


def test_the_variance_of_an_average_by_hand() -> None:
    assert variance_of_average(8.0, 0.25, 3) == 4.0
    assert variance_of_average(8.0, 1.0, 3) == 8.0
    assert variance_of_average(8.0, -0.5, 3) == 0.0
    assert variance_of_average(8.0, 0.7, 1) == pytest.approx(8.0)


@given(tables, targets)
def test_the_error_of_the_average_is_the_mean_error_less_the_ambiguity(
    table: np.ndarray, y: np.ndarray
) -> None:
    parts = ambiguity_decomposition(table, y)

    assert parts.ensemble_error + parts.ambiguity == pytest.approx(
        parts.member_error, rel=1e-9, abs=1e-9
    )


def test_a_stump_splits_where_the_targets_jump() -> None:
    stump = fit_stump([0.0, 1.0, 2.0, 5.0], [1.0, 3.0, 10.0, 12.0])

    assert (stump.threshold, stump.below, stump.above) == (1.5, 2.0, 11.0)
    assert stump_output(stump, [1.5, 1.6, -9.0]).tolist() == [2.0, 11.0, 2.0]


@given(arrays(np.float64, 6, elements=st.floats(-100, 100)))
def test_no_single_split_beats_the_fitted_stump(y: np.ndarray) -> None:
    x = np.arange(6.0)
    fitted = np.sum((y - stump_output(fit_stump(x, y), x)) ** 2)

    for cut in range(1, 6):
        pieces = np.concatenate([np.full(cut, y[:cut].mean()), np.full(6 - cut, y[cut:].mean())])
        assert fitted <= np.sum((y - pieces) ** 2) + 1e-9


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_is_kept(dtype: type) -> None:
    table = np.array([[1, -1], [1, 1], [-1, 1]], dtype=dtype)

    assert average(table).dtype == dtype
    assert majority_vote(table).dtype == dtype
    assert {part.dtype for part in ambiguity_decomposition(table, table[0])} == {np.dtype(dtype)}
    stump = fit_stump(table[0], table[2])
    assert stump_output(stump, table[0]).dtype == dtype


def test_large_predictions_raise_no_warning() -> None:
    with np.errstate(all="raise", under="ignore"):
        parts = ambiguity_decomposition(np.array([[1e100], [-1e100]]), [1000.0])

    assert all(np.isfinite(part) for part in parts)


def test_what_is_no_ensemble_is_refused() -> None:
    with pytest.raises(ValueError, match=r"predictions in shape \(examples, features\)"):
        average([1.0, 2.0])
    with pytest.raises(ValueError, match="an odd number of members, which cannot tie, got 2"):
        majority_vote([[1.0], [1.0]])
    with pytest.raises(ValueError, match="votes of -1 or 1"):
        majority_vote([[0.5]])
    with pytest.raises(ValueError, match="expected 2 targets, got 1"):
        ambiguity_decomposition([[1.0, 2.0]], [1.0])


def test_impossible_variances_are_refused() -> None:
    with pytest.raises(ValueError, match="expected a finite variance of 0 or more, got -1"):
        variance_of_average(-1.0, 0.0, 2)
    with pytest.raises(ValueError, match=r"of 3 members in \[-0.5, 1\], got -0.6"):
        variance_of_average(1.0, -0.6, 3)
    with pytest.raises(ValueError, match="expected members of 1 or more, got 0"):
        variance_of_average(1.0, 0.0, 0)


def test_what_cannot_be_split_is_refused() -> None:
    with pytest.raises(ValueError, match="two different inputs to split between"):
        fit_stump([1.0, 1.0], [0.0, 1.0])
    with pytest.raises(ValueError, match="expected 2 targets, got 1"):
        fit_stump([1.0, 2.0], [0.0])
