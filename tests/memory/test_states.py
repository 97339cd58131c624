from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS

from studydl.errors import StudyError
from studydl.memory import Counts, Grade, Phase, Schedule, Settings, Upcoming


def graduate(memory, card):
    memory.record(card, Grade.EASY, duration_ms=1)


def test_nothing_is_due_in_an_empty_log(memory):
    assert memory.due() == memory.learning_ahead() == memory.reviewed_today() == []
    assert memory.next_learning() is None
    assert memory.upcoming() is None
    assert memory.state("card") is None
    assert memory.repetitions("card") == 0
    assert memory.known() == set()


def test_a_learning_card_is_due_when_its_step_has_passed_and_not_before(memory, clock):
    memory.record("card", Grade.GOOD, duration_ms=1)
    assert memory.next_learning() == clock.now() + timedelta(minutes=10)
    clock.advance(timedelta(minutes=10, milliseconds=-1))
    assert memory.due() == []
    assert memory.learning_ahead() == ["card"]
    clock.advance(timedelta(milliseconds=1))
    assert memory.due() == ["card"]
    assert memory.learning_ahead() == []


def test_learning_ahead_reaches_as_far_as_the_settings_say(open_memory):
    memory = open_memory(settings=Settings(learn_ahead_s=120))
    memory.record("far", Grade.GOOD, duration_ms=1)
    memory.record("near", Grade.AGAIN, duration_ms=1)
    assert memory.learning_ahead() == ["near"]


def test_a_review_is_due_from_four_in_the_morning_of_its_day(memory, clock):
    graduate(memory, "card")
    days = memory.state("card").interval_days
    assert memory.upcoming() == Upcoming(days, 1)
    clock.set(datetime(2026, 5, 4, 3, 59, 59, tzinfo=UTC) + timedelta(days=days))
    assert memory.due() == []
    assert memory.upcoming() == Upcoming(1, 1)
    clock.advance(timedelta(seconds=1))
    assert memory.due() == ["card"]


def test_learning_cards_come_first_the_longest_waiting_before_the_others(memory, clock):
    graduate(memory, "review")
    clock.advance(timedelta(days=30))
    for card in ("b", "c", "a"):
        memory.record(card, Grade.AGAIN, duration_ms=1)
        clock.advance(timedelta(seconds=1))
    clock.advance(timedelta(minutes=5))
    assert memory.due() == ["b", "c", "a", "review"]


def test_reviews_come_in_the_order_in_which_they_are_forgotten(memory, clock):
    random = Random(5)
    cards = [f"card-{n:02d}" for n in range(40)]
    for _ in range(12):
        for card in random.sample(cards, 15):
            memory.record(card, Grade(random.choice((2, 3, 3, 4))), duration_ms=1)
        clock.advance(timedelta(days=random.randint(1, 9)))
    clock.advance(timedelta(days=400))
    library = fsrs.Scheduler(enable_fuzzing=False)
    today = memory._now().day

    def recall(card):
        state = memory.state(card)
        known = fsrs.Card(
            card_id=1, stability=state.stability, due=clock.now(),
            last_review=clock.now() - timedelta(days=today - state.last_day),
        )  # fmt: skip
        return library.get_card_retrievability(known, clock.now())

    due = [card for card in memory.due() if memory.state(card).phase is Phase.REVIEW]
    assert len(due) > 20
    assert [recall(card) for card in due] == pytest.approx(sorted(recall(card) for card in due))


def test_each_card_is_put_in_order_by_its_own_parameters(open_memory, clock):
    random, memories = Random(6), []
    for decay in (0.1, 0.15, 0.8):
        weights = (*DEFAULT_PARAMETERS[:20], decay)
        memories.append(open_memory(settings=Settings(Schedule(weights=weights))))
    for number in range(60):
        graduate(random.choice(memories), f"card-{number:02d}")
        clock.advance(timedelta(hours=random.randint(0, 30)))
    clock.advance(timedelta(days=50))
    memory = memories[0]
    memory.suspend(["card-07"])
    today = memory._now().day

    def recall(card):
        state = memory.state(card)
        weights = memory._log.parameters(state.parameters).weights
        library = fsrs.Scheduler(weights, enable_fuzzing=False)
        known = fsrs.Card(
            card_id=1, stability=state.stability, due=clock.now(),
            last_review=clock.now() - timedelta(days=today - state.last_day),
        )  # fmt: skip
        return library.get_card_retrievability(known, clock.now())

    due = memory.reviews_due()
    chances = [recall(card) for card in due]
    assert len(due) == 59
    assert chances == sorted(chances)
    by_days_over_stability = sorted(
        due, key=lambda card: (memory.state(card).last_day - today) / memory.state(card).stability
    )
    assert due != by_days_over_stability
    assert memory.reviews_due(limit=7) == due[:7]


def test_so_many_reviews_as_asked_for_are_the_first(memory, clock):
    for number in range(9):
        graduate(memory, f"card-{number}")
        clock.advance(timedelta(days=1))
    clock.advance(timedelta(days=30))
    due = memory.reviews_due()
    assert len(due) == 9
    assert memory.reviews_due(limit=3) == due[:3]
    assert memory.reviews_due(limit=0) == []


