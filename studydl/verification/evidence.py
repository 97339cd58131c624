"""What a verifier returns, and what follows from it. Data only: imports no NumPy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from studydl.language import Text

__all__ = [
    "MARGIN_CEILING",
    "REJECTION_MARGIN",
    "Evidence",
    "Measurement",
    "Rejection",
    "Report",
    "Series",
    "Verdict",
]

MARGIN_CEILING = 1e6
"""Above this a margin says no more than "exact"."""

REJECTION_MARGIN = 1 / 3
"""A misconception has to miss at least one measurement by three times its tolerance."""


class Verdict(StrEnum):
    """What the evidence amounts to. Always computed."""

    VERIFIED = "verified"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured number beside the number that the claim predicts.

    Attributes:
        name: What was measured, as short as a formula.
        measured: The measured value, at the worst input if there were many.
        relation: How ``measured`` has to stand to ``expected``: ``=``, ``≤``, ``≥``.
        expected: The predicted value or the bound.
        tolerance: The absolute deviation that is allowed.
        basis: The name of the row in the table of tolerances.
        margin: The allowed deviation over the actual one; below 1 the measurement fails.
        comfortable: The margin below which a pass is so narrow that it has to be mended.
        worst_input: The input at which the deviation is largest, or an empty string.
    """

    name: str
    measured: float
    relation: str
    expected: float
    tolerance: float
    basis: str
    margin: float
    comfortable: float
    worst_input: str = ""

    @property
    def holds(self) -> bool:
        """Whether the deviation is within the tolerance. Not a number never holds."""
        return self.margin >= 1

    @property
    def is_thin(self) -> bool:
        """Whether it holds, but so narrowly that another machine might see it fail."""
        return self.holds and self.margin < self.comfortable

    def to_json(self) -> dict[str, Any]:
        """Return the measurement as JSON data; a value that is not finite becomes a string."""
        return {
            "name": self.name,
            "measured": _number(self.measured),
            "relation": self.relation,
            "expected": _number(self.expected),
            "tolerance": _number(self.tolerance),
            "basis": self.basis,
            "margin": self.margin,
            "comfortable": self.comfortable,
            "worst_input": self.worst_input,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Measurement:
        """Return the measurement that `to_json` wrote."""
        numbers = ("measured", "expected", "tolerance")
        return cls(**(data | {name: float(data[name]) for name in numbers}))


@dataclass(frozen=True, slots=True)
class Series:
    """A curve or profile that shows the point of a claim, to be plotted.

    Attributes:
        name: What the curve is, as short as a formula.
        x_label: What runs along the horizontal axis.
        y_label: What is plotted over it.
        x: The positions.
        y: The values, as many.
    """

    name: str
    x_label: str
    y_label: str
    x: tuple[float, ...]
    y: tuple[float, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the series as JSON data; a value that is not finite becomes a string."""
        return {
            "name": self.name,
            "x_label": self.x_label,
            "y_label": self.y_label,
            "x": list(map(_number, self.x)),
            "y": list(map(_number, self.y)),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Series:
        """Return the series that `to_json` wrote."""
        points = {axis: tuple(map(float, data[axis])) for axis in ("x", "y")}
        return cls(**(data | points))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verifier measured on one implementation.

    Attributes:
        measurements: In the order in which they were measured.
        failure: The exception that ended the measuring, or an empty string.
        series: Curves to be plotted; no verdict hangs on them.
    """

    measurements: tuple[Measurement, ...]
    failure: str = ""
    series: tuple[Series, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Verified if something was measured and all of it holds; a crash refutes nothing."""
        if self.failure:
            return Verdict.ERROR
        if not self.measurements:
            return Verdict.UNDECIDED
        holds = all(measurement.holds for measurement in self.measurements)
        return Verdict.VERIFIED if holds else Verdict.REFUTED

    @property
    def weakest(self) -> Measurement | None:
        """The measurement with the smallest margin: what refutes, or comes nearest to it."""
        return min(self.measurements, key=lambda each: each.margin, default=None)

    @property
    def is_clear_rejection(self) -> bool:
        """Whether a measured number misses by at least three times its tolerance."""
        weakest = self.weakest
        refuted = self.verdict is Verdict.REFUTED
        return refuted and weakest is not None and weakest.margin <= REJECTION_MARGIN

    def to_json(self) -> dict[str, Any]:
        """Return the evidence as JSON data."""
        return {
            "verdict": self.verdict,
            "measurements": [each.to_json() for each in self.measurements],
            "failure": self.failure,
            "series": [each.to_json() for each in self.series],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Evidence:
        """Return the evidence that `to_json` wrote."""
        measurements = tuple(Measurement.from_json(each) for each in data["measurements"])
        return cls(measurements, data["failure"], tuple(map(Series.from_json, data["series"])))


@dataclass(frozen=True, slots=True)
class Rejection:
    """What the verifier measured on a misconception or a control, which it has to reject."""

    name: str
    why: Text
    evidence: Evidence
    notes: str = ""

    @property
    def verdict(self) -> Verdict:
        """The verdict on the wrong implementation: ``refuted`` is what is wanted."""
        return self.evidence.verdict

    def to_json(self) -> dict[str, Any]:
        """Return the rejection as JSON data."""
        return {
            "name": self.name,
            "why": self.why._asdict(),
            "notes": self.notes,
            **self.evidence.to_json(),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Rejection:
        """Return the rejection that `to_json` wrote."""
        evidence = Evidence.from_json(data)
        return cls(data["name"], Text(**data["why"]), evidence, data["notes"])


@dataclass(frozen=True, slots=True)
class Report:
    """A claim, judged: the reference measured, every misconception and control rejected or not.

    Attributes:
        claim: The id, ``chapter.slug``.
        statement: The sentence that was measured.
        evidence: What was measured on the reference.
        misconceptions: What was measured on each misconception.
        controls: What was measured on zeros, identity and NaN, and on code that raises.
        seconds: How long all of it took.
        seed: The seed of the run, which with the id fixes every random number.
        cached: Whether the report was read from the cache instead of measured now.
    """

    claim: str
    statement: Text
    evidence: Evidence
    misconceptions: tuple[Rejection, ...]
    controls: tuple[Rejection, ...]
    seconds: float
    seed: int
    cached: bool = False

    @property
    def verdict(self) -> Verdict:
        """Verified only if the reference holds and everything wrong is rejected by a number.

        A verifier that lets a wrong implementation pass has not decided anything: ``undecided``.
        """
        if self.evidence.verdict is not Verdict.VERIFIED:
            return self.evidence.verdict
        return Verdict.UNDECIDED if self.survivors else Verdict.VERIFIED

    @property
    def survivors(self) -> tuple[Rejection, ...]:
        """The misconceptions and controls that were not rejected as they have to be."""
        accepted = [each for each in self.misconceptions if not each.evidence.is_clear_rejection]
        for control in self.controls:
            wanted = Verdict.ERROR if control.name == "raises" else Verdict.REFUTED
            if control.verdict is not wanted:
                accepted.append(control)
        return tuple(accepted)

    @property
    def thin(self) -> tuple[Measurement, ...]:
        """The measurements that hold by a margin too narrow to trust on another machine."""
        return tuple(each for each in self.evidence.measurements if each.is_thin)

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON data, the verdict included."""
        return {
            "id": self.claim,
            "statement": self.statement.en,
            "statement_zh": self.statement.zh,
            **self.evidence.to_json(),
            "verdict": self.verdict,
            "misconceptions": [each.to_json() for each in self.misconceptions],
            "controls": [each.to_json() for each in self.controls],
            "seconds": self.seconds,
            "seed": self.seed,
            "cached": self.cached,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Report:
        """Return the report that `to_json` wrote."""
        return cls(
            claim=data["id"],
            statement=Text(data["statement"], data["statement_zh"]),
            evidence=Evidence.from_json(data),
            misconceptions=tuple(map(Rejection.from_json, data["misconceptions"])),
            controls=tuple(map(Rejection.from_json, data["controls"])),
            seconds=data["seconds"],
            seed=data["seed"],
            cached=data["cached"],
        )


def _number(value: float) -> float | str:
    """Return a number that JSON can hold: NaN and infinities as the strings that float reads."""
    return value if math.isfinite(value) else str(value)
