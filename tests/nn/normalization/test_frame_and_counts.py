from __future__ import annotations

import numpy as np
import pytest

from studydl.nn.normalization import (
    affine,
    batch_norm,
    batch_norm_count,
    layer_norm,
    layer_norm_count,
    recurrent_batch_norm_count,
    standardize,
    weight_norm_count,
    whitening_count,
)


def test_the_affine_map_stretches_and_then_shifts() -> None:
    assert affine([[1.0, -1.0]], [2.0, 3.0], [10.0, 20.0]).tolist() == [[12.0, 17.0]]


def test_an_affine_map_that_would_enlarge_the_input_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected gain and shift that fit shape \(2,\)"):
        affine([1.0, 2.0], np.ones((3, 2)), 0.0)


def test_statistics_keep_the_axes_over_which_they_run() -> None:
    found = standardize(np.arange(6.0).reshape(2, 3), axes=(1,))

    assert found.mean.shape == found.variance.shape == found.deviation.shape == (2, 1)
    np.testing.assert_array_equal(found.deviation, np.sqrt(found.variance + 1e-5))


@pytest.mark.parametrize("shape", [(5, 3), (2, 3, 4, 4)])
def test_the_counts_of_batch_norm_are_the_sizes_of_what_it_holds(shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(1).normal(size=shape)
    _, cache = batch_norm(x, np.ones(3), np.zeros(3))
    held = cache.standardized.mean.size + cache.standardized.variance.size

    assert batch_norm_count(shape) == (held, 2 * cache.gain.size)


@pytest.mark.parametrize("shape", [(5, 3), (2, 4, 3), (2, 3, 4, 4)])
def test_the_counts_of_layer_norm_are_the_sizes_of_what_it_holds(shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(1).normal(size=shape)
    features = shape[1:] if len(shape) == 4 else shape[-1:]
    _, cache = layer_norm(x, np.ones(features), np.zeros(features))
    held = cache.standardized.mean.size + cache.standardized.variance.size

    assert layer_norm_count(shape) == (held, 2 * cache.gain.size)


def test_counts_by_hand() -> None:
    assert weight_norm_count(4, 3) == (0, 15)
    assert whitening_count(3) == (9, 0)
    assert recurrent_batch_norm_count("total", steps=5, width=3) == (30, 6)
    assert recurrent_batch_norm_count("input", steps=5, width=3, layers=2) == (60, 12)
    assert recurrent_batch_norm_count("both", steps=5, width=3) == (60, 12)
    assert recurrent_batch_norm_count("vertical", steps=5, width=3, layers=2) == (12, 12)


def test_counts_of_what_does_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match=r"expected 2 or 4 lengths of 1 or more, got \(2, 3, 4\)"):
        batch_norm_count((2, 3, 4))
    with pytest.raises(ValueError, match="expected one of total, input, both, vertical"):
        recurrent_batch_norm_count("sideways", steps=1, width=1)
    with pytest.raises(ValueError, match="lengths of 1 or more"):
        whitening_count(0)
