from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.memory import Counts, Grade, Marks, Settings
from tests.memory.acting import CARDS, do, fresh, steps


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=30))
def test_what_is_suspended_or_buried_is_in_no_list_and_in_no_count(history):
    with fresh("here") as (clock, memory):
        for step in history:
            do(memory, clock, step)
        hidden = memory.suspended() | memory.buried()
        shown = {*memory.due(), *memory.learning_ahead(), *memory.new_among(CARDS)}
        assert not shown & hidden
        assert shown <= set(CARDS)
        for card in CARDS:
            counts = memory.counts([card])
            assert counts.total == 1
            assert memory.counts_by({"": [card]}) == {"": counts}
            assert counts.new + counts.due + counts.waiting <= (card not in hidden)


def test_a_suspended_card_stays_away_until_it_is_unsuspended(memory, clock):
    memory.record("known", Grade.EASY, duration_ms=1)
    clock.advance(timedelta(days=30))
    memory.suspend(["known", "new"])
    assert memory.suspended() == {"known", "new"}
    assert memory.due() == memory.new_among(["new"]) == []
    assert memory.counts(["known", "new"]) == Counts(2, 0, 0, 0)
    assert memory.next_learning() is None
    clock.advance(timedelta(days=400))
    assert memory.due() == []
    memory.unsuspend(["known", "new", "other"])
    assert memory.due() == ["known"]
    assert memory.new_among(["new"]) == ["new"]


def test_a_buried_card_comes_back_on_the_next_study_day(memory, clock):
    memory.record("step", Grade.GOOD, duration_ms=1)
    clock.advance(timedelta(hours=1))
    memory.bury(["step", "new"])
    assert memory.buried() == {"step", "new"}
    assert memory.due() == memory.new_among(["new"]) == []
    clock.advance(timedelta(hours=17, minutes=59))
    assert memory.due() == []
    clock.advance(timedelta(minutes=1))
    assert memory.buried() == frozenset()
    assert memory.due() == ["step"]
    assert memory.new_among(["new"]) == ["new"]


def test_what_is_unburied_comes_back_at_once(memory, clock):
    memory.record("step", Grade.GOOD, duration_ms=1)
    clock.advance(timedelta(hours=1))
    memory.bury(["step"])
    memory.unbury(["step"])
    assert memory.due() == ["step"]


def test_tomorrows_reviews_leave_suspended_cards_out_but_not_buried_ones(memory):
    for card in ("a", "b", "c"):
        memory.record(card, Grade.EASY, duration_ms=1)
    memory.suspend(["a", "b", "c"])
    assert memory.upcoming() is None
    memory.undo()
    memory.bury(["a", "b", "c"])
    assert memory.upcoming() is not None


def test_a_flag_keeps_its_reason_and_the_card_is_still_shown(memory):
    memory.flag("a", "the sign is wrong")
    memory.flag("b", "")
    assert memory.flags() == {"a": "the sign is wrong", "b": ""}
    assert memory.new_among(["a"]) == ["a"]
    memory.flag("a", "both signs are")
    assert memory.marks("a") == Marks(flag="both signs are")
    memory.unflag("a")
    memory.unflag("b")
    assert memory.flags() == {}
    assert memory.marks("a") == Marks()


def test_marks_are_taken_back_and_given_again_one_act_at_a_time(memory):
    memory.record("a", Grade.EASY, duration_ms=1)
    memory.suspend(["a", "b"])
    memory.flag("a", "why")
    memory.bury(["b"])
    assert memory.undo().deed == "bury"
    assert memory.undo().told() == {"cards": ["a"], "reason": "why"}
    assert memory.undo().cards == ("a", "b")
    assert memory.suspended() == frozenset()
    assert memory.undo().card == "a"
    assert memory.undo() is None
    assert memory.redo().card == "a"
    assert memory.redo().cards == ("a", "b")
    assert memory.suspended() == {"a", "b"}
    memory.unsuspend(["a"])
    assert memory.redo() is None


