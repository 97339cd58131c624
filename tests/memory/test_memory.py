from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.memory import FixedClock, Grade, Interval, Memory, Phase, Schedule, Settings
from tests.memory.acting import deeds, do, everything, fresh, pauses, records, undos

BERLIN = ZoneInfo("Europe/Berlin")
GRADES = st.sampled_from(list(Grade))
RECORD = st.tuples(st.sampled_from("abc"), GRADES)
PAUSE = st.one_of(st.integers(-2, 60).map(lambda days: timedelta(days=days)), st.just(timedelta()))


def in_a_fresh_folder(**options):
    """Open a log that Hypothesis may use once; return the folder, the clock and the log."""
    folder = tempfile.TemporaryDirectory()
    clock = FixedClock(datetime(2026, 5, 4, 9, tzinfo=UTC))
    memory = Memory.open(Path(folder.name), clock=clock, zone=UTC, device="here", **options)
    return folder, clock, memory


@settings(max_examples=60, deadline=None)
@given(records, st.lists(st.tuples(deeds, pauses), max_size=12), st.data())
def test_as_many_redos_as_undos_change_nothing(first, history, data):
    with fresh("here") as (clock, memory):
        passed = [everything(memory)]
        steps = [first, *(step for pair in history for step in pair)]
        passed += [everything(memory) for step in steps if do(memory, clock, step) is not None]
        # What is due depends on the clock, which stands still from here on.
        last = everything(memory)
        depth = data.draw(st.integers(1, len(passed) - 1))
        for done in range(1, depth + 1):
            assert memory.undo().undone
            assert everything(memory)[:3] == passed[-1 - done][:3]
        for left in reversed(range(depth)):
            assert not memory.redo().undone
            assert everything(memory)[:3] == passed[-1 - left][:3]
        assert everything(memory) == last
        assert memory.redo() is None
        assert memory.differences() == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(deeds, undos, pauses, st.just(("reopen",))), max_size=30))
def test_undo_and_redo_behave_like_an_editors_also_over_restarts(steps):
    folder, clock, memory = in_a_fresh_folder()
    done, taken_back = [], []
    with folder:
        for step in steps:
            if step == ("reopen",):
                memory.close()
                memory = Memory.open(Path(folder.name), clock=clock, zone=UTC, device="here")
            elif step == ("undo",):
                event = memory.undo()
                assert (event and event.id) == (done[-1] if done else None)
                taken_back += done[-1:]
                del done[-1:]
            elif step == ("redo",):
                event = memory.redo()
                assert (event and event.id) == (taken_back[-1] if taken_back else None)
                done += taken_back[-1:]
                del taken_back[-1:]
            elif event := do(memory, clock, step):
                done.append(event.id)
                taken_back.clear()
            counting = [review.id for review in memory.reviews() if not review.undone]
            assert counting == [event for event in done if event in set(counting)]
        assert memory.differences() == []
        assert memory.integrity() == []
        memory.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(RECORD, PAUSE), max_size=15))
def test_the_interval_on_the_button_is_the_interval_that_is_given(history):
    folder, clock, memory = in_a_fresh_folder()
    with folder, memory:
        for (card, grade), pause in history:
            shown = memory.intervals(card)
            assert list(shown) == list(Grade)
            review = memory.record(card, grade, duration_ms=1)
            state = memory.state(card)
            if state.phase is Phase.REVIEW:
                assert shown[grade] == Interval(days=state.due_day - review.day)
            else:
                step = (state.due_at - review.reviewed_at) // 1000
                assert shown[grade] == Interval(seconds=step)
            clock.advance(pause)


def test_undo_reaches_back_over_a_restart(open_memory):
    with open_memory() as memory:
        first = memory.record("a", Grade.GOOD, duration_ms=1)
        second = memory.record("b", Grade.GOOD, duration_ms=1)
    with open_memory() as memory:
        assert memory.undo().id == second.id
    with open_memory() as memory:
        assert memory.undo().id == first.id
        assert memory.undo() is None
        assert memory.state("a") is None
    with open_memory() as memory:
        assert [memory.redo().id, memory.redo().id] == [first.id, second.id]
        assert memory.redo() is None


def test_a_new_review_ends_what_could_be_redone(memory):
    memory.record("a", Grade.GOOD, duration_ms=1)
    memory.undo()
    memory.record("b", Grade.GOOD, duration_ms=1)
    assert memory.redo() is None
    assert memory.undo().card == "b"
    assert memory.redo().card == "b"


def test_undo_takes_back_the_last_review_of_its_own_machine(open_memory):
    here, there = open_memory(device="here"), open_memory(device="there")
    mine = here.record("a", Grade.GOOD, duration_ms=1)
    theirs = there.record("a", Grade.GOOD, duration_ms=1)
    assert here.undo().id == mine.id
    assert here.undo() is None
    assert here.repetitions("a") == 1
    assert there.undo().id == theirs.id
    assert here.redo().id == mine.id
    assert here.differences() == []


def test_an_undone_review_stays_in_the_log(memory):
    memory.record("a", Grade.GOOD, duration_ms=1)
    memory.undo()
    assert [(review.card, review.undone) for review in memory.reviews()] == [("a", True)]


