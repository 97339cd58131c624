"""How the child leaves the measuring as soon as a rung of the ladder fails."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

from studydl.judging.code.rung import Rung

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["ANSWER", "Fault", "OutOfTimeError", "fault_of", "last_line", "raised"]

ANSWER = "answer.py"
"""The name under which the learner's text is compiled, by which tracebacks find its lines."""

_LONGEST_ERROR = 300
_REFUSALS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EFBIG}


class Fault(BaseException):
    """A rung that fails, with its facts. No verifier catches it, as none catches BaseException."""

    def __init__(self, rung: Rung, **facts: Any) -> None:
        """Name the rung and what the message about it needs."""
        super().__init__(rung)
        self.rung = rung
        self.facts = facts


class OutOfTimeError(BaseException):
    """The processor time is used up: raised by a signal, wherever the program is."""


def fault_of(error: BaseException, otherwise: Rung) -> Fault:
    """Return the fault that an exception out of the learner's code amounts to."""
    facts: dict[str, Any] = {"error": raised(error), "line": last_line(error.__traceback__)}
    if isinstance(error, OutOfTimeError):
        return Fault(Rung.TOO_SLOW, **facts)
    if isinstance(error, MemoryError):
        return Fault(Rung.OUT_OF_MEMORY, **facts)
    if isinstance(error, OSError) and error.errno in _REFUSALS:
        return Fault(Rung.FORBIDDEN, **facts)
    return Fault(otherwise, **facts)


def raised(error: BaseException) -> str:
    """Return an exception as the last line of its traceback has it."""
    name = type(error).__name__
    try:
        said = str(error)
    except BaseException:  # noqa: BLE001 - it may be the learner's own class
        said = ""
    return f"{name}: {said}"[:_LONGEST_ERROR] if said else name


def last_line(traceback: TracebackType | None) -> int:
    """Return the innermost line of the learner's text in a traceback, or 0."""
    line = 0
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == ANSWER:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
