from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.cards import Choice, Number, Recall
from studydl.cards import tree as tree_module
from studydl.cards.reader import MAX_BYTES, read_bytes, read_text
from studydl.cards.rules import RULES
from studydl.language import Text

X = Path("decks/x.yaml")


def test_a_good_deck_is_read_whole(good, read):
    reading = read(good)
    assert reading.problems == ()
    definition, peak, form = reading.deck.cards
    assert reading.deck.title == Text("Activation functions", "激活函数")
    assert definition.answer == Recall(Text(r"$\frac{1}{1+e^{-x}}$", r"$\frac{1}{1+e^{-x}}$"))
    unit = Text("per unit", "每单位")
    assert peak.answer == Number("0.25", Fraction(1, 4), Fraction(1, 200), unit)
    assert isinstance(form.answer, Choice)
    assert [each.misconception for each in form.answer.distractors] == [
        "forgot-one-minus",
        "tanh-gradient",
    ]
    assert peak.requires == ("sigmoid-definition",)
    assert peak.tags == ("gradient", "saturation")
    assert (definition.derivation, definition.requires, definition.tags) == (None, (), ())


def test_a_card_knows_where_it_was_written(good, read):
    reading = read(good)
    lines = good.split("\n")
    for card, spots in zip(reading.deck.cards, reading.spots, strict=True):
        assert card.origin.file == X
        assert f"id: {card.id}" in lines[card.origin.line - 1]
        line, column = spots["notes"]
        assert lines[line - 1][column - 1 :].startswith(f'"{card.notes}"')


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0.25", Fraction(1, 4)),
        ("1e-3", Fraction(1, 1000)),
        ('"1/4"', Fraction(1, 4)),
        ('"1/(1-0.9)"', Fraction(10)),
        ("-2", Fraction(-2)),
    ],
)
def test_a_number_is_kept_as_written_and_as_value(good, read, written, value):
    answer = read(good.replace("value: 0.25", f"value: {written}")).deck.cards[1].answer
    assert (answer.source, answer.value) == (written.strip('"'), value)


KINDS = "recall, choice, cloze, number, formula, code"

