"""A made-up learner: cards in decks, and a year of reviews, the same for both programs."""

from __future__ import annotations

import random
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY_MS = 86_400_000
DECKS = 20
WORDS = [
    *("softmax", "sigmoid", "gradient", "momentum", "variance", "dropout", "batch", "layer"),
    *("norm", "weight", "decay", "bias", "kernel", "entropy", "loss", "adam", "nesterov"),
    *("newton", "hessian", "ridge", "lasso", "ensemble", "noise", "depth", "width"),
]


class Answer(NamedTuple):
    """One review of one card."""

    card: int
    grade: int
    at_ms: int
    duration_ms: int


class Learner(NamedTuple):
    """How much there is.

    Attributes:
        cards: How many.
        reviews: How many answers in all, spread over the cards.
        now_ms: The moment at which both programs are looked at.
    """

    cards: int
    reviews: int
    now_ms: int

    def deck_of(self, card: int) -> int:
        """Return the deck of a card."""
        return card % DECKS

    def question(self, card: int) -> str:
        """Return the text of a card: a few common words and its own number."""
        chance = random.Random(card)
        return f"What does {' '.join(chance.choices(WORDS, k=4))} do to {card}?"

    def tag(self, card: int) -> str:
        """Return the tag of a card, one of a hundred."""
        return f"t{card % 100}"

    def answers(self) -> Iterator[Answer]:
        """Yield every review in the order of time, as a log comes into being.

        Cards are met over a year; later answers follow in growing intervals, mostly Good, and the
        last one lies between yesterday and two months ago, so that a fair share is due.
        """
        each, more = divmod(self.reviews, self.cards)
        counts = (each + (card < more) for card in range(self.cards))
        told = (self._answers_to(card, count) for card, count in enumerate(counts))
        yield from sorted(chain.from_iterable(told), key=attrgetter("at_ms"))

    def _answers_to(self, card: int, count: int) -> Iterator[Answer]:
        chance = random.Random(f"reviews/{card}")
        gaps = [1.0]
        for _ in range(count - 2):
            gaps.append(gaps[-1] * chance.uniform(1.1, 1.9))
        # The last review of a card lies so far back that about one card in ten is due.
        last = self.now_ms - int(chance.uniform(1, 60) * DAY_MS)
        span = min(sum(gaps), 300.0)
        scale = span / sum(gaps)
        moments = [last]
        for gap in reversed(gaps[: count - 1]):
            moments.append(moments[-1] - int(max(gap * scale, 1.0) * DAY_MS))
        for moment in reversed(moments[:count]):
            grade = chance.choices((1, 2, 3, 4), (6, 6, 80, 8))[0]
            yield Answer(card, grade, moment + card % 50_000, chance.randrange(2_000, 20_000))
