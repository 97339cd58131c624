import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.judging import Verdict, judge, options
from studydl.language import Language, Text


def say(card, answer, seed=0, language=Language.ENGLISH):
    return judge(card, answer, seed=seed, language=language)


def place(card, text, seed=0):
    return [option.en for option in options(card, seed)].index(text)


def test_options_hold_the_answer_and_every_distractor(choice):
    shown = options(choice(), 0)
    assert {option.en for option in shown} == {"s(1-s)", "s", "1-s^2", "x"}
    assert Text("s(1-s)", "对 s(1-s)") in shown


def test_a_seed_fixes_the_order_and_seeds_differ(choice):
    card = choice()
    assert options(card, 3) == options(card, 3)
    assert len({options(card, seed) for seed in range(50)}) > 10


def test_the_right_option_comes_in_every_place_about_equally_often(choice):
    places = [place(choice(), "s(1-s)", seed) for seed in range(400)]
    assert all(60 < places.count(index) < 140 for index in range(4))


def test_the_order_is_the_same_in_every_process(choice):
    program = "import random; r = list('abcd'); random.Random('a-card/7').shuffle(r); print(*r)"
    out = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    in_order = ["s(1-s)", "s", "1-s^2", "x"]
    expected = [in_order["abcd".index(letter)] for letter in out.stdout.split()]
    assert [option.en for option in options(choice(), 7)] == expected


def test_other_kinds_have_no_options(recall, number):
    assert options(recall, 0) == options(number("1"), 0) == ()


@pytest.mark.parametrize("form", ["{}", "({})", "{})", "{}.", " {} ", "{}、"])
def test_an_option_is_picked_by_letter_or_number(choice, form):
    card = choice()
    index = place(card, "s(1-s)")
    for label in ("abcd"[index], "ABCD"[index], "ａｂｃｄ"[index], str(index + 1)):
        assert say(card, form.format(label)).verdict is Verdict.CORRECT


@pytest.mark.parametrize("answer", ["s(1-s)", "S(1-S)", "$s(1-s)$", " s(1-s) ", "对 s(1-s)"])
def test_an_option_is_picked_by_its_text_in_either_language(choice, answer):
    judgement = say(choice(), answer)
    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.CORRECT, 3)


def test_a_distractor_names_its_misconception_and_the_answer(choice):
    card = choice()
    judgement = say(card, "1-s^2")
    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.WRONG, 1)
    assert judgement.misconception == "mistake-1"
    assert "mistake-1" in judgement.feedback.en
    assert "对 s(1-s)" in judgement.feedback.zh


def test_the_learner_sees_what_was_picked_in_the_own_language(choice):
    card = choice()
    letter = "abcd"[place(card, "x")]
    assert say(card, letter, language=Language.CHINESE).understood == f"{letter}) 错 x"


@pytest.mark.parametrize("answer", ["e", "5", "0", "-1", "ab", "?", "s(1-s", "a" * 10_000_000])
def test_what_is_no_option_is_invalid(choice, answer):
    judgement = say(choice(), answer)
    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.INVALID, None)
    assert "from a to d" in judgement.feedback.en


def test_an_input_that_could_mean_two_options_is_invalid(choice):
    card = choice("1", ("2", "3"))
    for seed in range(20):
        for index in range(3):
            own = options(card, seed)[index].en
            expected = (
                {Verdict.INVALID}
                if own != str(index + 1)
                else {
                    Verdict.CORRECT,
                    Verdict.WRONG,
                }
            )
            assert say(card, str(index + 1), seed).verdict in expected
            assert say(card, "abc"[index], seed).verdict is not Verdict.INVALID


@given(answer=st.text(), seed=st.integers())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_judged(choice, answer, seed):
    judgement = say(choice(), answer, seed)
    assert judgement.feedback.en
    assert judgement.feedback.zh
