"""Experiments: dials, the truth beside what misconceptions come to, and what is refused."""

import json
import math

import pytest

from studydl.errors import StudyError
from studydl.language import Text
from studydl.verification.claim import Claim, Misconception, quantity
from studydl.verification.experiment import (
    Outcome,
    descriptions_of,
    dial,
    experiment,
    perform,
    perform_quantity,
    swept,
)
from studydl.verification.experiment_report import Description, ExperimentReport
from studydl.verification.service import CALLS

DIALS = [dial("x", "input", "输入", (1, 2, 4), 2), dial("y", "added", "加数", (0.0, 0.5), 0.0)]


@experiment("area", en="How large is it?", zh="多大？", dials=DIALS)
def area(square, _rng, *, x, y):
    return swept(lambda side: square(side) + y, x, (1, 2, 3, 4), x="x", y="area")


@experiment("draw", en="What is drawn?", zh="抽到什么？", dials=DIALS)
def draw(square, rng, *, x, y):
    return Outcome(square(x) + y + rng.normal())


@experiment("endless", en="How much?", zh="多少？", dials=DIALS)
def endless(_square, _rng, *, x, y):
    return Outcome(math.inf * (x + y + 1))


@quantity("sized")
def sized(square, *, side, times):
    return square(side) * times


def raises(_x):
    raise ZeroDivisionError("on purpose")


def wrong(name, implementation):
    return Misconception(name, implementation, Text("so it seems", "看似如此"))


CLAIM = Claim(
    "activations.square",
    Text("A square is a square.", "平方就是平方。"),
    "1.1",
    lambda x: x * x,
    (
        wrong("doubles", lambda x: 2 * x),
        wrong("raises", raises),
        wrong("is-nan", lambda _x: math.nan),
        wrong("by-another-way", lambda x: x**2),
    ),
    ("Euclid",),
    lambda _square, _rng: iter(()),
    (sized,),
    (area, draw, endless),
)


def test_the_truth_stands_beside_what_differs_from_it_and_is_finite() -> None:
    report = perform(CLAIM, "area", {"x": 4, "y": 0.5})

    assert report.value == 16.5
    assert report.series[0].y == (1.5, 4.5, 9.5, 16.5)
    assert [(each.misconception, each.value) for each in report.wrong] == [("doubles", 8.5)]


def test_what_is_wrong_is_kept_where_only_its_curve_differs() -> None:
    report = perform(CLAIM, "area", {"x": 2, "y": 0.0})

    assert (report.value, report.wrong[0].value) == (4, 4)


def test_whole_numbers_reach_the_experiment_as_integers() -> None:
    seen = []

    @experiment("seen", en="What?", zh="什么？", dials=DIALS)
    def looks(_square, _rng, *, x, y):
        seen.append((x, y))
        return Outcome(1.0)

    claim = Claim(
        **{name: getattr(CLAIM, name) for name in CLAIM.__slots__} | {"experiments": (looks,)}
    )
    perform(claim, "seen", {"x": 2.0, "y": 0})

    assert isinstance(seen[0][0], int)
    assert isinstance(seen[0][1], float)


def test_a_seed_draws_the_same_for_every_implementation_and_each_time() -> None:
    first = perform(CLAIM, "draw", {"x": 1, "y": 0.0}, seed=3)
    again = perform(CLAIM, "draw", {"x": 1, "y": 0.0}, seed=3)
    other = perform(CLAIM, "draw", {"x": 1, "y": 0.0}, seed=4)

    assert first == again
    assert first.value != other.value
    assert math.isclose(first.wrong[0].value - first.value, 1.0)


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("volume", {}, "has no experiment 'volume'"),
        ("area", {"x": 3, "y": 0.0}, "'x' of 'area' of activations.square cannot stand at 3"),
        ("area", {"x": 1}, "'y' of 'area' of activations.square cannot stand at None"),
        ("endless", {"x": 1, "y": 0.0}, "is inf"),
    ],
)
def test_what_cannot_be_tried_is_refused_in_a_sentence(name, values, told) -> None:
    with pytest.raises(StudyError, match=r"activations\.square") as refused:
        perform(CLAIM, name, values)

    assert told in str(refused.value)


@pytest.mark.parametrize(
    "dials",
    [
        [],
        [dial("x", "x", "x", (1,), 1)],
        [dial("x", "x", "x", (2, 1), 1)],
        [dial("x", "x", "x", (1, 2), 3)],
    ],
)
def test_an_experiment_that_nobody_can_turn_is_refused(dials) -> None:
    with pytest.raises(ValueError, match=r"dial"):
        experiment("none", en="What?", zh="什么？", dials=dials)(lambda *_, **__: Outcome(0.0))


def test_a_quantity_is_swept_along_one_of_its_parameters() -> None:
    report = perform_quantity(CLAIM, "sized", {"side": 3, "times": 2}, along="side", over=[1, 2, 3])

    assert (report.value, report.series[0].y) == (18, (2, 8, 18))
    assert report.series[0].x_label == "side"
    assert [(each.misconception, each.value) for each in report.wrong] == [("doubles", 12)]


@pytest.mark.parametrize(
    ("values", "along"), [({"side": 1}, "side"), ({"side": 1, "times": 1}, "height")]
)
def test_a_quantity_with_other_parameters_is_refused(values, along) -> None:
    with pytest.raises(StudyError, match="does not take the parameters"):
        perform_quantity(CLAIM, "sized", values, along=along, over=[1, 2])


def test_descriptions_and_reports_survive_json() -> None:
    (description, *_) = descriptions_of(CLAIM)
    report = perform(CLAIM, "area", {"x": 4, "y": 0.5})

    assert Description.from_json(json.loads(json.dumps(description.to_json()))) == description
    assert ExperimentReport.from_json(json.loads(json.dumps(report.to_json()))) == report


def test_the_worker_lists_the_claims_own_experiments_first_then_those_of_its_chapter() -> None:
    found = CALLS["experiments"]({"claim": "optimizers.decay-reach"}, print)
    claims = [each["claim"] for each in found]

    assert claims[0] == "optimizers.decay-reach"
    assert len(claims) > 1
    assert {claim.partition(".")[0] for claim in claims} == {"optimizers"}
    assert len(CALLS["experiments"]({}, print)) > len(found)


def test_the_worker_runs_an_experiment_and_a_quantity() -> None:
    reach = {"claim": "optimizers.decay-reach", "name": "reach-of-a-decay"}
    tried = CALLS["experiment"](reach | {"with": {"factor": 0.9, "steps": 100}, "seed": 0}, print)
    length = {"claim": "optimizers.momentum-terminal-step", "name": "length-after-steps"}
    drawn = {"with": {"alpha": 0.5, "t": 2}, "along": "t", "over": [1, 2, 3]}
    computed = CALLS["experiment"](length | drawn, print)

    assert tried["value"] == pytest.approx(10, rel=1e-3)
    assert computed["value"] == pytest.approx(1.5)
    assert computed["series"][0]["y"] == pytest.approx([1, 1.5, 1.75])