def test_the_same_review_after_an_undo_gets_the_same_interval(memory):
    memory.record("a", Grade.EASY, duration_ms=1)
    before = memory.state("a")
    memory.undo()
    memory.record("a", Grade.EASY, duration_ms=1)
    assert memory.state("a") == before


@pytest.mark.parametrize(
    "evening",
    [
        datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN),  # the night has 23 hours
        datetime(2026, 10, 24, 22, 0, tzinfo=BERLIN),  # the night has 25
        datetime(2028, 2, 28, 22, 0, tzinfo=BERLIN),  # before a leap day
        datetime(2028, 2, 29, 22, 0, tzinfo=BERLIN),
        datetime(2026, 12, 31, 22, 0, tzinfo=BERLIN),  # the year's end
    ],
)
def test_from_evening_to_noon_is_one_day_whatever_the_calendar_does(open_memory, clock, evening):
    memory = open_memory(zone=BERLIN)
    clock.set(evening)
    memory.record("a", Grade.EASY, duration_ms=1)
    clock.set(evening.replace(hour=12) + timedelta(days=1))
    memory.record("a", Grade.GOOD, duration_ms=1)
    library, at = fsrs.Scheduler(enable_fuzzing=False), datetime(2026, 1, 1, tzinfo=UTC)
    card, _ = library.review_card(fsrs.Card(card_id=1), fsrs.Rating.Easy, at)
    card, _ = library.review_card(card, fsrs.Rating.Good, at + timedelta(days=1))
    assert memory.state("a").stability == card.stability


def test_across_midnight_it_is_still_the_same_study_day(memory, clock):
    clock.set(datetime(2026, 5, 4, 23, 50, tzinfo=UTC))
    first = memory.record("a", Grade.EASY, duration_ms=1)
    clock.set(datetime(2026, 5, 5, 0, 10, tzinfo=UTC))
    assert memory.record("a", Grade.GOOD, duration_ms=1).day == first.day


def test_a_replay_elsewhere_keeps_the_study_days_of_the_learner(open_memory, clock):
    memory = open_memory(zone=ZoneInfo("Asia/Shanghai"))
    for hours in (0, 20, 9, 30):
        clock.advance(timedelta(hours=hours))
        memory.record("a", Grade.GOOD, duration_ms=1)
    before = memory.state("a")
    elsewhere = open_memory(zone=ZoneInfo("America/New_York"), settings=Settings(rollover_hour=0))
    assert elsewhere.differences() == []
    elsewhere.rebuild()
    assert elsewhere.state("a") == before


def test_a_clock_set_back_between_reviews_loses_nothing(memory, clock):
    memory.record("a", Grade.EASY, duration_ms=1)
    clock.advance(timedelta(days=-400))
    assert all(interval.length > timedelta() for interval in memory.intervals("a").values())
    review = memory.record("a", Grade.GOOD, duration_ms=1)
    assert memory.state("a").due_day > review.day
    assert [kept.card for kept in memory.reviews()] == ["a", "a"]
    assert memory.differences() == []


def test_a_clock_set_back_is_told_once(open_memory, clock):
    memory = open_memory()
    memory.record("a", Grade.EASY, duration_ms=1)
    clock.advance(timedelta(seconds=-30))
    memory.record("a", Grade.EASY, duration_ms=1)
    assert memory.notice() is None
    clock.advance(timedelta(days=-3))
    review = memory.record("a", Grade.EASY, duration_ms=1)
    assert review.reviewed_at == clock.now().timestamp() * 1000
    told = memory.notice()
    assert "shows 2026-05-01 08:59 UTC, but the log goes to 2026-05-04 09:00" in told.en
    assert "2026-05-04 09:00" in told.zh
    assert memory.notice() is None
    memory.record("a", Grade.EASY, duration_ms=1)
    assert memory.notice() is None
    memory = open_memory()
    clock.advance(timedelta(days=9))
    memory.record("a", Grade.EASY, duration_ms=1)
    assert memory.notice() is None
    assert memory.differences() == []


def test_other_settings_leave_what_was_scheduled_before(open_memory, clock):
    open_memory().record("a", Grade.EASY, duration_ms=1)
    memory = open_memory(settings=Settings(Schedule(desired_retention=0.75)))
    before = memory.state("a")
    assert memory.differences() == []
    memory.record("b", Grade.EASY, duration_ms=1)
    assert memory.state("a") == before
    assert memory.state("b").interval_days > before.interval_days * 2
    assert len({review.parameters for review in memory.reviews()}) == 2


