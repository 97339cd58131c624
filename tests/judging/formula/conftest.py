from pathlib import Path

import pytest

from studydl.cards import Card, Origin
from studydl.language import Text


@pytest.fixture
def card():
    def card(answer, claim="activations.sigmoid-gradient-peak", derivation=None):
        return Card(
            id="a-card",
            chapter="activations",
            notes="1.3",
            ask=Text("How?", "如何？"),
            answer=answer,
            explain=Text("So.", "如此。"),
            claim=claim,
            derivation=derivation,
            requires=(),
            sources=("A 2000",),
            tags=(),
            origin=Origin(Path("x.yaml"), 1),
        )

    return card
