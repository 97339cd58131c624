"""What happens inside a child: a claim is watched, or a mutant is tried."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from studydl.verification.evidence import Verdict
from studydl.verification.judge import measure

from .apply import applied
from .generate import mutants_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.verification.evidence import Measurement

    from .subject import Subject

__all__ = ["Outcome", "Status", "Watched", "try_mutant", "watch"]


class Status(StrEnum):
    """What became of a mutant."""

    CAUGHT = "caught"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant, by which claim, and what was measured there.

    Attributes:
        mutant: The id.
        status: Caught if a number refutes it clearly; crashed if claims noticed by exceptions only.
        claim: The claim that noticed it first, or an empty string.
        detail: The number that refutes it, or what was raised.
    """

    mutant: str
    status: Status
    claim: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a claim does when nothing is wrong.

    Attributes:
        claim: The id.
        verdict: On the reference, without a mutant.
        functions: The functions under study that it runs, as ``file:qualified name``.
        calls: How many calls were made on the way, a measure of cost that does not hang on the
            machine.
        seconds: How long it took, watched.
    """

    claim: str
    verdict: Verdict
    functions: frozenset[str]
    calls: int
    seconds: float


def watch(subject: Subject, claim: str) -> Watched:
    """Measure a claim's reference and note which functions run."""
    found = subject.find_claims()[claim]
    codes: dict[Any, None] = {}
    calls = 0

    def note(frame: Any, _event: str, _argument: Any) -> None:
        nonlocal calls
        calls += 1
        codes[frame.f_code] = None

    started = time.perf_counter()
    before = sys.gettrace()
    sys.settrace(note)
    try:
        evidence = measure(found, found.implementation, floating="ignore")
    finally:
        sys.settrace(before)
    seconds = time.perf_counter() - started
    paths = {str(source.path) for source in subject.sources()}
    functions = frozenset(
        f"{code.co_filename}:{code.co_qualname.partition('.<locals>')[0]}"
        for code in codes
        if code.co_filename in paths
    )
    return Watched(claim, evidence.verdict, functions, calls, seconds)


def try_mutant(subject: Subject, module: str, id_: str, claims: Sequence[str]) -> Outcome:
    """Measure claims on a mutant until one of them refutes it clearly.

    Args:
        subject: The chapter.
        module: The module of the mutant, by its name below the package under study.
        id_: The mutant.
        claims: In the order in which they are to be measured.
    """
    (mutant,) = (each for each in mutants_of(subject.source(module)) if each.id == id_)
    found = subject.find_claims()
    noticed = Outcome(id_, Status.SURVIVED)
    with applied(mutant, subject.module(module)):
        for claim in claims:
            evidence = measure(found[claim], found[claim].implementation, floating="ignore")
            weakest = evidence.weakest
            if evidence.verdict is Verdict.REFUTED and weakest is not None:
                if evidence.is_clear_rejection:
                    return Outcome(id_, Status.CAUGHT, claim, _shown(weakest))
                # Too narrow to be trusted on another machine: it counts as nothing noticed.
                noticed = Outcome(id_, Status.SURVIVED, claim, f"narrowly, {_shown(weakest)}")
            elif evidence.verdict is Verdict.ERROR and not noticed.claim:
                noticed = Outcome(id_, Status.CRASHED, claim, evidence.failure)
    return noticed


def _shown(measurement: Measurement) -> str:
    return (
        f"{measurement.name}: {measurement.measured:.6g} instead of"
        f" {measurement.relation} {measurement.expected:.6g}"
    )
