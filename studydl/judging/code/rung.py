"""The ladder that an answer in code climbs: the first rung that fails is what the learner reads."""

from __future__ import annotations

from enum import StrEnum

from studydl.judging.judgement import Verdict

__all__ = ["Rung", "verdict_of"]


class Rung(StrEnum):
    """Where the judging of an answer in code ended."""

    UNREADABLE = "unreadable"
    SYNTAX = "syntax"
    IMPORT = "import"
    UNDEFINED = "undefined"
    NOT_A_FUNCTION = "not-a-function"
    SIGNATURE = "signature"
    PATCHES = "patches"
    FORBIDDEN = "forbidden"
    RAISES = "raises"
    NOTHING = "nothing"
    KIND = "kind"
    STRUCTURE = "structure"
    SHAPE = "shape"
    DTYPE = "dtype"
    NOT_FINITE = "not-finite"
    CHANGES_INPUT = "changes-input"
    NOT_DETERMINISTIC = "not-deterministic"
    VALUES = "values"
    TOO_SLOW = "too-slow"
    OUT_OF_MEMORY = "out-of-memory"
    FLOOD = "flood"
    ENDED = "ended"
    KILLED = "killed"
    MACHINERY = "machinery"
    PASSED = "passed"


_INVALID = {
    Rung.UNREADABLE,
    Rung.SYNTAX,
    Rung.IMPORT,
    Rung.UNDEFINED,
    Rung.NOT_A_FUNCTION,
    Rung.SIGNATURE,
    Rung.PATCHES,
    Rung.FORBIDDEN,
}


def verdict_of(rung: Rung) -> Verdict:
    """Return the verdict that a rung stands for.

    Invalid is what could not be measured at all, or reached beyond what an answer needs; a fault
    of our own machinery is undecided. Neither counts against the learner.
    """
    if rung is Rung.PASSED:
        return Verdict.CORRECT
    if rung is Rung.MACHINERY:
        return Verdict.UNDECIDED
    return Verdict.INVALID if rung in _INVALID else Verdict.WRONG
