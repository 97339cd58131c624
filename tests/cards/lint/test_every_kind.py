"""The rules of each kind of answer, broken one by one in a deck that breaks none."""

import pytest

from studydl.cards import Severity
from studydl.cards.rules import RULES
from studydl.notation import check

CLAIMS = {
    "optimizers.averages": {"averages-squares", "no-state"},
    "optimizers.terminal-factor": {"forgot-one-minus"},
}
QUANTITIES = {"optimizers.terminal-factor": {"partial-sum"}}
DERIVATIONS = {"optimizers.slope"}
KNOWN = {"claims": CLAIMS, "quantities": QUANTITIES, "derivations": DERIVATIONS}


def test_a_deck_with_every_kind_has_no_problems(every_kind, linted):
    assert linted(every_kind, formulas=check, **KNOWN) == []


@pytest.mark.parametrize(
    ("rule", "old", "new", "at", "message"),
    [
        # names of other rooms
        ("unknown-claim", "[optimizers.averages]", "[optimizers.averagez]", "optimizers.averagez",
         "no claim 'optimizers.averagez'"),
        ("unknown-misconception", "misconception: forgot-one-minus", "misconception: forgot-one",
         "forgot-one", "no misconception 'forgot-one'"),
        ("unknown-misconception", "forgot-one-minus\n    explain: {en: 'By",
         "forgot-one\n    explain: {en: 'By", "forgot-one", "no misconception"),
        ("unknown-quantity", "computed: partial-sum", "computed: partial-sums", "partial-sums",
         "no quantity 'partial-sums'"),
        ("unknown-derivation", "derivation: optimizers.slope", "derivation: optimizers.slop",
         "optimizers.slop", "no derivation"),
        # several right options
        ("same-option", "{en: RMSProp, zh: RMSProp 方法}", "{en: Adam, zh: 甲}", "Adam", "already"),
        ("same-option", "{en: AdaGrad, zh: AdaGrad 方法}", "{en: RMSProp, zh: 甲}", "RMSProp",
         "already"),
        ("answer-leak", "Which optimizers keep a moving average?", "Does RMSProp, and what else?",
         "'Does", "contains its answer, 'RMSProp'"),
        # blanks
        ("blank", "with the rate [[2]].", "with a rate.", "'Momentum", "[[2]] stands nowhere"),
        ("blank", "以速率 [[2]]", "以速率 [[3]] [[2]]", "[[3]]", "[[3]] is no blank"),
        ("blank", "以速率 [[2]]", "以速率 [[beta]] [[2]]", "[[beta]]", "[[beta]] is no blank"),
        ("blank", "以速率 [[2]]", "以速率 [[2]] [[2]]", "[[2]] 保存", "stands here twice"),
        ("blank", "rate [[2]].", "rate $x^[[2]]$.", "[[2]]$", "within a formula"),
        ("blank", "en: [moving average,", "en: [Running means,", "running mean", "an earlier word"),
        ("blank", "en: [moving average, running mean]", 'en: [moving average, "..."]', '"..."',
         "says nothing"),
        ("blank", "{en: [sum]", "{en: [the running means]", "{en:", "is an accepted word too"),
        ("blank", "{en: [sum]",
         "{en: [sums], zh: [合], because: {en: So., zh: 是。}}\n            - {en: [sum]",
         "{en: [sum]", "is an earlier mistake too"),
        ("formula", "- en: [$\\beta$]", "- en: [$\\betta$]", "\\betta", "betta"),
        ("answer-leak", "of gradients with", "of gradients (a running mean) with", "'Momentum",
         "gives 'running mean' away"),
        ("answer-leak", "补全句子。", "补全句子：滑动平均。", "'动量以", "gives '滑动平均' away"),
        ("language", "because: {en: It forgets.,", "because: {en: 遗忘.,", "遗忘", "English text"),
        ("punctuation", "because: {en: It forgets.,", "because: {en: It forgets,", "It", "reason"),
        # known wrong numbers
        ("mistake", "- value: 0.9\n", "- value: 10.005\n", "10.005", "counts as the right answer"),
        ("mistake", "- value: 0.9\n", "- value: 1e1\n", "1e1", "counts as the right answer"),
        ("mistake", '- value: "1/0.9"', '- value: "9/10"', '"9/10"', "stands there already"),
        # parameters
        ("parameter", "after [[t]] steps", "after some steps", "'How much",
         "does not show the parameter t"),
        ("parameter", "[[t]] 步之后", "数步之后", "'$\\beta", "does not show the parameter t"),
        ("parameter", "[[t]] 步之后", "[[t]] 步与 [[n]] 步之后", "[[n]]", "[[n]] is no parameter"),
        ("parameter", "'Write one step", "'Write [[n]] steps", "[[n]]", "[[n]] is no parameter"),
        ("parameter", "after [[t]] steps", "after [[t]] steps to [[answer]]", "[[answer]]",
         "told outside explain"),
        ("parameter", "unit: {en: of it", "unit: {en: 'of [[t]]'", "[[t]]", "is not filled here"),
        ("parameter", "\\beta^{[[t]]} =$ [[answer]].'", "\\beta^[[t]] =$ [[answer]].'", "[[t]]",
         "without braces"),
        ("parameter", "t: [1, 2, 3]}", "t: [1, 2, 1.0]}", "1.0", "among the values already"),
        ("parameter", '0.9, "1/2"], t: [1, 2, 3]}',
         "1, 2, 3, 4, 5, 6, 7, 8, 9], t: [1, 2, 3, 4, 5, 6, 7, 8]}",
         "{beta", "72 variants where 2 to 64"),
        ("parameter", '0.9, "1/2"], t: [1, 2, 3]}', "0.9], t: [1]}", "{beta", "1 variants"),
        ("parameter", 'value: "1 - beta^t"', 'value: "1 - gamma^t"', '"1 - gamma^t"',
         "cannot be computed for beta = 0.9, t = 1: 'gamma' is not known here"),
        ("parameter", 'value: "1 - beta^t"', 'value: "1/(t-2)"', '"1/(t-2)"',
         "for beta = 0.9, t = 2"),
        ("number-shown", "=$ [[answer]].', zh: '即 $1 - \\beta^{[[t]]} =$ [[answer]]。'",
         "$.', zh: '即 $1 - \\beta^{[[t]]}$。'", "'It is", "does not show [[answer]]"),
        # formulas
        ("formula-answer", "    derivation: optimizers.slope\n", "", "kind: formula",
         "nothing derives"),
        ("formula-answer", "value: s(1 - s)", "value: s(1 - q)", "q)", "q"),
        ("formula-answer", "value: s(1 - s)", "value: s(1 - s", "(1 - s", "is not closed"),
        ("formula-answer", "- value: 1 - s^2", "- value: 1 - r^2", "r^2", "r"),
        ("formula-answer", "where: {s: sigmoid(x", "where: {s: sigmoid(s", "s + n p", "s"),
        ("formula-answer", "where: {s: sigmoid(x", "where: {x: n p, s: sigmoid(x", "n p",
         "'x' is a variable already"),
        ("formula-answer", "functions: [sigmoid, tanh]", "functions: [sigmoid, tan2]", "tan2",
         "'tan2' is no known function"),
        ("formula-answer", "without: [exp]", "without: [expo]", "expo", "no known function"),
        ("formula-answer", "only: [s]", "only: [s, r]", "r]", "'r' is no variable"),
        ("formula-answer", "- value: s\n", "- value: s * (1-s)\n", "s * (1-s)", "there already"),
        ("formula-answer", "{x: real,", "{x: real, w: real,", "real, n", "uses the variable 'w'"),
        ("formula-answer", "{x: real,", "{x: real, sqrt: real,", "{x", "'sqrt'"),
        ("ambiguous", "- value: s\n", "- value: 1/2s\n", "1/2s", "read as (1/2)*s"),
        # programs
        ("program", "        def step(v, g, beta=0.9):\n            return",
         "        def step(v, g, beta=0.9)\n            return", "def step", "not Python"),
        ("program", "return beta * v + g", "return '\\d'", "return '\\d'", "not Python"),
        ("program", "        def step(v, g, beta=0.9):\n            return beta",
         "        def stride(v, g, beta=0.9):\n            return beta", "|",
         "the solution defines no step"),
        ("program", "        def step(v, g, beta=0.9):\n            return beta",
         "        def step(v, g, rate=0.9):\n            return rate", "|",
         "the starter defines step(v, g, beta=0.9), the solution step(v, g, rate=0.9)"),
        ("program", '            """Return the next velocity."""\n            ...',
         "            return beta * v + g", "|", "the starter is the solution"),
    ],
)  # fmt: skip
def test_a_rule_is_broken_and_told_at_its_place(changed, rule, old, new, at, message):
    problems = changed(old, new, **KNOWN)
    assert [each.rule for each, _ in problems] == [rule], [str(each) for each, _ in problems]
    [(problem, line)] = problems
    assert message in problem.message
    assert line.startswith(at)
    assert problem.severity is RULES[rule].severity
    assert problem.hint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a decoy that the question shows
        ("{x: real,", "{x: real, w_1: real,"),
        # a wrong word beside the right one gives nothing away
        ("of gradients with", "(running mean or sum?) of gradients with"),
        # annotations are not compared
        ("        def step(v, g, beta=0.9):\n            return beta",
         "        def step(v, g, beta: float = 0.9) -> float:\n            return beta"),
        # a mistake beside a short value
        ('      value: "1/(1-0.9)"\n      tolerance: 0.01', "      value: 10"),
    ],
)  # fmt: skip
def test_good_cards_raise_no_alarm(every_kind, linted, old, new):
    assert old in every_kind
    text = every_kind.replace(old, new, 1)
    text = text.replace("in terms of $s$ only?", "of $s$ only, whatever $w_1$ is?")
    assert linted(text, formulas=check, **KNOWN) == []


def test_clozes_with_the_same_request_are_not_duplicates(every_kind, linted):
    start = every_kind.index("  - id: two-blanks")
    card = every_kind[start : every_kind.index("  - id: known-mistakes")]
    other = card.replace("two-blanks", "other-blanks").replace("Momentum", "It")
    assert [each.rule for each in linted(every_kind + other)] == ["near-duplicate"]
    other = other.replace("动量", "方法")
    assert linted(every_kind + other) == []


def test_what_the_caller_does_not_know_is_not_checked(changed):
    assert changed("computed: partial-sum", "computed: other") == []


def test_a_program_that_is_too_deep_to_be_read_is_told(changed):
    deep = "return " + "(" * 900 + "g" + ")" * 900
    [(problem, _)] = changed("return beta * v + g", deep)
    assert (problem.rule, problem.severity) == ("program", Severity.ERROR)


def test_linting_runs_no_code(changed, tmp_path):
    mark = tmp_path / "ran"
    new = f"return beta * v + g\n        open({str(mark)!r}, 'w').close()"
    assert changed("return beta * v + g", new) == []
    assert not mark.exists()