def test_an_act_that_would_change_nothing_is_none(memory):
    memory.suspend(["a"])
    assert memory.suspend(["a"]) is None
    assert memory.suspend(["a", "b"]).cards == ("b",)
    for nothing in (memory.unsuspend, memory.unbury):
        assert nothing(["c"]) is None
    assert memory.unflag("c") is None
    assert memory.suspend([]) is None


def test_marks_of_two_machines_are_one(open_memory, tmp_path, clock):
    here, there = (open_memory(tmp_path / name, device=name) for name in ("here", "there"))
    here.suspend(["a"])
    clock.advance(timedelta(seconds=1))
    there.suspend(["a", "b"])
    clock.advance(timedelta(seconds=1))
    there.unsuspend(["a"])
    here.merge(there.events())
    assert here.suspended() == {"b"}
    there.undo()
    here.merge(there.events())
    assert here.suspended() == {"a", "b"}


def test_more_today_is_for_today_and_can_be_taken_back(open_memory, clock):
    memory = open_memory(settings=Settings(new_per_day=2, reviews_per_day=1))
    memory.record("a", Grade.EASY, duration_ms=1)
    memory.more_today(new=5, reviews=7)
    memory.more_today(new=1)
    assert (memory.new_left(), memory.reviews_left()) == (7, 8)
    memory.undo()
    assert (memory.new_left(), memory.reviews_left()) == (6, 8)
    clock.advance(timedelta(days=1))
    assert (memory.new_left(), memory.reviews_left()) == (2, 1)


def test_reviews_left_counts_cards_met_before_today_once_each(open_memory, clock):
    memory = open_memory(settings=Settings(reviews_per_day=3))
    memory.record("old", Grade.EASY, duration_ms=1)
    clock.advance(timedelta(days=20))
    memory.record("old", Grade.AGAIN, duration_ms=1)
    memory.record("old", Grade.GOOD, duration_ms=1)
    memory.record("new", Grade.GOOD, duration_ms=1)
    assert memory.reviews_left() == 2
    memory.undo()
    memory.undo()
    memory.undo()
    assert memory.reviews_left() == 3


@pytest.mark.parametrize("asked", [{}, {"new": -1}, {"new": 3, "reviews": -1}])
def test_more_of_nothing_is_refused(memory, asked):
    with pytest.raises(StudyError, match="cannot be what more there is today"):
        memory.more_today(**asked)
    assert list(memory.events()) == []


def test_a_card_forgotten_again_and_again_is_a_leech(open_memory, clock):
    memory = open_memory(settings=Settings(leech_threshold=4))
    alarms = []
    for _ in range(9):
        memory.record("a", Grade.EASY, duration_ms=1)
        clock.advance(timedelta(days=9))
        memory.record("a", Grade.AGAIN, duration_ms=1)
        lapses = memory.state("a").lapses
        assert memory.leeches() == (["a"] if lapses >= 4 else [])
        alarms += [lapses] * memory.settings.leech_at(lapses)
    assert alarms == [4, 6, 8]


def test_many_cards_are_flagged_by_one_act_and_unflagged_by_another(memory):
    memory.flag("first", "typo")
    act = memory.flag_all(["first", "second", "third"], "typo")
    assert act is not None
    assert act.cards == ("second", "third")
    assert memory.flag_all(["first", "second"], "typo") is None
    assert memory.unflag_all(["first", "third", "never"]) is not None
    assert memory.flags() == {"second": "typo"}
    memory.undo()
    memory.undo()
    assert memory.flags() == {"first": "typo"}


def test_the_chance_of_recall_is_that_by_which_cards_are_searched(memory, clock):
    memory.record("card", Grade.EASY, duration_ms=1)
    state = memory.state("card")
    assert memory.recall(state) == 1.0
    clock.advance(timedelta(days=state.stability + 1))
    recall = memory.recall(state)
    assert 0.85 < recall <= 0.9
    assert memory.recalled_with(recall - 1e-9, recall + 1e-9) == {"card"}
    assert memory.recalled_with(recall + 1e-9, 1) == set()
