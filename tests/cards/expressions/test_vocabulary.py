"""What a card may declare."""

import pytest

from studydl.cards.expressions import (
    BASE,
    FUNCTIONS,
    ExpressionFault,
    Vocabulary,
    parse,
    to_text,
)
from studydl.errors import StudyError


def test_the_base_functions_are_always_known():
    assert Vocabulary([]).functions == BASE
    assert Vocabulary([], {"tanh", "log"}).functions == BASE | {"tanh"}


def test_a_mapping_gives_its_names():
    assert Vocabulary({"x": "input", "w": "weight"}).variables == ("x", "w")


def test_vocabularies_are_equal_by_what_they_hold():
    assert Vocabulary(["x"], {"tanh"}) == Vocabulary(["x"], ["tanh"])
    assert len({Vocabulary(["x"]), Vocabulary(["x"]), Vocabulary(["y"])}) == 2


@pytest.mark.parametrize("name", ["x", "beta_1", "w_ij", "y_hat", "N", "x1", "m_hat_t", "lambda"])
def test_every_name_reads_as_itself(name):
    assert to_text(parse(name, Vocabulary([name], FUNCTIONS))) == name


@pytest.mark.parametrize(
    ("variables", "typed", "meant"),
    [
        (["v_t", "g_t"], "v", "v_t"),
        (["p_k", "y_k"], "1 - p", "p_k"),
        (["beta_1", "beta_2"], "β", "beta_1 or beta_2"),
        (["m_hat_t"], "m_hat", "m_hat_t"),
    ],
)
def test_a_name_without_its_subscript_is_told_the_one_that_may_be_meant(variables, typed, meant):
    with pytest.raises(ExpressionFault) as refused:
        parse(typed, Vocabulary(variables))
    assert refused.value.hint.en == f"did you mean {meant}?"
    assert refused.value.hint.zh == f"是不是 {meant.replace(' or ', ' 或 ')}？"


@pytest.mark.parametrize(
    ("variables", "functions", "part"),
    [
        (["1x"], [], "cannot name a variable"),
        (["_x"], [], "cannot name a variable"),
        (["x__y"], [], "cannot name a variable"),
        (["x-y"], [], "cannot name a variable"),
        (["β"], [], "cannot name a variable"),
        ([""], [], "cannot name a variable"),
        (["x" * 41], [], "cannot name a variable"),
        (["a1b2c3"], [], "cannot name a variable"),
        (["beta1", "beta_1"], [], "could be taken for 'beta1'"),
        (["xi", "x_i"], [], "could be taken for 'xi'"),
        (["eps", "epsilon"], [], "could be taken for 'eps'"),
        (["exp"], [], "could be taken for 'exp'"),
        (["log"], [], "could be taken for 'ln'"),
        (["tanh"], ["tanh"], "could be taken for 'tanh'"),
        ([], ["gelu"], "is not a function"),
        ([], ["__import__"], "is not a function"),
        ([f"x_{number}" for number in range(41)], [], "41 variables"),
    ],
)
def test_what_could_not_be_typed_or_told_apart_is_refused(variables, functions, part):
    with pytest.raises(StudyError, match=part):
        Vocabulary(variables, functions)
