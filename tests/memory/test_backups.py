from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.memory import Grade, Memory, Settings
from studydl.memory.backups import backup_folder, chosen, kept, listed, make
from studydl.memory.copying import copy_log, require_sound

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
moments = st.timedeltas(timedelta(), timedelta(days=900)).map(lambda ago: NOW - ago)
choices = st.builds(
    Settings,
    daily_backups=st.integers(1, 20),
    weekly_backups=st.integers(0, 20),
    monthly_backups=st.integers(0, 20),
)


@given(st.sets(moments, max_size=60), choices)
def test_nothing_of_the_last_two_days_goes_and_the_newest_always_stays(made, settings):
    staying = kept(made, NOW, settings)
    assert staying <= made
    assert {at for at in made if at > NOW - timedelta(days=2)} <= staying
    assert not made or max(made) in staying


@given(st.sets(moments, max_size=60), choices)
def test_thinning_again_takes_nothing_more(made, settings):
    once = kept(made, NOW, settings)
    assert kept(once, NOW, settings) == once


@given(st.sets(moments, max_size=60), choices)
def test_no_more_stay_than_the_settings_say(made, settings):
    old = {at for at in kept(made, NOW, settings) if at <= NOW - timedelta(days=2)}
    most = settings.daily_backups + settings.weekly_backups + settings.monthly_backups
    assert len(old) <= most


@given(st.sets(moments, max_size=60), choices)
def test_the_last_of_each_of_the_newest_days_stays(made, settings):
    staying = kept(made, NOW, settings)
    days = sorted({at.date() for at in made}, reverse=True)[: settings.daily_backups]
    for day in days:
        assert max(at for at in made if at.date() == day) in staying


@given(st.sets(moments, max_size=40), choices, st.timedeltas(timedelta(), timedelta(days=900)))
def test_a_clock_set_back_loses_no_backup_of_the_time_it_left(made, settings, back):
    now = NOW - back
    assert {at for at in made if at > now} <= kept(made, now, settings)


def test_two_years_of_daily_backups_leave_days_weeks_and_months():
    made, now = set(), NOW
    for _ in range(730):
        now += timedelta(days=1)
        made = kept(made | {now}, now, Settings())
    ages = sorted((now - at).days for at in made)
    assert ages[:12] == list(range(12))
    assert 25 <= len(ages) <= 31
    assert 200 <= ages[-1] <= 280
    assert len({(at.year, at.month) for at in made}) == 9


def test_a_long_absence_takes_no_backup_away():
    made = {NOW - timedelta(days=day) for day in range(10)}
    later = NOW + timedelta(days=700)
    assert kept(made | {later}, later, Settings()) == made | {later}


def study(memory, count=5):
    for number in range(count):
        memory.record(f"card-{number}", Grade.GOOD, duration_ms=1)


def events(folder):
    with Memory.open(folder, read_only=True) as memory:
        return list(memory.events())


def test_a_backup_is_a_whole_log_in_one_file(memory, tmp_path):
    study(memory)
    backup = memory.back_up()
    assert list(backup.path.parent.iterdir()) == [backup.path]
    assert require_sound(backup.path) == 4
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "reviews.db").write_bytes(backup.path.read_bytes())
    assert events(copy) == list(memory.events())


def test_backups_of_one_moment_have_different_names(memory):
    study(memory, 1)
    assert memory.back_up().at < memory.back_up().at
    assert len(listed(memory._database.path.parent)) == 2


def test_a_log_is_backed_up_once_a_study_day_with_its_first_review(open_memory, clock, tmp_path):
    memory = open_memory(daily_backup=True)
    assert listed(tmp_path) == []
    study(memory)
    memory.finish_backup()
    assert len(listed(tmp_path)) == 1
    clock.advance(timedelta(hours=14))  # after midnight, before four
    study(memory)
    study(open_memory(daily_backup=True))
    memory.finish_backup()
    assert len(listed(tmp_path)) == 1
    clock.advance(timedelta(hours=6))
    study(memory)
    memory.close()
    assert [each.at for each in listed(tmp_path)] == [
        clock.now(),
        clock.now() - timedelta(hours=20),
    ]
    assert memory.notice() is None


def test_answers_do_not_wait_for_the_days_backup(open_memory, tmp_path, monkeypatch):
    may_end = Event()

    def slowly(*given, **named):
        assert may_end.wait(60)
        return make(*given, **named)

    monkeypatch.setattr("studydl.memory.backups.make", slowly)
    memory = open_memory(daily_backup=True)
    study(memory)
    assert len(list(memory.reviews())) == 5
    assert listed(tmp_path) == []
    may_end.set()
    memory.close()
    require_sound(listed(tmp_path)[0].path)


