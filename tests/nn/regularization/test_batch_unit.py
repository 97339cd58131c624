from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.regularization import batch_unit, batch_unit_gradient


def batch(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=3), rng.normal(size=(6, 3)), rng.normal(size=6)


def test_a_unit_by_hand() -> None:
    assert batch_unit([2.0], [[1.0], [3.0]]).tolist() == [-1.0, 1.0]


@given(st.integers(0, 1000))
def test_the_outputs_of_a_batch_have_mean_zero_and_variance_one(seed: int) -> None:
    weights, x, _ = batch(seed)
    out = batch_unit(weights, x)

    assert out.mean() == pytest.approx(0, abs=1e-12)
    assert out.var() == pytest.approx(1)


@given(st.integers(0, 1000))
def test_the_gradient_is_the_slope_of_the_loss(seed: int) -> None:
    weights, x, upstream = batch(seed)
    gradient = batch_unit_gradient(weights, x, upstream)
    direction = np.random.default_rng(seed).normal(size=3)

    def loss(step: float) -> float:
        return float(upstream @ batch_unit(weights + step * direction, x))

    slope = (loss(1e-6) - loss(-1e-6)) / 2e-6
    assert gradient @ direction == pytest.approx(slope, rel=1e-4, abs=1e-4)


def test_the_precision_is_kept() -> None:
    weights, x, upstream = (each.astype(np.float32) for each in batch(0))

    assert batch_unit(weights, x).dtype == np.float32
    assert batch_unit_gradient(weights, x, upstream).dtype == np.float32


def test_large_weights_raise_no_warning() -> None:
    weights, x, upstream = batch(0)

    with np.errstate(all="raise", under="ignore"):
        assert np.all(np.isfinite(batch_unit_gradient(1e100 * weights, 1e-100 * x, upstream)))


def test_wrong_shapes_and_a_batch_of_equal_outputs_are_refused() -> None:
    weights, x, upstream = batch(0)

    with pytest.raises(ValueError, match="expected inputs of width 2, got width 3"):
        batch_unit(weights[:2], x)
    with pytest.raises(ValueError, match="expected 6 upstream gradients, got 5"):
        batch_unit_gradient(weights, x, upstream[:5])
    with pytest.raises(ValueError, match="outputs that differ within the batch"):
        batch_unit([1.0], [[2.0], [2.0]])
