"""Runs a function in a process of its own, with a time limit and a kill."""

from __future__ import annotations

import multiprocessing
import os
import resource
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext

__all__ = ["DiedError", "TimedOutError", "in_child", "in_order", "server"]

_MEMORY = 4 << 30

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class TimedOutError(Exception):
    """The child was killed at its time limit."""


class DiedError(Exception):
    """The child ended without an answer."""


def server(preload: Iterable[str]) -> ForkServerContext:
    """Return a context whose children start from a process that has imported some modules."""
    # Two children on two cores are to compute, not to fight for them.
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def in_child(
    context: ForkServerContext, function: Callable[..., _Result], *args: Any, limit: float
) -> _Result:
    """Call a function in a child process.

    Raises:
        TimedOutError: If no answer came within ``limit`` seconds.
        DiedError: If the child was killed by something else, or the function raised.
    """
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sender, function, args))
    process.start()
    sender.close()
    try:
        if not receiver.poll(limit):
            raise TimedOutError
        result: _Result = receiver.recv()
    except EOFError as error:
        raise DiedError from error
    else:
        return result
    finally:
        process.kill()
        process.join()
        receiver.close()


def in_order(
    function: Callable[[_Item], _Result], items: Iterable[_Item], *, jobs: int
) -> Iterator[_Result]:
    """Yield the results in the order of the items, some of them being computed at a time."""
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(function, items)


def _answer(sender: Connection, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
    # A fault in a size may ask for more memory than there is.
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    sender.send(function(*args))
    sender.close()