def test_an_answer_is_recorded_though_its_day_cannot_be_backed_up(open_memory, tmp_path):
    memory = open_memory(daily_backup=True)
    backup_folder(tmp_path).write_text("a file where the folder would be")
    study(memory)
    assert len(list(memory.reviews())) == 5
    memory.finish_backup()
    assert "could not be backed up" in memory.notice().en
    assert memory.notice() is None


def test_what_killed_processes_left_is_deleted_once_it_is_a_day_old(open_memory, tmp_path, clock):
    memory = open_memory()
    study(memory)
    memory.back_up()
    left = [tmp_path / "restoring-old", backup_folder(tmp_path) / "reviews-old.db.77"]
    at_work = [tmp_path / "restoring-young", backup_folder(tmp_path) / "reviews-young.db.78"]
    for folder, unfinished in (left, at_work):
        folder.mkdir()
        (folder / "reviews.db").touch()
        unfinished.touch()
    for each in left:
        os.utime(each, times=((clock.now() - timedelta(days=2)).timestamp(),) * 2)
    for each in at_work:
        os.utime(each, times=(clock.now().timestamp(),) * 2)
    memory.back_up()
    assert not any(each.exists() for each in left)
    assert all(each.exists() for each in at_work)


def test_backing_up_lets_old_backups_go(open_memory, clock, tmp_path):
    memory = open_memory(settings=Settings(daily_backups=2, weekly_backups=0, monthly_backups=0))
    study(memory)
    for _ in range(6):
        memory.back_up()
        clock.advance(timedelta(days=1))
    memory.back_up()
    assert len(listed(tmp_path)) == 2
    (backup_folder(tmp_path) / "mine.db").write_text("not ours to delete")
    memory.back_up()
    assert (backup_folder(tmp_path) / "mine.db").exists()


def test_before_a_migration_the_log_is_backed_up_as_it_was(open_memory, tmp_path):
    with open_memory() as memory:
        study(memory)
    connection = sqlite3.connect(tmp_path / "reviews.db", isolation_level=None)
    for statement in (
        "DROP TABLE acts", "DROP TABLE marks", "DROP TABLE tags",
        "DELETE FROM migrations WHERE number > 2",
        "PRAGMA user_version = 2",
    ):  # fmt: skip
        connection.execute(statement)
    connection.close()
    open_memory()
    (backup,) = listed(tmp_path)
    assert require_sound(backup.path) == 2
    open_memory()
    assert len(listed(tmp_path)) == 1


def test_a_damaged_log_makes_no_backup(open_memory, tmp_path, clock):
    with open_memory() as memory:
        study(memory, 300)
    file = tmp_path / "reviews.db"
    content = bytearray(file.read_bytes())
    content[4096 * 20 : 4096 * 22] = b"\xa5" * 8192
    file.write_bytes(content)
    with pytest.raises(StudyError, match="damaged") as refusal:
        make(tmp_path, now=clock.now())
    assert str(file) in str(refusal.value)
    assert list(backup_folder(tmp_path).iterdir()) == []


def test_a_copy_that_cannot_be_written_is_told_and_leaves_nothing(memory, tmp_path):
    study(memory)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "inside").touch()
    for target in (tmp_path / "taken", tmp_path / "taken" / "inside" / "x.db"):
        with pytest.raises(StudyError, match="no copy of the log could be written here"):
            copy_log(tmp_path / "reviews.db", target)
    assert {each.name for each in tmp_path.iterdir()} <= {
        "reviews.db", "reviews.db-wal", "reviews.db-shm", "taken",
    }  # fmt: skip


def test_a_backup_is_chosen_by_its_name_its_date_or_its_file(open_memory, clock, tmp_path):
    memory = open_memory()
    study(memory)
    first = memory.back_up()
    clock.advance(timedelta(days=1))
    second, third = memory.back_up(), memory.back_up()
    for name in (first.name, f"{first.name}.db", "2026-05-04", str(first.path)):
        assert chosen(tmp_path, name) == first.path
    assert chosen(tmp_path, second.name) == second.path
    assert chosen(tmp_path, third.name) == third.path
    for name, told in (
        ("2026-05-05", "there are 2 backups"),
        ("x", "no backup"),
        ("", "no backup"),
    ):
        with pytest.raises(StudyError, match=told):
            chosen(tmp_path, name)
