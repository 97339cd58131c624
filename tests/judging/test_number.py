from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from studydl.cards import Parameter
from studydl.judging import Verdict, answer_text, judge
from studydl.language import Language, Text
from studydl.notation import check, plain


def say(card, answer):
    return judge(card, answer, seed=0, language=Language.ENGLISH)


@pytest.mark.parametrize(
    ("value", "tolerance", "answer", "verdict"),
    [
        # the same value, however it is written
        ("0.25", None, "0.25", "correct"),
        ("0.25", None, "0.250", "correct"),
        ("0.25", None, ".25", "correct"),
        ("0.25", None, "1/4", "correct"),
        ("0.25", None, "25%", "correct"),
        ("0.25", None, "２５％", "correct"),
        ("0.25", None, "2.5e-1", "correct"),
        ("0.25", None, "2.5×10⁻¹", "correct"),
        ("0.25", None, "2^-2", "correct"),
        ("0.25", None, "½^2", "correct"),
        ("1/(1-0.9)", None, "10", "correct"),
        ("0", None, "0", "correct"),
        ("0", None, "-0.0", "correct"),
        ("1 - 1/e", None, "1-e^-1", "correct"),
        ("sqrt(2)", None, "2^0.5", "correct"),
        # a tolerance is the last word
        ("0.25", "0.005", "0.255", "correct"),
        ("0.25", "0.005", "0.245", "correct"),
        ("0.25", "0.005", "0.2551", "wrong"),
        ("1/3", "0.001", "0.33", "wrong"),
        ("3.162", "0.05", "3.2", "correct"),
        ("3.162", "0.2", "3", "correct"),
        ("sqrt(10)", "0.05", "3.2", "correct"),
        # without one, the digits that were written
        ("1/3", None, "0.33", "correct"),
        ("1/3", None, "0.333333", "correct"),
        ("1/3", None, "33%", "correct"),
        ("1/3", None, "0.34", "wrong"),
        ("1/3", None, "0.334", "wrong"),
        ("1/3", None, "1 - 0.67", "wrong"),
        ("1/3", None, "0.3", "invalid"),
        ("1/3", None, "0.2", "wrong"),
        ("pi", None, "3", "invalid"),
        ("19.2345", None, "2e1", "invalid"),
        ("-1.2345", None, "-1", "invalid"),
        # a digit beside the value's own ones is no rounding
        ("0.526316", None, "1", "wrong"),
        ("0.526316", None, "0.5", "invalid"),
        ("1/6", None, "0", "wrong"),
        ("1/6", None, "0.0", "wrong"),
        ("1/6", None, "-0", "wrong"),
        ("0.957143", None, "1", "wrong"),
        ("-2/3", None, "-1", "wrong"),
        ("7.6543", None, "1e1", "wrong"),
        ("1/8", None, "0.125", "correct"),
        ("1 - 1/e", None, "0.63", "correct"),
        ("1 - 1/e", None, "0.64", "wrong"),
        ("12345", None, "1.2e4", "correct"),
        ("12345", None, "12,345", "invalid"),
        ("12345", None, "12000", "wrong"),
        # a short value is asked for exactly
        ("0.999", None, "1.0", "wrong"),
        ("0.999", None, "1", "wrong"),
        ("0.25", None, "0.3", "wrong"),
        ("10", None, "9.99", "wrong"),
        # not to be understood
        ("0.25", None, "0,25", "invalid"),
        ("0.25", None, "a quarter", "invalid"),
        ("0.25", None, "1/0", "invalid"),
        ("0.25", None, "nan", "invalid"),
        ("0.25", None, "inf", "invalid"),
        ("0.25", None, "9**9**9**9", "invalid"),
        ("0.25", None, "1e-400000", "invalid"),
        ("0.25", None, "(" * 5000, "invalid"),
        ("0.25", None, "1" * 10_000_000, "invalid"),
        ("0.25", None, "__import__('os')", "invalid"),
        ("1/3", None, "10^400", "wrong"),
        ("1 - 1/e", None, "10^400", "wrong"),
        ("sqrt(2)", "0.1", "10^400", "wrong"),
    ],
)
def test_a_number_is_judged_by_its_value(number, value, tolerance, answer, verdict):
    assert say(number(value, tolerance), answer).verdict == verdict


