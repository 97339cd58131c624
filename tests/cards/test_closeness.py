from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.cards.arithmetic import calculate
from studydl.cards.closeness import agrees, nearly_equal, rounds

values = st.fractions(max_denominator=10**4)


@pytest.mark.parametrize(
    ("typed", "value", "tolerance", "expected"),
    [
        ("0.33", Fraction(1, 3), None, True),
        ("0.3", Fraction(1, 3), None, False),
        ("1.0", Fraction(999, 1000), None, False),
        ("1.0", Fraction(999, 1000), Fraction(1, 1000), True),
        ("0.19", 0.19000000000000006, None, True),
        ("10^400", 0.5, None, False),
    ],
)
def test_a_number_counts_to_the_tolerance_or_as_written(typed, value, tolerance, expected):
    assert agrees(calculate(typed), value, tolerance) == expected


def test_a_single_digit_may_be_a_rounding_but_does_not_count():
    assert rounds(calculate("0.3"), Fraction(1, 3))
    assert not rounds(calculate("3/10"), Fraction(1, 3))


@pytest.mark.parametrize(("typed", "value"), [("1", 0.526316), ("0", 0.1666667), ("0.0", 0.06)])
def test_a_rounding_keeps_a_digit_of_the_value(typed, value):
    assert not rounds(calculate(typed), value)


def test_values_beyond_floats_are_compared_exactly():
    large = Fraction(10) ** 400
    assert nearly_equal(large, large)
    assert not nearly_equal(large, large + 1)


@given(values, st.none() | st.fractions(min_value=Fraction(1, 100), max_value=1))
def test_a_value_counts_as_itself(value, tolerance):
    assert agrees(calculate(str(value)), value, tolerance)


@given(values, values, st.fractions(min_value=Fraction(1, 100), max_value=1))
def test_a_wider_tolerance_takes_no_answer_back(answer, value, tolerance):
    typed = calculate(str(answer))
    assert agrees(typed, value, tolerance) <= agrees(typed, value, 2 * tolerance)
