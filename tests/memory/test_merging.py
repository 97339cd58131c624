from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.memory import Grade, Merged, ParameterSet, Review, Schedule, Settings
from studydl.memory.codec import event_from_json
from tests.memory.acting import do, everything, fresh, steps

THREE = st.lists(st.tuples(st.integers(0, 2), steps), max_size=25)


def studied(clock, logs, history):
    for log, step in history:
        do(logs[log], clock, step)


def whole(memory):
    """Return the log and all that follows from it."""
    assert memory.differences() == []
    return list(memory.events()), everything(memory)


def merged(into, *others):
    for other in others:
        into.merge(other.events())
    return whole(into)


@settings(max_examples=40, deadline=None)
@given(THREE)
def test_merging_is_commutative(history):
    with fresh("one", "two", "three", "forward", "backward") as (clock, *logs, forward, backward):
        studied(clock, logs, history)
        assert merged(forward, *logs) == merged(backward, *reversed(logs))


@settings(max_examples=40, deadline=None)
@given(THREE)
def test_merging_is_associative(history):
    with fresh("one", "two", "three", "left", "inner", "right") as (clock, *rest):
        *logs, left, inner, right = rest
        studied(clock, logs, history)
        one, two, three = logs
        merged(inner, two, three)
        merged(right, one, inner)
        merged(left, one, two)
        assert merged(left, three) == whole(right)


@settings(max_examples=40, deadline=None)
@given(THREE)
def test_merging_is_idempotent_and_changes_nothing_in_a_log_that_has_all(history):
    with fresh("one", "two", "three") as (clock, *logs):
        studied(clock, logs, history)
        before = whole(logs[0])
        count = len(before[0])
        assert logs[0].merge(logs[0].events()) == Merged(0, count)
        assert whole(logs[0]) == before
        first = merged(logs[0], logs[1], logs[2])
        assert merged(logs[0], logs[2], logs[1], logs[0]) == first


@settings(max_examples=40, deadline=None)
@given(THREE, st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter_nor_their_repetition(history, random):
    with fresh("one", "two", "three", "sorted", "mixed") as (clock, *logs, straight, mixed):
        studied(clock, logs, history)
        expected = merged(straight, *logs)
        events = expected[0] * 2
        random.shuffle(events)
        mixed.merge(events)
        assert whole(mixed) == expected


@settings(max_examples=40, deadline=None)
@given(THREE, st.randoms(use_true_random=False))
def test_a_log_that_comes_in_parts_gives_what_the_whole_gives(history, random):
    with fresh("one", "two", "three", "whole", "parts") as (clock, *logs, at_once, parts):
        studied(clock, logs, history)
        expected = merged(at_once, *logs)
        sets = [event for event in expected[0] if isinstance(event, ParameterSet)]
        events = expected[0][len(sets) :]
        random.shuffle(events)
        for event in events:
            parts.merge([*sets, event])
        assert whole(parts) == (expected if events else ([], expected[1]))


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=25))
def test_a_log_told_in_json_and_read_back_is_the_same_log(history):
    with fresh("here", "there") as (clock, here, there):
        for step in history:
            do(here, clock, step)
        lines = [json.dumps(event.to_json()) for event in here.events()]
        assert [json.loads(line) for line in here.lines()] == [json.loads(line) for line in lines]
        events = [event_from_json(json.loads(line)) for line in lines]
        assert events == list(here.events())
        assert there.merge(events) == Merged(len(events), 0)
        assert whole(there)[0] == whole(here)[0]
        assert everything(there)[:4] == everything(here)[:4]


def test_study_goes_on_after_a_merge(open_memory, tmp_path, clock):
    here, there = (open_memory(tmp_path / name, device=name) for name in ("here", "there"))
    mine = here.record("a", Grade.GOOD, duration_ms=1)
    clock.advance(timedelta(days=1))
    there.record("a", Grade.EASY, duration_ms=1)
    assert here.merge(there.events()).added == 1
    assert here.repetitions("a") == 2
    assert here.undo() == replace(mine, undone=True)
    assert here.record("a", Grade.GOOD, duration_ms=1).id > max(e.id for e in there.reviews())
    assert here.differences() == []


def test_an_event_with_another_content_is_refused_and_nothing_is_taken_in(open_memory, tmp_path):
    here, there = (open_memory(tmp_path / name, device=name) for name in ("here", "there"))
    there.record("b", Grade.GOOD, duration_ms=1)
    review = here.record("a", Grade.GOOD, duration_ms=1)
    events = [*there.events(), replace(review, grade=Grade.EASY)]
    with pytest.raises(StudyError, match="already with another content") as refusal:
        here.merge(events)
    assert review.id in str(refusal.value)
    assert list(here.reviews()) == [review]
    assert here.differences() == []


def test_a_review_whose_parameters_are_nowhere_is_refused(open_memory, tmp_path):
    here = open_memory(tmp_path / "here")
    there = open_memory(tmp_path / "there", settings=Settings(Schedule(0.8)))
    there.record("b", Grade.GOOD, duration_ms=1)
    with pytest.raises(StudyError, match="in neither log"):
        here.merge(event for event in there.events() if isinstance(event, Review))
    assert list(here.events()) == []


def test_a_merge_in_batches_is_one_step(open_memory, tmp_path, monkeypatch):
    monkeypatch.setattr("studydl.memory.merging._BATCH", 2)
    here, there = (open_memory(tmp_path / name, device=name) for name in ("here", "there"))
    for _ in range(5):
        there.record("b", Grade.GOOD, duration_ms=1)
    bad = replace(next(there.reviews()), id="ffffffff-0000-7000-8000-000000000000", parameters="?")
    with pytest.raises(StudyError, match="in neither log"):
        here.merge([*there.events(), bad])
    assert list(here.events()) == []
    assert here.merge(there.events()) == Merged(6, 0)
    assert whole(here) == whole(there)


def test_what_is_changed_together_is_there_together_or_not_at_all():
    with fresh("one", "other") as (clock, one, other):
        do(other, clock, ("record", "a", Grade.GOOD))
        before = whole(one)
        with pytest.raises(StudyError, match="no tag"), one.together():  # noqa: PT012 - in one go
            one.merge(other.events())
            one.suspend("b")
            raise StudyError("no tag")
        assert whole(one) == before
        with one.together():
            one.merge(other.events())
            one.suspend("b")
        assert one.state("a") == other.state("a")
        assert one.suspended() == {"b"}
        assert whole(one)[1] == everything(one)
