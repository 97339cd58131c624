"""One contract for every shipped deck: readable, precise, and covering all that is claimed."""

from functools import cache

import pytest

from studydl.cards import Library
from studydl.cards.lint import lint
from studydl.judging import options
from studydl.language import Language
from studydl.notation import check, layout_text, plain
from studydl.places import shipped_decks
from studydl.verification.catalogue import all_claims, all_derivations


@cache
def library() -> Library:
    """The shipped decks, compiled for these tests only."""
    import tempfile
    from pathlib import Path

    return Library.open([shipped_decks()], Path(tempfile.mkdtemp()))


CARDS = [library().card(id_) for id_ in library().ids()]
BY_ID = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
BY_LANGUAGE = pytest.mark.parametrize("language", list(Language))


def test_there_are_cards_in_every_chapter_that_has_claims() -> None:
    chapters = {chapter.name for chapter in library().chapters()}

    assert chapters == {claim.chapter for claim in all_claims().values()}
    assert len(CARDS) >= 45


def test_the_linter_finds_nothing() -> None:
    claims = {id_: [m.name for m in claim.misconceptions] for id_, claim in all_claims().items()}
    quantities = {
        id_: [each.name for each in claim.quantities] for id_, claim in all_claims().items()
    }

    found = lint(
        library(),
        formulas=check,
        claims=claims,
        quantities=quantities,
        derivations=all_derivations(),
    )

    assert [str(problem) for problem in found] == []


@pytest.mark.parametrize("claim", list(all_claims()))
def test_every_claim_has_a_card(claim: str) -> None:
    assert any(card.claim == claim for card in CARDS)


@pytest.mark.parametrize("derivation", list(all_derivations()))
def test_every_derivation_is_reached_from_a_card(derivation: str) -> None:
    assert any(card.derivation == derivation for card in CARDS)


@BY_ID
def test_a_card_belongs_to_the_chapter_of_its_claim(card) -> None:
    assert card.claim.partition(".")[0] == card.chapter


@BY_ID
@BY_LANGUAGE
def test_a_card_can_be_drawn_in_a_narrow_terminal(card, language: Language) -> None:
    texts = [card.ask, card.explain, *options(card, 0)]
    for text in texts:
        rows = layout_text(text.said_in(language), 54)

        assert rows
        assert plain(text.said_in(language))
