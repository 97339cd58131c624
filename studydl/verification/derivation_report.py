"""What the check of a derivation finds. Data only: imports neither SymPy nor NumPy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from studydl.language import Text
from studydl.verification.evidence import Evidence, Verdict

__all__ = [
    "Counterexample",
    "DerivationReport",
    "Formula",
    "Proof",
    "Relation",
    "StepReport",
]


class Relation(StrEnum):
    """How a line of a derivation stands to the line above it. The value is what is printed."""

    EQUAL = "="
    AT_MOST = "≤"
    AT_LEAST = "≥"
    APPLIED = "⇒"
    """An operation on the line above, which stands in the new line unchanged."""


class Proof(StrEnum):
    """How it was found that a line follows from the line above it, or that it does not."""

    DEFINITION = "definition"
    SYMBOLIC = "symbolic"
    NUMERIC = "numeric"
    UNEQUAL = "unequal"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A point at which two expressions differ.

    Attributes:
        at: The point, as ``x = -1.37, t = 5``.
        left: The value of the left or upper expression; empty if it has none there.
        right: The value of the right or lower expression; empty if it has none there.
    """

    at: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression as it is drawn, and in plain ASCII as SymPy reads it."""

    latex: str
    plain: str


@dataclass(frozen=True, slots=True)
class StepReport:
    """One line of a derivation, checked against the line above it.

    Attributes:
        formula: The line, printed from the expression that was checked.
        relation: How it stands to the line above; of no meaning on the first line.
        rule: What was done, and why it is allowed.
        proof: How that was found to hold, or not.
        points: How many points both lines were evaluated at.
        counterexample: Where the lines differ, or where only one of them has a value.
    """

    formula: Formula
    relation: Relation
    rule: Text
    proof: Proof
    points: int = 0
    counterexample: Counterexample | None = None

    @property
    def holds(self) -> bool:
        """Whether the line follows from the one above."""
        return self.proof in {Proof.DEFINITION, Proof.SYMBOLIC, Proof.NUMERIC}

    def to_json(self) -> dict[str, Any]:
        """Return the line as JSON data."""
        found = self.counterexample
        return {
            "latex": self.formula.latex,
            "plain": self.formula.plain,
            "relation": self.relation,
            "rule": self.rule._asdict(),
            "proof": self.proof,
            "points": self.points,
            "counterexample": found and {"at": found.at, "left": found.left, "right": found.right},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> StepReport:
        """Return the line that `to_json` wrote."""
        found = data["counterexample"]
        return cls(
            formula=Formula(data["latex"], data["plain"]),
            relation=Relation(data["relation"]),
            rule=Text(**data["rule"]),
            proof=Proof(data["proof"]),
            points=data["points"],
            counterexample=found and Counterexample(**found),
        )


@dataclass(frozen=True, slots=True)
class DerivationReport:
    """A derivation, checked line by line, its end compared with the implementation.

    Attributes:
        derivation: The id, ``chapter.slug``.
        title: What is derived.
        notes: The section of the notes that it belongs to.
        domain: What each symbol stands for, as ``0 < alpha < 1``.
        definitions: The names that the lines use, each as ``name = meaning``.
        steps: The lines; after a failure those that were checked before it.
        comparison: The last line against `studydl.nn`.
        sources: The primary literature, with the section.
        seconds: How long the check took.
        seed: The seed of the run, which with the id fixes every sampled point.
        failure: The exception that ended the check of the lines, or an empty string.
    """

    derivation: str
    title: Text
    notes: str
    domain: tuple[Formula, ...]
    definitions: tuple[Formula, ...]
    steps: tuple[StepReport, ...]
    comparison: Evidence
    sources: tuple[str, ...]
    seconds: float
    seed: int
    failure: str = ""

    @property
    def verdict(self) -> Verdict:
        """Verified if every line holds and the last one agrees with the implementation."""
        proofs = {step.proof for step in self.steps}
        if Proof.UNEQUAL in proofs:
            return Verdict.REFUTED
        if self.failure:
            return Verdict.ERROR
        if self.comparison.verdict is not Verdict.VERIFIED:
            return self.comparison.verdict
        return Verdict.UNDECIDED if Proof.UNDECIDED in proofs else Verdict.VERIFIED

    @property
    def first_false_step(self) -> int | None:
        """The index of the first line that does not follow from the one above, if any."""
        wrong = (i for i, step in enumerate(self.steps) if step.proof is Proof.UNEQUAL)
        return next(wrong, None)

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON data, the verdict included."""
        return {
            "id": self.derivation,
            "title": self.title._asdict(),
            "notes": self.notes,
            "verdict": self.verdict,
            "domain": [_formula_to_json(each) for each in self.domain],
            "definitions": [_formula_to_json(each) for each in self.definitions],
            "steps": [step.to_json() for step in self.steps],
            "comparison": self.comparison.to_json(),
            "sources": list(self.sources),
            "seconds": self.seconds,
            "seed": self.seed,
            "failure": self.failure,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> DerivationReport:
        """Return the report that `to_json` wrote."""
        return cls(
            derivation=data["id"],
            title=Text(**data["title"]),
            notes=data["notes"],
            domain=tuple(Formula(**each) for each in data["domain"]),
            definitions=tuple(Formula(**each) for each in data["definitions"]),
            steps=tuple(map(StepReport.from_json, data["steps"])),
            comparison=Evidence.from_json(data["comparison"]),
            sources=tuple(data["sources"]),
            seconds=data["seconds"],
            seed=data["seed"],
            failure=data["failure"],
        )


def _formula_to_json(formula: Formula) -> dict[str, str]:
    return {"latex": formula.latex, "plain": formula.plain}
