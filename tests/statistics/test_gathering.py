"""Statistics beside a naive recomputation from the events."""

import json
import math
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.memory import FixedClock, Grade, Memory
from studydl.statistics import gathered
from studydl.statistics.gathering import calibration, histogram

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from([*Grade]),
        st.sampled_from([0, 1, 7, 24, 50, 24 * 30]),
        st.booleans(),
    ),
    max_size=30,
)


def opened(folder, clock):
    return Memory.open(folder, clock=clock, zone=UTC, entropy=Random(1).randbytes)


@given(steps=STEPS, days=st.integers(1, 90))
@settings(max_examples=40, deadline=None)
def test_counts_are_those_of_a_naive_recomputation(steps, days):
    clock = FixedClock(START)
    with TemporaryDirectory() as folder, opened(Path(folder), clock) as memory:
        for card, grade, hours, undo in steps:
            clock.advance(timedelta(hours=hours, seconds=1))
            memory.record(card, grade, duration_ms=1000)
            if undo:
                memory.undo()
        found = gathered(memory, days=days)
        kept = [review for review in memory.reviews() if not review.undone]
        today = memory.today()

        recent = [review for review in kept if review.day > today - days]
        by_day = Counter(review.day - today for review in recent)
        assert found.reviews == len(kept)
        assert found.calendar == tuple(by_day[day] for day in range(1 - days, 1))
        assert sum(map(sum, found.buttons.values())) == len(recent)
        assert sum(hour.answers for hour in found.hours) == len(recent)
        assert found.milliseconds == 1000 * len(recent)
        assert found.today.answers == sum(review.day == today for review in kept)
        assert found.known == len({review.card for review in kept})
        states = [memory.state(card) for card in {review.card for review in kept}]
        due = Counter(max((s.due_day or today) - today, 0) for s in states)
        assert found.forecast == tuple(due[day] for day in range(days))
        first = first_of_days(kept, today - days)
        retention = found.retention
        assert retention.young + retention.mature == len(first) == found.calibration.number
        recalled = sum(review.grade != Grade.AGAIN for review in first)
        assert retention.young_recalled + retention.mature_recalled == recalled
        json.dumps(found.to_json())


def first_of_days(reviews, after):
    found, last = [], {}
    for review in reviews:
        if review.card in last and last[review.card] < review.day and review.day > after:
            found.append(review)
        last[review.card] = review.day
    return found


def test_stability_before_a_review_is_what_the_scheduler_had(tmp_path):
    clock = FixedClock(START)
    with opened(tmp_path, clock) as memory:
        memory.record("a", Grade.EASY, duration_ms=1)
        before = memory.state("a")
        clock.advance(timedelta(days=10))
        expected = memory._schedulers.current.curve.retrievability(10, before.stability)
        memory.record("a", Grade.GOOD, duration_ms=1)
        [point] = gathered(memory).calibration.points

    assert point == (pytest.approx(expected, rel=1e-12), 1.0, 1)


def test_only_the_cards_asked_for_are_counted(tmp_path):
    with opened(tmp_path, FixedClock(START)) as memory:
        memory.record("a", Grade.EASY, duration_ms=1)
        memory.record("b", Grade.AGAIN, duration_ms=1)
        memory.suspend(["a"])

        assert gathered(memory, ["a"]).buttons["learning"] == (0, 0, 0, 1)
        assert gathered(memory, []).reviews == 0
        assert gathered(memory).forecast[0] == 1


PREDICTIONS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


@given(predictions=PREDICTIONS)
def test_calibration_is_that_of_its_definition(predictions):
    found = calibration(predictions)
    likely = [min(max(p if hit else 1 - p, 1e-6), 1 - 1e-6) for p, hit in predictions]

    assert found.log_loss == pytest.approx(-sum(map(math.log, likely)) / len(likely), abs=1e-9)
    assert sum(point.number for point in found.points) == found.number == len(predictions)
    assert sum(point.number * point.observed for point in found.points) == pytest.approx(
        sum(hit for _, hit in predictions)
    )
    assert 0 <= found.rmse <= 1


@given(values=st.lists(st.floats(0, 1e6)))
def test_a_histogram_counts_every_value_once(values):
    bars = histogram(values, (0, 1, 10, math.inf))

    assert [bar.number for bar in bars] == [
        sum(bar.least <= value < bar.most for value in values) for bar in bars
    ]
    assert sum(bar.number for bar in bars) == len(values)
