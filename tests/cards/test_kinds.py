"""What a deck may write for each kind of answer, and what is told about what it may not."""

from fractions import Fraction

import jsonschema
import pytest
import yaml

from studydl.cards import (
    Blank,
    Choice,
    Cloze,
    Code,
    Form,
    Formula,
    Mistake,
    Number,
    Parameter,
    Slip,
    Variable,
)
from studydl.cards.format import deck_schema
from studydl.cards.rules import RULES
from studydl.language import Text


@pytest.fixture
def answer(every_kind, read):
    """The answer of a card, by its id."""
    reading = read(every_kind)
    assert reading.problems == ()
    return {card.id: card.answer for card in reading.deck.cards}.__getitem__


def test_a_choice_may_have_several_right_options(answer):
    choice = answer("several-right")
    assert isinstance(choice, Choice)
    assert choice.right == (Text("Adam", "Adam 优化器"), Text("RMSProp", "RMSProp 方法"))


def test_a_cloze_has_blanks_with_known_mistakes(answer):
    cloze = answer("two-blanks")
    assert isinstance(cloze, Cloze)
    slip = Slip(("sum", "总和"), Text("It forgets.", "它会遗忘。"))
    first = Blank(("moving average", "running mean"), ("滑动平均",), (slip,))
    assert cloze.blanks == (first, Blank((r"$\beta$",), (r"$\beta$",)))


def test_a_number_has_known_mistakes(answer):
    number = answer("known-mistakes")
    assert isinstance(number, Number)
    assert (number.value, number.tolerance) == (10, Fraction(1, 100))
    assert number.mistakes == (
        Mistake("0.9", Text("That is the rate itself.", "那是速率本身。")),
        Mistake(
            "1/0.9",
            Text("The factor 1 minus the rate is lost.", "漏掉了 1 减速率。"),
            "forgot-one-minus",
        ),
    )


def test_a_number_may_draw_parameters(answer):
    assert answer("varied-number") == Number(
        "1 - beta^t",
        Fraction(0),
        Fraction(1, 1000),
        Text("of it", "份"),
        (Parameter("beta", ("0.9", "1/2")), Parameter("t", ("1", "2", "3"))),
        "partial-sum",
    )


def test_a_formula_has_variables_abbreviations_and_a_form(answer):
    formula = answer("sigmoid-slope")
    assert isinstance(formula, Formula)
    assert formula.source == "s(1 - s)"
    assert formula.variables == (
        Variable("x", "real"),
        Variable("n", "integer"),
        Variable("p", "(0, 1)"),
        Variable("y_hat", "positive"),
        Variable("s", meaning="sigmoid(x + n p y_hat)"),
    )
    assert formula.form == Form(("s",), ("exp",))
    assert (formula.functions, formula.line) == (("sigmoid", "tanh"), 3)
    assert [each.misconception for each in formula.mistakes] == [None, "forgot-one-minus"]


def test_code_is_kept_to_the_last_space(answer):
    code = answer("write-a-step")
    assert isinstance(code, Code)
    assert code.solution == "def step(v, g, beta=0.9):\n    return beta * v + g\n"
    assert code.starter.endswith('    """Return the next velocity."""\n    ...\n')
    assert (code.function, code.part, code.also) == ("step", "momentum", ("optimizers.averages",))


