"""Measures a learner's implementation with the verifiers of a task's claims.

What the reference and the misconceptions measure is taken down before any text of a learner's is
loaded, so that nothing in it can touch what it is compared with.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from studydl.errors import StudyError
from studydl.judging.code.child.fault import Fault, OutOfTimeError
from studydl.judging.code.child.loading import load_function
from studydl.judging.code.child.patches import Originals
from studydl.judging.code.child.watch import Watch
from studydl.judging.code.rung import Rung
from studydl.verification.catalogue import find_claim
from studydl.verification.evidence import Evidence, Verdict
from studydl.verification.judge import measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.judging.code.task import CodeTask
    from studydl.language import Text
    from studydl.verification.claim import Claim, Misconception

__all__ = ["Assessment", "Bench"]

Implementations: TypeAlias = "Callable[[Claim], Any]"
"""What takes the place of a claim's reference."""

_STRUCTURAL = {Rung.NOTHING, Rung.KIND, Rung.STRUCTURE, Rung.SHAPE, Rung.DTYPE, Rung.NOT_FINITE}
"""Rungs below which there may be values to recognise a misconception by."""

_SAME = 1e-9
"""How near, in relation, two measured values have to be to come from one mistake."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A claim with what its misconceptions measure."""

    claim: Claim
    wrong: tuple[tuple[Misconception, Evidence], ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """How far an implementation got.

    Attributes:
        rung: Where it ended.
        facts: What the message needs.
        evidence: What each claim's verifier measured, as far as it came.
        misconception: The misconception that measures the same, with its reason.
        slowness: How many times as long as the reference the same calls took.
        seconds: How long they took.
    """

    rung: Rung
    facts: dict[str, Any]
    evidence: dict[str, Evidence]
    misconception: tuple[str, Text] | None = None
    slowness: float = 0.0
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the assessment as JSON data."""
        return {
            "rung": self.rung,
            "facts": self.facts,
            "rows": [
                {"claim": claim, **each.to_json()}
                for claim, evidence in self.evidence.items()
                for each in evidence.measurements
            ],
            "misconception": self.misconception and self.misconception[0],
            "why": self.misconception and self.misconception[1]._asdict(),
            "slowness": self.slowness,
            "seconds": self.seconds,
        }


class Bench:
    """The claims of a task, measured once with all that is known to be right or wrong."""

    def __init__(self, task: CodeTask, seed: int) -> None:
        """Measure the references and the misconceptions.

        Raises:
            StudyError: If there is no such claim, or it takes no function in this way.
            RuntimeError: If a reference does not hold, so that no answer can be judged.
        """
        self._task = task
        self._seed = seed
        self._known = [self._measured(find_claim(id_)) for id_ in task.claims]
        if not self._known:
            raise StudyError("there is no claim to measure the function with")
        self._references = [_part(each.claim, task) for each in self._known]

    def learners(self, source: str) -> Implementations:
        """Return the implementations that a learner's text amounts to.

        Raises:
            Fault: If it defines no function that could be measured.
        """
        own = load_function(source, self._task.function, self._references[0])
        part = self._task.part
        if part is None:
            return lambda _: own
        return lambda claim: claim.implementation._replace(**{part: own})

    def mistaken(self, name: str) -> Implementations:
        """Return the implementation of a misconception, ``claim/name``, of this task's claims.

        Raises:
            StudyError: If there is none of that name.
        """
        for known in self._known:
            for misconception, _ in known.wrong:
                if name == f"{known.claim.id}/{misconception.name}":
                    wrong = misconception.implementation
                    return lambda claim: wrong if claim is known.claim else claim.implementation
        raise StudyError(f"there is no misconception `{name}` among the claims of this task")

    def assess(self, implementations: Implementations) -> Assessment:
        """Measure implementations claim by claim, every call watched."""
        watch, evidence, originals = Watch(self._task.function), {}, Originals()
        try:
            for known in self._known:
                implementation = watch.watched(implementations(known.claim), known.claim)
                evidence[known.claim.id] = measure(known.claim, implementation, seed=self._seed)
                originals.check()
        except Fault as fault:
            seen = self._unwatched(implementations) if fault.rung in _STRUCTURAL else {}
            return Assessment(fault.rung, fault.facts, evidence, self._recognised(seen))
        rung, facts = _outcome(evidence)
        slowness = watch.own_seconds / max(watch.reference_seconds, 1e-9)
        recognised = self._recognised(evidence)
        return Assessment(rung, facts, evidence, recognised, slowness, watch.own_seconds)

    def _measured(self, claim: Claim) -> _Known:
        evidence = measure(claim, claim.implementation, seed=self._seed, floating="raise")
        if evidence.verdict is not Verdict.VERIFIED:
            raise RuntimeError(f"the reference of {claim.id} is {evidence.verdict}")
        wrong = (
            (each, measure(claim, each.implementation, seed=self._seed))
            for each in claim.misconceptions
        )
        return _Known(claim, tuple(wrong))

    def _unwatched(self, implementations: Implementations) -> dict[str, Evidence]:
        """Measure without comparing structures: a known mistake may be one of structure."""
        evidence: dict[str, Evidence] = {}
        try:
            for known in self._known:
                implementation = implementations(known.claim)
                evidence[known.claim.id] = measure(known.claim, implementation, seed=self._seed)
        except OutOfTimeError:
            raise
        except BaseException:  # noqa: BLE001 - the fault is known already; this was for its name
            return evidence
        return evidence

    def _recognised(self, evidence: dict[str, Evidence]) -> tuple[str, Text] | None:
        """Return the misconception that measures what was measured, if it refutes its claim."""
        for known in self._known:
            own = evidence.get(known.claim.id)
            if own is None or own.verdict is not Verdict.REFUTED:
                continue
            for misconception, measured in known.wrong:
                if _agree(own, measured):
                    return misconception.name, misconception.why
        return None


def _part(claim: Claim, task: CodeTask) -> Callable[..., Any]:
    """Return the function of a claim that the learner's replaces."""
    fields = getattr(claim.implementation, "_fields", None)
    if (fields is None) is not (task.part is None) or (fields and task.part not in fields):
        takes = f"one of the parts {', '.join(fields)}" if fields else "one function, no part"
        raise StudyError(f"{claim.id} takes {takes}, not {task.part or 'a whole'}")
    whole = claim.implementation
    reference: Callable[..., Any] = getattr(whole, task.part) if task.part else whole
    return reference


def _outcome(evidence: dict[str, Evidence]) -> tuple[Rung, dict[str, Any]]:
    """Return the rung that the measurements come to: a wrong number outweighs a crash."""
    measured = [each for found in evidence.values() for each in found.measurements]
    if any(not each.holds for each in measured):
        return Rung.VALUES, {}
    failures = [each.failure for each in evidence.values() if each.failure]
    if failures or not measured:
        return Rung.MACHINERY, {"error": failures[0] if failures else "nothing was measured"}
    return Rung.PASSED, {}


def _agree(own: Evidence, known: Evidence) -> bool:
    if len(own.measurements) != len(known.measurements) or own.failure or known.failure:
        return False
    pairs = zip(own.measurements, known.measurements, strict=True)
    return all(a.name == b.name and _near(a.measured, b.measured) for a, b in pairs)


def _near(left: float, right: float) -> bool:
    if math.isnan(left) or math.isnan(right):
        return math.isnan(left) and math.isnan(right)
    return math.isclose(left, right, rel_tol=_SAME, abs_tol=1e-12)
