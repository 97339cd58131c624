from pathlib import Path

import pytest

from studydl.cards.reader import read_text

GOOD = r"""
chapter: activations
title: {en: Activation functions, zh: 激活函数}
cards:
  - id: sigmoid-definition
    notes: "1.3"
    ask: {en: 'How is the logistic sigmoid defined?', zh: '逻辑 sigmoid 如何定义？'}
    answer: {kind: recall, text: {en: '$\frac{1}{1+e^{-x}}$', zh: '$\frac{1}{1+e^{-x}}$'}}
    explain: {en: 'It maps every real number into (0, 1).', zh: '它把任意实数映射到 (0, 1)。'}
    claim: activations.sigmoid-range
    sources: ["Goodfellow et al. 2016, section 3.10"]
  - id: sigmoid-gradient-peak
    notes: "1.3"
    ask: {en: 'How large can $\sigma''(x)$ become?', zh: '$\sigma''(x)$ 最大是多少？'}
    answer: {kind: number, value: 0.25, tolerance: 0.005, unit: {en: per unit, zh: 每单位}}
    explain:
      en: |
        It is $s(1-s)$, which is
        $$\frac{1}{2} \times \frac{1}{2} = \frac14$$
        at its peak.
      zh: 它等于 $s(1-s)$，峰值为 $0.25$。
    claim: activations.sigmoid-gradient-peak
    derivation: activations.sigmoid-gradient
    requires: [sigmoid-definition]
    sources: ["Goodfellow et al. 2016, section 6.2"]
    tags: [gradient, saturation]
  - id: sigmoid-gradient-form
    notes: "1.3"
    ask:
      en: 'Which expression is the derivative of the sigmoid s?'
      zh: 'sigmoid s 的导数是哪个？'
    answer:
      kind: choice
      correct: {en: '$s(1-s)$', zh: '$s(1-s)$'}
      distractors:
        - {text: {en: '$s$', zh: '$s$'}, misconception: forgot-one-minus}
        - {text: {en: '$1-s^2$', zh: '$1-s^2$'}, misconception: tanh-gradient}
    explain: {en: 'The quotient rule gives it.', zh: 由商的求导法则得到。}
    claim: activations.sigmoid-gradient-peak
    requires: [sigmoid-definition]
    sources: ["Goodfellow et al. 2016, section 6.2"]
"""


@pytest.fixture
def good() -> str:
    return GOOD


@pytest.fixture
def read():
    def read(text):
        return read_text(text, Path("decks/x.yaml"))

    return read


@pytest.fixture
def folder(tmp_path) -> Path:
    decks = tmp_path / "decks"
    decks.mkdir()
    return decks


def card_text(id_, *, requires=(), ask="How is it?", zh="如何？", chapter="activations", tags=()):
    return f"""
  - id: {id_}
    notes: "1.1"
    ask: {{en: '{ask}', zh: '{zh}'}}
    answer: {{kind: recall, text: {{en: So., zh: 如此。}}}}
    explain: {{en: It is so., zh: 正是如此。}}
    claim: {chapter}.claim
    requires: [{", ".join(requires)}]
    sources: ["A 2000"]
    tags: [{", ".join(tags)}]
"""


@pytest.fixture
def card():
    return card_text


@pytest.fixture
def write(folder):
    """Write a deck of cards into the folder; cards are given as texts."""

    def write(name, *cards, chapter="activations"):
        head = f"chapter: {chapter}\ntitle: {{en: {chapter.title()}, zh: 章节}}\n"
        body = "cards: []\n" if not cards else "cards:" + "".join(cards)
        file = folder / f"{name}.yaml"
        file.write_text(head + body, encoding="utf-8")
        return file

    return write


@pytest.fixture
def every_kind() -> str:
    """A deck with one card of every kind of answer, each with all its keys."""
    return (Path(__file__).parent / "every_kind.yaml").read_text("utf-8")
