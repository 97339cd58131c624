import math
import re
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from studydl.cards.arithmetic import ArithmeticFault, Written, calculate, shown
from studydl.cards.arithmetic.tokens import MAX_LENGTH


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.25", Fraction(1, 4)),
        ("1/4", Fraction(1, 4)),
        ("1/(1-0.9)", Fraction(10)),
        ("1e-3", Fraction(1, 1000)),
        ("1.5×10^-3", Fraction(3, 2000)),
        ("１．５×１０⁻³", Fraction(3, 2000)),
        ("0。25", Fraction(1, 4)),
        ("½", Fraction(1, 2)),
        ("2½", Fraction(5, 2)),
        ("3⁄4", Fraction(3, 4)),
        ("50%", Fraction(1, 2)),
        ("−3", Fraction(-3)),
        ("--3", Fraction(3)),
        ("-2^2", Fraction(-4)),
        ("(-2)^2", Fraction(4)),
        ("2^3^2", Fraction(512)),
        ("2**-1", Fraction(1, 2)),
        ("1/2*3", Fraction(3, 2)),
        ("2-3-4", Fraction(-5)),
        ("sqrt(1/4)", Fraction(1, 2)),
        ("√16", Fraction(4)),
        ("log(1)", Fraction(0)),
        ("exp(0)", Fraction(1)),
        ("1,234,567", Fraction(1234567)),
        ("12,345.6", Fraction(61728, 5)),
        ("(-1)^999999999", Fraction(-1)),
        ("0.1+0.2", Fraction(3, 10)),
    ],
)
def test_rational_arithmetic_is_exact(text, value):
    assert calculate(text).value == value
    assert isinstance(calculate(text).value, Fraction)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("pi", math.pi),
        ("2*π", 2 * math.pi),
        ("e^-0.5", math.exp(-0.5)),
        ("1 - 1/e", 1 - 1 / math.e),
        ("ln(2)", math.log(2)),
        ("log(2)", math.log(2)),
        ("sqrt(2)/2", math.sqrt(2) / 2),
        ("√(2)^2", 2.0),
        ("2^0.5", math.sqrt(2)),
    ],
)
def test_irrational_values_are_floats(text, value):
    assert math.isclose(calculate(text).value, value, rel_tol=1e-15)


