from __future__ import annotations

import numpy as np
import pytest

from studydl.nn.normalization import (
    Placement,
    RecurrentWeights,
    batch_norm,
    batch_norm_at,
    layer_norm_at,
    recurrent_backward,
    recurrent_forward,
    sequence_batch_norm,
    sequence_batch_norm_backward,
)


@pytest.fixture(autouse=True)
def _floating_point_errors_raise():
    with np.errstate(all="raise", under="ignore"):
        yield


def problem(dtype: type = np.float64) -> tuple[np.ndarray, np.ndarray, RecurrentWeights]:
    rng = np.random.default_rng(7)
    x, start = rng.normal(size=(5, 4, 2)).astype(dtype), rng.normal(size=(5, 3)).astype(dtype)
    weights = RecurrentWeights(
        rng.normal(size=(3, 3)).astype(dtype), rng.normal(size=(2, 3)).astype(dtype)
    )
    return x, start, weights


def test_without_norms_it_is_the_plain_recurrence() -> None:
    x, start, weights = problem()

    states, _ = recurrent_forward(x, start, weights, Placement())

    h = start
    for t in range(4):
        h = np.tanh(h @ weights.hidden + x[:, t] @ weights.input)
        np.testing.assert_array_equal(states[:, t], h)


@pytest.mark.parametrize("make", [batch_norm_at, layer_norm_at])
def test_a_step_depends_on_no_later_input(make) -> None:
    x, start, weights = problem()
    placement = Placement(total=make(np.ones(3), np.zeros(3)))
    changed = x.copy()
    changed[:, 2] = np.sin(3 * changed[:, 2])

    states, _ = recurrent_forward(x, start, weights, placement)
    others, _ = recurrent_forward(changed, start, weights, placement)

    np.testing.assert_array_equal(states[:, :2], others[:, :2])
    assert np.abs(states[:, 2] - others[:, 2]).max() > 0.01


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_of_the_input_is_kept(dtype: type) -> None:
    x, start, weights = problem(dtype)
    norm = batch_norm_at(np.ones(3, dtype), np.zeros(3, dtype))

    states, cache = recurrent_forward(x, start, weights, Placement(norm, norm, norm))
    back = recurrent_backward(states, cache)

    assert states.dtype == dtype
    assert {e.dtype for e in (back.x, back.start, *back.weights, back.gains, back.shifts)} == {
        np.dtype(dtype)
    }


def test_large_inputs_raise_no_warning() -> None:
    x, start, weights = problem()
    norm = batch_norm_at(np.ones(3), np.zeros(3))

    states, cache = recurrent_forward(1000 * x, 0 * start, weights, Placement(hidden=norm))

    assert np.all(np.isfinite(recurrent_backward(states, cache).x))


def test_statistics_over_the_sequence_are_those_of_all_steps_in_one_batch() -> None:
    x, _, _ = problem()

    together, cache = sequence_batch_norm(x, [1.0, 2.0], [0.5, 0.0])
    flat, _ = batch_norm(x.reshape(20, 2), [1.0, 2.0], [0.5, 0.0])

    np.testing.assert_array_equal(together, flat.reshape(5, 4, 2))
    assert sequence_batch_norm_backward(x, cache).x.shape == (5, 4, 2)


def test_shapes_that_do_not_fit_are_refused() -> None:
    x, start, weights = problem()
    states, cache = recurrent_forward(x, start, weights, Placement())
    with pytest.raises(ValueError, match=r"expected x of shape \(batch, m, d_in\)"):
        recurrent_forward(x[:, 0], start, weights, Placement())
    with pytest.raises(ValueError, match=r"expected start of shape \(5, 3\)"):
        recurrent_forward(x, start[:1], weights, Placement())
    with pytest.raises(ValueError, match="expected the hidden weights of shape"):
        recurrent_forward(x, start, weights._replace(hidden=np.ones((3, 1))), Placement())
    with pytest.raises(ValueError, match="expected the input weights of shape"):
        recurrent_forward(x, start, weights._replace(input=np.ones((3, 3))), Placement())
    with pytest.raises(ValueError, match=r"expected gradient of shape \(5, 4, 3\)"):
        recurrent_backward(states[:, 0], cache)
    with pytest.raises(ValueError, match=r"expected x of shape \(batch, m, d\)"):
        sequence_batch_norm(start, np.ones(3), np.zeros(3))
    with pytest.raises(ValueError, match=r"expected gradient of shape \(batch, m, d\)"):
        sequence_batch_norm_backward(start, None)
