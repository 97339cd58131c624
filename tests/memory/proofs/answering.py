"""A process that answers as fast as it can and tells of each review when it is acknowledged."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from contextlib import contextmanager

__all__ = ["Answering", "answering"]

ANSWER = """if True:
    import os, sys
    from pathlib import Path
    from random import Random
    from studydl.errors import StudyError
    from studydl.memory import Grade, Memory
    random, acknowledged = Random(int(sys.argv[2])), int(sys.argv[3])
    with Memory.open(Path(sys.argv[1]), patience_s=60, daily_backup=True) as memory:
        memory.intervals("a")  # all is loaded before the first answer
        while True:
            card, grade = f"card-{random.randrange(30)}", Grade(random.randint(1, 4))
            try:
                answer = "x" * random.randrange(500)
                review = memory.record(card, grade, duration_ms=1, answer=answer)
            except StudyError as error:
                os.write(acknowledged, f"! {error}\\n".encode())
                break
            os.write(acknowledged, f"{review.id}\\n".encode())
            chance = random.random()
            if chance < 0.1:
                memory.undo()
            elif chance < 0.15:
                memory.redo()
            elif chance < 0.2:
                memory.suspend([card])
"""


class Answering:
    """The process, and what it told of."""

    def __init__(self, folder, seed):
        self._pipe, told = os.pipe()
        command = [sys.executable, "-c", ANSWER, str(folder), str(seed), str(told)]
        self.process = subprocess.Popen(command, pass_fds=[told], stderr=subprocess.PIPE)
        os.close(told)
        self._told = b""

    def listen(self, *, reviews):
        """Wait until so many reviews are acknowledged, or the process ends."""
        while self._told.count(b"\n") < reviews and self._hear():
            pass

    def listen_for(self, seconds):
        """Take in what is acknowledged meanwhile, so that the process never waits for us."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self._pipe], [], [], left)
            if ready and not self._hear():
                break

    def _hear(self):
        some = os.read(self._pipe, 1 << 16)
        self._told += some
        return bool(some)

    def end(self):
        """Kill it and return what it acknowledged before, and its last words if it had any."""
        self.process.kill()
        while self._hear():
            pass
        os.close(self._pipe)
        _, complaint = self.process.communicate()
        lines = self._told.decode().split("\n")[:-1]
        reviews = [line for line in lines if not line.startswith("!")]
        return reviews, [line for line in lines if line.startswith("!")], complaint.decode()


@contextmanager
def answering(folder, seed):
    """Hold a process that answers; it is killed at the end, whatever happens."""
    child = Answering(folder, seed)
    try:
        yield child
    finally:
        if child.process.poll() is None:
            child.process.kill()
            child.process.communicate()
