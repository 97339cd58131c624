"""What a derivation is, and how it is checked line by line."""

from __future__ import annotations

import dataclasses
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from studydl.verification.derivation_report import (
    DerivationReport,
    Proof,
    Relation,
    StepReport,
)
from studydl.verification.equality import FEWEST_POINTS, decide
from studydl.verification.evaluation import evaluate, prepare
from studydl.verification.evidence import Evidence, Measurement
from studydl.verification.formula import definition_formulas, domain_formulas, formula
from studydl.verification.measure import equals
from studydl.verification.tolerance import ROUNDING, Tolerance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.random import Generator

    from studydl.language import Text
    from studydl.verification.domain import Domain, Point

__all__ = ["Comparison", "Derivation", "Step", "check"]

_DERIVATION_ID = re.compile(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*")
_COMPARED_POINTS = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation.

    Attributes:
        expression: A SymPy expression, kept and printed as it is written.
        rule: What was done to the line above, and why it is allowed.
        relation: How it stands to the line above.
    """

    expression: Any
    rule: Text
    relation: Relation = Relation.EQUAL


@dataclass(frozen=True, slots=True)
class Comparison:
    """A quantity of the implementation that the last line of a derivation predicts.

    Attributes:
        name: What is computed, as ``nn.activations.sigmoid_gradient(x)``.
        compute: Takes the value of each symbol of the domain by name: floats, integers, an array
            for a sequence, an array of one row an outcome for a random sequence.
        tolerance: A row of the table.
    """

    name: str
    compute: Callable[..., Any]
    tolerance: Tolerance = ROUNDING


@dataclass(frozen=True, slots=True, eq=False)
class Derivation:
    """A chain of expressions from a definition to a result.

    Attributes:
        id: ``chapter.slug``.
        title: What is derived.
        notes: The section of the notes that it belongs to.
        domain: What the symbols stand for.
        steps: At least two.
        comparisons: What `studydl.nn` computes and the last line predicts; at least one.
        sources: The primary literature, with the section.
        definitions: What the names in the lines stand for, each made of the ones before it.
    """

    id: str
    title: Text
    notes: str
    domain: Domain
    steps: tuple[Step, ...]
    comparisons: tuple[Comparison, ...]
    sources: tuple[str, ...]
    definitions: Mapping[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a derivation that could not be found, traced or checked."""
        if not _DERIVATION_ID.fullmatch(self.id):
            raise ValueError(f"expected an id such as `activations.tanh-gradient`, got {self.id!r}")
        if len(self.steps) < 2:
            raise ValueError(f"{self.id}: expected two or more steps")
        if not self.comparisons or not self.sources:
            raise ValueError(f"{self.id}: expected a comparison with nn and a source, or more")

    @property
    def chapter(self) -> str:
        """The chapter that the derivation belongs to."""
        return self.id.partition(".")[0]

    def generator(self, seed: int, line: int) -> Generator:
        """Return the random numbers of one line, which no other line or derivation can shift."""
        return np.random.Generator(
            np.random.PCG64DXSM(np.random.SeedSequence([seed, crc32(self.id.encode()), line]))
        )


def check(derivation: Derivation, *, seed: int = 0) -> DerivationReport:
    """Check each line against the one above it, and the last line against `studydl.nn`."""
    started = time.perf_counter()
    steps: list[StepReport] = []
    failure = ""
    try:
        for line in range(len(derivation.steps)):
            steps.append(_check_line(derivation, line, seed))  # noqa: PERF401 - what comes before an exception is kept
    except Exception as error:  # noqa: BLE001 - whatever an author's expression raises is reported
        failure = f"{type(error).__name__}: {error}"
    return DerivationReport(
        derivation=derivation.id,
        title=derivation.title,
        notes=derivation.notes,
        domain=domain_formulas(derivation.domain),
        definitions=definition_formulas(derivation.definitions),
        steps=tuple(steps),
        comparison=_compare(derivation, seed),
        sources=derivation.sources,
        seconds=time.perf_counter() - started,
        seed=seed,
        failure=failure,
    )


def _check_line(derivation: Derivation, line: int, seed: int) -> StepReport:
    step = derivation.steps[line]
    report = StepReport(formula(step.expression), step.relation, step.rule, Proof.DEFINITION)
    if line == 0:
        return report
    above = derivation.steps[line - 1].expression
    if step.relation is Relation.APPLIED:
        is_kept = step.expression != above and step.expression.has(above)
        return dataclasses.replace(report, proof=Proof.SYMBOLIC if is_kept else Proof.UNEQUAL)
    found = decide(
        above,
        step.expression,
        derivation.domain,
        derivation.generator(seed, line),
        definitions=derivation.definitions,
        relation=step.relation,
    )
    return dataclasses.replace(
        report, proof=found.kind, points=found.points, counterexample=found.counterexample
    )


def _compare(derivation: Derivation, seed: int) -> Evidence:
    """Measure every comparison at points of the domain, and keep the worst of each."""
    taken: list[Measurement] = []
    try:
        predictions = _predictions(derivation, seed)
        if len(predictions) >= FEWEST_POINTS:
            taken.extend(_worst(each, predictions) for each in derivation.comparisons)
    except Exception as error:  # noqa: BLE001 - whatever the implementation raises is evidence
        return Evidence(tuple(taken), f"{type(error).__name__}: {error}")
    return Evidence(tuple(taken))


def _predictions(derivation: Derivation, seed: int) -> list[tuple[Point, float]]:
    """Return points and the last line's value there; points without a value predict nothing."""
    domain = derivation.domain
    names = domain.grant_names(derivation.definitions)
    end = prepare(domain.grant(derivation.steps[-1].expression), names)
    rng = derivation.generator(seed, len(derivation.steps))
    points = [domain.draw(rng) for _ in range(_COMPARED_POINTS)]
    values = ((point, evaluate(end, point, names)) for point in points)
    return [(point, float(value)) for point, value in values if value is not None]


def _worst(comparison: Comparison, predictions: list[tuple[Point, float]]) -> Measurement:
    measurements = []
    for point, expected in predictions:
        with np.errstate(all="raise", under="ignore"):
            measured = np.asarray(comparison.compute(**point.as_floats()))
        if measured.shape != ():
            raise ValueError(f"{comparison.name}: expected a number, got shape {measured.shape}")
        compared = equals(comparison.name, measured, expected, comparison.tolerance)
        measurements.append(dataclasses.replace(compared, worst_input=str(point)))
    return min(measurements, key=lambda each: each.margin)