@pytest.mark.parametrize(
    ("value", "answer", "difference"),
    [
        ("0.25", "-0.25", "only the sign differs"),
        ("0.25", "-3", "the sign differs too"),
        ("0.25", "0.5", "2 times too large"),
        ("0.3", "0.1", "3 times too small"),
        ("0.25", "25", "power of ten, 10^2, perhaps percent"),
        ("0.001", "0.0001", "too small by a power of ten, 10^1"),
        ("10", "0.1", "reciprocal"),
        ("0.9", "0.1", "one minus"),
        ("10", "9", "10 % too small"),
        ("10", "11.5", "15 % too large"),
        ("0.3", "100", "333 times the expected"),
    ],
)
def test_a_wrong_number_is_told_how_it_differs(number, value, answer, difference):
    judgement = say(number(value), answer)
    assert judgement.verdict is Verdict.WRONG
    assert judgement.proposed_grade == 1
    assert f"Expected {value}" in judgement.feedback.en
    assert difference in judgement.feedback.en
    assert "应为" in judgement.feedback.zh


def test_beside_zero_the_difference_is_not_told(number):
    assert say(number("0"), "3").feedback == Text(
        "Expected 0; yours is 3.", "应为 0；你的答案是 3。"
    )


def test_a_right_number_proposes_good_and_shows_the_exact_value(number):
    judgement = say(number("1/3"), "0.33")
    assert judgement.proposed_grade == 3
    assert judgement.feedback.en == "Correct: 1/3 ≈ 0.333333."


def test_a_long_decimal_is_shown_rounded_and_judged_in_full(number):
    card = number("0.933012701892")
    assert answer_text(card).en == "≈ 0.933013"
    assert say(card, "1").verdict is Verdict.WRONG
    assert say(card, "0.93301270").verdict is Verdict.CORRECT
    assert say(card, "0.93301300").verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("0.75", "0.75"),
        ("1e-5", "1e-5"),
        ("123456.75", "≈ 123457"),
        ("33.33333333%", "≈ 0.333333"),
        ("1/3", "1/3 ≈ 0.333333"),
        ("1 - 0.9^2", "1 - 0.9^2 = 0.19"),
    ],
)
def test_an_answer_is_shown_with_at_most_six_digits(number, source, shown):
    assert answer_text(number(source)).en == shown


def test_the_learner_sees_how_the_input_was_understood(number):
    assert say(number("10"), "1/(1-.9)").understood == "1/(1 - 0.9) = 10"
    assert say(number("10"), "1/2*3").understood == "(1/2)*3 = 1.5"


def test_what_is_not_understood_has_a_caret_and_no_grade(number):
    judgement = say(number("10"), "  1 + foo")
    assert (judgement.verdict, judgement.caret) == (Verdict.INVALID, 6)
    assert judgement.proposed_grade is None
    assert "foo" in judgement.feedback.zh


def test_too_rough_is_told_without_telling_the_answer(number):
    judgement = say(number("2/3"), "0.7")
    assert judgement.verdict is Verdict.INVALID
    assert judgement.proposed_grade is None
    assert "2 significant digits" in judgement.feedback.en
    assert "0.66" not in judgement.feedback.en


@pytest.mark.parametrize("answer", ["10 steps", "10steps", "10 STEPS", "10 步", "10", " 10 steps "])
def test_the_unit_may_be_typed_in_either_language(number, answer):
    assert say(number("10", unit=Text("steps", "步")), answer).verdict is Verdict.CORRECT


def test_a_percent_unit_is_not_taken_for_a_hundredth(number):
    percent = number("25", unit=Text("%", "%"))
    assert say(percent, "25 %").verdict is Verdict.CORRECT
    assert say(percent, "25").verdict is Verdict.CORRECT


def test_the_answer_is_shown_with_its_unit(number):
    assert say(number("10", unit=Text("steps", "步")), "9").feedback.zh.startswith("应为 10 步；")


