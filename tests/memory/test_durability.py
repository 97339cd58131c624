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


def start(folder, seed, count=1_000_000):
    return subprocess.Popen(
        [sys.executable, "-c", STREAM, str(folder), str(seed), str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_every_acknowledged_review_survives_a_kill(open_memory, tmp_path):
    random, acknowledged = Random(11), set()
    for seed in range(20):
        child = start(tmp_path, seed)
        acknowledged.add(child.stdout.readline().strip())
        time.sleep(random.uniform(0, 0.06))
        child.kill()
        told, complaint = child.communicate()
        # The kill may cut the last line short; what was not told whole was not acknowledged.
        acknowledged.update(line.strip() for line in told.splitlines(keepends=True) if "\n" in line)
        assert complaint == ""
        with open_memory() as memory:
            assert acknowledged <= {review.id for review in memory.reviews()}
            assert memory.integrity() == []
            assert memory.differences() == []
    assert len(acknowledged) > 40


def test_two_processes_at_once_lose_nothing(open_memory, tmp_path):
    children = [start(tmp_path, seed, 60) for seed in range(2)]
    outputs = [child.communicate() for child in children]
    assert [complaint for _, complaint in outputs] == ["", ""]
    acknowledged = [line for told, _ in outputs for line in told.split()]
    memory = open_memory()
    assert sorted(acknowledged) == [review.id for review in memory.reviews()]
    assert len(acknowledged) == 120
    assert memory.integrity() == []
    assert memory.differences() == []


def test_processes_that_make_the_file_at_the_same_time_agree(open_memory, tmp_path):
    children = [start(tmp_path, seed, 1) for seed in range(6)]
    outputs = [child.communicate() for child in children]
    assert [complaint for _, complaint in outputs] == [""] * 6
    memory = open_memory()
    assert len(list(memory.reviews())) == 6
    assert len({review.device for review in memory.reviews()}) == 1
