"""What a learner reads about a typed formula."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.cards import Form, Formula, Mistake, Variable
from studydl.errors import StudyError
from studydl.judging import Judgement, Verdict
from studydl.judging.formula import Understood, formula_text, understand
from studydl.judging.formula.judge import judge_formula
from studydl.language import Text
from studydl.notation import check
from tests.judging.formula.cases import formula_of

SIGMOID = "x real; s = 1/(1+e^-x)"


def judged(model, typed, names="x real", **more):
    return judge_formula(formula_of(model, names, **more), typed, seed="a-card")


@pytest.mark.parametrize(
    ("model", "typed", "names", "told"),
    [
        ("x", "x+1", "x real", "At $x = 1$ yours gives 2, expected 1."),
        ("x", "x^2", "x real", "At $x = 2$ yours gives 4, expected 2."),
        ("b", "sqrt(b^2)", "b real", "At $b = -1$ yours gives 1, expected -1."),
        ("x", "1.0001x", "x real", "At $x = 1$ yours gives 1.0001, expected 1."),
        ("1/2", "1/3", "", "Yours gives 0.333, expected 0.5."),
        ("b", "sqrt(b)^2", "b real", "At $b = -1$ yours has no value, expected -1."),
        (
            "log(b)",
            "log(|b|)",
            "b real",
            "At $b = -1$ yours gives 0, where the expected formula has no value.",
        ),
        ("m*beta_1", "m", "m real; beta_1 (0, 1)", r"At $m = 1$, $\beta_{1} = 0.25$ yours gives 1"),
        ("s*y", "s", f"{SIGMOID}; y real", "At $x = 1$, $y = 2$ yours"),
        ("x", "x+1", "x real; q real", "At $x = 1$ yours"),
    ],
)
def test_a_difference_is_told_as_a_simple_point_and_few_digits(model, typed, names, told):
    judgement = judged(model, typed, names)

    assert judgement.verdict is Verdict.WRONG
    assert told in judgement.feedback.en
    assert "你的式子" in judgement.feedback.zh


def test_one_seed_shows_one_point_and_the_point_does_not_hang_on_the_review():
    formula = formula_of("x^2+0.1x", "x real")

    first, again = (judge_formula(formula, "x^2+0.1*x+x^9/10^6", seed="c") for _ in range(2))

    assert first == again


@pytest.mark.parametrize(
    ("model", "typed", "names", "told"),
    [
        ("s(1-s)", "s^2-s", SIGMOID, "Only the sign differs."),
        ("s(1-s)", "2s(1-s)", SIGMOID, "Yours is 2 times the expected."),
        ("x^2/2", "x^2", "x real", "Yours is 2 times the expected."),
        ("x^2", "-x^2/2", "x real", "Yours is -1/2 times the expected."),
        ("s(1-s)", "1-s", SIGMOID, "The factor $s$ is missing."),
        ("s(1-s)", "s", SIGMOID, r"The factor $1 - s$ is missing."),
        ("s(1-s)", "x*s(1-s)", SIGMOID, "The factor $x$ does not belong there."),
        ("x^2", "x", "x real", "The factor $x$ is missing."),
        ("x/(1+y^2)", "x", "x real; y real", r"The division by $1 + y^{2}$ is missing."),
        ("x", "x/(1+y^2)", "x real; y real", r"The division by $1 + y^{2}$ does not belong there."),
        ("x+y^2", "x", "x real; y real", "The term $y^{2}$ is missing."),
        ("x", "x+y^2", "x real; y real", "The term $y^{2}$ does not belong there."),
        ("x+y^2", "x-y^2", "x real; y real", "The term $y^{2}$ has the wrong sign."),
        ("x/y", "y/x", "x real; y real", "Yours is the reciprocal of the expected."),
        ("p", "1-p", "p (0, 1)", "Yours is one minus the expected."),
        ("sqrt(v)", "v", "v positive", "Yours is the square of the expected."),
        ("x^2+1", "x^2", "x real", "Yours is smaller by 1 everywhere."),
        ("1/4", "1/2", "", "Yours is 2 times the expected."),
    ],
)
def test_a_slip_that_the_values_show_is_named(model, typed, names, told):
    judgement = judged(model, typed, names)

    assert judgement.verdict is Verdict.WRONG
    assert told in judgement.feedback.en


@pytest.mark.parametrize(
    ("model", "typed"), [("x", "tanh(x)"), ("relu(x)", "x"), ("e^x", "x^2"), ("sin(x)", "cos(x)")]
)
def test_no_slip_is_named_where_the_values_show_none(model, typed):
    told = judged(model, typed).feedback.en

    assert told.startswith("At $x = ")
    assert told.endswith(f"The answer: {formula_text(formula_of(model, 'x real')).en}")
    assert told.count(". ") == 1


def test_a_right_formula_proposes_good_and_shows_the_card_s_own():
    judgement = judged("s(1-s)", "s-s^2", SIGMOID)

    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.CORRECT, 3)
    assert judgement.feedback.en == r"Correct: $s \cdot \left(1 - s\right)$."
    assert judgement.understood == "$s - s^{2}$"


def test_a_lone_gap_is_told_beside_the_praise():
    judgement = judged("x", "x^2/x")

    assert judgement.verdict is Verdict.CORRECT
    assert judgement.feedback.en.endswith("Only at $x = 0$ yours has no value.")


def test_the_right_value_in_another_form_is_wrong_but_not_forgotten():
    judgement = judged("s(1-s)", "e^-x/(1+e^-x)^2", SIGMOID, form=Form(only=("s",)))

    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.WRONG, 2)
    assert "only $s$; yours uses $x$" in judgement.feedback.en


@pytest.mark.parametrize("typed", ["exp(-x)", "e^-x", "e^(-x)*1", "1/e^x"])
def test_a_function_that_is_not_wanted_is_seen_in_every_spelling(typed):
    form = Form(without=("exp",))

    judgement = judged("cosh(x)-sinh(x)", typed, form=form)

    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.WRONG, 2)
    assert "without exp" in judgement.feedback.en
    assert judged("cosh(x)-sinh(x)", "cosh(-x)+sinh(-x)", form=form).verdict is Verdict.CORRECT


@pytest.mark.parametrize("typed", ["sqrt(v)", "v^0.5", "v^(1/2)", "√v"])
def test_a_root_is_one_in_every_spelling(typed):
    judgement = judged("v/sqrt(v)", typed, "v positive", form=Form(without=("sqrt",)))

    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.WRONG, 2)


def test_a_wrong_value_in_the_wrong_form_is_wrong_by_value():
    assert judged("s", "x", SIGMOID, form=Form(only=("s",))).proposed_grade == 1


MISTAKES = (
    Mistake("s", Text("The factor 1 - s is lost.", "漏掉了因子 1 - s。"), "forgot-one-minus"),
    Mistake("1-s^2", Text("That is the slope of tanh.", "那是 tanh 的导数。")),
)


@pytest.mark.parametrize(
    ("typed", "misconception", "told"),
    [
        ("s", "forgot-one-minus", "The factor 1 - s is lost."),
        ("1/(1+e^-x)", "forgot-one-minus", "The factor 1 - s is lost."),
        ("(1-s)(1+s)", None, "That is the slope of tanh."),
    ],
)
def test_a_known_mistake_is_answered_with_its_reason_however_it_is_written(
    typed, misconception, told
):
    judgement = judged("s(1-s)", typed, SIGMOID, mistakes=MISTAKES)

    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.WRONG, 1)
    assert judgement.misconception == misconception
    assert judgement.feedback.en.startswith(f"{told} At $x = 1$ yours gives")


def test_what_cannot_be_decided_is_left_to_the_learner():
    judgement = judged("log(-b)", "log(-2b)", "b positive")

    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.UNDECIDED, None)
    assert "compare it yourself" in judgement.feedback.en
    assert r"\ln" in judgement.feedback.en


def test_what_is_not_understood_has_a_caret_and_no_grade():
    judgement = understand(formula_of("x", "x real"), "2*(x+$")

    assert isinstance(judgement, Judgement)
    assert (judgement.verdict, judgement.caret) == (Verdict.INVALID, 5)
    assert judgement.proposed_grade is None
    assert [check(said) for said in judgement.feedback] == [[], []]


def test_what_is_understood_is_drawn_with_a_remark_where_it_could_be_meant_otherwise():
    understood = understand(formula_of("x", "x real"), "1/2x")

    assert isinstance(understood, Understood)
    assert understood.drawn == rf"${understood.latex}$"
    assert "1/(2*x)" in understood.remarks[0].en


def test_a_broken_formula_of_a_card_is_shown_as_it_is_written_and_cannot_judge():
    broken = Formula("$(", (Variable("x"),))

    assert formula_text(broken).en == r"\$("
    with pytest.raises(StudyError, match="own formula cannot be read"):
        judge_formula(broken, "x", seed="a-card")


@given(typed=st.text(alphabet="xs01234.+-*/^()e!|√ ", max_size=24))
@settings(deadline=None, max_examples=150)
def test_any_text_is_judged(typed):
    judgement = judged("s(1-s)", typed, SIGMOID)

    assert [check(said) for said in judgement.feedback] == [[], []]
    is_open = judgement.verdict in {Verdict.INVALID, Verdict.UNDECIDED}
    assert (judgement.proposed_grade is None) == is_open


_LEAVES = st.sampled_from(["x", "y", "2", "0.5", "3"])
_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})"),
        st.tuples(st.sampled_from(["tanh", "sigmoid", "exp", "relu"]), inner).map(
            lambda t: f"{t[0]}({t[1]})"
        ),
    ),
    max_leaves=6,
)


@given(tree=_TREES)
@settings(deadline=None, max_examples=60)
def test_a_formula_is_its_own_answer_and_is_not_one_more_than_itself(tree):
    names = "x (0.1, 1); y (0.1, 1)"

    assert judged(tree, f"1*({tree})+0", names).verdict in {Verdict.CORRECT, Verdict.UNDECIDED}
    assert judged(tree, f"({tree})+1", names).verdict is not Verdict.CORRECT
