"""The schemes: shapes, errors, and laws that hold for every fan."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.nn.initialization import (
    he_gain,
    he_normal,
    he_uniform,
    normal,
    standard,
    xavier_normal,
    xavier_uniform,
    zeros,
)

RANDOM = {
    "normal": partial(normal, standard_deviation=0.02),
    "standard": standard,
    "xavier_uniform": xavier_uniform,
    "xavier_normal": xavier_normal,
    "he_uniform": he_uniform,
    "he_normal": he_normal,
}
fans = st.integers(1, 40)
seeds = st.integers(0, 2**32 - 1)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(params=RANDOM.values(), ids=RANDOM.keys())
def scheme(request):
    return request.param


def test_zeros_are_zero_in_the_shape_of_the_layer() -> None:
    weights = zeros(3, 5)

    assert weights.shape == (3, 5)
    assert weights.dtype == np.float64
    assert not weights.any()


def test_weights_have_a_row_for_each_input_and_a_column_for_each_unit(scheme) -> None:
    weights = scheme(rng(), 7, 3)

    assert weights.shape == (7, 3)
    assert weights.dtype == np.float64


def test_one_seed_gives_the_same_weights_again_and_the_next_draw_others(scheme) -> None:
    generator = rng(5)
    first, second = scheme(generator, 4, 6), scheme(generator, 4, 6)

    assert np.array_equal(first, scheme(rng(5), 4, 6))
    assert not np.any(first == second)


def test_no_two_weights_of_a_layer_are_equal(scheme) -> None:
    assert np.unique(scheme(rng(), 20, 30)).size == 600


@pytest.mark.parametrize("fan", [0, -3, 2.0, 2.5, "4", None])
def test_a_fan_that_is_no_count_is_refused_by_name(scheme, fan) -> None:
    with pytest.raises(ValueError, match="expected fan_in to be a whole number of at least 1"):
        scheme(rng(), fan, 3)
    with pytest.raises(ValueError, match="expected fan_out to be a whole number of at least 1"):
        scheme(rng(), 3, fan)


@pytest.mark.parametrize(("fan_in", "fan_out"), [(0, 2), (2, -1)])
def test_zeros_refuse_a_fan_that_is_no_count(fan_in, fan_out) -> None:
    with pytest.raises(ValueError, match="expected fan_"):
        zeros(fan_in, fan_out)


def test_numpy_integers_are_counts(scheme) -> None:
    assert scheme(rng(), np.int32(4), np.int64(2)).shape == (4, 2)


@pytest.mark.parametrize("value", [0.0, -0.1, math.inf, math.nan])
def test_a_spread_or_gain_that_is_not_above_zero_is_refused(value) -> None:
    with pytest.raises(ValueError, match="expected a finite standard_deviation above 0"):
        normal(rng(), 2, 3, standard_deviation=value)
    for scheme in (xavier_uniform, xavier_normal):
        with pytest.raises(ValueError, match="expected a finite gain above 0"):
            scheme(rng(), 2, 3, gain=value)


@pytest.mark.parametrize("scheme", [he_uniform, he_normal])
def test_he_refuses_an_unknown_fan_and_a_slope_that_is_not_finite(scheme) -> None:
    with pytest.raises(ValueError, match="expected fan to be 'in' or 'out', got 'fan_in'"):
        scheme(rng(), 2, 3, fan="fan_in")
    with pytest.raises(ValueError, match="expected a finite slope, got nan"):
        scheme(rng(), 2, 3, slope=math.nan)


@given(fans, fans, seeds)
def test_uniform_weights_never_leave_their_bounds(fan_in, fan_out, seed) -> None:
    for scheme, bound in (
        (standard, fan_in**-0.5),
        (xavier_uniform, math.sqrt(6 / (fan_in + fan_out))),
        (he_uniform, math.sqrt(6 / fan_in)),
    ):
        assert np.abs(scheme(rng(seed), fan_in, fan_out)).max() <= bound * (1 + 1e-15)


@given(fans, fans, seeds)
def test_xavier_does_not_care_which_fan_is_which(fan_in, fan_out, seed) -> None:
    for scheme in (xavier_uniform, xavier_normal):
        there, back = scheme(rng(seed), fan_in, fan_out), scheme(rng(seed), fan_out, fan_in)

        np.testing.assert_array_equal(there.ravel(), back.ravel())


@given(fans, fans, seeds, st.floats(-3, 3))
def test_he_for_one_fan_is_he_for_the_other_with_the_fans_swapped(fan_in, fan_out, seed, slope):
    for scheme in (he_uniform, he_normal):
        back = scheme(rng(seed), fan_in, fan_out, fan="out", slope=slope)
        there = scheme(rng(seed), fan_out, fan_in, fan="in", slope=slope)

        np.testing.assert_array_equal(back.ravel(), there.ravel())


@given(fans, seeds)
def test_between_equal_fans_he_is_xavier_times_the_root_of_two(fan, seed) -> None:
    for he, xavier in ((he_uniform, xavier_uniform), (he_normal, xavier_normal)):
        expected = math.sqrt(2) * xavier(rng(seed), fan, fan)

        np.testing.assert_allclose(he(rng(seed), fan, fan), expected, rtol=1e-12, atol=1e-15)


@given(st.floats(-100, 100))
def test_the_gain_lies_between_zero_and_the_root_of_two_and_ignores_the_sign(slope) -> None:
    assert 0 < he_gain(slope) <= math.sqrt(2)
    assert he_gain(slope) == he_gain(-slope)


def test_the_gain_of_a_linear_unit_and_of_the_absolute_value_is_one() -> None:
    assert he_gain(1.0) == he_gain(-1.0) == 1.0
    assert he_gain() == math.sqrt(2)
