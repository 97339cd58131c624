"""What a measurement says, and how it fails."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.verification.evidence import MARGIN_CEILING, Measurement
from studydl.verification.measure import at_least, at_most, equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING, TABLE, five_standard_errors

FINITE = st.floats(-1e6, 1e6)


def test_the_worst_element_is_kept_with_its_input() -> None:
    found = equals("y", [1.0, 2.5, 3.0], [1.0, 2.0, 3.0], ROUNDING, at=[10, 20, 30])

    assert (found.measured, found.expected, found.worst_input) == (2.5, 2.0, "20")
    assert not found.holds


def test_the_margin_is_the_allowed_over_the_actual_deviation() -> None:
    found = equals("y", 1.0 + 2**-50, 1.0, ROUNDING)

    assert found.tolerance == pytest.approx(1.001e-12, rel=1e-9)
    assert found.margin == pytest.approx(1.001e-12 * 2**50, rel=1e-9)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("compare", [equals, at_most, at_least])
def test_nan_never_holds_and_infinity_only_on_its_own_side(compare, value: float) -> None:
    allowed = {(at_most, -math.inf), (at_least, math.inf)}

    assert compare("y", value, 0.0, ROUNDING).holds is ((compare, value) in allowed)


def test_equal_infinities_agree() -> None:
    assert equals("y", -math.inf, -math.inf, EXACT).holds


def test_one_nan_among_many_is_the_worst_element() -> None:
    found = equals("y", [1.0, math.nan, 9.0], 1.0, ROUNDING, at=[1, 2, 3])

    assert found.worst_input == "2"
    assert found.margin == 0


def test_a_wrong_shape_fails_and_says_so() -> None:
    found = equals("y", [1.0, 1.0], [1.0, 1.0, 1.0], ROUNDING)

    assert not found.holds
    assert "shape (2,) instead of (3,)" in found.name


def test_nothing_measured_does_not_hold() -> None:
    assert not equals("y", [], [], ROUNDING).holds


def test_exact_allows_no_deviation_at_all() -> None:
    assert equals("y", 0.25, 0.25, EXACT).margin == MARGIN_CEILING
    assert not equals("y", np.nextafter(0.25, 1), 0.25, EXACT).holds


def test_a_bound_may_be_attained_but_not_exceeded() -> None:
    assert at_most("y", [0.1, 0.25], 0.25, EXACT).holds
    assert not at_most("y", [0.1, 0.2501], 0.25, ROUNDING).holds
    assert at_least("y", [0.25, 0.4], 0.25, EXACT).holds
    assert not at_least("y", [0.2499, 0.4], 0.25, ROUNDING).holds


def test_an_effect_has_the_factor_by_which_it_clears_its_threshold() -> None:
    assert exceeds("ratio", 30.0, 10.0).margin == pytest.approx(3)
    assert exceeds("ratio", 12.0, 10.0).is_thin
    assert not exceeds("ratio", 9.0, 10.0).holds
    assert not exceeds("ratio", math.nan, 10.0).holds
    assert stays_below("share", -0.01, 0.1).margin == pytest.approx(10)
    assert not stays_below("share", 0.2, 0.1).holds
    assert not stays_below("share", math.nan, 0.1).holds


@pytest.mark.parametrize("effect", [exceeds, stays_below])
@pytest.mark.parametrize("threshold", [0.0, -1.0, math.nan])
def test_an_effect_needs_a_positive_threshold(effect, threshold: float) -> None:
    with pytest.raises(ValueError, match="expected a threshold above 0"):
        effect("ratio", 1.0, threshold)


@given(FINITE, FINITE)
def test_equality_is_both_bounds_at_once(measured: float, expected: float) -> None:
    both = at_most("y", measured, expected, ROUNDING), at_least("y", measured, expected, ROUNDING)

    assert equals("y", measured, expected, ROUNDING).holds == all(each.holds for each in both)


@given(FINITE, FINITE, st.sampled_from(TABLE))
def test_it_holds_exactly_if_the_deviation_is_within_the_tolerance(
    measured: float, expected: float, tolerance
) -> None:
    found = equals("y", measured, expected, tolerance)

    assert found.holds == (abs(measured - expected) <= tolerance.allowed(expected))


@given(st.floats(), st.floats())
def test_a_measurement_survives_json(measured: float, expected: float) -> None:
    with np.errstate(all="ignore"):
        found = equals("y", measured, expected, ROUNDING)
    again = Measurement.from_json(json.loads(json.dumps(found.to_json(), allow_nan=False)))

    assert repr(again) == repr(found)


def test_a_statistic_is_allowed_five_standard_errors() -> None:
    tolerance = five_standard_errors(0.1)

    assert equals("mean", 0.49, 0.0, tolerance).is_thin
    assert not equals("mean", 0.51, 0.0, tolerance).holds


def test_every_row_of_the_table_gives_its_derivation() -> None:
    assert all(len(row.derivation) > 40 for row in TABLE)
    assert len({row.basis for row in TABLE}) == len(TABLE)
