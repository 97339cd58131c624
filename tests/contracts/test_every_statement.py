"""One contract for the audit: the whole of the notes, every statement settled by measurement."""

from functools import cache

import pytest

from studydl.audit import Finding, Status, find, read_audit
from studydl.cards import CHAPTERS
from studydl.notation import check
from studydl.places import shipped_decks
from studydl.verification.catalogue import all_claims, find_claim
from studydl.verification.judge import judge

# The headings of the notes under which something is stated. The notes number their last three
# headings 1.3 to 1.5 a second time; here they are Z.3 to Z.5.
SECTIONS = [
    *("1.1", "1.2", "1.3", "1.4"),
    *("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7"),
    *("3", "3.1", "3.1.1", "3.2", "3.2.1", "3.2.2", "3.2.3", "3.3"),
    *("4.0", "4.1", "4.2", "4.3", "4.4"),
    *("5.0", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6"),
    *("O.1", "O.2"),
    *("Z.3", "Z.4", "Z.5"),
]
STATEMENTS = read_audit(shipped_decks() / "audit")
BY_PLACE = pytest.mark.parametrize(
    "statement", STATEMENTS, ids=lambda each: f"{each.section}:{each.origin.line}"
)


@cache
def report_of(claim: str):
    return judge(find_claim(claim))


def finding_of(statement) -> Finding:
    known = all_claims()
    return find(statement, {id_: report_of(id_) for id_ in statement.claims if id_ in known})


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_of_the_notes_has_statements(section: str) -> None:
    assert any(statement.section == section for statement in STATEMENTS)


def test_no_statement_stands_in_a_section_that_the_notes_do_not_have() -> None:
    assert {statement.section for statement in STATEMENTS} <= set(SECTIONS)


@BY_PLACE
def test_every_statement_is_settled(statement) -> None:
    finding = finding_of(statement)

    assert finding.status is not Status.UNSETTLED, finding.trouble


@BY_PLACE
def test_a_measured_statement_shows_its_figures(statement) -> None:
    finding = finding_of(statement)

    assert bool(finding.figures) is (finding.status is not Status.UNMEASURABLE)


@BY_PLACE
def test_what_is_refuted_is_marked_as_the_version_of_the_notes(statement) -> None:
    for refutation in statement.refuted:
        claim = find_claim(refutation.claim)
        (wrong,) = (m for m in claim.misconceptions if m.name == refutation.misconception)

        assert wrong.notes, f"{refutation} says nowhere that the notes put it so"


@BY_PLACE
def test_its_formulas_can_be_drawn(statement) -> None:
    texts = (statement.text, statement.correction, statement.unmeasurable)

    assert [check(said) for text in texts if text for said in text] == [
        [] for text in texts if text for _ in text
    ]


def test_no_two_statements_are_the_same() -> None:
    texts = [statement.text for statement in STATEMENTS]

    assert len(set(texts)) == len(texts)


def test_the_mistakes_that_were_known_at_first_are_found() -> None:
    refuted = {str(refutation) for statement in STATEMENTS for refutation in statement.refuted}

    assert "optimizers.adam-bias-correction/no-exponent" in refuted
    assert any(each.endswith("/peaks-at-one-half") for each in refuted)
    assert any(each.startswith("regularization.dropout") for each in refuted)


def test_more_than_twenty_further_statements_do_not_hold_as_they_stand() -> None:
    assert sum(bool(statement.refuted) for statement in STATEMENTS) > 23


def test_every_chapter_is_audited() -> None:
    assert {statement.chapter for statement in STATEMENTS} == set(CHAPTERS)
