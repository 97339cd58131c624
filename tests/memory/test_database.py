from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from studydl.errors import StudyError
from studydl.memory import Grade, migrations


@pytest.fixture
def file(tmp_path):
    return tmp_path / "reviews.db"


def raw(file, *statements):
    """Change a file behind the program's back."""
    connection = sqlite3.connect(file, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def cards(memory):
    return [review.card for review in memory.reviews()]


def fill(memory, count=300):
    for number in range(count):
        memory.record(f"card-{number}", Grade.EASY, duration_ms=1, answer="x" * 100)


def one_sentence(refusal, file):
    told = str(refusal.value)
    assert "\n" not in told
    assert str(file) in told
    assert refusal.value.hint
    return told


def test_a_fresh_folder_is_made_with_its_parents(open_memory, tmp_path):
    open_memory(tmp_path / "a" / "b").record("c", Grade.GOOD, duration_ms=1)
    assert (tmp_path / "a" / "b" / "reviews.db").is_file()


def test_every_commit_reaches_the_disk(memory):
    connection = memory._database._connection
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_all_tables_are_strict(memory):
    tables = memory._database._connection.execute(
        "SELECT name, strict FROM pragma_table_list"
        " WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    assert {"reviews", "undos", "states", "parameters"} <= {name for name, _ in tables}
    assert all(strict for _, strict in tables)


def test_each_migration_is_noted_with_its_checksum(memory, clock):
    noted = memory._database._connection.execute("SELECT * FROM migrations").fetchall()
    assert [(number, name) for number, name, *_ in noted] == [
        (1, "0001_log.sql"),
        (2, "0002_states.sql"),
        (3, "0003_acts.sql"),
        (4, "0004_tags.sql"),
    ]
    assert all(len(checksum) == 32 for _, _, checksum, _ in noted)
    assert {at for *_, at in noted} == {int(clock.now().timestamp() * 1000)}


def test_opening_again_applies_nothing_again(open_memory, clock):
    with open_memory() as memory:
        memory.record("a", Grade.GOOD, duration_ms=1)
        schema = list(memory._database._connection.iterdump())
    with open_memory() as memory:
        assert list(memory._database._connection.iterdump()) == schema


def test_an_older_file_is_brought_up_to_date_with_its_reviews(open_memory, file):
    with open_memory() as memory:
        memory.record("a", Grade.EASY, duration_ms=1)
        state = memory.state("a")
    raw(
        file, "DROP TABLE states", "DROP TABLE undone", "DROP TABLE acts", "DROP TABLE marks",
        "DROP TABLE tags", "DELETE FROM migrations WHERE number > 1", "PRAGMA user_version = 1",
    )  # fmt: skip
    with open_memory() as memory:
        assert cards(memory) == ["a"]
        memory.rebuild()
        assert memory.state("a") == state


def test_a_file_that_another_process_is_making_is_waited_for(open_memory, file):
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StudyError, match="being written by another program"):
        open_memory(patience_s=0.03)
    release = threading.Timer(0.1, other.close)
    release.start()
    open_memory(patience_s=60).record("a", Grade.GOOD, duration_ms=1)
    release.join()


def test_a_file_that_another_process_made_meanwhile_is_not_made_twice(open_memory, monkeypatch):
    with open_memory() as memory:
        memory.record("a", Grade.GOOD, duration_ms=1)
    # What a process saw that looked before the other had finished.
    monkeypatch.setattr("studydl.memory.migrations._version", lambda *_: 0)
    assert cards(open_memory()) == ["a"]


def test_a_migration_that_fails_leaves_the_file_as_it_was(open_memory, file, monkeypatch, tmp_path):
    with open_memory() as memory:
        memory.record("a", Grade.GOOD, duration_ms=1)
    steps = tmp_path / "steps"
    shutil.copytree(Path(migrations.__file__).parent / "sql" / "migrations", steps)
    (steps / "9999_bad.sql").write_text("CREATE TABLE more (a INTEGER) STRICT;\nNONSENSE;\n")
    before = file.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("studydl.memory.migrations._FOLDER", steps)
        with pytest.raises(sqlite3.OperationalError, match="NONSENSE"):
            open_memory()
    assert file.read_bytes() == before
    assert cards(open_memory()) == ["a"]


def test_a_migration_other_than_the_one_shipped_is_found(open_memory, file):
    open_memory().close()
    raw(file, "UPDATE migrations SET checksum = 'other' WHERE number = 1")
    assert open_memory().integrity() == ["migration 0001_log.sql is not the one shipped"]


def test_a_newer_schema_is_refused_untouched(open_memory, file):
    with open_memory() as memory:
        memory.record("a", Grade.GOOD, duration_ms=1)
    raw(file, "PRAGMA user_version = 99")
    before = file.read_bytes()
    with pytest.raises(StudyError, match="has schema 99, this studydl knows 4") as refusal:
        open_memory()
    assert "newer studydl" in one_sentence(refusal, file)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_untouched(open_memory, file):
    file.write_text("These are not the reviews you are looking for.\n" * 100)
    before = file.read_bytes()
    with pytest.raises(StudyError, match="not a log of reviews") as refusal:
        open_memory()
    one_sentence(refusal, file)
    assert file.read_bytes() == before


def test_another_programs_database_is_refused_untouched(open_memory, file):
    raw(file, "CREATE TABLE revlog (id INTEGER)", "PRAGMA user_version = 2")
    before = file.read_bytes()
    with pytest.raises(StudyError, match="database of another program") as refusal:
        open_memory()
    one_sentence(refusal, file)
    assert file.read_bytes() == before


def test_an_empty_file_is_a_fresh_log(open_memory, file):
    file.touch()
    open_memory().record("a", Grade.GOOD, duration_ms=1)


def test_a_folder_whose_place_is_taken_by_a_file_is_told(open_memory, tmp_path):
    (tmp_path / "taken").write_text("a file")
    for folder in (tmp_path / "taken", tmp_path / "taken" / "below"):
        with pytest.raises(StudyError, match="folder cannot be made") as refusal:
            open_memory(folder)
        one_sentence(refusal, folder)


def test_a_log_whose_place_is_taken_by_a_folder_is_told(open_memory, file):
    file.mkdir()
    with pytest.raises(StudyError, match="cannot be opened") as refusal:
        open_memory()
    one_sentence(refusal, file)


def test_while_another_process_writes_the_learner_is_told_and_loses_nothing(open_memory, file):
    memory = open_memory(patience_s=0.05)
    memory.record("a", Grade.EASY, duration_ms=1)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for refused in (
        lambda: memory.record("b", Grade.GOOD, duration_ms=1),
        memory.undo,
        memory.redo,
    ):
        with pytest.raises(StudyError, match="being written by another program") as refusal:
            refused()
        one_sentence(refusal, file)
    assert memory.state("a") is not None
    assert memory.intervals("b")
    other.execute("ROLLBACK")
    other.close()
    memory.record("b", Grade.GOOD, duration_ms=1)
    assert cards(memory) == ["a", "b"]
    assert memory.differences() == []


def test_a_connection_that_may_only_read_tells_so(memory, file):
    memory.record("a", Grade.GOOD, duration_ms=1)
    memory._database._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StudyError, match="cannot be written") as refusal:
        memory.record("a", Grade.GOOD, duration_ms=1)
    one_sentence(refusal, file)
    assert cards(memory) == ["a"]


