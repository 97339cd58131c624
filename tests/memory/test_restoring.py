from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import timedelta

import pytest

from studydl.errors import StudyError
from studydl.memory import Grade, Memory
from studydl.memory.backups import backup_folder, listed
from studydl.memory.copying import require_sound
from studydl.memory.restoring import restore


@pytest.fixture
def file(tmp_path):
    return tmp_path / "reviews.db"


def study(memory, *cards):
    for card in cards:
        memory.record(card, Grade.GOOD, duration_ms=1, answer="x" * 50)


def cards(folder):
    with Memory.open(folder, read_only=True) as memory:
        assert memory.integrity() == []
        assert memory.differences() == []
        return [review.card for review in memory.reviews()]


def leftovers(folder):
    return {each.name for each in folder.iterdir()} - {
        "reviews.db", "reviews.db-wal", "reviews.db-shm", "backups",
    }  # fmt: skip


def test_every_backup_can_be_restored(open_memory, clock, tmp_path):
    with open_memory() as memory:
        for number in range(5):
            study(memory, f"card-{number}")
            memory.back_up()
            clock.advance(timedelta(days=1))
    for number, backup in enumerate(reversed(listed(tmp_path))):
        before = cards(tmp_path)
        restored = restore(tmp_path, backup.path, now=clock.now())
        assert cards(tmp_path) == [f"card-{earlier}" for earlier in range(number + 1)]
        clock.advance(timedelta(days=1))
        restore(tmp_path, restored.kept, now=clock.now())
        assert cards(tmp_path) == before
        clock.advance(timedelta(days=1))
    assert leftovers(tmp_path) == set()


def test_a_lost_log_is_restored(open_memory, clock, tmp_path, file):
    with open_memory() as memory:
        study(memory, "a", "b")
        backup = memory.back_up()
    file.unlink()
    assert restore(tmp_path, backup.path, now=clock.now()).kept is None
    assert cards(tmp_path) == ["a", "b"]
    assert restore(tmp_path / "elsewhere", backup.path, now=clock.now()).kept is None
    assert cards(tmp_path / "elsewhere") == ["a", "b"]


def test_who_has_the_log_open_goes_on_with_what_was_restored(open_memory, clock, tmp_path):
    memory = open_memory()
    study(memory, "a")
    backup = memory.back_up()
    study(memory, "b", "c")
    kept = restore(tmp_path, backup.path, now=clock.now()).kept
    assert [review.card for review in memory.reviews()] == ["a"]
    assert memory.state("b") is None
    study(memory, "d")
    assert cards(tmp_path) == ["a", "d"]
    restore(tmp_path, kept, now=clock.now())
    assert cards(tmp_path) == ["a", "b", "c"]


def test_while_another_process_writes_nothing_is_restored(open_memory, clock, tmp_path, file):
    memory = open_memory()
    study(memory, "a")
    backup = memory.back_up()
    study(memory, "b")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StudyError, match="being written by another program"):
        restore(tmp_path, backup.path, now=clock.now(), patience_s=0.05)
    other.close()
    assert cards(tmp_path) == ["a", "b"]
    assert leftovers(tmp_path) == set()


def refused(tmp_path, source, clock):
    before = (tmp_path / "reviews.db").read_bytes(), source.read_bytes()
    with pytest.raises(StudyError) as refusal:
        restore(tmp_path, source, now=clock.now())
    assert ((tmp_path / "reviews.db").read_bytes(), source.read_bytes()) == before
    assert leftovers(tmp_path) - {source.name} == set()
    told = str(refusal.value)
    assert str(source) in told
    assert "\n" not in told
    return told


def test_what_is_no_backup_is_refused_and_the_log_stays(open_memory, clock, tmp_path):
    with open_memory() as memory:
        study(memory, *(f"card-{number}" for number in range(200)))
        backup = memory.back_up().path
    whole, source = backup.read_bytes(), tmp_path / "source.db"
    source.write_text("no database at all, whatever it is called" * 100)
    assert "not a log of reviews" in refused(tmp_path, source, clock)
    source.write_bytes(b"")
    assert "holds no log" in refused(tmp_path, source, clock)
    source.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refused(tmp_path, source, clock)
    page = 4096 * 6
    source.write_bytes(whole[:page] + b"\xa5" * 4096 + whole[page + 4096 :])
    assert "damaged" in refused(tmp_path, source, clock)
    source.unlink()
    connection = sqlite3.connect(source)
    connection.execute("CREATE TABLE revlog (id INTEGER)")
    connection.close()
    assert "another program" in refused(tmp_path, source, clock)
    source.write_bytes(whole)
    connection = sqlite3.connect(source)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "has schema 99" in refused(tmp_path, source, clock)
    with pytest.raises(StudyError, match="no such file"):
        restore(tmp_path, tmp_path / "nowhere.db", now=clock.now())


