"""Kill a process that answers, at random moments, and look whether what it acknowledged is there.

Run: .venv/bin/python benchmarks/kills.py [--rounds 2000] [--seed 1] [--json]

Each round forks a process that answers, takes back, gives again, suspends and makes backups as fast
as it can, writes the id of each review to a pipe when the call has returned, and is killed by
SIGKILL. Then the log has to hold every acknowledged review, pass SQLite's check, and hold states
that equal a replay of it, and its backups have to be whole.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import signal
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from studydl.memory import Grade, Memory
from studydl.memory.backups import listed
from studydl.memory.copying import require_sound

LONGEST_S = 0.03
SERIES = 50
"""After so many rounds a new log begins: each round looks at the whole of it."""


def answer(folder: Path, random: Random, pipe: int) -> None:
    """Answer until killed."""
    with Memory.open(folder, patience_s=60, daily_backup=True) as memory:
        while True:
            card, grade = f"card-{random.randrange(200)}", Grade(random.randint(1, 4))
            text = "x" * random.choice((0, 20, 200, 9000))
            review = memory.record(card, grade, duration_ms=1, answer=text)
            os.write(pipe, f"{review.id}\n".encode())
            chance = random.random()
            if chance < 0.1:
                memory.undo()
            elif chance < 0.15:
                memory.redo()
            elif chance < 0.2:
                memory.suspend([card])
            elif chance < 0.21:
                memory.back_up()


def round_of(folder: Path, seed: int, random: Random) -> list[str]:
    """Let a process answer, kill it, and return what it acknowledged."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(heard)
            answer(folder, Random(seed), told)
        finally:
            os._exit(1)
    os.close(told)
    acknowledged = b""
    # Now and then while the file is made or opened, mostly while it is written.
    if random.random() < 0.8:
        acknowledged = os.read(heard, 1 << 16)
    end = time.monotonic() + random.uniform(0, LONGEST_S)
    while (left := end - time.monotonic()) > 0:
        if select.select([heard], [], [], left)[0]:
            acknowledged += os.read(heard, 1 << 16)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while more := os.read(heard, 1 << 16):
        acknowledged += more
    os.close(heard)
    if not os.WIFSIGNALED(status):
        sys.exit(f"round {seed}: the process ended by itself, with {status}")
    return acknowledged.decode().split("\n")[:-1]


def complaints(folder: Path, acknowledged: set[str]) -> list[str]:
    """Return what is wrong with the log; an empty list if nothing is."""
    with Memory.open(folder) as memory:
        lost = acknowledged - {review.id for review in memory.reviews()}
        found = [f"{identity} was acknowledged and is not there" for identity in sorted(lost)]
        found += memory.integrity()
        found += [f"{each.subject} is not what a replay gives" for each in memory.differences()]
    for backup in listed(folder):
        require_sound(backup.path, thorough=False)
    return found


def series(rounds: int, random: Random, first: int) -> int:
    """Kill so many processes that go on in one log; return how many reviews were acknowledged."""
    acknowledged: set[str] = set()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for number in range(first, first + rounds):
            acknowledged.update(round_of(folder, number, random))
            if found := complaints(folder, acknowledged):
                sys.exit(f"round {number}: {'; '.join(found[:3])}")
            for backup in listed(folder)[1:]:
                backup.path.unlink()
    return len(acknowledged)


def main() -> None:
    """Kill, and tell of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    started, random, acknowledged = time.monotonic(), Random(given.seed), 0
    load_everything()
    for first in range(0, given.rounds, SERIES):
        acknowledged += series(min(SERIES, given.rounds - first), random, first)
    told = {"kills": given.rounds, "acknowledged": acknowledged, "lost": 0}
    if given.json:
        print(json.dumps(told))
    else:
        seconds = time.monotonic() - started
        print(f"{given.rounds} kills, {acknowledged} reviews acknowledged, 0 lost, {seconds:.0f} s")


def load_everything() -> None:
    """Import what answering needs, so that a forked process answers at once."""
    with tempfile.TemporaryDirectory() as folder, Memory.open(Path(folder)) as memory:
        memory.record("card", Grade.GOOD, duration_ms=1)
        memory.undo()
        memory.redo()
        memory.suspend(["card"])
        memory.back_up()
        memory.differences()


if __name__ == "__main__":
    main()