AS_NOBODY = """if True:
    import os, sys
    from pathlib import Path
    import fsrs, sqlite3, datetime, importlib.metadata
    from studydl.errors import StudyError
    from studydl.memory import Grade, Memory
    if os.geteuid() == 0:
        os.setuid(65534)
    try:
        with Memory.open(Path(sys.argv[1])) as memory:
            memory.record("b", Grade.GOOD, duration_ms=1)
    except StudyError as error:
        print(error)
"""


@pytest.mark.parametrize("exists", [False, True])
def test_a_folder_that_may_only_be_read_is_told(open_memory, exists):
    # Not in tmp_path, whose parents another user may not enter; root is bound by no permission.
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        if exists:
            with open_memory(folder) as memory:
                memory.record("a", Grade.GOOD, duration_ms=1)
            (folder / "reviews.db").chmod(0o444)
        folder.chmod(0o555)
        told = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, made], capture_output=True, text=True, check=True
        )
        folder.chmod(0o755)
        assert re.search("cannot be (opened|written)", told.stdout), told
        assert str(folder) in told.stdout
        if exists:
            assert cards(open_memory(folder)) == ["a"]


def test_on_a_full_disk_the_answer_is_refused_and_nothing_is_lost(memory, file):
    fill(memory, 20)
    connection = memory._database._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StudyError, match="disk is full") as refusal:
        memory.record("card-0", Grade.GOOD, duration_ms=1, answer="x" * 100_000)
    one_sentence(refusal, file)
    assert len(cards(memory)) == 20
    assert memory.repetitions("card-0") == 1
    connection.execute("PRAGMA max_page_count = 1000000")
    memory.record("card-0", Grade.GOOD, duration_ms=1, answer="x" * 100_000)
    assert memory.differences() == []


ON_A_SMALL_DISK = """if True:
    import resource, sys
    from pathlib import Path
    from studydl.errors import StudyError
    from studydl.memory import Grade, Memory
    with Memory.open(Path(sys.argv[1])) as memory:
        memory.intervals("a")
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
        try:
            for number in range(10_000):
                memory.record(f"card-{number}", Grade.EASY, duration_ms=1, answer="x" * 1000)
                print(number)
        except StudyError as error:
            print(error)
"""


