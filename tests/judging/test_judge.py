import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.judging import Verdict, answer_text, judge
from studydl.language import Language, Text


def say(card, answer):
    return judge(card, answer, seed=0, language=Language.ENGLISH)


def test_a_recalled_answer_is_left_to_the_learner(recall):
    judgement = say(recall, " It gets flat. ")
    assert judgement.verdict is Verdict.UNDECIDED
    assert judgement.proposed_grade is None
    assert judgement.understood == "It gets flat."
    assert judgement.feedback == Text("The answer: It saturates.", "答案：它会饱和。")


@pytest.mark.parametrize("empty", ["", "  ", "\n\t", "\u3000"])
def test_an_empty_answer_reveals_without_a_verdict(recall, number, choice, empty):
    for card, answer in [
        (recall, "It saturates."),
        (number("1/4", unit=Text("steps", "步")), "1/4 = 0.25 steps"),
        (choice(), "s(1-s)"),
    ]:
        judgement = say(card, empty)
        assert (judgement.verdict, judgement.proposed_grade) == (Verdict.UNDECIDED, None)
        assert judgement.feedback.en == f"The answer: {answer}"
        assert answer_text(card).en == answer


def test_a_long_recalled_answer_is_shown_shortened(recall):
    assert len(say(recall, "x" * 10_000_000).understood) == 2000


def test_verdicts_are_the_words_of_the_command_line():
    assert [str(verdict) for verdict in Verdict] == ["correct", "wrong", "undecided", "invalid"]


@given(answer=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_recalled_answer_never_gets_a_grade(recall, answer):
    assert say(recall, answer).proposed_grade is None
