from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.hyperparameters import chance_of_a_hit, grid_points, log_uniform, random_points

RANGES = [(-1.0, 3.0), (10.0, 20.0)]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20120213)


def test_a_grid_takes_the_middles_of_the_parts_and_combines_them() -> None:
    points = grid_points(RANGES, 2)

    assert points.tolist() == [[0.0, 12.5], [0.0, 17.5], [2.0, 12.5], [2.0, 17.5]]


@given(st.integers(1, 5), st.integers(1, 3))
def test_a_grid_repeats_each_value_of_an_axis_as_often_as_the_others_have_points(
    per_axis, dimensions
) -> None:
    points = grid_points([(0.0, 1.0)] * dimensions, per_axis)

    assert points.shape == (per_axis**dimensions, dimensions)
    for axis in points.T:
        _, counts = np.unique(axis, return_counts=True)
        assert counts.tolist() == [per_axis ** (dimensions - 1)] * per_axis


def test_random_points_lie_in_their_ranges_and_all_differ(rng) -> None:
    points = random_points(rng, RANGES, 200)

    assert points.shape == (200, 2)
    for axis, (low, high) in zip(points.T, RANGES, strict=True):
        assert low <= axis.min() < low + 0.1 * (high - low)
        assert high - 0.1 * (high - low) < axis.max() < high
        assert len(np.unique(axis)) == 200


def test_random_axes_are_independent(rng) -> None:
    points = random_points(rng, RANGES, 4000)

    assert abs(np.corrcoef(points.T)[0, 1]) < 5 / math.sqrt(4000)


def test_log_uniform_draws_fill_every_decade_alike(rng) -> None:
    draws = log_uniform(rng, 1e-3, 1e3, 6000)

    counts, _ = np.histogram(np.log10(draws), bins=6, range=(-3, 3))
    assert counts.sum() == 6000
    assert np.all(np.abs(counts - 1000) < 5 * math.sqrt(1000 * 5 / 6))


def test_the_same_seed_gives_the_same_candidates() -> None:
    first, second = (np.random.default_rng(3) for _ in range(2))

    np.testing.assert_array_equal(random_points(first, RANGES, 5), random_points(second, RANGES, 5))
    np.testing.assert_array_equal(
        log_uniform(first, 1e-4, 1.0, 5), log_uniform(second, 1e-4, 1.0, 5)
    )


@given(st.floats(0, 1), st.integers(1, 100))
def test_the_chance_of_a_hit_grows_with_the_trials_and_stays_below_the_expected_number(
    share, trials
) -> None:
    chance = chance_of_a_hit(share, trials)

    assert 0 <= chance <= min(1.0, share * trials + 1e-12)
    assert chance <= chance_of_a_hit(share, trials + 1) <= 1


def test_two_trials_for_a_quarter_by_hand() -> None:
    assert chance_of_a_hit(0.25, 2) == 7 / 16
    assert chance_of_a_hit(0.0, 9) == 0.0
    assert chance_of_a_hit(1.0, 1) == 1.0


@pytest.mark.parametrize(
    "ranges",
    [[], [(1.0, 1.0)], [(2.0, 1.0)], [(0.0, math.inf)], [(math.nan, 1.0)], [(-1e308, 1e308)]],
)
def test_ranges_that_hold_nothing_or_too_much_are_refused(ranges, rng) -> None:
    with pytest.raises(ValueError, match=r"expected finite ranges \(low, high\), low below high"):
        grid_points(ranges, 2)
    with pytest.raises(ValueError, match="expected finite ranges"):
        random_points(rng, ranges, 2)


@pytest.mark.parametrize("count", [0, -1, 2.5, "3"])
def test_a_count_that_is_no_whole_number_above_0_is_refused(count, rng) -> None:
    for call in (
        lambda: grid_points(RANGES, count),
        lambda: random_points(rng, RANGES, count),
        lambda: log_uniform(rng, 0.1, 1.0, count),
        lambda: chance_of_a_hit(0.1, count),
    ):
        with pytest.raises(ValueError, match="to be a whole number of at least 1, got"):
            call()


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-1.0, 1.0), (2.0, 1.0), (1.0, math.inf)])
def test_a_range_without_logarithms_is_refused(low, high, rng) -> None:
    with pytest.raises(ValueError, match="expected 0 < low < high, both finite, got"):
        log_uniform(rng, low, high, 3)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_share_outside_0_to_1_is_refused(share) -> None:
    with pytest.raises(ValueError, match="expected a share from 0 to 1, got"):
        chance_of_a_hit(share, 3)