def test_when_the_system_refuses_to_write_what_was_acknowledged_is_there(open_memory, tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", ON_A_SMALL_DISK, tmp_path],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    *acknowledged, sentence = told.stdout.splitlines()
    assert len(acknowledged) > 10
    assert "nothing that was recorded is lost" in sentence
    memory = open_memory()
    assert cards(memory)[: len(acknowledged)] == [f"card-{number}" for number in acknowledged]
    assert memory.integrity() == []
    assert memory.differences() == []


def page_of(file, table):
    connection = sqlite3.connect(file)
    query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
    root = connection.execute(query, (table,)).fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    return root, size


def test_a_damaged_page_of_states_is_told_and_the_log_can_still_be_read(open_memory, file):
    with open_memory() as memory:
        fill(memory)
    root, size = page_of(file, "states")
    with file.open("r+b") as stream:
        stream.seek((root - 1) * size)
        stream.write(b"\xa5" * size)
    memory = open_memory()
    for refused in (
        lambda: memory.state("card-1"),
        lambda: memory.record("card-1", Grade.GOOD, duration_ms=1),
    ):
        with pytest.raises(StudyError, match="damaged") as refusal:
            refused()
        assert "backup" in one_sentence(refusal, file)
    assert memory.integrity() != []
    assert cards(memory) == [f"card-{number}" for number in range(300)]


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_truncated_file_is_told_and_not_made_worse(open_memory, file, share):
    with open_memory() as memory:
        fill(memory)
    whole = file.read_bytes()
    cut = whole[: int(len(whole) * share)]
    file.write_bytes(cut)

    def study():
        memory = open_memory()
        memory.record("card-1", Grade.GOOD, duration_ms=1)
        cards(memory)

    with pytest.raises(StudyError, match=r"damaged|not a log of reviews") as refusal:
        study()
    one_sentence(refusal, file)
    assert file.read_bytes()[: len(cut)] == cut


def test_what_is_no_failure_of_the_file_is_not_dressed_up_as_one(memory):
    with pytest.raises(sqlite3.IntegrityError):
        memory.record("", Grade.GOOD, duration_ms=1)
    assert cards(memory) == []
    assert memory.record("a", Grade.GOOD, duration_ms=1)


def test_a_newer_schema_can_still_be_read_and_exported(open_memory, file, tmp_path):
    with open_memory() as memory:
        memory.record("a", Grade.GOOD, duration_ms=1)
        memory.flag("a", "a typo")
        events = list(memory.events())
    raw(file, "PRAGMA user_version = 99", "ALTER TABLE reviews ADD COLUMN mood TEXT")
    before = file.read_bytes()
    memory = open_memory(read_only=True)
    assert list(memory.events()) == events
    assert open_memory(tmp_path / "other").merge(memory.events()).added == len(events)
    with pytest.raises(StudyError, match="cannot be written") as refusal:
        memory.record("a", Grade.GOOD, duration_ms=1)
    one_sentence(refusal, file)
    memory.close()
    assert file.read_bytes() == before


def test_a_deed_of_a_newer_studydl_is_told_and_the_log_is_exported_as_it_is(open_memory, file):
    with open_memory() as memory:
        memory.suspend(["a"])
        lines = list(memory.lines())
    raw(
        file, "PRAGMA user_version = 99",
        "INSERT INTO acts SELECT replace(id, substr(id, 15), '7fff-8fff-ffffffffffff'), 3, 'dream',"
        " day, acted_at, utc_offset, '{}', device FROM acts",
    )  # fmt: skip
    memory = open_memory(read_only=True)
    assert list(memory.lines())[:1] == lines
    assert '"deed":"dream"' in list(memory.lines())[1]
    for refused in (lambda: list(memory.events()), memory.differences):
        with pytest.raises(StudyError, match="does not know: dream"):
            refused()


def test_an_older_schema_can_be_read_without_bringing_it_up_to_date(open_memory, file):
    with open_memory() as memory:
        memory.record("a", Grade.GOOD, duration_ms=1)
    raw(
        file, "DROP TABLE acts", "DROP TABLE marks", "DROP TABLE tags",
        "DELETE FROM migrations WHERE number > 2",
        "PRAGMA user_version = 2",
    )  # fmt: skip
    before = file.read_bytes()
    memory = open_memory(read_only=True)
    assert [event.kind for event in memory.events()] == ["parameters", "review"]
    assert memory.flags() == {}
    with pytest.raises(StudyError, match="cannot be written"):
        memory.suspend(["a"])
    assert file.read_bytes() == before


def test_reading_makes_no_file_and_refuses_what_is_not_ours(open_memory, file):
    with pytest.raises(StudyError, match="cannot be opened") as refusal:
        open_memory(read_only=True)
    one_sentence(refusal, file)
    assert not file.exists()
    raw(file, "CREATE TABLE revlog (id INTEGER)")
    with pytest.raises(StudyError, match="database of another program"):
        open_memory(read_only=True)


READ_AS_NOBODY = AS_NOBODY.replace(
    "Memory.open(Path(sys.argv[1]))", "Memory.open(Path(sys.argv[1]), read_only=True)"
).replace('memory.record("b", Grade.GOOD, duration_ms=1)', "print(len(list(memory.events())))")


def test_a_log_in_a_folder_that_may_only_be_read_can_be_exported(open_memory):
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with open_memory(folder) as memory:
            memory.record("a", Grade.GOOD, duration_ms=1)
        folder.chmod(0o555)
        told = subprocess.run(
            [sys.executable, "-c", READ_AS_NOBODY, made], capture_output=True, text=True, check=True
        )
        folder.chmod(0o755)
        assert told.stdout == "2\n"
