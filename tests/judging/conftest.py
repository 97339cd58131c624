from pathlib import Path

import pytest

from studydl.cards import Card, Choice, Distractor, Number, Origin, Recall
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
    def number(value, tolerance=None, unit=None):
        width = None if tolerance is None else calculate(tolerance).value
        return _card(Number(value, calculate(value).value, width, unit))

    return number


@pytest.fixture
def choice():
    def choice(correct="s(1-s)", distractors=("s", "1-s^2", "x")):
        wrong = (
            Distractor(Text(text, f"错 {text}"), f"mistake-{index}")
            for index, text in enumerate(distractors)
        )
        return _card(Choice(Text(correct, f"对 {correct}"), tuple(wrong)))

    return choice


@pytest.fixture
def recall():
    return _card(Recall(Text("It saturates.", "它会饱和。")))
