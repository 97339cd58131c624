from pathlib import Path

import pytest

from studydl.cards import (
    Blank,
    Card,
    Choice,
    Cloze,
    Distractor,
    Mistake,
    Number,
    Origin,
    Recall,
    Slip,
)
from studydl.cards.arithmetic import calculate
from studydl.language import Text


def _card(answer):
    return Card(
        id="a-card",
        chapter="activations",
        notes="1.3",
        ask=Text("How?", "如何？"),
        answer=answer,
        explain=Text("So.", "如此。"),
        claim="activations.claim",
        derivation=None,
        requires=(),
        sources=("A 2000",),
        tags=(),
        origin=Origin(Path("x.yaml"), 1),
    )


@pytest.fixture
def number():
    def number(value, tolerance=None, unit=None, mistakes=()):
        width = None if tolerance is None else calculate(tolerance).value
        wrong = tuple(
            Mistake(each, Text(f"This is {each}.", f"这是 {each}。"), f"slip-{index}")
            for index, each in enumerate(mistakes)
        )
        return _card(Number(value, calculate(value).value, width, unit, mistakes=wrong))

    return number


@pytest.fixture
def choice():
    def choice(correct="s(1-s)", distractors=("s", "1-s^2", "x"), also=()):
        wrong = (
            Distractor(Text(text, f"错 {text}"), f"mistake-{index}")
            for index, text in enumerate(distractors)
        )
        right = tuple(Text(text, f"对 {text}") for text in also)
        return _card(Choice(Text(correct, f"对 {correct}"), tuple(wrong), right))

    return choice


@pytest.fixture
def recall():
    return _card(Recall(Text("It saturates.", "它会饱和。")))


@pytest.fixture
def cloze():
    """One blank, for words in English; Chinese ones may be given."""

    def cloze(*words, zh=("词",), mistakes=()):
        slips = tuple(
            Slip((word,), Text(f"{word} is another.", f"{word} 不同。")) for word in mistakes
        )
        text = Text("It is [[1]] here.", "这里是 [[1]]。")
        return _card(Cloze(text, (Blank(words, tuple(zh), slips),)))

    return cloze


@pytest.fixture
def two_blanks():
    text = Text(
        "Batch norm scales by [[1]] and shifts by [[2]].", "批归一化用 [[2]] 平移，用 [[1]] 缩放。"
    )
    swapped = Slip((r"$\beta$",), Text("It shifts.", "它用来平移。"))
    scale = Blank((r"$\gamma$", "scale"), (r"$\gamma$", "缩放参数"), (swapped,))
    shift = Blank((r"$\beta$", "variance"), (r"$\beta$",))
    return _card(Cloze(text, (scale, shift)))
