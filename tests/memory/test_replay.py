from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.memory import Grade, Marks
from tests.memory.acting import do, everything, fresh, steps


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=30))
def test_a_replay_of_the_log_gives_what_is_stored(history):
    with fresh("here") as (clock, memory):
        for step in history:
            do(memory, clock, step)
        assert memory.differences() == []
        stored = everything(memory)
        memory.rebuild()
        assert everything(memory) == stored
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


def test_a_mark_that_the_log_does_not_tell_is_found_and_mended(memory):
    memory.suspend(["lost", "sound"])
    memory.flag("lost", "a typo")
    truth = memory.marks("lost")
    connection = memory._database._connection
    connection.execute("DELETE FROM marks WHERE card = 'lost'")
    connection.execute("INSERT INTO marks VALUES ('invented', 1, NULL, NULL)")
    found = {each.subject: (each.stored, each.rebuilt) for each in memory.differences()}
    assert found == {
        "marks of lost": (None, truth),
        "marks of invented": (Marks(suspended=True), None),
    }
    memory.rebuild()
    assert memory.marks("lost") == truth
    assert memory.differences() == []
