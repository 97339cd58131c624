from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import fsrs
import fsrs_rs_python as fsrs_rs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.memory import Grade
from studydl.memory.recurrence import Recurrence

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
BOUNDS = list(zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True))
histories = st.lists(
    st.tuples(st.integers(0, 3), st.one_of(st.just(0), st.integers(0, 900))),
    min_size=1,
    max_size=20,
).map(lambda drawn: [(drawn[0][0], 0), *drawn[1:]])


def random_history(random):
    gaps = (0, 0, 1, 2, 7, 30, random.randint(0, 900))
    history = [(random.randint(0, 3), random.choice(gaps)) for _ in range(random.randint(1, 15))]
    return [(history[0][0], 0), *history[1:]]


def told(weights, history):
    """Return stability and difficulty after each review, by our recurrence."""
    grades, gaps = zip(*history, strict=True)
    return list(zip(*Recurrence(weights).run(grades, gaps), strict=True))


def told_by_py_fsrs(weights, history):
    library, at = fsrs.Scheduler(weights, enable_fuzzing=False), EPOCH
    card = fsrs.Card(card_id=1, due=EPOCH)
    found = []
    for grade, gap in history:
        at += timedelta(days=gap)
        card, _ = library.review_card(card, fsrs.Rating(grade + 1), at)
        found.append((card.stability, card.difficulty))
    return found


def told_by_fsrs_rs(weights, history):
    item = fsrs_rs.FSRSItem([fsrs_rs.FSRSReview(grade + 1, gap) for grade, gap in history])
    states = fsrs_rs.FSRS(list(weights)).historical_memory_states(item)
    return [(state.stability, state.difficulty) for state in states]


@settings(max_examples=400)
@given(histories, st.tuples(*(st.floats(low, high) for low, high in BOUNDS)))
def test_the_recurrence_is_py_fsrs_bit_for_bit(history, weights):
    assert told(weights, history) == told_by_py_fsrs(weights, history)


def test_two_thousand_random_histories_agree_in_three_implementations():
    random = Random(20_260_505)
    for _ in range(2000):
        history = random_history(random)
        ours = told(DEFAULT_PARAMETERS, history)
        assert ours == told_by_py_fsrs(DEFAULT_PARAMETERS, history)
        for mine, theirs in zip(ours, told_by_fsrs_rs(DEFAULT_PARAMETERS, history), strict=True):
            assert theirs == pytest.approx(mine, rel=1e-5, abs=0)


def test_what_is_stored_agrees_with_three_implementations(memory, clock):
    random, told_of = Random(9), {}
    for number in range(25):
        card, history = f"card-{number:02d}", random_history(random)
        for grade, gap in history:
            clock.advance(timedelta(days=gap))
            memory.record(card, Grade(grade + 1), duration_ms=1)
        told_of[card] = history
    memory.rebuild()
    for card, history in told_of.items():
        state = memory.state(card)
        stored = (state.stability, state.difficulty)
        assert stored == told(DEFAULT_PARAMETERS, history)[-1]
        assert stored == told_by_py_fsrs(DEFAULT_PARAMETERS, history)[-1]
        assert told_by_fsrs_rs(DEFAULT_PARAMETERS, history)[-1] == pytest.approx(stored, rel=1e-5)
