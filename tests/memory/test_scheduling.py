from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import fsrs
import pytest
from fsrs.scheduler import (
    DEFAULT_PARAMETERS,
    LOWER_BOUNDS_PARAMETERS,
    UPPER_BOUNDS_PARAMETERS,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.memory import Grade, Interval, Phase, Review, Schedule
from studydl.memory.fold import advance
from studydl.memory.fuzz import band
from studydl.memory.scheduling import Scheduler

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SHIPPED = Scheduler(Schedule())

# (grade, study days since the last review; negative where the clock was set back)
HISTORIES = st.lists(
    st.tuples(st.sampled_from(list(Grade)), st.one_of(st.just(0), st.integers(-3, 400))),
    max_size=15,
)


def review(grade, day, *, scheduler=SHIPPED, card="card"):
    return Review(
        id=f"{day}", version=1, card=card, grade=grade, reviewed_at=day * 86_400_000, utc_offset=0,
        day=day, duration_ms=1, answer=None, verdict=None, seed=0, scheduler=scheduler.name,
        parameters=scheduler.parameters, device="here",
    )  # fmt: skip


def studied(history, scheduler=SHIPPED):
    """Return the state after a history, and the last study day."""
    state, day = None, 20_000
    for grade, gap in history:
        day += gap
        state = advance(state, review(grade, day, scheduler=scheduler), scheduler)
    return state, day


def in_the_library(history, **options):
    """Review with py-fsrs alone, on the midnights of the study days; yield (card, interval)."""
    library = fsrs.Scheduler(enable_fuzzing=False, **options)
    card, last, day = fsrs.Card(card_id=1, due=EPOCH), None, 20_000
    for grade, gap in history:
        day += gap
        at = EPOCH + timedelta(days=day if last is None else max(day, last))
        card.last_review = None if last is None else EPOCH + timedelta(days=last)
        card, _ = library.review_card(card, fsrs.Rating(grade), at)
        yield card, card.due - at
        last = day


@st.composite
def schedules(draw):
    """Draw any schedule that is allowed."""
    steps = st.lists(st.integers(1, 43_200), max_size=3).map(lambda drawn: tuple(sorted(drawn)))
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    weights = [draw(st.floats(low, high)) for low, high in bounds]
    return Schedule(
        desired_retention=draw(st.floats(0.7, 0.99)),
        learning_steps=draw(steps),
        relearning_steps=draw(steps),
        maximum_interval=draw(st.integers(1, 36_500)),
        weights=draw(st.sampled_from([None, (*sorted(weights[:4]), *weights[4:])])),
    )


def test_two_thousand_random_histories_agree_with_the_library():
    random = Random(20_260_504)
    for _ in range(2000):
        history = [
            (
                Grade(random.randint(1, 4)),
                random.choice((0, 0, 1, 2, 7, 30, random.randint(0, 900))),
            )
            for _ in range(random.randint(1, 15))
        ]
        state, day = None, 20_000
        for (grade, gap), (card, interval) in zip(history, in_the_library(history), strict=True):
            day += gap
            before = state
            state = advance(state, review(grade, day), SHIPPED)
            assert state.stability == pytest.approx(card.stability, rel=1e-9, abs=0)
            assert state.difficulty == pytest.approx(card.difficulty, rel=1e-9, abs=0)
            assert state.phase == card.state.name.lower()
            assert state.step == card.step
            if state.phase is Phase.REVIEW:
                previous = before.interval_days if before else 0
                shortest, longest = band(interval.days, maximum=36_500, previous=previous)
                assert shortest <= state.due_day - day <= longest
            else:
                assert state.due_at - state.last_at == interval / timedelta(milliseconds=1)


@settings(max_examples=300)
@given(HISTORIES, schedules(), st.integers(-3, 400))
def test_a_better_grade_never_comes_back_sooner_and_no_interval_is_negative(history, schedule, gap):
    scheduler = Scheduler(schedule)
    state, day = studied(history, scheduler)
    given_by = [
        scheduler.outcome("card", state, grade, day + gap).interval.length for grade in Grade
    ]
    assert given_by == sorted(given_by)
    assert given_by[0] > timedelta()
    assert given_by[-1] <= timedelta(days=schedule.maximum_interval)


@given(HISTORIES)
def test_the_same_history_gives_the_same_state(history):
    assert studied(history) == studied(history)


@pytest.mark.parametrize("back", [1, 30, 20_000])
def test_a_clock_that_was_set_back_counts_as_no_time_at_all(back):
    state, day = studied([(Grade.GOOD, 0), (Grade.GOOD, 0), (Grade.GOOD, 2)])
    assert SHIPPED.outcome("card", state, Grade.GOOD, day - back) == SHIPPED.outcome(
        "card", state, Grade.GOOD, day
    )


def test_after_a_wrong_clock_the_card_comes_back_by_the_right_one():
    state, day = studied([(Grade.EASY, 3650), (Grade.GOOD, -3650)])
    assert day == 20_000
    assert day < state.due_day <= day + 100
    state, _ = studied([(Grade.EASY, 3650), (Grade.GOOD, -3650), (Grade.GOOD, 10)])
    *_, (reference, _) = in_the_library([(Grade.EASY, 0), (Grade.GOOD, 0), (Grade.GOOD, 10)])
    assert state.stability == pytest.approx(reference.stability, rel=1e-9, abs=0)


def test_a_new_card_gets_its_steps_and_easy_a_few_days():
    given_by = {grade: SHIPPED.outcome("c", None, grade, 20_000).interval for grade in Grade}
    assert given_by[Grade.AGAIN] == Interval(seconds=60)
    assert given_by[Grade.HARD] == Interval(seconds=330)
    assert given_by[Grade.GOOD] == Interval(seconds=600)
    # The library's first stability of Easy is 8.2956 days.
    assert 6 <= given_by[Grade.EASY].days <= 10


def test_the_first_stabilities_are_those_of_fsrs_6():
    first = [SHIPPED.outcome("c", None, grade, 20_000).stability for grade in Grade]
    assert first == list(DEFAULT_PARAMETERS[:4])


def test_each_repetition_and_each_card_has_a_draw_of_its_own():
    state, day = studied([(Grade.EASY, 0), (Grade.EASY, 8), (Grade.EASY, 40)])
    seeds = [(card, repetitions) for card in ("a", "b", "c") for repetitions in range(1, 20)]
    given_by = [
        SHIPPED.outcome(card, replace(state, repetitions=count), Grade.GOOD, day + 200).interval
        for card, count in seeds
    ]
    assert all(len(set(given_by[start : start + 19])) > 5 for start in (0, 19, 38))
    assert given_by[:19] != given_by[19:38]


def test_a_lapse_is_a_card_forgotten_in_its_review_phase():
    state, _ = studied([(Grade.AGAIN, 0), (Grade.EASY, 0), (Grade.AGAIN, 9), (Grade.AGAIN, 0)])
    assert (state.phase, state.lapses, state.repetitions) == (Phase.RELEARNING, 1, 4)


def test_weights_that_the_library_refuses_are_told_in_one_sentence():
    weights = (*DEFAULT_PARAMETERS[:20], 7.0)
    with pytest.raises(StudyError, match=r"refuses these weights.*parameters\[20\]") as refusal:
        Scheduler(Schedule(weights=weights))
    assert "\n" not in str(refusal.value)


def test_the_scheduler_names_its_version():
    assert SHIPPED.name.startswith("fsrs-6.")
