"""Whether the formulas of cards stand, and what is said of those that do not."""

import pytest
from sympy import Function, IndexedBase, Integer, Rational, Symbol, exp

from studydl.cards import Form, Mistake
from studydl.derivations.writing import total
from studydl.errors import StudyError
from studydl.judging.formula.line import compared_with_line
from studydl.judging.formula.standing import formula_stands
from studydl.language import Text
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import (
    POSITIVE,
    REALS,
    UNIT,
    Domain,
    Integers,
    Interval,
    Sequence,
)
from tests.judging.formula.cases import formula_of

SIGMOID = "x real; s = 1/(1+e^-x)"
WHY = Text("Because.", "因为。")


def complaints(card, formula, derivation=None):
    return [
        (each.path, each.message)
        for each in formula_stands(card(formula, derivation=derivation), formula)
    ]


def test_a_formula_that_stands_has_no_complaints(card):
    formula = formula_of("s(1-s)", SIGMOID, form=Form(("s",)), mistakes=(Mistake("s", WHY),))

    assert complaints(card, formula, "activations.sigmoid-gradient") == []


@pytest.mark.parametrize(
    ("model", "names", "more", "path", "told"),
    [
        ("log(-x)", "x positive", {}, "answer.variables", "no value at x = 1"),
        ("1/0", "", {}, "answer.variables", "no value"),
        ("sqrt(b)", "b real", {}, "answer.variables", "no value at b = -1"),
        ("x", SIGMOID, {"form": Form(("s",))}, "answer.form", "another form"),
        ("exp(x)", "x real", {"form": Form(without=("exp",))}, "answer.form", "another form"),
        ("e^x", "x real", {"form": Form(without=("exp",))}, "answer.form", "another form"),
        ("x^0.5", "x positive", {"form": Form(without=("sqrt",))}, "answer.form", "another form"),
    ],
)
def test_a_formula_that_does_not_stand_is_told_with_its_place(card, model, names, more, path, told):
    ((where, message),) = complaints(card, formula_of(model, names, **more))

    assert where == path
    assert told in message


@pytest.mark.parametrize(
    ("sources", "path", "told"),
    [
        (["s", "s-s^2"], "answer.mistakes.1.value", "equal to the answer"),
        (["s", "1/(1+e^-x)"], "answer.mistakes.1.value", "equal to known mistake 1"),
    ],
)
def test_a_mistake_that_is_none_or_is_another_is_told(card, sources, path, told):
    mistakes = tuple(Mistake(source, WHY) for source in sources)

    ((where, message),) = complaints(card, formula_of("s(1-s)", SIGMOID, mistakes=mistakes))

    assert where == path
    assert told in message


@pytest.mark.parametrize(
    "formula",
    [
        formula_of("s(1-", SIGMOID),
        formula_of("s", "s = q"),
        formula_of("x", "x real", mistakes=(Mistake("x(", WHY),)),
    ],
)
def test_what_cannot_be_read_is_left_to_the_linter(card, formula):
    assert complaints(card, formula, "activations.sigmoid-gradient") == []


def test_mistakes_that_have_no_value_are_told(card):
    mistakes = (Mistake("log(-p)", WHY), Mistake("log(-2p)", WHY))

    told = complaints(card, formula_of("p", "p positive", mistakes=mistakes))

    assert [message for _, message in told] == [
        "whether the known mistake differs from known mistake 1 could not be decided"
    ]


@pytest.mark.parametrize(
    ("model", "names", "line", "told"),
    [
        ("s", SIGMOID, 0, "is not the last line of activations.sigmoid-gradient"),
        ("s(1-s)", SIGMOID, 99, "no 99"),
        ("q", "q real", 0, "has no q"),
    ],
)
def test_a_formula_that_was_not_derived_is_told(card, model, names, line, told):
    formula = formula_of(model, names, line=line)

    ((where, message),) = complaints(card, formula, "activations.sigmoid-gradient")

    assert where == "answer.value"
    assert told in message


def test_an_unknown_derivation_is_told(card):
    ((_, message),) = complaints(card, formula_of("x", "x real"), "activations.nothing")

    assert "no derivation" in message


def derivation(domain, *expressions, definitions=None):
    rule = Text("So.", "如此。")
    return Derivation(
        "activations.for-this-test",
        Text("A test", "测试"),
        "1.3",
        domain,
        tuple(Step(each, rule) for each in expressions),
        (Comparison("nothing", lambda **_: 0.0),),
        ("A 2000",),
        definitions or {},
    )


x, y, beta_1, n = (Symbol(name) for name in ("x", "y", "beta_1", "n"))
z, p = IndexedBase("z"), IndexedBase("p")
k, i = Symbol("k", integer=True), Symbol("i", integer=True)
t = Symbol("t", integer=True, positive=True)
sigma, v = Function("sigma", real=True), Function("v", real=True)


@pytest.mark.parametrize(
    ("domain", "end", "definitions", "model", "names"),
    [
        (Domain({beta_1: UNIT, t: Integers()}), 1 - beta_1**t, {}, "1-beta_1^t",
         "beta_1 (0, 1); t integer"),
        (Domain({x: REALS}), sigma(x) * sigma(-x), {sigma(x): 1 / (1 + exp(-x))}, "sigma(1-sigma)",
         "sigma (0, 1)"),
        (Domain({x: REALS, y: REALS}), y**2, {y: x + 1}, "y*y", "y real"),
        (Domain({z: Sequence()}), z[1] - z[2], {}, "z_1 - z_2", "z_1 real; z_2 real"),
        (Domain({p: Sequence(Interval(0, 1)), k: Integers(high=5)}), p[k] * (1 - p[k]), {},
         "p_k - p_k^2", "p_k (0, 1)"),
        (Domain({x: POSITIVE, t: Integers(low=2)}), v(t - 1) + x,
         {v(Integer(0)): Integer(0), v(t): v(t - 1) + x}, "v_t", "v_t positive"),
        (Domain({x: POSITIVE, t: Integers()}), v(t),
         {v(Integer(0)): Integer(0), v(t): v(t - 1) + x}, "t*x", "x positive; t integer"),
        (Domain({z: Sequence(), t: Integers()}), total(z[i], i, 1, t) - total(z[i], i, 1, t), {},
         "0", ""),
        (Domain({x: REALS}), x / Rational(2), {}, "h", "x real; h = x/2"),
        (Domain({x: REALS}), 2 * Symbol("xhat", real=True), {Symbol("xhat", real=True): x + 1},
         "2x_hat", "x_hat real"),
    ],
)  # fmt: skip
def test_the_names_of_a_card_are_those_of_its_derivation(domain, end, definitions, model, names):
    found = compared_with_line(
        formula_of(model, names), derivation(domain, end, end, definitions=definitions)
    )

    assert found.holds, found


def test_any_line_can_be_meant_and_the_last_one_is_if_none_is_named():
    lines = derivation(Domain({x: REALS}), x, 2 * x, 3 * x)

    for line, model in [(1, "x"), (2, "2x"), (3, "3x"), (0, "3x")]:
        for own in ("x", "2x", "3x"):
            formula = formula_of(own, "x real", line=line)
            assert compared_with_line(formula, lines).holds == (own == model)


@pytest.mark.parametrize("name", ["q", "z_q", "q_1", "z"])
def test_a_name_that_the_derivation_does_not_have_is_told_with_those_it_has(name):
    lines = derivation(Domain({x: REALS, z: Sequence()}), x, x)

    with pytest.raises(StudyError, match=f"has no {name}") as refused:
        compared_with_line(formula_of(name, f"{name} real"), lines)

    assert "x, z" in (refused.value.hint or "")
