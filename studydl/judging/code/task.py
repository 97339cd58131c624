"""What a learner has to write, and how much of the machine it may use while it is judged."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIMITS", "LONGEST_SOURCE", "CodeTask", "Limits"]

LONGEST_SOURCE = 64 * 1024
"""Bytes of a learner's text; a function that is asked for has less than a hundredth."""


@dataclass(frozen=True, slots=True)
class CodeTask:
    """A function to be written, and the claims whose verifiers measure it.

    Attributes:
        claims: Their ids; each takes the function in the same way.
        function: The name that the learner has to define.
        part: The field of the claims' implementation that the function replaces, where that is a
            named tuple of functions; the others stay the reference's. None where the
            implementation is one function.
    """

    claims: tuple[str, ...]
    function: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the machine one judgement may use.

    Attributes:
        wall: Seconds from the moment at which the learner's text is handed over.
        cpu: Seconds of processor time from that moment.
        memory: Bytes of address space beyond what Python, NumPy and the claims take up.
        output: Bytes that may be printed.
        file_size: Bytes of a file in the temporary folder.
        open_files: How many may be open at once.
        start: Seconds for the process to start and to measure the reference.
    """

    wall: float = 10.0
    cpu: int = 8
    memory: int = 2**30
    output: int = 64 * 1024
    file_size: int = 2**20
    open_files: int = 64
    start: float = 60.0


LIMITS = Limits()
"""What judging code uses unless it is told otherwise."""