CHANGES = [
    # what is replaced, by what, the message, the hint, the line's text
    ('notes: "1.3"', "notes: 1.10", "1.10 without quotes is a number", '"1.10"'),
    ('notes: "1.3"', "notes: 012", "012 without quotes is an octal number", '"012"'),
    ('notes: "1.3"', 'notes: "chapter one"', "is not a section of the notes", '"1.3"'),
    ("如何定义？'}", "如何定义？', fr: x}", "'fr' is not a language", "en and zh"),
    (", zh: '逻辑 sigmoid 如何定义？'", "", "the text has no zh:", "both languages"),
    ("'逻辑 sigmoid 如何定义？'", "''", "the text is empty", ""),
    ("'逻辑 sigmoid 如何定义？'", "# of", "not valid YAML", "in quotes"),
    ("'逻辑 sigmoid 如何定义？'", "no", "no without quotes is yes or no", '"no"'),
    ("'逻辑 sigmoid 如何定义？'", "on", "on without quotes is yes or no", '"on"'),
    ("'逻辑 sigmoid 如何定义？'", "~", "~ without quotes is nothing", '"~"'),
    ("'逻辑 sigmoid 如何定义？'", "null", "null without quotes is nothing", '"null"'),
    ("'逻辑 sigmoid 如何定义？'", "12:30", "12:30 without quotes is a time", '"12:30"'),
    ("'逻辑 sigmoid 如何定义？'", "2024-01-02", "is a date", '"2024-01-02"'),
    ("'逻辑 sigmoid 如何定义？'", "0x1F", "is a number", '"0x1F"'),
    ("'逻辑 sigmoid 如何定义？'", "[1, 2]", "a list stands where one text belongs", ""),
    ("'逻辑 sigmoid 如何定义？'", r'"$\frac12$"', "control character", "single quotes"),
    ("'逻辑 sigmoid 如何定义？'", r'"$\nabla f$"', "control character", "single quotes"),
    ("'逻辑 sigmoid 如何定义？'", r'"$\sigma$"', "unknown escape", "single quotes"),
    ("'逻辑 sigmoid 如何定义？'", "甲, 乙", "'乙' is not a language", "put the text in quotes"),
    ("'逻辑 sigmoid 如何定义？'", "&a x", "an anchor &a", "in quotes"),
    ("'逻辑 sigmoid 如何定义？'", "!!str x", "a type", "in quotes"),
    ("kind: recall", "kind: essay", "'essay' is no kind of answer", KINDS),
    ("kind: recall, ", "", "the answer has no kind:", KINDS),
    ("value: 0.25", "value: quarter", "'quarter' is not a number", "1/4"),
    ("value: 0.25", "value: 012", "starts with a zero", "0.25"),
    ("value: 0.25", "value: yes", "'yes' is not a number", "0.25"),
    ("tolerance: 0.005", "tolerance: 0", "not more than zero", "0.25"),
    ("tolerance: 0.005", "tolerance: sqrt(2)", "is not rational", "0.25"),
    ("id: sigmoid-definition", "id: Sigmoid Definition", "is not an id", "such as"),
    ("claim: activations.sigmoid-range", "claim: sigmoid-range", "is not chapter.slug", "such"),
    ("claim: activations.sigmoid-range", "clam: a.b", "knows no key 'clam'", "claim"),
    ("    claim: activations.sigmoid-range\n", "", "the card has no claim:", "measured"),
    ('["Goodfellow et al. 2016, section 3.10"]', "[]", "0 sources where at least 1", ""),
    ("requires: [sigmoid-definition]", "requires: sigmoid", "one text stands where a list", ""),
    ("tags: [gradient, saturation]", "tags: [a, a]", "'a' stands here twice", ""),
    ("    tags: [gradient", "    <<: x\n    tags: [gradient", "a merge key", "write"),
    ("    tags: [gradient", "    notes: '2'\n    tags: [gradient", "'notes' stands here twice", ""),
    ("    tags: [gradient", "    [a]: x\n    tags: [gradient", "not a word", ""),
    ("    tags: [gradient", "\ttags: [gradient", "a tab", "spaces"),
    ("- {text: {en: '$s$', zh: '$s$'}, misconception: forgot-one-minus}", "", "1 distractors", ""),
]


@pytest.mark.parametrize(("old", "new", "message", "hint"), CHANGES)
def test_a_mistake_is_told_at_its_line_with_what_to_write(good, read, old, new, message, hint):
    assert old in good
    broken = good.replace(old, new, 1)
    problems = read(broken).problems
    matching = [problem for problem in problems if message in problem.message]
    assert matching, [str(problem) for problem in problems]
    problem = matching[0]
    assert hint in problem.hint
    assert problem.rule in RULES
    assert str(problem).startswith(f"decks/x.yaml:{problem.line}:{problem.column}: ")
    changed = broken[: good.index(old)].count("\n") + 1
    near = range(changed - 6, changed + len(new.split("\n")) + 1)
    assert problem.line in near


def test_every_problem_of_a_file_is_told_and_whole_cards_stay(good, read):
    broken = good.replace('notes: "1.3"', "notes: 1.30", 1).replace("value: 0.25", "value: x")
    reading = read(broken)
    assert [card.id for card in reading.deck.cards] == ["sigmoid-gradient-form"]
    assert len(reading.problems) == 2
    assert reading.left_out == {"sigmoid-definition", "sigmoid-gradient-peak"}


def test_a_deck_without_chapter_is_left_out_but_its_cards_are_still_checked(good, read):
    broken = good.replace("chapter: activations", "").replace("value: 0.25", "value: x")
    reading = read(broken)
    assert reading.deck is None
    assert [problem.rule for problem in reading.problems] == ["key", "type"]


