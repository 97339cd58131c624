from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS

from studydl.errors import StudyError
from studydl.memory import Deed, Grade, Schedule, Settings
from studydl.memory.scheduling import Scheduler

# A learner who forgets much faster than FSRS-6's own weights have it.
FORGETFUL = (0.05, 0.2, 0.5, 2.0, *DEFAULT_PARAMETERS[4:8], 1.1, *DEFAULT_PARAMETERS[9:])


def study(memory, clock, *, weights, days, cards=150, seed=3):
    """Let a learner whose memory follows ``weights`` study; chance decides what is recalled."""
    random, mind = Random(seed), Scheduler(Schedule(weights=weights))
    truth = {}
    for _ in range(days):
        today = memory._now().day
        for card in memory.new_among([f"card-{n:03d}" for n in range(cards)], 6) + memory.due():
            state = truth.get(card)
            chance = (
                mind.curve.retrievability(today - state.last_day, state.stability) if state else 0.5
            )
            grade = Grade.GOOD if random.random() < chance else Grade.AGAIN
            memory.record(card, grade, duration_ms=1)
            told = mind.outcome(card, state, grade, today)
            # What the mind keeps; when it is asked again is for the log to say.
            known = replace(
                memory.state(card), stability=told.stability, difficulty=told.difficulty
            )
            truth[card] = replace(known, parameters=mind.parameters)
        clock.advance(timedelta(days=1))


def test_weights_that_predict_better_are_kept_and_used(memory, clock):
    study(memory, clock, weights=FORGETFUL, days=50)
    due = {card: memory.state(card) for card in memory.known()}
    found = memory.optimise()
    assert found.kept
    assert found.after < found.before
    assert found.items >= 400
    assert {card: memory.state(card) for card in memory.known()} == due
    review = memory.record("fresh", Grade.GOOD, duration_ms=1)
    weights = memory._log.parameters(review.parameters).weights
    assert weights != tuple(DEFAULT_PARAMETERS)
    assert memory.state("fresh").stability == weights[2] < 1.5
    assert memory.differences() == []


def test_weights_that_predict_no_better_are_not_kept(open_memory, clock):
    best = open_memory()
    study(best, clock, weights=tuple(DEFAULT_PARAMETERS), days=50)
    fitted = best.optimise()
    assert fitted.kept == (fitted.after < fitted.before)
    again = best.optimise()
    if fitted.kept:
        # What was fitted to all of the log is hard to beat by what saw a part of it.
        assert not again.kept
        assert again.after >= again.before
    weights = {act.content for act in best._log.acts(Deed.OPTIMISE)}
    assert len(weights) == 1 + fitted.kept


def test_the_attempt_is_in_the_log_and_the_same_log_gives_the_same_weights(
    open_memory, tmp_path, clock
):
    memory = open_memory()
    study(memory, clock, weights=FORGETFUL, days=50)
    other = open_memory(tmp_path / "other", device="other")
    other.merge(memory.events())
    found = memory.optimise()
    assert other.optimise() == found
    (act,), (same,) = (each._log.acts(Deed.OPTIMISE) for each in (memory, other))
    assert act.content == same.content
    assert act.told()["after"] == found.after
    assert memory.undo().kind == "review"


def test_fitted_weights_come_with_a_merged_log(open_memory, tmp_path, clock):
    memory = open_memory()
    study(memory, clock, weights=FORGETFUL, days=50)
    assert memory.optimise().kept
    other = open_memory(tmp_path / "other", device="other")
    other.intervals("fresh")
    other.merge(memory.events())
    assert other.intervals("fresh") == memory.intervals("fresh")
    reviews = [each.record("fresh", Grade.EASY, duration_ms=1) for each in (memory, other)]
    assert reviews[0].parameters == reviews[1].parameters


def test_weights_given_in_the_settings_stand_above_fitted_ones(open_memory, clock):
    memory = open_memory()
    study(memory, clock, weights=FORGETFUL, days=50)
    memory.optimise()
    chosen = open_memory(settings=Settings(Schedule(weights=tuple(DEFAULT_PARAMETERS))))
    assert chosen.intervals("fresh") != memory.intervals("fresh")


def test_too_few_reviews_are_told(memory):
    memory.record("a", Grade.GOOD, duration_ms=1)
    with pytest.raises(StudyError, match=r"0 reviews on a later day.* too few .*there are 400"):
        memory.optimise()
    assert memory._log.acts(Deed.OPTIMISE) == []


def test_it_is_tried_by_itself_once_a_day_when_enough_is_new(memory, clock):
    assert memory.optimise_if_due() is None
    study(memory, clock, weights=FORGETFUL, days=50)
    assert memory.optimise_if_due() is not None
    assert memory.optimise_if_due() is None
    clock.advance(timedelta(days=1))
    assert memory.optimise_if_due() is None
    study(memory, clock, weights=FORGETFUL, days=20, cards=300, seed=4)
    assert memory.optimise_if_due() is not None


def test_many_reviews_within_one_day_are_no_reason_to_fail(memory):
    for _ in range(400):
        memory.record("a", Grade.AGAIN, duration_ms=1)
    assert memory.optimise_if_due() is None
