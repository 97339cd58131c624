import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.cards.words import said
from studydl.judging import Verdict, answer_text, judge
from studydl.judging.cloze import cloze_question
from studydl.language import Language, Text
from studydl.notation import check


def say(card, answer, language=Language.ENGLISH):
    return judge(card, answer, seed=0, language=language)


@pytest.mark.parametrize(
    ("accepted", "typed", "verdict"),
    [
        # the same words, however they are spelled
        ("mini-batch", "mini batch", "correct"),
        ("mini-batch", "Minibatches", "correct"),
        ("mini-batch", "the mini‐batch", "correct"),
        ("mini-batch", "ｍｉｎｉ－ｂａｔｃｈ", "correct"),
        ("weight decay", "“weight decay”.", "correct"),
        ("bias", "biases", "correct"),
        ("loss", "losses", "correct"),
        ("normalisation", "normalization", "correct"),
        ("nonlinear", "non-linear", "correct"),
        ("mean", "词", "correct"),
        # formulas
        (r"$\gamma$", "gamma", "correct"),
        (r"$\gamma$", "γ", "correct"),
        (r"$\gamma$", r"\gamma", "correct"),
        (r"$\beta_1$", "β1", "correct"),
        (r"$\beta_1$", "beta-1", "wrong"),
        (r"$\sqrt{d}$", "sqrt(d)", "correct"),
        (r"$\sqrt{d}$", "√d", "correct"),
        ("$n-1$", "n - 1", "correct"),
        ("$n-1$", "n", "wrong"),
        ("$1/(n-1)$", "1/n-1", "wrong"),
        ("$x^2$", "x²", "correct"),
        ("$x^2$", "x_2", "wrong"),
        ("$f'$", "f′", "correct"),
        ("$f'$", "f", "wrong"),
        (r"$-\log p$", "log p", "wrong"),
        ("0.9", "0.9", "correct"),
        ("0.9", "0.99", "wrong"),
        # another meaning
        ("biased", "unbiased", "wrong"),
        ("unbiased", "biased", "wrong"),
        ("symmetric", "asymmetric", "wrong"),
        ("is symmetric", "is asymmetric", "wrong"),
        ("invariant", "variant", "wrong"),
        ("L2", "L1", "wrong"),
        ("first moment", "second moment", "wrong"),
        ("mean", "median", "wrong"),
        ("row", "raw", "wrong"),
        ("均值", "方差", "wrong"),
        # one letter off in a long word
        ("gradient", "gradeint", "undecided"),
        ("gradient", "gradint", "undecided"),
        ("gradient", "gradieent", "undecided"),
        ("gradient", "gradiant", "undecided"),
        ("weight decay", "weigt decay", "undecided"),
        ("weight decay", "weigt decya", "wrong"),
        ("gradient", "radient", "wrong"),
        ("beta2", "beta1", "wrong"),
        # no answer
        ("mean", "a; b", "invalid"),
        ("mean", "x" * 10_000_000, "invalid"),
        ("mean", ";", "invalid"),
        ("mean", "?", "wrong"),
    ],
)
def test_a_blank_is_judged_by_what_the_words_say(cloze, accepted, typed, verdict):
    assert say(cloze(accepted), typed).verdict == verdict


def test_a_known_mistake_is_answered_with_its_reason(cloze):
    judgement = say(cloze("gradient", mistakes=("gradients of x",)), "Gradient of X")
    assert judgement.verdict is Verdict.WRONG
    judgement = say(cloze("biased", mistakes=("unbiased",)), "un-biased")
    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.WRONG, 1)
    assert judgement.feedback == Text(
        "Blank: biased, not un-biased. unbiased is another.",
        "空：词，而不是 un-biased。unbiased 不同。",
    )


def test_a_word_that_is_known_is_never_a_slip_of_another(cloze, two_blanks):
    assert say(cloze("variance", mistakes=("variants",)), "variant").verdict is Verdict.WRONG
    assert say(cloze("affine", "afine"), "afine").verdict is Verdict.CORRECT
    assert "空 1" in say(two_blanks, "variance; beta").feedback.zh