@pytest.mark.parametrize(
    ("text", "at", "part"),
    [
        ("", 0, "a number is missing"),
        ("1+", 2, "a number is missing"),
        ("2 * (1+3", 4, "not closed"),
        ("1)", 1, "without an opening"),
        ("1 000", 2, "operator is missing"),
        ("2pi", 1, "operator is missing"),
        ("ln 2", 3, "needs parentheses"),
        ("0,25", 1, "ambiguous"),
        ("1,234", 1, "ambiguous"),
        ("1.2.3", 3, "one decimal point"),
        ("sin(1)", 0, "'sin' is not known"),
        ("__import__", 0, "not arithmetic"),
        ("1/0", 1, "division by zero"),
        ("0^0", 1, "not defined"),
        ("(-8)^(1/3)", 4, "negative"),
        ("sqrt(-1)", 0, "negative"),
        ("ln(0)", 0, "zero or less"),
        ("nan", 0, "not known"),
        ("∞", 0, "not arithmetic"),
        ("１＋＋＊２", 3, "a number is missing"),
    ],
)
def test_what_is_no_number_is_refused_with_its_place(text, at, part):
    with pytest.raises(ArithmeticFault) as fault:
        calculate(text)
    assert fault.value.at == at
    assert part in str(fault.value)
    assert fault.value.hint.en
    assert fault.value.hint.zh


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9**9",
        "9^999999999999",
        "1e999999999",
        "exp(exp(exp(9)))",
        "9^1000*9^1000*9^1000*9^1000",
        "pi/10^-400",
        "log(10^-400)",
        "(" * 100,
        "-" * 150,
        "1" * 10_000_000,
        "+".join("1" * 200),
    ],
)
def test_hostile_input_is_refused(text):
    with pytest.raises(ArithmeticFault):
        calculate(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0.25", Written(Fraction(1, 100), 2)),
        ("0.250", Written(Fraction(1, 1000), 3)),
        ("-0.3", Written(Fraction(1, 10), 1)),
        ("33%", Written(Fraction(1, 100), 2)),
        ("1.50e-3", Written(Fraction(1, 100_000), 3)),
        ("1.5*10^-3", Written(Fraction(1, 10_000), 2)),
        ("1/3", None),
        ("0.1+0.2", None),
    ],
)
def test_the_precision_of_a_decimal_is_known(text, written):
    assert calculate(text).written == written


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("0.25", "0.25"),
        ("1/(1-0.9)", "1/(1 - 0.9) = 10"),
        ("-2^2", "-(2^2) = -4"),
        ("2^3^2", "2^(3^2) = 512"),
        ("1/2*3", "(1/2)*3 = 1.5"),
        ("1/3", "1/3 ≈ 0.333333"),
        ("log(2)", "ln(2) ≈ 0.693147"),
        ("2-(3-4)", "2 - (3 - 4) = 3"),
    ],
)
def test_the_reading_is_told_with_its_grouping(text, understood):
    assert calculate(text).understood == understood


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(10), "10"),
        (Fraction(1, 8), "0.125"),
        (Fraction(2, 3), "2/3 ≈ 0.666667"),
        (1e-9, "1e-9"),
        (Fraction(10) ** 400, "1e400"),
        (Fraction(10) ** 400 + 1, "≈ 1e400"),
    ],
)
def test_values_are_shown_as_people_write_them(value, text):
    assert shown(value) == text


def _operations(parts):
    return st.one_of(
        st.tuples(parts, st.sampled_from("+-*/"), parts).map(lambda x: f"({x[0]}){x[1]}({x[2]})"),
        st.tuples(parts, st.sampled_from("+-"), parts).map(lambda x: f"{x[0]}{x[1]}({x[2]})"),
        parts.map(lambda x: f"-({x})"),
        st.tuples(parts, st.integers(0, 3)).map(lambda x: f"({x[0]})**{x[1]}"),
    )


EXPRESSIONS = st.recursive(st.integers(0, 99).map(str), _operations, max_leaves=6)


def tried(text):
    """Return the calculation of a text, or its fault."""
    try:
        return calculate(text), None
    except ArithmeticFault as fault:
        return None, fault


@given(EXPRESSIONS)
def test_arithmetic_agrees_with_fractions(text):
    spelled = re.sub("[0-9]+", r"Fraction(\g<0>)", text)
    try:
        expected = eval(spelled, {"Fraction": Fraction})  # noqa: S307 - of an expression made here
    except ZeroDivisionError:
        expected = None
    calculation, fault = tried(text)
    if calculation is None:
        refused = ("division by zero", "not defined", "longer than", "too large", "too deeply")
        assert any(reason in str(fault) for reason in refused)
    else:
        # A power beyond the bound goes on as a float.
        value = calculation.value
        assert value == expected or math.isclose(value, expected, rel_tol=1e-12)


@given(st.text(max_size=60) | st.text("0123456789.,eE+-*/^()%π√½² sqrtlogxp", max_size=60))
def test_any_text_comes_to_a_finite_value_or_a_placed_fault(text):
    calculation, fault = tried(text)
    if calculation is None:
        assert 0 <= fault.at <= len(text)
    else:
        assert isinstance(calculation.value, Fraction) or math.isfinite(calculation.value)
        assert calculation.understood


@given(EXPRESSIONS)
def test_the_reading_means_what_was_typed(text):
    calculation, _ = tried(text)
    reading = calculation and calculation.understood.partition(" =")[0].partition(" ≈")[0]
    assume(reading and len(reading) <= MAX_LENGTH)
    assert calculate(reading).value == calculation.value
