from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.regularization import descend, least_squares, stop_early

LOSSES = [5.0, 3.0, 4.0, 2.0, 2.0, 6.0, 1.0]


@pytest.mark.parametrize(
    ("patience", "epoch", "best"), [(1, 2, 1), (2, 5, 3), (3, 6, 6), (4, 6, 6), (9, 6, 6)]
)
def test_stopping_by_hand(patience: int, epoch: int, best: int) -> None:
    stopped = stop_early(LOSSES, 10 * np.arange(7), patience=patience)

    assert (stopped.epoch, stopped.best_epoch, stopped.parameters) == (epoch, best, 10 * best)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=12), st.integers(1, 12))
def test_what_is_kept_is_the_best_of_what_was_trained(losses: list[float], patience: int) -> None:
    stopped = stop_early(losses, np.array(losses), patience=patience)

    assert stopped.parameters == min(losses[: stopped.epoch + 1])
    assert stopped.epoch - stopped.best_epoch <= patience


def test_two_steps_of_descent_by_hand() -> None:
    # Curvature 2, pull 4: 0 → 1 → 1.5 at a rate of a quarter
    path = descend([[2.0], [0.0]], [4.0, 0.0], learning_rate=0.25, steps=2)

    assert path.tolist() == [[0.0], [1.0], [1.5]]


def test_a_long_descent_ends_at_least_squares() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(20, 3)), rng.normal(size=(20, 2))

    path = descend(x, y, learning_rate=0.5, steps=400)

    assert path.shape == (401, 3, 2)
    assert path[-1] == pytest.approx(least_squares(x, y), rel=1e-8)


def test_the_precision_is_kept() -> None:
    x = np.array([[1.0], [2.0]], dtype=np.float32)

    assert descend(x, x[:, 0], learning_rate=0.1, steps=2).dtype == np.float32
    assert stop_early([1.0, 2.0], x, patience=1).parameters.dtype == np.float32


def test_what_cannot_be_trained_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a learning_rate below 0\.5, beyond which"):
        descend([[2.0]], [1.0], learning_rate=0.5, steps=1)
    with pytest.raises(ValueError, match="expected steps of 1 or more, got 0"):
        descend([[2.0]], [1.0], learning_rate=0.1, steps=0)
    with pytest.raises(ValueError, match="expected a finite learning_rate above 0, got 0"):
        descend([[2.0]], [1.0], learning_rate=0, steps=1)
    with pytest.raises(ValueError, match=r"parameters of 2 epochs, got shape \(1,\)"):
        stop_early([1.0, 2.0], [1.0], patience=1)
    with pytest.raises(ValueError, match="expected patience of 1 or more, got 0"):
        stop_early([1.0], [1.0], patience=0)