def test_a_word_with_one_letter_off_is_left_to_the_learner_as_good(cloze):
    judgement = say(cloze("momentum", "inertia"), "momentun")
    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.UNDECIDED, 3)
    assert judgement.feedback.en == "Spelt differently: momentun / momentum. Is it the same word?"
    chinese = say(cloze("momentum", zh=("momentum 项",)), "momentun 项", Language.CHINESE)
    assert "momentun 项 / momentum 项" in chinese.feedback.zh


@pytest.mark.parametrize(
    "typed",
    [
        "gamma; beta",
        "γ；β",
        r"$\gamma$ | $\beta$",
        "gamma\nbeta",
        "gamma\nbeta\n",
        "缩放参数;variance",
        "gamma ; beta ;",
    ],
)
def test_several_blanks_are_typed_in_their_order(two_blanks, typed):
    judgement = say(two_blanks, typed)
    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.CORRECT, 3)
    assert judgement.feedback.en == (
        r"Correct: Batch norm scales by [$\gamma$] and shifts by [$\beta$]."
    )


@pytest.mark.parametrize("typed", ["gamma", "gamma, beta", "a;b;c", ";", "; ;", "a|b|c"])
def test_another_number_of_answers_is_invalid_and_told(two_blanks, typed):
    judgement = say(two_blanks, typed)
    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.INVALID, None)
    assert judgement.feedback.en == "There are 2 blanks: type 2 answers, with ; between them."


def test_a_bar_in_an_answer_is_a_sign(cloze):
    assert say(cloze("$p(y|x)$"), "p(y|x)").verdict is Verdict.CORRECT


def test_what_is_wrong_names_its_blank_and_how_many_are_right(two_blanks):
    judgement = say(two_blanks, "beta; β")
    assert judgement.verdict is Verdict.WRONG
    assert judgement.feedback.en == (
        r"1 of 2 blanks are right. Blank 1: $\gamma$, not beta. It shifts."
    )
    assert judgement.understood == "1: beta; 2: β"
    both = say(two_blanks, "delta; varience").feedback
    assert "0 of 2 blanks are right." in both.en
    assert r"Blank 2: $\beta$, yours, varience, is spelt differently." in both.en
    assert both.zh.startswith(r"2 个空中 0 个正确。空 1：$\gamma$，而不是 delta。空 2：")


def test_a_blank_may_be_left_empty_and_is_then_wrong(two_blanks):
    judgement = say(two_blanks, "gamma;")
    assert judgement.verdict is Verdict.WRONG
    assert judgement.feedback.en == r"1 of 2 blanks are right. Blank 2: $\beta$."
    assert judgement.understood == "1: gamma; 2: –"


def test_typed_dollar_signs_open_no_formula(two_blanks):
    judgement = say(two_blanks, r"$x; $\frac")
    assert [check(text) for text in judgement.feedback] == [[], []]
    assert check(judgement.understood) == []


def test_the_question_shows_its_gaps_and_the_answer_what_fills_them(two_blanks, cloze):
    assert cloze_question(two_blanks.answer).zh == "批归一化用 [2: ____] 平移，用 [1: ____] 缩放。"
    assert cloze_question(cloze("so").answer).en == "It is [____] here."
    assert answer_text(cloze("so", "thus")) == Text("It is [so] here.", "这里是 [词]。")
    assert say(cloze("so"), "").feedback.en == "The answer: It is [so] here."


@given(st.text(), st.sampled_from(list(Language)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_judged(two_blanks, cloze, typed, language):
    for card in (two_blanks, cloze("mean")):
        judgement = say(card, typed, language)
        assert judgement.feedback.en
        assert judgement.feedback.zh
        assert [check(text) for text in judgement.feedback] == [[], []]


@given(st.text(min_size=1, max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_accepted_word_is_right_and_every_known_mistake_wrong(cloze, word):
    separated = any(sign in word for sign in ";；\n") or not word.strip()
    if separated or not said(word).words:
        return
    assert say(cloze("mean", word), word).verdict is Verdict.CORRECT
    if not said(word).same_as(said("mean")) and not said(word).same_as(said("词")):
        assert say(cloze("mean", mistakes=(word,)), word).verdict is Verdict.WRONG
