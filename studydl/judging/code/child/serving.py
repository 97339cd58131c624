"""The one judgement that a child carries out, and how it tells the parent about it.

It reads two lines of JSON, the task and then the answer, and writes lines that begin with the
parent's nonce: that it is ready, at which level it is protected, what it found. Whatever the
learner's code prints goes elsewhere.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studydl.errors import StudyError
from studydl.judging.code.child.bench import Assessment, Bench
from studydl.judging.code.child.confinement import confine, forgive_time
from studydl.judging.code.child.fault import Fault, OutOfTimeError, fault_of
from studydl.judging.code.rung import Rung
from studydl.judging.code.task import CodeTask, Limits

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["serve"]

_BALLAST = 2**24
"""Bytes that are let go when memory has run out, so that there is some left to say so."""


def serve() -> None:
    """Judge one answer, then end the process at once, whatever else the answer has started."""
    answers = os.dup(1)
    # What is printed goes where the parent expects the learner's output.
    os.dup2(2, 1)
    request = json.loads(sys.stdin.buffer.readline())

    def say(kind: str, data: Any) -> None:
        line = f"{request['nonce']} {json.dumps({kind: data}, allow_nan=False)}\n".encode()
        while line:
            line = line[os.write(answers, line) :]

    try:
        _serve(request, say)
    except StudyError as error:
        say("unusable", str(error))
    except Exception as error:  # noqa: BLE001 - a defect of ours leaves the answer undecided
        say("broken", f"{type(error).__name__}: {error}")
    os._exit(0)


def _serve(request: dict[str, Any], say: Callable[[str, Any], None]) -> None:
    described = request["task"]
    task = CodeTask(tuple(described["claims"]), described["function"], described["part"])
    bench = Bench(task, request["seed"])
    say("ready", True)
    answer = json.loads(sys.stdin.buffer.readline() or b"null")
    if answer is None:
        return
    _leave_standard_input()
    ballast = [bytearray(_BALLAST)]
    say("level", confine(Limits(**request["limits"]), Path.cwd()))
    found = _assessed(bench, answer, ballast)
    say("result", found.to_json())


def _leave_standard_input() -> None:
    """Give the learner's code an empty input; the pipe shows when the parent is gone."""
    lifeline = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)

    def watch() -> None:
        os.read(lifeline, 1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _assessed(bench: Bench, answer: dict[str, str], ballast: list[bytearray]) -> Assessment:
    try:
        if answer["kind"] == "misconception":
            return bench.assess(bench.mistaken(answer["text"]))
        return bench.assess(bench.learners(answer["text"]))
    except Fault as fault:
        found = fault
    except (OutOfTimeError, MemoryError) as error:
        found = fault_of(error, Rung.RAISES)
    finally:
        forgive_time()
        ballast.clear()
    return Assessment(found.rung, found.facts, {})
