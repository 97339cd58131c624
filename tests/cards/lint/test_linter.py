import re
from pathlib import Path

import pytest

from studydl.cards import Severity
from studydl.cards.kinds import ANSWER
from studydl.cards.rules import RULES
from studydl.notation import check

CLAIMS = {
    "activations.sigmoid-range": {"wrong"},
    "activations.sigmoid-gradient-peak": {"forgot-one-minus", "tanh-gradient"},
}
DERIVATIONS = {"activations.sigmoid-gradient"}


DOCUMENT = (Path(__file__).parents[3] / "docs" / "deck-format.md").read_text("utf-8")
EVERY_EXAMPLE = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
EXAMPLES = [example for example in EVERY_EXAMPLE if "unverified: true" not in example]
(UNVERIFIED,) = [example for example in EVERY_EXAMPLE if "unverified: true" in example]
AROUND = {
    "ask": "{en: 'How is it?', zh: '如何？'}",
    "explain": "{en: 'It is 10.', zh: '等于 10。'}",
}


def rules_of(problems):
    return [problem.rule for problem in problems]


def test_a_good_deck_has_no_problems(good, linted):
    assert linted(good, formulas=check, claims=CLAIMS, derivations=DERIVATIONS) == []


def test_what_the_caller_does_not_know_is_not_checked(good, linted):
    unknown = good.replace("claim: activations", "claim: nowhere").replace("frac", "fracc")
    assert linted(unknown) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "at"),
    [
        ("claim: activations.sigmoid-range", "claim: activations.sigmoid-rage", None, "activ"),
        ("misconception: tanh-gradient", "misconception: tanh-gradent", None, "tanh-gradent"),
        ("derivation: activations.sig", "derivation: activations.zig", None, "activations.zig"),
    ],
    ids=["unknown-claim", "unknown-misconception", "unknown-derivation"],
)
def test_an_unknown_name_is_an_error_at_its_place(good, linted, request, old, new, rule, at):
    text = good.replace(old, new)
    [problem] = linted(text, claims=CLAIMS, derivations=DERIVATIONS)
    assert problem.rule in request.node.name
    assert problem.severity is Severity.ERROR
    assert "did you mean" in problem.hint
    assert text.split("\n")[problem.line - 1][problem.column - 1 :].startswith(at)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # single quotes, with a doubled one before it
        ("'How large can $\\sigma''(x)$ become?'", "'It''s $\\sigmo''(x)$?'"),
        # double quotes, with escapes before it
        ("'How large can $\\sigma''(x)$ become?'", '"It\\\\$ \\"is\\" $\\\\sigmo(x)$?"'),
        # without quotes
        ("'The quotient rule gives it.'", "The rule $\\sigmo$ gives it."),
        # a block, some lines down
        ("$$\\frac{1}{2} \\times \\frac{1}{2}", "$$\\frac{1}{2} \\sigmo \\frac{1}{2}"),
    ],
)
def test_a_formula_that_cannot_be_drawn_is_an_error_at_its_macro(good, linted, old, new):
    assert old in good
    text = good.replace(old, new)
    [problem] = [each for each in linted(text, formulas=check) if each.rule == "formula"]
    line = text.split("\n")[problem.line - 1]
    assert re.match(r"\\+sigmo", line[problem.column - 1 :])


def test_a_formula_in_folded_lines_is_placed_at_the_start_of_its_text(good, linted):
    text = good.replace("'The quotient rule gives it.'", "'The rule\n      $\\sigmo$ gives it.'")
    [problem] = linted(text, formulas=check)
    assert text.split("\n")[problem.line - 1][problem.column - 1 :].startswith("'The rule")


