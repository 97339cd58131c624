"""One contract for every claim: measured, able to fail, and covering its sentence."""

from functools import cache

import pytest

from studydl.verification.catalogue import all_claims, find_claim
from studydl.verification.controls import controls_of
from studydl.verification.evidence import Report, Verdict
from studydl.verification.judge import judge, measure
from studydl.verification.lint import numbers_in, unmeasured_numbers

CLAIMS = list(all_claims())
MISCONCEPTIONS = [
    pytest.param(claim.id, wrong, id=f"{claim.id}::{wrong.name}")
    for claim in all_claims().values()
    for wrong in claim.misconceptions
]
CONTROLS = [(claim, name) for claim in CLAIMS for name in ("zeros", "identity", "nan", "raises")]


@cache
def report_of(claim: str) -> Report:
    return judge(find_claim(claim))


def test_there_are_claims_to_hold_to_the_contract() -> None:
    assert len(CLAIMS) >= 30


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_reference_is_verified(claim: str) -> None:
    evidence = report_of(claim).evidence
    failing = [each for each in evidence.measurements if not each.holds]

    assert (evidence.verdict, failing, evidence.failure) == (Verdict.VERIFIED, [], "")


@pytest.mark.parametrize(("claim", "wrong"), MISCONCEPTIONS)
def test_the_misconception_is_rejected_by_a_measured_number(claim: str, wrong) -> None:
    evidence = measure(find_claim(claim), wrong.implementation)

    assert evidence.verdict is Verdict.REFUTED, evidence
    assert evidence.is_clear_rejection, evidence.weakest


@pytest.mark.parametrize(("claim", "name"), CONTROLS)
def test_the_control_is_rejected(claim: str, name: str) -> None:
    found = find_claim(claim)
    (control,) = (each for each in controls_of(found.implementation) if each.name == name)

    verdict = measure(found, control.implementation).verdict

    assert verdict is (Verdict.ERROR if name == "raises" else Verdict.REFUTED)


@pytest.mark.parametrize("claim", CLAIMS)
def test_no_measurement_passes_by_a_thin_margin(claim: str) -> None:
    assert report_of(claim).thin == ()


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_number_of_the_sentence_is_measured(claim: str) -> None:
    assert unmeasured_numbers(report_of(claim)) == []


@pytest.mark.parametrize("claim", CLAIMS)
def test_both_languages_state_the_same_numbers(claim: str) -> None:
    statement = find_claim(claim).statement

    assert sorted(set(numbers_in(statement.zh))) == sorted(set(numbers_in(statement.en)))


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_verdict_does_not_hang_on_the_seed(claim: str, seed: int) -> None:
    assert judge(find_claim(claim), seed=seed).verdict is Verdict.VERIFIED


@pytest.mark.parametrize("claim", CLAIMS)
def test_measuring_twice_gives_the_same_numbers(claim: str) -> None:
    assert judge(find_claim(claim)).evidence == report_of(claim).evidence


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_report_survives_json(claim: str) -> None:
    report = report_of(claim)

    assert Report.from_json(report.to_json()).to_json() == report.to_json()
