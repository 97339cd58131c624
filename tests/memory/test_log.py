from __future__ import annotations

import json
import sqlite3
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.memory import Grade
from studydl.memory.codec import event_from_json
from studydl.memory.states import States


@pytest.fixture
def file(memory, tmp_path):
    """A log with a review and an undo, opened behind the program's back."""
    memory.record("card", Grade.GOOD, duration_ms=1)
    memory.record("card", Grade.GOOD, duration_ms=1)
    memory.undo()
    connection = sqlite3.connect(tmp_path / "reviews.db")
    yield connection
    connection.close()


@pytest.mark.parametrize("table", ["reviews", "undos", "parameters"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = id",
        "DELETE FROM {}",
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0} LIMIT 1",
        "INSERT OR IGNORE INTO {0} SELECT * FROM {0} LIMIT 1",
    ],
)
def test_what_is_in_the_log_cannot_be_changed_even_by_other_programs(file, table, statement):
    everything = f"SELECT * FROM {table}"  # noqa: S608 - the names are this test's own
    before = file.execute(everything).fetchall()
    assert before
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        file.execute(statement.format(table))
    assert file.execute(everything).fetchall() == before


def test_a_row_cannot_be_replaced_by_its_row_number(file):
    statement = """
        INSERT OR REPLACE INTO reviews (
            rowid, id, version, card, grade, reviewed_at, utc_offset, day, duration_ms, seed,
            scheduler, parameters, device
        )
        SELECT
            rowid, '00000000-0000-7000-8000-000000000000', version, card, grade, reviewed_at,
            utc_offset, day, duration_ms, seed, scheduler, parameters, device
        FROM reviews LIMIT 1
    """
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        file.execute(statement)


def test_a_review_keeps_everything_that_was_said(memory, clock):
    made = memory.record(
        "card", Grade.HARD, duration_ms=4321, answer="1/4", verdict="correct", seed=-(2**62)
    )
    (kept,) = memory.reviews()
    assert kept == made
    assert (kept.card, kept.grade, kept.duration_ms) == ("card", Grade.HARD, 4321)
    assert (kept.answer, kept.verdict, kept.seed) == ("1/4", "correct", -(2**62))
    assert (kept.version, kept.device, kept.undone) == (1, "here", False)
    assert kept.scheduler.startswith("fsrs-6.")
    assert kept.at == clock.now()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text())
def test_any_answer_is_kept_as_it_was_typed(memory, answer):
    made = memory.record("card", Grade.GOOD, duration_ms=1, answer=answer)
    assert memory.reviewed_today()[-1] == made
    assert made.answer == answer
    *_, line = memory.lines()
    assert "\n" not in line
    assert event_from_json(json.loads(line)) == made


def test_bytes_that_are_no_characters_are_kept_readably(memory):
    made = memory.record("card", Grade.GOOD, duration_ms=1, answer="E[x] \udcff")
    assert made.answer == "E[x] \\udcff"
    assert list(memory.reviews()) == [made]


def test_a_negative_duration_counts_as_none(memory):
    assert memory.record("card", Grade.GOOD, duration_ms=-7).duration_ms == 0


def test_the_order_of_the_log_survives_a_clock_that_was_set_back(memory, clock):
    made = []
    for hours in (0, -5, 3, -24 * 400, 1):
        clock.advance(timedelta(hours=hours))
        made.append(memory.record("card", Grade.GOOD, duration_ms=1))
    assert list(memory.reviews()) == made
    assert [review.id for review in made] == sorted({review.id for review in made})
    assert memory.differences() == []


def test_each_file_has_a_name_of_its_own_for_its_machine(open_memory, tmp_path):
    devices = {
        open_memory(tmp_path / name, device=None).record("c", Grade.GOOD, duration_ms=1).device
        for name in ("a", "b")
    }
    again = open_memory(tmp_path / "a", device=None).record("c", Grade.GOOD, duration_ms=1).device
    assert len(devices) == 2
    assert again in devices


def test_a_long_log_is_read_in_batches_while_it_grows(memory):
    for _ in range(3):
        memory.record("card", Grade.GOOD, duration_ms=1)
    reading = memory.reviews()
    next(reading)
    memory.record("card", Grade.GOOD, duration_ms=1)
    assert 3 <= 1 + len(list(reading)) <= 4


def test_parameters_are_kept_with_the_first_review_that_is(memory, monkeypatch):
    put = States.put

    def fail_once(self, state):
        monkeypatch.setattr(States, "put", put)
        raise OSError

    monkeypatch.setattr(States, "put", fail_once)
    with pytest.raises(OSError):  # noqa: PT011 - nothing is said by it
        memory.record("a", Grade.GOOD, duration_ms=1)
    assert list(memory.events()) == []
    review = memory.record("a", Grade.GOOD, duration_ms=1)
    again = memory.record("a", Grade.GOOD, duration_ms=1)
    kept, *reviews = memory.events()
    assert [each.parameters for each in reviews] == [kept.id, kept.id]
    assert [each.id for each in reviews] == [review.id, again.id]
    assert memory.integrity() == []
