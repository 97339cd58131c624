from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.memory import Grade
from studydl.memory.rescue import rescue
from tests.memory.acting import do, fresh, steps

PAGE = 4096


@given(st.lists(steps, min_size=1, max_size=30))
@settings(max_examples=15, deadline=None)
def test_of_a_whole_log_everything_is_read(drawn):
    with fresh("here") as (clock, memory):
        memory.record("first", Grade.GOOD, duration_ms=1)
        for step in drawn:
            do(memory, clock, step)
        rescued = rescue(memory._database.path)
        assert rescued.events == list(memory.events())
        assert rescued.missing == []


def long_log(memory):
    for number in range(120):
        answer = "长答案 " * (number * 20)
        memory.record(f"card-{number}", Grade.EASY, duration_ms=number, answer=answer, seed=-number)
    memory.flag("card-1", "a typo")
    memory.undo()


def test_long_answers_are_read_from_all_their_pages(open_memory, tmp_path):
    with open_memory() as memory:
        long_log(memory)
        events = list(memory.events())
        assert rescue(tmp_path / "reviews.db").events == events  # from the write-ahead log
    assert rescue(tmp_path / "reviews.db").events == events


def test_every_page_can_be_damaged_and_only_what_stood_on_it_is_lost(open_memory, tmp_path):
    with open_memory() as memory:
        for number in range(200):
            memory.record(f"card-{number}", Grade.EASY, duration_ms=1, answer="x" * 30)
        memory.suspend(["card-1"])
        memory.undo()
        events = {event.id: event for event in memory.events()}
    whole = (tmp_path / "reviews.db").read_bytes()
    damaged = tmp_path / "damaged.db"
    lost = []
    for start in range(0, len(whole), PAGE):
        damaged.write_bytes(whole[:start] + b"\xa5" * PAGE + whole[start + PAGE :])
        rescued = rescue(damaged).events
        assert all(events[event.id] == event for event in rescued)
        lost.append(len(events) - len(rescued))
    # Each event stands on one page; the parameters as shipped are known without it.
    assert sum(lost) == len(events) - 1
    assert max(lost) <= 40


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_whatever_was_written_over_it_nothing_false_is_read(data):
    with fresh("here") as (_, memory):
        for number in range(40):
            memory.record(f"card-{number}", Grade.EASY, duration_ms=1, answer="x" * 300)
        events = {event.id: event for event in memory.events()}
        memory.close()
        whole = bytearray(memory._database.path.read_bytes())
    for _ in range(data.draw(st.integers(1, 30))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + 8] = data.draw(st.binary(min_size=8, max_size=8))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged.db"
        path.write_bytes(whole)
        try:
            rescued = rescue(path).events
        except StudyError:
            return
    # A changed byte inside a text cannot be told; what is no event never is one.
    assert len(rescued) <= len(events) + 30
    assert all(event.to_json()["kind"] == event.kind for event in rescued)


@pytest.mark.parametrize("content", [b"", b"no database" * 1000, bytes(PAGE * 3), b"\x0d" * 9000])
def test_a_file_without_events_is_told(tmp_path, content):
    path = tmp_path / "reviews.db"
    path.write_bytes(content)
    with pytest.raises(StudyError, match="no event could be found") as refusal:
        rescue(path)
    assert str(path) in str(refusal.value)
    with pytest.raises(StudyError, match="cannot be read"):
        rescue(tmp_path / "nowhere.db")


def test_what_was_rescued_is_a_log_again(open_memory, tmp_path):
    with open_memory() as memory:
        long_log(memory)
        events = list(memory.events())
    file = tmp_path / "reviews.db"
    whole = file.read_bytes()
    file.write_bytes(b"\xa5" * PAGE + whole[PAGE : len(whole) // 2])  # no header, half a file
    rescued = rescue(file)
    other = open_memory(tmp_path / "other")
    other.merge(rescued.events)
    assert 0 < len(rescued.events) < len(events)
    assert list(other.events()) == rescued.events
    assert other.differences() == []