def test_a_backup_with_an_older_schema_is_brought_up_to_date(open_memory, clock, tmp_path):
    with open_memory() as memory:
        study(memory, "a", "b")
        state, backup = memory.state("a"), memory.back_up().path
    connection = sqlite3.connect(backup, isolation_level=None)
    for statement in (
        "DROP TABLE states", "DROP TABLE undone", "DROP TABLE acts", "DROP TABLE marks",
        "DROP TABLE tags", "DELETE FROM migrations WHERE number > 1", "PRAGMA user_version = 1",
    ):  # fmt: skip
        connection.execute(statement)
    connection.close()
    before = backup.read_bytes()
    restore(tmp_path, backup, now=clock.now())
    assert cards(tmp_path) == ["a", "b"]
    assert open_memory().state("a") == state
    assert backup.read_bytes() == before


@pytest.mark.parametrize("harm", ["text", "truncated", "emptied", "header", "pages", "states"])
def test_a_damaged_log_is_set_aside_as_it_is_and_replaced(open_memory, clock, tmp_path, file, harm):
    with open_memory() as memory:
        study(memory, *(f"card-{number}" for number in range(300)))
        backup = memory.back_up().path
        study(memory, "later")
    whole = file.read_bytes()
    damaged = {
        "text": b"no database" * 1000,
        "truncated": whole[: len(whole) // 2],
        "emptied": b"",
        "header": b"\xa5" * 4096 + whole[4096:],
        "pages": whole[:4096] + b"\xa5" * 4096 * 8 + whole[4096 * 9 :],
        "states": whole[: -4096 * 3] + b"\xa5" * 4096 * 3,
    }[harm]
    file.write_bytes(damaged)
    kept = restore(tmp_path, backup, now=clock.now()).kept
    assert len(cards(tmp_path)) == 300
    assert kept.parent == backup_folder(tmp_path)
    assert kept.read_bytes() == damaged
    assert leftovers(tmp_path) == set()


def test_what_belongs_to_the_old_file_is_not_taken_for_the_new_one(open_memory, clock, tmp_path):
    with open_memory() as memory:
        study(memory, *(f"card-{number}" for number in range(300)))
        backup = memory.back_up().path
    old = open_memory()
    study(old, "later")  # stays in the write-ahead log while the log is open
    wal = (tmp_path / "reviews.db-wal").read_bytes()
    (tmp_path / "reviews.db").unlink()
    kept = restore(tmp_path, backup, now=clock.now()).kept
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == wal
    assert "later" not in cards(tmp_path)
    old.close()
    assert len(cards(tmp_path)) == 300


OPEN = """if True:
    import sys
    from pathlib import Path
    from studydl.memory import Grade, Memory
    with Memory.open(Path(sys.argv[1])) as memory:
        print(memory.record("there", Grade.GOOD, duration_ms=1).id, flush=True)
        sys.stdin.read()
"""


def test_a_damaged_log_that_is_open_elsewhere_is_not_replaced(open_memory, clock, tmp_path, file):
    with open_memory() as memory:
        study(memory, "a")
        backup = memory.back_up().path
    with subprocess.Popen(
        [sys.executable, "-c", OPEN, tmp_path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout.readline()
        file.write_bytes(b"no database" * 1000)
        with pytest.raises(StudyError, match="open in another program"):
            restore(tmp_path, backup, now=clock.now())
        assert file.read_bytes() == b"no database" * 1000
        child.communicate("")
    restore(tmp_path, backup, now=clock.now())
    assert cards(tmp_path) == ["a"]


def test_a_log_without_a_write_ahead_log_is_replaced_too(open_memory, clock, tmp_path, file):
    with open_memory() as memory:
        study(memory, "a")
        backup = memory.back_up().path
    file.write_bytes(backup.read_bytes())  # as a person copies a backup by hand
    with open_memory() as memory:
        study(memory, "b")
    kept = restore(tmp_path, backup, now=clock.now()).kept
    assert require_sound(kept) == 4
    assert cards(tmp_path) == ["a"]