CHANGES = [
    # what is replaced, by what, the message, the hint
    ("        - {en: RMSProp, zh: RMSProp 方法}", "        []", "0 right options where 1 to 3", ""),
    ("      also:\n        - {en: RMSProp, zh: RMSProp 方法}", "      also: x", "a list of", ""),
    ("zh: [滑动平均]", "zh: []", "0 words where at least 1", ""),
    ("zh: [滑动平均]", "zh: 滑动平均", "a list of words", ""),
    ("zh: [滑动平均]", "zh: [no]", "yes or no", '"no"'),
    ("en: [moving average, running mean]", "en: [x, x]", "stands here twice", ""),
    ("          mistakes:\n            - {en: [sum]", "          slips:\n            - {en: [sum]",
     "a blank knows no key 'slips'", "known are"),
    (", because: {en: It forgets., zh: 它会遗忘。}", "", "wrong word has no because:", "why"),
    ("because: {en: That is the rate itself., zh: 那是速率本身。}", "because: {en: So.}",
     "the text has no zh:", "both languages"),
    ('- value: "1/0.9"', '- value: "1/0"', "is not a number", "1/4"),
    ('vary: {beta: [0.9, "1/2"], t: [1, 2, 3]}', "vary: {}", "0 names where 1 to 4", ""),
    ('vary: {beta: [0.9, "1/2"]', "vary: {2b: [0.9]", "'2b' is not a name", "beta_1"),
    ('vary: {beta: [0.9, "1/2"]', "vary: {beta: []", "0 values where 1 to 16", ""),
    ('vary: {beta: [0.9, "1/2"]', "vary: {beta: [low]", "'low' is not a number", "1/4"),
    ("      computed: partial-sum\n", "", "has no computed:", "quantity"),
    ("computed: partial-sum", "computed: Partial Sum", "is not an id", "such as"),
    ("      value: s(1 - s)\n", "", "has no value:", "as it is typed"),
    ("variables: {x: real", "variables: {x: complex", "'complex' is not what", "(0, 1)"),
    ('p: "(0, 1)"', 'p: "[0, 1]"', "is not what a variable stands for", "(0, 1)"),
    ("functions: [sigmoid, tanh]", "functions: [tanh, tanh]", "stands here twice", ""),
    ("form: {only: [s], without: [exp]}", "form: {has: [s]}", "knows no key 'has'", "only"),
    ("line: 3", "line: 0", "'0' is not a line of the derivation", "such as 1"),
    ("line: 3", "line: third", "'third' is not a line", "such as 1"),
    ("function: step", "function: my-step", "is not a name in Python", "sigmoid_gradient"),
    ("starter: |\n", "starter: >\n", "code does not stand under |", "write |"),
    ("      also: [optimizers.averages]", "      also: [averages]", "is not chapter.slug", "such"),
    ("      function: step\n", "", "has no function:", "the learner writes"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message", "hint"), CHANGES)
def test_a_mistake_is_told_at_its_line_with_what_to_write(
    every_kind, read, old, new, message, hint
):
    assert every_kind.count(old) >= 1
    broken = every_kind.replace(old, new, 1)
    problems = [each for each in read(broken).problems if message in each.message]
    assert problems, [str(each) for each in read(broken).problems]
    assert hint in problems[0].hint
    assert problems[0].rule in RULES
    changed = every_kind[: every_kind.index(old)].count("\n") + 1
    assert changed - 6 <= problems[0].line <= changed + 2


LOOSER = ("1/0", "starter: >")
"""What JSON Schema cannot tell: whether arithmetic has a value, and how a text was quoted."""


@pytest.mark.parametrize(("old", "new", "message", "hint"), CHANGES)
def test_the_schema_refuses_the_same(every_kind, old, new, message, hint):
    validator = jsonschema.Draft202012Validator(deck_schema())
    broken = yaml.safe_load(every_kind.replace(old, new, 1))
    assert validator.is_valid(broken) == any(sign in new for sign in LOOSER)


def test_the_schema_accepts_every_kind(every_kind):
    validator = jsonschema.Draft202012Validator(deck_schema())
    assert list(validator.iter_errors(yaml.safe_load(every_kind))) == []


@pytest.mark.parametrize("key", ["tolerance", "unit", "value"])
def test_what_is_optional_may_be_left_out(every_kind, read, key):
    lines = every_kind.split("\n")
    place = next(at for at, line in enumerate(lines) if "computed: partial-sum" in line)
    at = next(at for at in range(place, place + 4) if lines[at].strip().startswith(f"{key}:"))
    del lines[at]
    reading = read("\n".join(lines))
    assert reading.problems == ()
    jsonschema.validate(yaml.safe_load("\n".join(lines)), deck_schema())
