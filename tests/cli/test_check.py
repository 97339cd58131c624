"""What ``studydl check`` finds by computing: formulas and drawn numbers that do not stand."""

import asyncio
import tempfile
from pathlib import Path

import pytest

from studydl.cards import Library
from studydl.cli.check import problems_of

FORMULA = """\
chapter: activations
title: {en: Test, zh: 测试}
cards:
  - id: test-sigmoid-gradient
    notes: "1.3"
    ask:
      en: "What is $\\\\sigma'(x)$ in terms of $s$?"
      zh: "用 $s$ 表示 $\\\\sigma'(x)$，是什么？"
    answer:
      kind: formula
      value: s(1 - s)
      variables: {x: real}
      where: {s: "1/(1 + e^-x)"}
      form: {only: [s]}
      mistakes:
        - value: 1 - s^2
          because: {en: That is the slope of tanh., zh: 那是 tanh 的导数。}
    derivation: activations.sigmoid-gradient
    explain: {en: "It follows from the quotient rule for $x$.", zh: "由商的求导法则对 $x$ 得出。"}
    claim: activations.sigmoid-gradient-peak
    sources: [Somebody 2020]
"""
NUMBER = """\
    answer: {kind: number, vary: {a: [0.5, 0.9]}, computed: unheard-of, value: 1 - a}
"""


def computed(text: str) -> list[tuple[int, str]]:
    folder = Path(tempfile.mkdtemp())
    (folder / "deck.yaml").write_text(text, "utf-8")
    with Library.open([folder], folder / "cache") as library:
        problems = asyncio.run(problems_of(library, cache=None))
    return [(each.line, str(each)) for each in problems if each.rule == "computed"]


def test_a_formula_that_stands_has_no_problems() -> None:
    assert computed(FORMULA) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "told"),
    [
        ("value: s(1 - s)", "value: s(1 + s)", 11, "not the last line of activations.sigmoid-grad"),
        ("value: 1 - s^2", "value: s - s^2", 16, "the known mistake is equal to the answer"),
    ],
)
def test_a_formula_that_does_not_stand_is_told_at_its_line(right, wrong, line, told) -> None:
    found = computed(FORMULA.replace(right, wrong))

    ((where, message),) = found
    assert where == line
    assert "test-sigmoid-gradient: " in message
    assert told in message


def test_a_drawn_number_that_nothing_computes_is_told() -> None:
    before, answer = FORMULA.split("    answer:\n")
    after = answer[answer.index("    explain:") :]

    ((_, message),) = computed(before + NUMBER + after)

    assert "for a = 0.5 the answer cannot be computed" in message
    assert "no quantity 'unheard-of'" in message
