"""One contract for code cards: the start fails, the solution passes, no misconception gets through.

Each judgement takes a fresh process, of about a third of a second.
"""

import math
import tempfile
from functools import cache
from pathlib import Path

import pytest

from studydl.cards import Code, Library
from studydl.judging.code import judge_code, judge_misconception, task_of
from studydl.judging.judgement import Verdict
from studydl.places import shipped_decks
from studydl.verification.catalogue import find_claim
from studydl.verification.judge import measure

LIBRARY = Library.open([shipped_decks()], Path(tempfile.mkdtemp()))
CARDS = [card for card in map(LIBRARY.card, LIBRARY.ids()) if isinstance(card.answer, Code)]
BY_ID = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
MISCONCEPTIONS = [
    pytest.param(card, claim, wrong.name, id=f"{card.id}::{claim}::{wrong.name}")
    for card in CARDS
    for claim in (card.claim, *card.answer.also)
    for wrong in find_claim(claim).misconceptions
]


@cache
def measured(claim: str) -> dict[str, list[float] | None]:
    """What each misconception of a claim measures, by its name; None where measuring stops."""
    found = find_claim(claim)
    evidence = {each.name: measure(found, each.implementation) for each in found.misconceptions}
    return {
        name: None if each.failure else [row.measured for row in each.measurements]
        for name, each in evidence.items()
    }


def alike(claim: str, name: str) -> set[str | None]:
    """The misconceptions that no measurement tells from one; none, where there are no numbers."""
    own = measured(claim)[name]
    if own is None:
        return {None}
    return {
        other
        for other, rows in measured(claim).items()
        if rows is not None and len(rows) == len(own) and all(map(near, rows, own))
    }


def near(left: float, right: float) -> bool:
    both_nan = math.isnan(left) and math.isnan(right)
    return both_nan or math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-12)


def test_there_are_code_cards_in_most_chapters():
    assert len(CARDS) >= 15
    assert len({card.chapter for card in CARDS}) >= 2


@BY_ID
async def test_what_the_learner_begins_with_fails_for_what_is_missing(card):
    found = await judge_code(card.answer.starter, task_of(card, card.answer))

    assert found.verdict is Verdict.WRONG, found.message.en


@BY_ID
async def test_the_solution_passes_without_a_remark_or_a_word_printed(card):
    found = await judge_code(card.answer.solution, task_of(card, card.answer))

    assert found.verdict is Verdict.CORRECT, found.message.en
    assert (found.remark, found.output) == (None, "")


@pytest.mark.parametrize(("card", "claim", "name"), MISCONCEPTIONS)
async def test_a_misconception_fails_and_is_told_by_its_reason(card, claim, name):
    found = await judge_misconception(f"{claim}/{name}", task_of(card, card.answer))

    assert found.verdict is Verdict.WRONG, found.message.en
    assert found.misconception in alike(claim, name)
    if found.misconception is not None:
        reasons = {each.name: each.why for each in find_claim(claim).misconceptions}
        assert reasons[found.misconception].en in found.judgement.feedback.en
        assert reasons[found.misconception].zh in found.judgement.feedback.zh
