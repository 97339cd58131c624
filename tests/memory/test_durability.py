from __future__ import annotations

import subprocess
import sys
import time
from random import Random

STREAM = """if True:
    import sys
    from pathlib import Path
    from random import Random
    from studydl.memory import Grade, Memory
    random = Random(int(sys.argv[2]))
    with Memory.open(Path(sys.argv[1]), patience_s=30) as memory:
        for _ in range(int(sys.argv[3])):
            review = memory.record(
                f"card-{random.randrange(20)}", Grade(random.randint(1, 4)), duration_ms=1
            )
            print(review.id, flush=True)
            if random.random() < 0.2:
                memory.undo()
            if random.random() < 0.1:
                memory.redo()
"""


def start(folder, seed, count, *, told):
    """Start a process that studies and writes the id of each acknowledged review to ``told``."""
    command = [sys.executable, "-c", STREAM, str(folder), str(seed), str(count)]
    # A file and no pipe: what a killed process wrote to it can be read whole.
    with told.open("w") as stream:
        return subprocess.Popen(command, stdout=stream, stderr=subprocess.PIPE, text=True)


def test_every_acknowledged_review_survives_a_kill(open_memory, tmp_path):
    random, acknowledged = Random(11), set()
    for seed in range(20):
        told = tmp_path / f"told-{seed}"
        child = start(tmp_path, seed, 1_000_000, told=told)
        while not told.stat().st_size and child.poll() is None:
            time.sleep(0.002)
        time.sleep(random.uniform(0, 0.06))
        child.kill()
        _, complaint = child.communicate()
        assert complaint == ""
        acknowledged.update(told.read_text().split())
        with open_memory() as memory:
            assert acknowledged <= {review.id for review in memory.reviews()}
            assert memory.integrity() == []
            assert memory.differences() == []
    assert len(acknowledged) > 40


def test_two_processes_at_once_lose_nothing(open_memory, tmp_path):
    files = [tmp_path / "first", tmp_path / "second"]
    children = [start(tmp_path, seed, 60, told=told) for seed, told in enumerate(files)]
    assert [child.communicate()[1] for child in children] == ["", ""]
    acknowledged = [identity for told in files for identity in told.read_text().split()]
    memory = open_memory()
    assert sorted(acknowledged) == [review.id for review in memory.reviews()]
    assert len(acknowledged) == 120
    assert memory.integrity() == []
    assert memory.differences() == []


def test_processes_that_make_the_file_at_the_same_time_agree(open_memory, tmp_path):
    children = [start(tmp_path, seed, 1, told=tmp_path / f"told-{seed}") for seed in range(6)]
    assert [child.communicate()[1] for child in children] == [""] * 6
    memory = open_memory()
    assert len(list(memory.reviews())) == 6
    assert len({review.device for review in memory.reviews()}) == 1
