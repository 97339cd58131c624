"""What a card may declare."""

import pytest

from studydl.cards.expressions import BASE, FUNCTIONS, Vocabulary, parse, to_text
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
