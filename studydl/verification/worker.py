"""The child process that measures: reads calls as lines of JSON, answers in lines of JSON.

A call is ``{"id": 1, "call": "verify", "with": {...}}``. Its answers are any number of
``{"id": 1, "progress": ...}`` and then one ``{"id": 1, "result": ...}`` or
``{"id": 1, "error": {"message": ..., "usage": true}}``, where ``usage`` tells a call that cannot be
carried out from a defect. What can be called stands in the ``CALLS`` of the modules that are named
on the command line, so that this room need not know the rooms above it: each call takes its
arguments and a function that reports progress, and returns JSON data.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import sys
import threading
from typing import TYPE_CHECKING, Any, TextIO

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["main"]


_STANDS_BACK = 10
"""By how much the process gives way to others, in Unix's scale of 19."""


def main(modules: list[str]) -> None:
    """Serve until standard input ends."""
    if hasattr(os, "nice"):
        os.nice(_STANDS_BACK)  # where all cores measure, keys and drawing still come first
    answers = _claim_standard_output()
    calls: dict[str, Any] = {}
    for name in modules:
        calls |= importlib.import_module(name).CALLS
    for request in _requests():
        _answer(request, calls, answers)


def _claim_standard_output() -> TextIO:
    """Keep the pipe for answers; whatever prints to standard output from now on is dropped."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _requests() -> Iterator[dict[str, Any]]:
    """Yield the calls, read by a thread that ends the process the moment the parent is gone."""
    waiting: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in sys.stdin:
            waiting.put(line)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield json.loads(waiting.get())


def _answer(request: dict[str, Any], calls: dict[str, Any], answers: TextIO) -> None:
    def say(kind: str, data: Any) -> None:
        answers.write(json.dumps({"id": request["id"], kind: data}, allow_nan=False) + "\n")
        answers.flush()

    try:
        result = calls[request["call"]](request["with"], lambda data: say("progress", data))
        say("result", result)
    except StudyError as error:
        say("error", {"message": str(error), "usage": True})
    except Exception as error:  # noqa: BLE001 - the parent decides what a defect means
        say("error", {"message": f"{type(error).__name__}: {error}", "usage": False})


if __name__ == "__main__":
    main(sys.argv[1:])
