from __future__ import annotations

from datetime import timedelta
from random import Random

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.memory import Grade, Review, Schedule
from studydl.memory.fold import fold
from studydl.memory.histories import Histories, coded
from studydl.memory.scheduling import Schedulers

steps = st.lists(st.integers(1, 43_200), max_size=3).map(lambda drawn: tuple(sorted(drawn)))


@st.composite
def schedules(draw):
    """Draw any schedule that is allowed, its weights written out."""
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    weights = [draw(st.floats(low, high)) for low, high in bounds]
    shipped = Schedulers(Schedule(), lambda _: Schedule()).current.weights
    return Schedule(
        desired_retention=draw(st.floats(0.7, 0.99)),
        learning_steps=draw(steps),
        relearning_steps=draw(steps),
        maximum_interval=draw(st.integers(1, 36_500)),
        weights=draw(st.sampled_from([shipped, (*sorted(weights[:4]), *weights[4:])])),
    )


# (a review's card, grade, study days since the event before, which schedule; or a rescheduling)
events = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from("ab"), st.sampled_from(list(Grade)),
            st.one_of(st.just(0), st.integers(-3, 400)), st.integers(0, 2),
        ),
        st.integers(0, 2),
    ),
    max_size=25,
)  # fmt: skip


def review(number, card, grade, day, parameters):
    return Review(
        id=f"{number:03d}", version=1, card=card, grade=grade, reviewed_at=day * 86_400_000,
        utc_offset=0, day=day, duration_ms=1, answer=None, verdict=None, seed=0, scheduler="fsrs",
        parameters=parameters, device="here",
    )  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(events, st.lists(schedules(), min_size=3, max_size=3))
def test_whole_histories_give_what_they_give_review_by_review(history, drawn):
    known = {schedule.identity(): schedule for schedule in drawn}
    names = [schedule.identity() for schedule in drawn]
    schedulers = Schedulers(drawn[0], known.__getitem__)
    day, reviews, reschedulings = 20_000, [], []
    for number, event in enumerate(history):
        if isinstance(event, int):
            reschedulings.append((f"{number:03d}", names[event]))
        else:
            card, grade, gap, schedule = event
            day += gap
            reviews.append(review(number, card, grade, day, names[schedule]))
    told_of, rescheduled = {r.id: r for r in reviews}, dict(reschedulings)
    histories = Histories(schedulers)
    for identity in sorted(told_of | rescheduled):
        if identity in rescheduled:
            histories.reschedule(rescheduled[identity])
        else:
            r = told_of[identity]
            histories.gather([(r.card, coded(r.day, r.grade), r.reviewed_at, r.parameters)])
    expected = {}
    for card in "ab":
        state = fold([r for r in reviews if r.card == card], schedulers, reschedulings)
        expected |= {card: state} if state else {}
    # Equal to the last bit, not only nearly.
    assert {state.card: state for state in histories.states()} == expected


def test_a_long_life_of_a_card_gives_the_same_due_day(memory, clock):
    random = Random(8)
    for _ in range(60):
        for card in ("a", "b", "c"):
            memory.record(card, Grade(random.choice((1, 2, 3, 3, 3, 4, 4))), duration_ms=1)
        clock.advance(timedelta(days=random.choice((0, 1, 3, 10, 60))))
    stored = {card: memory.state(card) for card in "abc"}
    memory.rebuild()
    assert {card: memory.state(card) for card in "abc"} == stored