@given(value=st.fractions(max_denominator=10**6), digits=st.integers(2, 12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_correct_rounding_of_a_long_value_is_right(number, value, digits):
    assume(Fraction(f"{float(value):.3g}") != value)
    card = number(f"{value.numerator}/{value.denominator}")
    assert say(card, f"{float(value):#.{digits}g}").verdict is Verdict.CORRECT


@given(value=st.decimals("-1e6", "1e6", places=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_value_is_its_own_right_answer_and_its_double_is_not(number, value):
    card = number(str(value))
    assert say(card, str(value)).verdict is Verdict.CORRECT
    if value:
        assert say(card, f"2*({value})").verdict is Verdict.WRONG


@given(answer=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_judged(number, answer):
    for card in (number("1/3"), number("0", "0.1"), number("e", unit=Text("e", "%"))):
        judgement = say(card, answer)
        assert judgement.feedback.en
        assert judgement.feedback.zh
        assert judgement.caret is None or 0 <= judgement.caret <= len(answer)
        assert (judgement.proposed_grade is None) == (
            judgement.verdict in (Verdict.INVALID, Verdict.UNDECIDED)
        )


@pytest.mark.parametrize("typed", ["2 + $", "$x$", "$$", "1 $ 2 $"])
def test_a_typed_dollar_sign_is_quoted_and_opens_no_formula(number, typed):
    judgement = say(number("0.25"), typed)

    assert judgement.verdict is Verdict.INVALID
    assert [check(said) for said in judgement.feedback] == [[], []]
    assert "'$'" in plain(judgement.feedback.en)


@pytest.mark.parametrize(
    ("value", "tolerance", "mistakes", "answer", "slip"),
    [
        # a known mistake, however it is written
        ("0.19", None, ["0.1", "0.9"], "0.1", "slip-0"),
        ("0.19", None, ["0.1", "0.9"], "10%", "slip-0"),
        ("0.19", None, ["0.1", "0.9"], "9/10", "slip-1"),
        ("0.19", None, ["0.1", "0.9"], "0.9", "slip-1"),
        ("0.19", None, ["0.1", "0.9"], "0.5", None),
        # as closely as the right answer would have to be given
        ("0.5", None, ["1/3"], "0.33", "slip-0"),
        ("0.5", None, ["1/3"], "0.3", None),
        ("0.5", None, ["1/3"], "0.34", None),
        ("0.5", None, ["0.333333333333"], "1/3", "slip-0"),
        ("0.5", None, ["1e-05"], "10^-5", "slip-0"),
        ("3.162", "0.05", ["10", "0.1"], "9.96", "slip-0"),
        # one that could be several wrong numbers is none of them, one number is the first of it
        ("0.5", None, ["1/3", "0.3333"], "0.33", None),
        ("0.5", None, ["1/3", "0.3333"], "0.3333", "slip-1"),
        ("0.5", None, ["2/6", "1/3"], "1/3", "slip-0"),
        ("0.5", None, ["2/6", "1/3"], "0.33", "slip-0"),
        ("0.5", None, ["2/6", "1/3", "0.3333"], "0.33", None),
        ("3.162", "0.5", ["10", "10.3"], "10.2", None),
        ("0.5", None, ["1/3"], "10^400", None),
        # a mistake may be a rough rounding of the right number
        ("1/3", None, ["0.3"], "0.3", "slip-0"),
        ("pi", None, ["3", "4"], "3", "slip-0"),
    ],
)
def test_a_known_mistake_is_told_with_its_reason(number, value, tolerance, mistakes, answer, slip):
    judgement = say(number(value, tolerance, mistakes=mistakes), answer)
    assert (judgement.verdict, judgement.misconception) == (Verdict.WRONG, slip)
    reasons = [f"This is {each}." for each in mistakes]
    told = [reason for reason in reasons if reason in judgement.feedback.en]
    assert told == ([] if slip is None else [reasons[int(slip[-1])]])
    assert f"Expected {value}" in judgement.feedback.en
    assert ("这是" in judgement.feedback.zh) == (slip is not None)


def test_the_reason_of_a_mistake_stands_behind_both_numbers(number):
    judgement = say(number("0.19", mistakes=["0.1"]), "0.1")
    assert judgement.feedback == Text(
        "Expected 0.19; yours is 0.1. This is 0.1.", "应为 0.19；你的答案是 0.1。这是 0.1。"
    )


@given(
    value=st.fractions(max_denominator=10**4),
    mistakes=st.lists(st.fractions(max_denominator=10**4), max_size=6),
    digits=st.integers(1, 8),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mistakes_never_take_a_right_answer(number, value, mistakes, digits):
    plain_card = number(str(value))
    card = number(str(value), mistakes=[str(each) for each in mistakes])
    for typed in (str(value), f"{float(value):#.{digits}g}", *map(str, mistakes)):
        own, without = say(card, typed), say(plain_card, typed)
        if own.misconception is None:
            assert own.verdict == without.verdict
        else:
            assert own.verdict is Verdict.WRONG
            assert without.verdict in (Verdict.WRONG, Verdict.INVALID)


def test_a_computed_value_is_compared_as_what_it_is_rounded_from(number):
    computed = number("0.333333333333")
    rounded = computed._replace(answer=computed.answer._replace(value=float("0.333333333333")))
    assert say(rounded, "1/3").verdict is Verdict.CORRECT
    assert say(rounded, "0.33").verdict is Verdict.CORRECT
    short = number("0.999")
    short = short._replace(answer=short.answer._replace(value=0.999))
    assert say(short, "1.0").verdict is Verdict.WRONG
    assert say(short, "999/1000").verdict is Verdict.CORRECT


def test_an_answer_with_parameters_that_are_not_drawn_is_how_it_follows(number):
    card = number("0")
    card = card._replace(
        answer=card.answer._replace(source="1 - beta^t", vary=(Parameter("beta", ("0.9",)),))
    )
    assert answer_text(card).en == "1 - beta^t"
