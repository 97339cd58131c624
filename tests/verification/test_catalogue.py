"""Claims and derivations are found by id, through entry points, never through a deck."""

from importlib.metadata import EntryPoint

import pytest

from studydl.cards import CHAPTERS
from studydl.errors import StudyError
from studydl.verification import catalogue
from studydl.verification.catalogue import (
    all_claims,
    all_derivations,
    find_claim,
    find_derivation,
)


def test_every_claim_is_found_by_its_id() -> None:
    claims = all_claims()

    assert {claim.chapter for claim in claims.values()} == set(CHAPTERS)
    assert all(find_claim(id_) is claim for id_, claim in claims.items())


def test_every_derivation_is_found_by_its_id() -> None:
    derivations = all_derivations()

    assert "activations.sigmoid-gradient" in derivations
    assert all(find_derivation(id_) is found for id_, found in derivations.items())


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(StudyError, match=r"did you mean `activations\.sigmoid-gradient-peak`"):
        find_claim("activations.sigmoid-gradient-peek")
    with pytest.raises(StudyError, match="there is no derivation `nonsense`"):
        find_derivation("nonsense")


def test_a_chapter_that_cannot_be_imported_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoint("broken", "studydl.unheard_of", "studydl.claims")
    monkeypatch.setattr(catalogue, "_chapters", lambda group: {"broken": broken})

    with pytest.raises(StudyError, match="the chapter `broken` cannot be imported"):
        find_claim("broken.claim")


def test_a_claim_in_a_foreign_chapter_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = EntryPoint("foreign", "tests.verification.examples", "studydl.claims")
    monkeypatch.setattr(catalogue, "_chapters", lambda group: {"foreign": foreign})

    with pytest.raises(StudyError, match=r"`examples\.doubling` stands in a foreign chapter"):
        find_claim("foreign.claim")
