"""A log folded by several processes gives what one process gives, or one process does it all."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.memory import Grade, apart
from tests.memory.acting import do, everything, fresh, steps


@pytest.fixture
def helpers(monkeypatch):
    """Fold every log by three processes; return those that were started."""
    started = []

    class Noted(apart._Helper):
        def __init__(self, share):
            started.append(share)
            super().__init__(share)

    monkeypatch.setattr(apart, "_LONG", 0)
    monkeypatch.setattr(apart, "_processes", lambda: 3)
    monkeypatch.setattr(apart, "_Helper", Noted)
    return started


def study(memory, clock):
    for day in range(4):
        for number in range(12):
            memory.record(f"card-{number}", Grade(1 + (number + day) % 4), duration_ms=1)
        clock.advance(timedelta(days=day + 1))
    memory.undo()


def test_several_processes_give_what_one_gives(memory, clock, helpers):
    study(memory, clock)
    schedule = replace(memory.settings.schedule, desired_retention=0.8)
    memory._adopt(replace(memory.settings, schedule=schedule))
    memory.reschedule()
    assert memory.differences() == []
    study(memory, clock)
    stored = everything(memory)
    helpers.clear()
    memory._database._connection.execute("DELETE FROM states WHERE card < 'card-3'")
    memory.rebuild()
    assert everything(memory) == stored
    assert memory.integrity() == []
    bounds = [share.bounds for share in helpers]
    assert len(bounds) == 3
    assert [last for _, last in bounds] == [*(first for first, _ in bounds[1:]), None]


@settings(max_examples=5, deadline=None)
@given(st.lists(steps, min_size=5, max_size=30))
def test_any_history_is_folded_alike(history):
    with pytest.MonkeyPatch.context() as patch, fresh("here") as (clock, memory):
        for step in history:
            do(memory, clock, step)
        stored = everything(memory)
        patch.setattr(apart, "_LONG", 0)
        patch.setattr(apart, "_processes", lambda: 2)
        memory.rebuild()
        assert everything(memory) == stored
        assert memory.differences() == []


def test_cards_fewer_than_processes_are_folded_once_each(memory, helpers):
    memory.record("only", Grade.GOOD, duration_ms=1)
    truth = memory.state("only")
    memory.rebuild()
    assert helpers
    assert memory.state("only") == truth
    assert memory.differences() == []


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false"])
def test_a_process_that_fails_is_done_without(memory, clock, helpers, monkeypatch, program):
    study(memory, clock)
    stored = everything(memory)
    monkeypatch.setattr(sys, "executable", program)
    memory.rebuild()
    assert helpers
    assert everything(memory) == stored
    assert memory.differences() == []
    assert memory.integrity() == []


def test_a_process_that_dies_midway_is_done_without(memory, clock, helpers, monkeypatch):
    study(memory, clock)
    stored = everything(memory)
    received = apart._received
    monkeypatch.setattr(apart, "_received", lambda stream: received(stream) or None)
    memory.rebuild()
    assert len(helpers) == 3
    assert everything(memory) == stored
    assert memory.differences() == []


def test_reviews_that_are_taken_in_are_folded_by_the_process_that_sees_them(
    memory, clock, helpers, open_memory, tmp_path, monkeypatch
):
    study(memory, clock)
    monkeypatch.setattr("studydl.memory.keeping._MANY", 0)
    other = open_memory(tmp_path / "other", device="there")
    other.merge(memory.events())
    assert not helpers
    assert everything(other) == everything(memory)
    assert other.differences() == []