def test_counts_tell_how_a_chapter_stands(memory, clock):
    graduate(memory, "known")
    clock.advance(timedelta(days=30))
    memory.record("step", Grade.AGAIN, duration_ms=1)
    memory.record("elsewhere", Grade.AGAIN, duration_ms=1)
    chapter = ["known", "step", "new 1", "new 2"]
    assert memory.counts(chapter) == Counts(total=4, new=2, due=1, waiting=1)
    clock.advance(timedelta(minutes=1))
    assert memory.counts(chapter) == Counts(total=4, new=2, due=2, waiting=0)
    assert memory.counts(iter(())) == Counts(0, 0, 0, 0)
    assert sum(memory.counts([card]).due for card in chapter) == 2
    groups = {"here": chapter, "there": iter(["elsewhere"]), "empty": []}
    assert memory.counts_by(groups) == {
        "here": Counts(4, 2, 2, 0), "there": Counts(1, 0, 1, 0), "empty": Counts(0, 0, 0, 0),
    }  # fmt: skip


def test_groups_are_counted_as_each_is_by_itself(memory, clock):
    graduate(memory, "later")
    graduate(memory, "due")
    memory.record("waiting", Grade.GOOD, duration_ms=1)
    memory.suspend(["hidden", "later"])
    memory.bury(["buried"])
    groups = {"a": ["new", "due", "hidden"], "b": ["later", "waiting", "buried"], "c": []}
    for days in (0, 400):
        clock.advance(timedelta(days=days))
        each = {name: memory.counts(cards) for name, cards in groups.items()}
        assert memory.counts_by(groups) == each


def put_in_vain(memory, state):
    with memory._database.transaction():
        memory._states.put(state)
        assert state.card in memory.known()
        raise StudyError("this transaction comes to nothing")


def test_what_is_known_follows_every_way_in_which_it_changes(open_memory):
    memory, other = open_memory(), open_memory()
    assert memory.known() == other.known() == set()
    memory.record("here", Grade.GOOD, duration_ms=1)
    other.record("there", Grade.GOOD, duration_ms=1)
    assert memory.known() == other.known() == {"here", "there"}
    other.undo()
    assert memory.known() == other.known() == {"here"}
    memory.undo()
    assert memory.known() == other.known() == set()
    memory.redo()
    assert memory.known() == other.known() == {"here"}
    lost = replace(memory.state("here"), card="lost")
    with pytest.raises(StudyError):
        put_in_vain(memory, lost)
    assert memory.known() == other.known() == {"here"}
    memory.rebuild()
    assert memory.known() == other.known() == {"here"}


def test_new_cards_keep_the_order_in_which_they_are_given(memory):
    graduate(memory, "b")
    given = ["d", "b", "激活", 'quo"te', "a"]
    assert memory.new_among(given) == ["d", "激活", 'quo"te', "a"]
    assert memory.new_among(iter(given), limit=2) == ["d", "激活"]
    assert memory.known() == {"b"}


def test_the_daily_limit_counts_new_cards_of_this_study_day(open_memory, clock):
    memory = open_memory(settings=Settings(new_per_day=3))
    memory.record("a", Grade.GOOD, duration_ms=1)
    memory.record("a", Grade.GOOD, duration_ms=1)
    memory.record("b", Grade.GOOD, duration_ms=1)
    assert (memory.new_today(), memory.new_left()) == (2, 1)
    memory.undo()
    assert (memory.new_today(), memory.new_left()) == (1, 2)
    memory.redo()
    clock.set(datetime(2026, 5, 5, 3, 59, tzinfo=UTC))
    assert memory.new_left() == 1
    clock.set(datetime(2026, 5, 5, 4, 0, tzinfo=UTC))
    memory.record("a", Grade.GOOD, duration_ms=1)
    assert (memory.new_today(), memory.new_left()) == (0, 3)


def test_todays_reviews_are_those_of_the_study_day_that_count(memory, clock):
    memory.record("yesterday", Grade.GOOD, duration_ms=1)
    clock.advance(timedelta(days=1))
    kept = memory.record("a", Grade.GOOD, duration_ms=1)
    memory.record("b", Grade.GOOD, duration_ms=1)
    memory.undo()
    assert memory.reviewed_today() == [kept]


def test_due_cards_are_found_by_an_index(memory):
    connection = memory._database._connection
    for condition in ("due_at <= 1", "due_day <= 1", "first_day = 1"):
        query = f"SELECT card FROM states WHERE {condition}"  # noqa: S608 - the names are this test's own
        plan = connection.execute(f"EXPLAIN QUERY PLAN {query}")
        assert "USING COVERING INDEX" in plan.fetchone()[3]


def test_the_longest_interval_is_never_exceeded(open_memory, clock):
    memory = open_memory(settings=Settings(Schedule(maximum_interval=5)))
    for _ in range(10):
        graduate(memory, "card")
        assert 1 <= memory.state("card").interval_days <= 5
        clock.advance(timedelta(days=5))
