"""A long log folded by several processes at once, each of which folds some of the cards.

What follows from a card's reviews hangs on no other card's. Each process reads the reviews itself,
as they were last committed; what else a replay needs, it is told. `python -m` this module is such
a process.
"""

from __future__ import annotations

import json
import marshal
import os
import sys
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, islice, pairwise
from pathlib import Path
from queue import SimpleQueue
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Self, cast

from studydl.memory.database import Database
from studydl.memory.replay import Plan, histories_of
from studydl.memory.scheduling import Schedulers
from studydl.memory.settings import Schedule
from studydl.memory.states import columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.memory.log import Log
    from studydl.memory.states import Stored

__all__ = ["folded_apart", "is_worthwhile"]

_LONG = 200_000
"""From so many reviews on, another process has started before one alone is done."""
_MOST = 8
_STATES_AT_ONCE = 1000
_HEAD = 4
"""The bytes in which the length of what follows is told; no length is the end."""
_PATIENCE_S = 5.0


class _Share(NamedTuple):
    """What one process is told."""

    path: str
    bounds: tuple[str, str | None]
    """The first card, and the first that is another's."""
    undone: list[str]
    reschedulings: list[tuple[str, str]]
    parameters: dict[str, str]


def is_worthwhile(log: Log) -> bool:
    """Return whether several processes fold the log sooner than this one."""
    return _processes() > 1 and log.size() >= _LONG


@contextmanager
def folded_apart(path: Path, log: Log, plan: Plan) -> Iterator[Iterator[Stored]]:
    """Have the reviews that are committed folded, and go through the states, card by card.

    Args:
        path: The file that holds the log.
        log: The same, open; no review may have been written to it that is not committed.
        plan: What else a replay needs.

    Raises:
        ChildProcessError: A process could not be started, or failed.
    """
    told = (sorted(plan.undone), list(plan.reschedulings), log.all_parameters())
    bounds = ["", *log.evenly(_processes()), None]
    shares = [_Share(str(path), (first or "", last), *told) for first, last in pairwise(bounds)]
    with ExitStack() as stack:
        helpers = [stack.enter_context(_Helper(share)) for share in shares]
        yield chain.from_iterable(helpers)


def _processes() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    cores = os.cpu_count() or 1 if affinity is None else len(affinity(0))
    return min(cores, _MOST)


class _Helper:
    """A process that folds a share. What it sends is taken in at once: it waits for nobody."""

    def __init__(self, share: _Share) -> None:
        command = [sys.executable, "-P", "-m", "studydl.memory.apart"]
        try:
            # Ctrl-C in the terminal is for the program, which then ends this process.
            self._process = Popen(  # noqa: S603 - our own module
                command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
            )
        except OSError as error:
            raise ChildProcessError(str(error)) from error
        self._arrived: SimpleQueue[list[Stored] | None] = SimpleQueue()
        self._listener = Thread(target=self._listen, args=(json.dumps(share._asdict()).encode(),))
        self._listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._listener.join()
        self._process.wait()

    def __iter__(self) -> Iterator[Stored]:
        while states := self._arrived.get():
            yield from states
        if states is None:
            raise ChildProcessError("a process that folds a part of the log has failed")

    def _listen(self, told: bytes) -> None:
        stdin, stdout = (
            cast("IO[bytes]", self._process.stdin),
            cast("IO[bytes]", self._process.stdout),
        )
        try:
            # One that has died takes in nothing; what is missing tells so.
            with suppress(OSError), stdout:
                with suppress(OSError), stdin:
                    stdin.write(told)
                while (states := _received(stdout)) is not None:
                    self._arrived.put(states)
        finally:
            self._arrived.put(None)


def _received(stream: IO[bytes]) -> list[Stored] | None:
    head = stream.read(_HEAD)
    size = int.from_bytes(head)
    sent = stream.read(size)
    if len(head) < _HEAD or len(sent) < size:
        return None
    found: list[Stored] = marshal.loads(sent) if size else []  # noqa: S302 - our own process
    return found


def _send(stream: IO[bytes], states: list[Stored]) -> None:
    sent = marshal.dumps(states) if states else b""
    stream.write(len(sent).to_bytes(_HEAD) + sent)


def _fold(told: dict[str, Any], stream: IO[bytes]) -> None:
    share = _Share(**told)
    path, (first, last) = Path(share.path), share.bounds

    def load(parameters: str) -> Schedule:
        return Schedule.from_content(share.parameters[parameters])

    database = Database.open_to_read(path, patience_s=_PATIENCE_S)
    try:
        undone = json.dumps(share.undone)

        def rows(since: str, until: str) -> Iterator[Any]:
            asked = {"first": first, "last": last, "undone": undone, "since": since, "until": until}
            return database.stream("rows of cards", asked)

        plan = Plan(frozenset(share.undone), [(at, named) for at, named in share.reschedulings])
        states = map(columns, histories_of(rows, plan, Schedulers(Schedule(), load)).states())
        for some in iter(lambda: list(islice(states, _STATES_AT_ONCE)), []):
            _send(stream, some)
        _send(stream, [])
    finally:
        database.close()


if __name__ == "__main__":
    _fold(json.load(sys.stdin), sys.stdout.buffer)
