"""A process is killed at random moments: whatever it acknowledged is there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random

from studydl.memory import Memory
from studydl.memory.backups import listed
from studydl.memory.copying import require_sound
from studydl.memory.restoring import restore
from tests.memory.proofs.answering import answering

ROOT = Path(__file__).parents[3]


def killed(folder, seed, after):
    """Return what a process acknowledged that was killed some seconds after its first review."""
    with answering(folder, seed) as child:
        child.listen(reviews=1)
        child.listen_for(after)
        reviews, refusals, complaint = child.end()
    assert refusals == []
    assert complaint == ""
    return reviews


def proven(folder, acknowledged):
    with Memory.open(folder) as memory:
        assert acknowledged <= {review.id for review in memory.reviews()}
        assert memory.integrity() == []
        assert memory.differences() == []


def test_two_hundred_kills_lose_no_acknowledged_review():
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "kills.py", "--rounds", "200", "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["kills"] == 200
    assert told["lost"] == 0
    assert told["acknowledged"] > 200


def test_after_a_kill_the_backup_that_was_in_the_making_is_whole_or_none(tmp_path):
    random, acknowledged = Random(6), set()
    for seed in range(10):
        for backup in listed(tmp_path):
            backup.path.unlink()  # so that the next first review makes one
        acknowledged.update(killed(tmp_path, seed, random.uniform(0, 0.03)))
        for backup in listed(tmp_path):
            assert require_sound(backup.path)
    proven(tmp_path, acknowledged)


def test_what_is_restored_while_a_process_answers_loses_nothing(tmp_path, clock):
    with answering(tmp_path, 1) as child:
        child.listen(reviews=20)
        (backup,) = listed(tmp_path)
        kept = restore(tmp_path, backup.path, now=clock.now()).kept
        child.listen_for(0.05)
        reviews, refusals, complaint = child.end()
    assert (refusals, complaint) == ([], "")
    proven(tmp_path, set())
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "reviews.db").write_bytes(kept.read_bytes())
    with Memory.open(tmp_path / "kept") as before, Memory.open(tmp_path) as after:
        there = {review.id for memory in (before, after) for review in memory.reviews()}
        assert set(reviews) <= there
        after.merge(before.events())
    proven(tmp_path, set(reviews))
