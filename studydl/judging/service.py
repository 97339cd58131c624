"""What the worker process can be asked of this room. Loaded in the worker only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from studydl.cards import Formula, Number, Origin
from studydl.cards.stored import card_from_data
from studydl.errors import StudyError

if TYPE_CHECKING:
    from studydl.cards import Card

__all__ = ["CALLS"]


def _formula(arguments: dict[str, Any], _progress: Any) -> dict[str, Any]:
    """Judge what was ``typed`` in answer to ``card``, which asks for a formula."""
    from studydl.judging.formula.judge import judge_formula
    from studydl.judging.formula.wire import judgement_to_json

    card = _card(arguments)
    if not isinstance(card.answer, Formula):
        raise StudyError(f"the card {card.id} does not ask for a formula")
    return judgement_to_json(judge_formula(card.answer, arguments["typed"], seed=card.id))


def _stands(arguments: dict[str, Any], _progress: Any) -> list[dict[str, str]]:
    """Return what is wrong with the answer of ``card``, as far as it takes computing to tell."""
    card = _card(arguments)
    match card.answer:
        case Formula() as formula:
            from studydl.judging.formula.standing import formula_stands

            found = formula_stands(card, formula)
        case Number():
            from studydl.judging.variants_standing import variants_stand

            found = variants_stand(card)
        case _:
            found = []
    return [each._asdict() for each in found]


def _card(arguments: dict[str, Any]) -> Card:
    return card_from_data(arguments["card"], Origin(Path(), 0))


CALLS = {"formula": _formula, "stands": _stands}