def test_with_new_weights_a_memory_is_told_anew_at_its_next_review(open_memory, clock):
    weights = tuple(weight * 1.05 for weight in DEFAULT_PARAMETERS)
    grades = [Grade.GOOD, Grade.GOOD, Grade.HARD, Grade.GOOD]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    library = fsrs.Scheduler(parameters=weights, enable_fuzzing=False)
    card = fsrs.Card(card_id=1)
    for number, grade in enumerate(grades):
        card, _ = library.review_card(card, fsrs.Rating(grade), at + timedelta(days=5 * number))

    memory = open_memory()
    for grade in grades[:-1]:
        memory.record("a", grade, duration_ms=1)
        clock.advance(timedelta(days=5))
    memory = open_memory(settings=Settings(Schedule(weights=weights)))
    shown = memory.intervals("a")[Grade.GOOD]
    memory.record("a", grades[-1], duration_ms=1)
    state = memory.state("a")
    assert state.stability == pytest.approx(card.stability, rel=1e-9)
    assert state.difficulty == pytest.approx(card.difficulty, rel=1e-9)
    assert state.interval_days == shown.days
    assert memory.differences() == []


def test_other_parameters_reach_known_cards_at_once_only_when_asked(open_memory, clock):
    memory = open_memory()
    for _ in range(3):
        memory.record("a", Grade.GOOD, duration_ms=1)
        clock.advance(timedelta(days=3))
    memory.record("step", Grade.GOOD, duration_ms=1)
    memory.suspend(["a"])
    before, step = memory.state("a"), memory.state("step")
    weights = tuple(weight * 1.05 for weight in DEFAULT_PARAMETERS)
    memory = open_memory(settings=Settings(Schedule(0.75, weights=weights)))
    assert memory.state("a") == before
    act = memory.reschedule()
    after = memory.state("a")
    assert act.told() == {"parameters": after.parameters}
    assert after.interval_days > before.interval_days * 2
    assert after.due_day == after.last_day + after.interval_days
    assert (after.repetitions, after.lapses) == (before.repetitions, before.lapses)
    library = fsrs.Scheduler(weights, 0.75, enable_fuzzing=False)
    card, at = fsrs.Card(card_id=1), datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(3):
        card, _ = library.review_card(card, fsrs.Rating.Good, at)
        at += timedelta(days=3)
    assert after.stability == pytest.approx(card.stability, rel=1e-9)
    assert after.interval_days == pytest.approx((card.due - card.last_review).days, rel=0.2)
    assert memory.state("step").due_at == step.due_at
    assert memory.differences() == []
    assert memory.undo() == replace(act, undone=True)
    assert memory.state("a") == before
    assert memory.redo() == act
    assert memory.state("a") == after
    assert memory.differences() == []


def test_a_year_of_study_gives_the_same_log_twice_byte_for_byte(open_memory, tmp_path):
    def studied(folder):
        random, clock = Random(7), FixedClock(datetime(2027, 9, 1, 8, tzinfo=UTC))
        memory = open_memory(tmp_path / folder, clock=clock, zone=BERLIN, entropy=random.randbytes)
        deck = [f"card-{n}" for n in range(40)]
        for day in range(366):
            for card in memory.new_among(deck, 2) + memory.due():
                memory.record(card, Grade(random.choice((1, 2, 3, 3, 3, 4))), duration_ms=9)
            if day % 30 == 10:
                memory.bury(random.sample(deck, 3))
                memory.more_today(new=1)
                memory.undo()
            if day % 100 == 50:
                memory.optimise_if_due()
            clock.advance(timedelta(hours=random.randint(20, 28)))
        assert memory.differences() == []
        lines = [json.dumps(event.to_json(), ensure_ascii=False) for event in memory.events()]
        exported = tmp_path / f"{folder}.jsonl"
        exported.write_text("\n".join(lines), "utf-8")
        memory._database._connection.execute("DELETE FROM device")
        memory._database._connection.execute("DELETE FROM migrations")
        return exported.read_bytes(), "\n".join(memory._database._connection.iterdump())

    exported, dumped = studied("first")
    assert exported.count(b'"kind": "review"') > 400
    assert b'"deed": "optimise"' in exported
    assert (exported, dumped) == studied("second")


def test_opening_and_asking_what_is_due_loads_no_scheduler(tmp_path):
    code = """if True:
        import sys
        from pathlib import Path
        from studydl.memory import Memory
        with Memory.open(Path(sys.argv[1])) as memory:
            memory.due(), memory.counts(["a"]), memory.new_among(["a"]), memory.new_left()
            print(sorted({"fsrs", "zoneinfo", "importlib.metadata"} & set(sys.modules)))
            memory.intervals("a")
            print(sorted({"fsrs", "numpy", "torch", "pandas"} & set(sys.modules)))
    """
    told = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines() == ["[]", "['fsrs']"]


def test_a_reader_sees_the_log_and_the_clock_but_changes_nothing(tmp_path):
    clock = FixedClock(datetime(2026, 5, 4, 9, tzinfo=UTC))
    with Memory.open(tmp_path, clock=clock, zone=UTC) as memory:
        memory.record("a", Grade.GOOD, duration_ms=1)
        with memory.reader() as reader:
            assert list(reader.answers()) == list(memory.answers())
            assert (reader.now(), reader.today()) == (memory.now(), memory.today())
            with pytest.raises(StudyError):
                reader.record("b", Grade.GOOD, duration_ms=1)
        memory.record("b", Grade.GOOD, duration_ms=1)
        assert memory.known() == {"a", "b"}