@pytest.mark.parametrize(
    ("content", "message", "place"),
    [
        (b"", "empty", (1, 1)),
        (b"# only a comment\n", "empty", (1, 1)),
        (b"chapter: x\0", "U+0000", (1, 11)),
        (b"chapter: x\n# \xff", "not UTF-8", (2, 3)),
        (b"\xef\xbb\xbfchapter: x", "byte order mark", (1, 1)),
        ("chapter: x\n# \u2028".encode(), "U+2028", (2, 3)),
        (b"x" * (MAX_BYTES + 1), "bytes", (1, 1)),
        (b"[" * 100_000, "nested too deeply", (1, 14)),
        (b"{a: " * 100_000, "nested too deeply", (1, 50)),
        (b"- 1", "a list stands where the deck", (1, 1)),
        (b"---\na: 1\n---\nb: 2\n", "a second document", (3, 1)),
        (b"a: b: c", "mapping values", (1, 5)),
        (b"a: 'x", "end of stream", (1, 6)),
        (b"a: `x`", "cannot start any token", (1, 4)),
        (b"a: {b: c", "expected ',' or '}'", (2, 1)),
        (b"a: *x", "a reference *x", (1, 4)),
        (b"\xe6\xbf\x80: [\xe6\xb4\xbb, *x]", "a reference *x", (1, 8)),
    ],
)
def test_a_file_that_is_no_deck_is_refused_in_a_sentence(content, message, place):
    reading = read_bytes(content, X)
    assert reading.deck is None
    assert message in reading.problems[0].message
    assert (reading.problems[0].line, reading.problems[0].column) == place


def test_a_file_full_of_problems_is_not_read_to_its_end(good):
    nonsense = "".join(f"x{index}: 1\n" for index in range(10_000))
    problems = read_text(good + nonsense, X).problems
    assert len(problems) < 300
    assert "more than 200 problems" in problems[-1].message


@pytest.mark.parametrize(("old", "new", "message", "hint"), CHANGES)
def test_without_libyaml_the_same_cards_are_left_out(
    good, read, monkeypatch, old, new, message, hint
):
    broken = good.replace(old, new, 1)
    fast = read(broken)
    monkeypatch.setattr(tree_module, "_LOADER", yaml.SafeLoader)
    slow = read(broken)
    assert slow.deck == fast.deck
    assert bool(slow.problems) == bool(fast.problems)


def test_windows_line_ends_read_the_same(good, read):
    assert read(good.replace("\n", "\r\n")).deck == read(good).deck


@given(st.text())
def test_any_text_is_read_or_refused(text):
    reading = read_text(text, X)
    assert reading.deck is not None or reading.problems


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    reading = read_bytes(content, X)
    assert reading.deck is not None or reading.problems


@st.composite
def damaged(draw, text):
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start, min(start + 30, len(text))))
    return text[:start] + draw(st.text("[]{}:,'\"|>&*!-#~ \n\tno1.$\\", max_size=6)) + text[end:]


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # a constant text
def test_a_damaged_deck_never_raises_and_problems_lie_within_it(good, data):
    text = data.draw(damaged(good))
    reading = read_text(text, X)
    for problem in reading.problems:
        assert 1 <= problem.line <= text.count("\n") + 2
        assert problem.rule in RULES


OWN = """
chapter: mine
title: {en: Mine, zh: 我的}
unverified: true
cards:
  - id: one
    ask: What is it?
    answer: {kind: recall, text: It.}
    explain: It is it.
    sources: [me]
"""


def test_a_deck_that_says_so_has_cards_without_claims_in_one_language(read):
    reading = read(OWN)
    assert reading.problems == ()
    [card] = reading.deck.cards
    assert (card.claim, card.notes, card.ask) == (None, "", ("What is it?", "What is it?"))


def test_any_other_deck_has_none(read):
    found = {problem.message for problem in read(OWN.replace("unverified: true\n", "")).problems}
    assert {"the card has no claim:", "the card has no notes:"} <= found
    assert any("a text in both languages" in message for message in found)


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (OWN.replace("unverified: true", "unverified: yes"), "stands where true belongs"),
        (
            OWN.replace(
                "{kind: recall, text: It.}", "{kind: number, vary: {t: [1, 2]}, computed: a}"
            ),
            "a card of the kind number stands on a claim",
        ),
    ],
)
def test_what_only_a_claim_can_judge_needs_one(read, broken, sentence):
    assert any(sentence in problem.message for problem in read(broken).problems)
