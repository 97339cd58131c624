from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.memory import FixedClock, Grade, Memory


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c", "undo", "redo"]),
            st.sampled_from(list(Grade)),
            st.integers(-3, 40),
        ),
        max_size=30,
    )
)
def test_a_replay_of_the_log_gives_what_is_stored(steps):
    clock = FixedClock(datetime(2026, 5, 4, 9, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder, Memory.open(Path(folder), clock=clock) as memory:
        for card, grade, days in steps:
            if card in {"undo", "redo"}:
                memory.undo() if card == "undo" else memory.redo()
            else:
                memory.record(card, grade, duration_ms=1)
            clock.advance(timedelta(days=days))
        assert memory.differences() == []
        stored = {card: memory.state(card) for card in "abc"}
        memory.rebuild()
        assert {card: memory.state(card) for card in "abc"} == stored
        assert memory.differences() == []
        assert memory.integrity() == []


def test_a_state_that_the_log_does_not_tell_is_found_and_mended(memory):
    for card in ("changed", "lost", "sound"):
        memory.record(card, Grade.EASY, duration_ms=1)
    truth = {card: memory.state(card) for card in memory.known()}
    connection = memory._database._connection
    connection.execute("UPDATE states SET stability = stability * 1.001 WHERE card = 'changed'")
    connection.execute("DELETE FROM states WHERE card = 'lost'")
    connection.execute(
        "INSERT INTO states SELECT 'invented', phase, step, stability, difficulty, due_at, due_day,"
        " interval_days, first_day, last_day, last_at, repetitions, lapses, parameters"
        " FROM states WHERE card = 'sound'"
    )
    found = {difference.subject: difference for difference in memory.differences()}
    assert set(found) == {"card changed", "card lost", "card invented"}
    assert found["card lost"].stored is None
    assert found["card invented"].rebuilt is None
    assert found["card changed"].rebuilt == truth["changed"]
    memory.rebuild()
    assert {card: memory.state(card) for card in memory.known()} == truth
    assert memory.differences() == []


def test_a_mark_of_undoing_that_the_log_does_not_tell_is_found_and_mended(memory):
    review = memory.record("a", Grade.GOOD, duration_ms=1)
    memory._database._connection.execute("INSERT INTO undone VALUES (?)", (review.id,))
    assert [found.subject for found in memory.differences()] == [f"event {review.id}"]
    memory.rebuild()
    assert memory.differences() == []
    assert not next(memory.reviews()).undone


def test_a_replay_goes_through_more_cards_than_a_batch(memory, monkeypatch):
    monkeypatch.setattr("studydl.memory.log._BATCH", 3)
    for number in range(10):
        memory.record(f"card-{number}", Grade.GOOD, duration_ms=1)
        memory.record(f"card-{number % 4}", Grade.GOOD, duration_ms=1)
    assert len(list(memory.reviews())) == 20
    assert memory.differences() == []
    assert sum(len(reviews) for _, reviews in memory._log.by_card()) == 20


def test_the_order_in_which_two_machines_logs_arrive_does_not_matter(open_memory, tmp_path, clock):
    here, there = open_memory(device="here"), open_memory(device="there")
    for number in range(6):
        machine = here if number % 3 else there
        machine.record("ab"[number % 2], Grade(1 + number % 4), duration_ms=1)
        clock.advance(timedelta(days=2))
    there.undo()
    here.undo()
    here.redo()
    rows = {
        table: here._database._connection.execute(query).fetchall()
        for table, query in (
            ("parameters", "SELECT * FROM parameters"),
            ("reviews", "SELECT * FROM reviews"),
            ("undos", "SELECT * FROM undos"),
        )
    }

    def arrived(name, order):
        memory = open_memory(tmp_path / name)
        for table, events in rows.items():
            places = ", ".join("?" * len(events[0]))
            statement = f"INSERT INTO {table} VALUES ({places})"  # noqa: S608 - the names are this test's own
            memory._database._connection.executemany(statement, order(events))
        memory.rebuild()
        return list(memory.reviews()), [memory.state(card) for card in "ab"]

    assert arrived("forward", list) == arrived("backward", lambda events: events[::-1])
    assert arrived("third", list) == (list(here.reviews()), [here.state(card) for card in "ab"])
