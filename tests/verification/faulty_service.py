"""Calls that go wrong in every way a worker has to survive."""

import os
import sys
import time
from typing import Any

from studydl.errors import StudyError


def _echo(arguments: dict[str, Any], progress: Any) -> Any:
    print("this must not reach the pipe")  # noqa: T201 - a verifier might print
    progress("half")
    return arguments


def _sleep(arguments: dict[str, Any], progress: Any) -> None:
    progress("asleep")
    time.sleep(arguments["seconds"])


def _die(arguments: dict[str, Any], progress: Any) -> None:
    sys.stderr.write("out of luck\n")
    sys.stderr.flush()
    os._exit(7)


def _raise(arguments: dict[str, Any], progress: Any) -> None:
    raise ArithmeticError("a defect")


def _refuse(arguments: dict[str, Any], progress: Any) -> None:
    raise StudyError("it cannot be", hint="ask otherwise")


def _pid(arguments: dict[str, Any], progress: Any) -> int:
    return os.getpid()


def _nan(arguments: dict[str, Any], progress: Any) -> float:
    return float("nan")


CALLS = {
    "echo": _echo,
    "sleep": _sleep,
    "die": _die,
    "raise": _raise,
    "refuse": _refuse,
    "pid": _pid,
    "nan": _nan,
}
