from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.regularization import elastic_net, lasso, least_squares, ridge

FITS = [
    least_squares,
    lambda x, y: ridge(x, y, penalty=0.5),
    lambda x, y: lasso(x, y, penalty=0.1),
    lambda x, y: elastic_net(x, y, l1=0.1, l2=0.5),
]


def data(seed: int = 0, n: int = 12, d: int = 4) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) * np.array([1.0, 3.0, 0.5, 2.0])[:d], rng.normal(size=n)


def objective(x: np.ndarray, y: np.ndarray, w: np.ndarray, l1: float, l2: float) -> float:
    loss = np.mean((y - x @ w) ** 2) / 2
    return float(loss + l1 * np.sum(np.abs(w)) + l2 / 2 * np.sum(w**2))


def test_one_weight_by_hand() -> None:
    x, y = [[1.0], [2.0]], [3.0, 6.0]

    assert least_squares(x, y) == pytest.approx([3.0])
    assert ridge(x, y, penalty=0.5) == pytest.approx([2.5])  # 7.5 / (2.5 + 0.5)
    assert lasso(x, y, penalty=0.5) == pytest.approx([2.8])  # (7.5 - 0.5) / 2.5
    assert elastic_net(x, y, l1=0.5, l2=1.0) == pytest.approx([2.0])  # 7 / 3.5


def test_several_targets_are_fitted_side_by_side() -> None:
    x, y = data()
    both = np.stack([y, 2 * y], axis=1)

    assert ridge(x, both, penalty=0.3)[:, 1] == pytest.approx(2 * ridge(x, y, penalty=0.3))
    assert least_squares(x, both)[:, 1] == pytest.approx(2 * least_squares(x, y))


def test_with_more_weights_than_examples_least_squares_takes_the_shortest() -> None:
    assert least_squares([[1.0, 1.0]], [2.0]) == pytest.approx([1.0, 1.0])


def test_a_strong_l1_penalty_sets_every_weight_to_exactly_zero() -> None:
    x, y = data()
    largest = float(np.max(np.abs(x.T @ y / len(y))))

    assert not np.any(lasso(x, y, penalty=1.001 * largest))
    assert np.count_nonzero(lasso(x, y, penalty=0.999 * largest)) == 1


def test_without_penalties_the_elastic_net_ends_at_least_squares() -> None:
    x, y = data()

    assert elastic_net(x, y, l1=0, l2=0) == pytest.approx(least_squares(x, y), rel=1e-9)


def test_without_l1_the_elastic_net_ends_at_ridge() -> None:
    x, y = data()

    assert elastic_net(x, y, l1=0, l2=0.7) == pytest.approx(ridge(x, y, penalty=0.7), rel=1e-9)


def test_a_feature_that_is_zero_throughout_keeps_a_weight_of_zero() -> None:
    x, y = data()
    x[:, 2] = 0

    assert lasso(x, y, penalty=0.01)[2] == 0


@given(st.integers(0, 50), st.floats(0.001, 2), st.floats(0.001, 2))
def test_no_small_change_of_the_weights_lowers_the_penalised_loss(
    seed: int, l1: float, l2: float
) -> None:
    x, y = data(seed)
    weights = elastic_net(x, y, l1=l1, l2=l2)
    best = objective(x, y, weights, l1, l2)

    for change in np.random.default_rng(seed).normal(scale=0.01, size=(20, 4)):
        assert objective(x, y, weights + change, l1, l2) >= best


@pytest.mark.parametrize("fit", FITS)
def test_the_precision_of_the_inputs_is_kept(fit) -> None:
    x, y = data()

    assert fit(x.astype(np.float32), y.astype(np.float32)).dtype == np.float32
    assert fit(x, y).dtype == np.float64
    assert fit([[1, 0], [0, 2]], [3, 4]).dtype == np.float64


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize("scale", [1e-100, 1e-3, 1e3, 1e100])
def test_small_and_large_inputs_raise_no_warning(fit, scale: float) -> None:
    x, y = data()

    with np.errstate(all="raise", under="ignore"):
        assert np.all(np.isfinite(fit(scale * x, scale * y)))


@pytest.mark.parametrize("fit", FITS)
def test_wrong_shapes_and_sizes_are_refused(fit) -> None:
    with pytest.raises(ValueError, match=r"in shape \(examples, features\), got shape \(2,\)"):
        fit([1.0, 2.0], [1.0, 2.0])
    with pytest.raises(ValueError, match=r"a target for each of 2 inputs, got shape \(3,\)"):
        fit(np.ones((2, 2)), np.ones(3))
    with pytest.raises(ValueError, match="whose squares float64 can add, got 1e\\+200"):
        fit([[1e200]], [1.0])
    with pytest.raises(ValueError, match="inputs to hold real numbers, got complex128"):
        fit([[1j]], [1.0])


def test_penalties_out_of_range_are_refused() -> None:
    x, y = data()

    with pytest.raises(ValueError, match="expected a finite penalty above 0, got 0"):
        ridge(x, y, penalty=0)
    with pytest.raises(ValueError, match="expected a finite l1 of 0 or more, got -1"):
        lasso(x, y, penalty=-1)
    with pytest.raises(ValueError, match="expected a finite l2 of 0 or more, got nan"):
        elastic_net(x, y, l1=0, l2=np.nan)
    with pytest.raises(ValueError, match="expected sweeps of 1 or more, got 0"):
        lasso(x, y, penalty=1, sweeps=0)
    with pytest.raises(ValueError, match=r"one target an example, got shape \(12, 1\)"):
        lasso(x, y[:, None], penalty=1)
