"""Whatever befalls the file: a clear sentence, nothing acknowledged lost, and a way to export."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from studydl.errors import StudyError
from studydl.memory import Grade, Memory
from studydl.memory.backups import listed
from studydl.memory.rescue import rescue
from studydl.memory.restoring import restore
from tests.memory.proofs.answering import answering

PAGE = 4096
REVIEWS = 150


@pytest.fixture
def file(tmp_path):
    return tmp_path / "reviews.db"


def filled(memory):
    for number in range(REVIEWS):
        memory.record(f"card-{number}", Grade.EASY, duration_ms=1, answer="x" * 100)
    memory.suspend(["card-1"])
    memory.undo()


def read(folder):
    with Memory.open(folder, read_only=True) as memory:
        return [review.card for review in memory.reviews()]


def used(folder):
    """Do what a learner does; return the sentences by which it was refused."""
    refusals = []
    try:
        with Memory.open(folder) as memory:
            for deed in (
                memory.due,
                lambda: memory.record("card-1", Grade.GOOD, duration_ms=1),
                lambda: memory.record("new", Grade.GOOD, duration_ms=1),
                lambda: memory.suspend(["card-2"]),
                memory.undo,
                lambda: list(memory.events()),
                memory.differences,
            ):
                try:
                    deed()
                except StudyError as error:
                    refusals.append(str(error))
            if memory.integrity():
                refusals.append("found by its integrity check")
    except StudyError as error:
        refusals.append(str(error))
    return refusals


def test_a_damaged_page_of_any_kind_is_told_and_all_else_is_rescued(open_memory, clock, tmp_path):
    with open_memory(tmp_path / "whole") as memory:
        filled(memory)
        backup = memory.back_up().path
        events = {event.id: event for event in memory.events()}
    whole, lost = (tmp_path / "whole" / "reviews.db").read_bytes(), 0
    for start in range(0, len(whole), PAGE):
        folder = tmp_path / f"damaged-{start}"
        folder.mkdir()
        log = folder / "reviews.db"
        log.write_bytes(whole[:start] + b"\xa5" * PAGE + whole[start + PAGE :])
        rescued = {event.id: event for event in rescue(log).events}
        assert rescued.items() <= events.items()
        lost += len(events) - len(rescued)
        refusals = used(folder)
        assert refusals
        assert not any("\n" in refusal for refusal in refusals)
        restore(folder, backup, now=clock.now())
        assert len(read(folder)) == REVIEWS
    assert lost == len(events) - 1  # each once; the parameters as shipped are known without it


@pytest.mark.parametrize("share", [0.1, 0.7, 0.9])
def test_a_truncated_file_is_told_rescued_and_restored(open_memory, clock, tmp_path, file, share):
    with open_memory() as memory:
        filled(memory)
        backup, events = memory.back_up().path, list(memory.events())
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    assert used(tmp_path)
    if share > 0.5:  # the first half of so small a file is mostly roots of trees
        rescued = rescue(file).events
        assert len(rescued) > len(events) * (share - 0.5)
        assert all(event in events for event in rescued)
    restore(tmp_path, backup, now=clock.now())
    assert len(read(tmp_path)) == REVIEWS


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.99])
def test_a_truncated_write_ahead_log_leaves_a_whole_log_of_what_came_before(
    open_memory, tmp_path, share
):
    memory = open_memory(tmp_path / "open")
    filled(memory)
    events = list(memory.events())
    folder = tmp_path / "cut"
    folder.mkdir()
    (folder / "reviews.db").write_bytes((tmp_path / "open" / "reviews.db").read_bytes())
    wal = (tmp_path / "open" / "reviews.db-wal").read_bytes()
    (folder / "reviews.db-wal").write_bytes(wal[: int(len(wal) * share)])
    with open_memory(folder) as cut:
        left = [review.card for review in cut.reviews()]
        assert left == [f"card-{number}" for number in range(len(left))]
        assert cut.integrity() == []
        assert cut.differences() == []
        assert all(event in events for event in cut.events())


ON_A_FULL_DISK = """if True:
    import resource, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from studydl.errors import StudyError
    from studydl.memory import Grade, Memory
    from studydl.memory.restoring import restore
    folder, backup, now = Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC)
    with Memory.open(folder, daily_backup=True) as memory:
        memory.intervals("a")
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        print(memory.record("on a full disk", Grade.GOOD, duration_ms=1).card)
        memory.finish_backup()
        print(memory.notice().en)
        for deed in (memory.back_up, lambda: restore(folder, backup, now=now)):
            try:
                deed()
            except StudyError as error:
                print(error)
"""


def test_on_a_full_disk_an_answer_counts_and_no_half_of_a_backup_is_made(open_memory, tmp_path):
    with open_memory() as memory:
        filled(memory)
        backup = memory.back_up().path.rename(tmp_path / "backup.db")
    told = subprocess.run(
        [sys.executable, "-B", "-c", ON_A_FULL_DISK, tmp_path, backup],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    card, *sentences = told.stdout.splitlines()
    assert card == "on a full disk"
    assert len(sentences) == 3
    assert "could not be backed up today" in sentences[0]
    assert all("no copy of the log could be written here" in each for each in sentences)
    assert read(tmp_path)[-1] == card
    assert list((tmp_path / "backups").iterdir()) == []
    assert not list(tmp_path.glob("restoring-*"))


def test_two_processes_that_answer_at_once_are_both_in_the_log(tmp_path):
    with answering(tmp_path, 1) as one, answering(tmp_path, 2) as other:
        one.listen(reviews=60)
        other.listen(reviews=60)
        ends = [one.end(), other.end()]
    assert [(refusals, complaint) for _, refusals, complaint in ends] == [([], "")] * 2
    with Memory.open(tmp_path) as memory:
        recorded = [review.id for review in memory.reviews()]
        assert {identity for reviews, _, _ in ends for identity in reviews} <= set(recorded)
        assert recorded == sorted(recorded)
        assert memory.integrity() == []
        assert memory.differences() == []


def test_a_clock_that_is_set_back_loses_neither_reviews_nor_backups(open_memory, clock, tmp_path):
    memory = open_memory(daily_backup=True)
    filled(memory)
    clock.advance(timedelta(days=-400))
    memory.record("back then", Grade.GOOD, duration_ms=1)
    assert "Is the clock right?" in memory.notice().en
    memory.back_up()
    clock.advance(timedelta(days=401))
    memory.record("again", Grade.GOOD, duration_ms=1)
    memory.finish_backup()
    assert [review.card for review in memory.reviews()][-2:] == ["back then", "again"]
    assert memory.differences() == []
    assert len(listed(tmp_path)) >= 3
    for backup in listed(tmp_path):
        restore(tmp_path / "other", backup.path, now=clock.now())
        assert len(read(tmp_path / "other")) in {1, REVIEWS + 1, REVIEWS + 2}
