"""One contract for every experiment: it runs wherever its dials stand, and they matter."""

import math
from functools import cache

import pytest

from studydl.cards import Library
from studydl.places import shipped_decks
from studydl.tui.screens.what_if.index import WITH_EXPERIMENTS
from studydl.tui.screens.what_if.trial import Trial, proposal_of
from studydl.verification.catalogue import all_claims, find_claim
from studydl.verification.experiment import descriptions_of, perform
from studydl.verification.experiment_report import ExperimentReport
from studydl.verification.service import CALLS

EXPERIMENTS = [
    pytest.param(described, id=f"{described.claim}::{described.name}")
    for claim in all_claims().values()
    for described in descriptions_of(claim)
]


def start_of(described) -> dict[str, float]:
    return {each.name: each.start for each in described.dials}


def turned(described) -> list[dict[str, float]]:
    """The start, and for each dial both of its ends with the others at their start."""
    start = start_of(described)
    ends = [
        (each.name, end) for each in described.dials for end in (each.values[0], each.values[-1])
    ]
    return [start, *(start | {name: value} for name, value in ends)]


@cache
def run(claim: str, name: str, values: tuple[tuple[str, float], ...]) -> ExperimentReport:
    return perform(find_claim(claim), name, dict(values))


def report_of(described, values: dict[str, float]) -> ExperimentReport:
    return run(described.claim, described.name, tuple(values.items()))


def test_there_are_experiments_in_every_chapter() -> None:
    found = [each.values[0] for each in EXPERIMENTS]

    assert len(found) >= 24
    assert {each.claim.partition(".")[0] for each in found} == {
        claim.chapter for claim in all_claims().values()
    }


@pytest.mark.parametrize("described", EXPERIMENTS)
def test_it_has_a_finite_value_and_curves_at_its_start_and_at_the_ends_of_every_dial(
    described,
) -> None:
    for values in turned(described):
        report = report_of(described, values)

        assert math.isfinite(report.value), values
        for series in report.series:
            assert len(series.x) == len(series.y) >= 1, values
            assert any(map(math.isfinite, series.y)), values
        assert all(math.isfinite(wrong.value) for wrong in report.wrong), values


@pytest.mark.parametrize("described", EXPERIMENTS)
def test_its_value_changes_with_a_dial(described) -> None:
    values = [report_of(described, each).value for each in turned(described)]

    assert max(values) - min(values) > 1e-6 * max(map(abs, values))


@pytest.mark.parametrize("described", EXPERIMENTS)
def test_some_misconception_comes_to_something_else(described) -> None:
    assert any(report_of(described, values).wrong for values in turned(described))


@pytest.mark.parametrize("described", EXPERIMENTS)
def test_the_same_seed_measures_the_same(described) -> None:
    values = start_of(described)
    again = perform(find_claim(described.claim), described.name, values)

    assert str(again) == str(report_of(described, values))


@pytest.mark.parametrize("described", EXPERIMENTS)
def test_it_asks_and_names_its_dials_in_both_languages(described) -> None:
    english, chinese = described.question

    assert english.endswith("?")
    assert chinese.endswith("？")
    assert not any("一" <= letter <= "鿿" for letter in english)
    assert any("一" <= letter <= "鿿" for letter in chinese)
    for dial in described.dials:
        assert dial.label.en
        assert dial.label.zh


def test_the_index_of_the_screen_names_the_claims_that_have_experiments() -> None:
    having = {id_ for id_, claim in all_claims().items() if claim.experiments}

    assert having == WITH_EXPERIMENTS


def test_every_card_with_drawn_parameters_can_be_turned(tmp_path) -> None:
    library = Library.open([shipped_decks()], tmp_path / "cache")
    proposals = [proposal_of(library.card(id_)) for id_ in library.ids()]
    trials = [Trial.begun(each) for each in proposals if each is not None]
    far = 99

    assert trials
    for trial in trials:
        for values in (trial, *(trial.turned(dial, far) for dial in range(len(trial.dials)))):
            found = CALLS["experiment"](values.call(), print)

            assert math.isfinite(found["value"]), values.call()
            assert all(isinstance(y, float) for y in found["series"][0]["y"]), values.call()
