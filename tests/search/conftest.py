from datetime import UTC, datetime
from random import Random

import pytest

from studydl.cards import Library
from studydl.memory import FixedClock, Memory

DECK = """
chapter: {chapter}
title: {{en: Tests, zh: 测试}}
cards:
{cards}
"""
CARD = """
  - id: {id}
    notes: "{notes}"
    ask: {{en: '{ask}', zh: '{zh}'}}
    answer: {answer}
    explain: {{en: Because., zh: 因为如此。}}
    claim: {chapter}.{claim}
    requires: [{requires}]
    sources: [Somebody 2020]
    tags: [{tags}]
"""
RECALL = "{kind: recall, text: {en: much, zh: 很多}}"
NUMBER = "{kind: number, value: 0.25}"


@pytest.fixture
def card():
    def card(id_, *, chapter="activations", **more):
        given = {"notes": "1.1", "ask": "How?", "zh": "如何？", "claim": "one", "tags": ""}
        given |= {"answer": RECALL, "requires": ""}
        return CARD.format(id=id_, chapter=chapter, **(given | more))

    return card


@pytest.fixture
def write(tmp_path):
    def write(name, *cards, chapter="activations"):
        text = DECK.format(chapter=chapter, cards="".join(cards))
        (tmp_path / f"{name}.yaml").write_text(
            text if cards else text.replace("cards:", "cards: []")
        )

    return write


@pytest.fixture
def clock():
    return FixedClock(datetime(2026, 5, 4, 9, tzinfo=UTC))


@pytest.fixture
def memory(tmp_path, clock):
    given = {"clock": clock, "zone": UTC, "device": "here", "entropy": Random(1).randbytes}
    with Memory.open(tmp_path / "data", **given) as memory:
        yield memory


@pytest.fixture
def opened(tmp_path):
    libraries = []

    def opened():
        libraries.append(Library.open([tmp_path], tmp_path / "cache"))
        return libraries[-1]

    yield opened
    for library in libraries:
        library.close()
