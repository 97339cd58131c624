import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.cards.kinds import ANSWER
from studydl.judging import LETTERS, Verdict, judge, options
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


RIGHT = ("s(1-s)", "s-s^2")
"""The right options of a choice that has several."""


@pytest.fixture
def several(choice):
    return choice(also=RIGHT[1:])


def letters(card, texts, seed=0):
    return [LETTERS[place(card, text, seed)] for text in texts]


@pytest.mark.parametrize(
    "form", ["{0} {1}", "{1} {0}", "{0}{1}", "{0}, {1}", "({0}) ({1})", "{0}、{1}", "{0} and {1}"]
)
@pytest.mark.parametrize("seed", range(5))
def test_several_right_options_are_picked_together(several, form, seed):
    for labels in (letters(several, RIGHT, seed), [place(several, x, seed) + 1 for x in RIGHT]):
        judgement = say(several, form.format(*labels).upper(), seed)
        assert (judgement.verdict, judgement.proposed_grade) == (Verdict.CORRECT, 3)


@pytest.mark.parametrize("typed", ["s(1-s); s-s^2", "对 s-s^2；$s(1-s)$", "s(1-s)\ns-s^2"])
def test_several_options_are_picked_by_their_texts(several, typed):
    assert say(several, typed).verdict is Verdict.CORRECT


def test_what_is_missing_and_what_is_surplus_is_told_with_its_misconception(several):
    judgement = say(several, " ".join(letters(several, ["s(1-s)", "x"])))
    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.WRONG, 1)
    assert "Missing: s-s^2. Not right: x." in judgement.feedback.en
    assert "漏选：对 s-s^2。不应选：错 x。" in judgement.feedback.zh
    assert judgement.misconception == "mistake-2"
    assert "mistake-2" in judgement.feedback.en


def test_every_surplus_option_names_its_misconception(several):
    judgement = say(several, "".join(letters(several, [*RIGHT, "s", "x"])))
    assert judgement.verdict is Verdict.WRONG
    assert "Missing" not in judgement.feedback.en
    named = {"mistake-0, mistake-2", "mistake-2, mistake-0"}
    assert any(both in judgement.feedback.en for both in named)


def test_one_option_where_several_are_right_is_understood_and_wrong(several):
    [letter] = letters(several, ["s(1-s)"])
    judgement = say(several, letter)
    assert judgement.verdict is Verdict.WRONG
    assert judgement.understood == f"{letter}) s(1-s)"
    assert "More than one is right. Missing: s-s^2." in judgement.feedback.en
    assert judgement.misconception is None


@pytest.mark.parametrize("typed", ["f", "a f", "a 6", "?", ";", "ax", "s(1-s); nothing", "0"])
def test_what_names_no_option_of_several_is_invalid(several, typed):
    judgement = say(several, typed)
    assert judgement.verdict is Verdict.INVALID
    assert "letters from a to e, such as a e" in judgement.feedback.en


def test_texts_that_read_like_letters_of_other_options_mean_neither(choice):
    card = choice("ab", ("c", "d"), also=("ba",))
    for seed in range(20):
        own = {place(card, "ab", seed)}
        assert own != {0, 1}
        assert say(card, "ab", seed).verdict is Verdict.INVALID


def test_there_is_a_letter_for_every_option_that_a_deck_may_write():
    fields = {field.name: field.shape for field in ANSWER.records["choice"].fields}
    assert len(LETTERS) == 1 + fields["also"].most + fields["distractors"].most


@given(answer=st.text(st.sampled_from("abcde 123;,()和"), max_size=12), seed=st.integers())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_judged_where_several_are_right(several, answer, seed):
    judgement = say(several, answer, seed)
    assert judgement.feedback.en
    assert judgement.feedback.zh
