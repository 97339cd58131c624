"""The card on the table, as it is asked: with what was drawn in its places."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards import Cloze, Number
from studydl.cards.variants import drawn, filled, with_parameters
from studydl.judging import answer_text, options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studydl.cards import Card
    from studydl.language import Language, Text

__all__ = ["Shown", "shown_card"]


class Shown(NamedTuple):
    """The card on the table.

    Attributes:
        card: What is asked, with what was drawn in its places.
        seed: Fixes what is drawn and the order of the options; is kept with the review.
        options: The options of a choice in the order in which they are shown, else none.
        parameters: What was drawn for this review; empty if nothing is.
    """

    card: Card
    seed: int
    options: tuple[Text, ...]
    parameters: Mapping[str, str] = MappingProxyType({})

    @property
    def passage(self) -> Text | None:
        """The text with its gaps that a cloze asks to be filled; other kinds have none."""
        if not isinstance(self.card.answer, Cloze):
            return None
        from studydl.judging.cloze import cloze_question

        return cloze_question(self.card.answer)

    @property
    def answer(self) -> Text:
        """The card's own answer, to be seen when it is revealed and known."""
        return answer_text(self.card)

    def is_answered_by(self, said: Text, language: Language) -> bool:
        """Return whether a sentence tells the card's own answer already, as a whole."""
        own = self.answer.said_in(language)
        whole = rf"(?<![\w.]){re.escape(own)}(?!\w|\.\d)"
        return re.search(whole, said.said_in(language)) is not None

    @property
    def explanation(self) -> Text:
        """Why the answer is so; where it is not known, a question mark stands for it."""
        if self.is_known:
            return self.card.explain
        return filled(self.card.explain, {"answer": "?"})

    @property
    def is_known(self) -> bool:
        """Whether the answer is known; with drawn parameters only once an examiner told it."""
        return not (isinstance(self.card.answer, Number) and self.card.answer.vary)


def shown_card(card: Card, seed: int) -> Shown:
    """Return a card as it is asked with a seed."""
    parameters = drawn(card, seed)
    return Shown(with_parameters(card, parameters), seed, options(card, seed), parameters)