def test_dollar_signs_are_checked_without_help(good, linted):
    text = good.replace("The quotient rule", "The $quotient rule").replace("gives it", "gives $ $")
    assert "formula" in rules_of(linted(text))


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("language", "'How is the logistic sigmoid defined?'", "'How is 它 defined?'"),
        ("language", "'逻辑 sigmoid 如何定义？'", "'How is the sigmoid defined?'"),
        ("language", "'逻辑 sigmoid 如何定义？'", "'How is sigmoid'"),
        ("yes-no", "'How is the logistic sigmoid defined?'", "'Is the sigmoid bounded?'"),
        ("yes-no", "'逻辑 sigmoid 如何定义？'", "'sigmoid 有界吗？'"),
        ("one-question", "'How is the logistic sigmoid defined?'", "'What is it? And why?'"),
        ("one-question", "'逻辑 sigmoid 如何定义？'", "'是什么？为什么？'"),
        ("long-answer", "{en: '$\\frac{1}{1+e^{-x}}$'", "{en: '" + "word " * 60 + "'"),
        ("long-answer", "zh: '$\\frac{1}{1+e^{-x}}$'", "zh: '" + "字" * 130 + "'"),
        ("answer-leak", "{en: '$\\frac{1}{1+e^{-x}}$'", "{en: 'Logistic sigmoid.'"),
        ("answer-leak", "zh: '$\\frac{1}{1+e^{-x}}$'", "zh: '如何定义'"),
        ("answer-leak", "the derivative of the sigmoid s?", "equal to $s(1-s)$ here?"),
        ("enumeration", "'How is the logistic sigmoid defined?'", "'List all activations.'"),
        ("enumeration", "'How is the logistic sigmoid defined?'", "'Name three activations.'"),
        ("enumeration", "'逻辑 sigmoid 如何定义？'", "'列举三种激活函数。'"),
        ("enumeration", "{en: '$\\frac{1}{1+e^{-x}}$'", '{en: "- a\\n- b\\n- c"'),
        ("number-shown", "value: 0.25, tolerance: 0.005", "value: 0.35, tolerance: 0.005"),
        ("punctuation", "'The quotient rule gives it.'", "'The quotient rule gives it'"),
        ("punctuation", "由商的求导法则得到。", "由商的求导法则得到"),
        ("same-option", "{en: '$1-s^2$', zh: '$1-s^2$'}", "{en: '$s (1-s)$', zh: 其他}"),
        ("same-option", "{en: '$1-s^2$', zh: '$1-s^2$'}", "{en: other, zh: '$s$'}"),
        (
            "near-duplicate",
            "How large can $\\sigma''(x)$ become",
            "Is how logistic sigmoid defined",
        ),
        ("near-duplicate", "'$\\sigma''(x)$ 最大是多少？'", "'逻辑 sigmoid 如何定义？'"),
    ],
)
def test_a_rule_is_broken_and_told_at_the_text(good, linted, rule, old, new):
    assert old in good
    text = good.replace(old, new, 1)
    problems = linted(text)
    assert rules_of(problems) == [rule]
    assert problems[0].severity is RULES[rule].severity
    line = text.split("\n")[problems[0].line - 1]
    assert line[problems[0].column - 1] in "'\"由|{"
    assert problems[0].hint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("'How is the logistic sigmoid defined?'", "'Is ReLU steeper than tanh, or flatter?'"),
        ("'How is the logistic sigmoid defined?'", "'At which x? Say where.'"),
        ("'How is the logistic sigmoid defined?'", "'What does $E[x]$ mean if x is 0?'"),
        ("'How is the logistic sigmoid defined?'", "'Name the function behind it.'"),
        ("'逻辑 sigmoid 如何定义？'", "'Leaky ReLU $f(x)$ ='"),
        ("{en: '$\\frac{1}{1+e^{-x}}$'", "{en: 'One over one plus e to the minus x'"),
        ("'The quotient rule gives it.'", "'It is so \"as before.\"'"),
        ("'The quotient rule gives it.'", "'It is $$s(1-s)$$'"),
        ("value: 0.25, tolerance: 0.005", "value: 3"),
        ("value: 0.25, tolerance: 0.005", 'value: "1/4"'),
        ("zh: 它等于 $s(1-s)$，峰值为 $0.25$。", "zh: 它等于 $s(1-s)$。"),
        ("{en: '$1-s^2$', zh: '$1-s^2$'}", "{en: '$1+s^2$', zh: '$1+s^2$'}"),
        ("the derivative of the sigmoid s?", "right, $s(1-s)$ or $s$?"),
    ],
)
def test_good_cards_raise_no_alarm(good, linted, old, new):
    assert old in good
    assert linted(good.replace(old, new, 1)) == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.632", "It is $1 - e^{-1} \\approx 0.632$."),
        ('"1-1/e"', "It is about 0.63."),
        ("0.001", "Only $10^{-3}$ is left."),
        ("3.162", "It is $\\frac{0.1}{\\sqrt{0.001}}$."),
        ('"1/3"', "It is one third."),
        ("0.25", "It is 25 %."),
        ("1500", "It is $1.5 \\times 10^3$."),
        ("-0.5", "The slope is −0.5."),
        ("0.2", "It is $\\left(\\tfrac{1}{5}\\right)$."),
    ],
)
def test_a_number_may_be_shown_in_many_ways(good, linted, value, shown):
    text = good.replace("value: 0.25, tolerance: 0.005", f"value: {value}")
    text = text.replace("zh: 它等于 $s(1-s)$，峰值为 $0.25$。", f"zh: '{shown} 是'", 1)
    assert "number-shown" not in rules_of(linted(text))
    hidden = text.replace(shown, "It is so.").replace("\\frac{1}{2} \\times \\frac{1}{2}", "s")
    hidden = hidden.replace("= \\frac14", "")
    assert "number-shown" in rules_of(linted(hidden))


def test_problems_of_files_and_of_cards_come_in_the_order_of_the_file(good, linted):
    text = good.replace("value: 0.25", "value: x").replace("由商的求导法则得到。", "由商得到")
    text = text.replace("'How is the logistic sigmoid defined?'", "'Is it bounded?'")
    problems = linted(text)
    assert rules_of(problems) == ["yes-no", "type", "punctuation"]
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)


def test_every_rule_is_told_to_authors():
    for name, rule in RULES.items():
        assert f"| `{name}` | {rule.severity} | {rule.about} |" in DOCUMENT


def test_the_example_for_authors_is_a_good_deck(linted):
    example = EXAMPLES[0].replace("    requires: [sigmoid-definition]\n", "")
    assert linted(example, formulas=check) == []


def test_cards_without_claims_are_told_once_a_deck(linted):
    [problem] = linted(UNVERIFIED, formulas=check)
    assert (problem.rule, problem.severity) == ("unverified", "warning")
    assert "1 of its cards stand on no claim" in problem.message


@pytest.mark.parametrize("example", EXAMPLES[1:])
def test_the_example_of_each_kind_is_a_good_answer(example, linted):
    keys = set(re.findall(r"^(\w+):", example, re.MULTILINE))
    rest = "".join(f"{key}: {text}\n" for key, text in AROUND.items() if key not in keys)
    card = f'id: example\nnotes: "1.1"\nclaim: a.b\nsources: [A 2000]\n{rest}{example}'
    lines = "\n    ".join(card.splitlines())
    deck = f"chapter: a\ntitle: {{en: A, zh: 甲}}\ncards:\n  - {lines}\n"
    assert [str(problem) for problem in linted(deck, formulas=check)] == []


def test_there_is_an_example_of_every_kind_beside_recall():
    kinds = {kind for example in EXAMPLES for kind in re.findall(r"kind: (\w+)", example)}
    assert kinds == ANSWER.records.keys() - {"recall"}
