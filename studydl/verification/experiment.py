"""Experiments: a claim's implementation with its parameters as dials, to be predicted first."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from studydl.errors import StudyError
from studydl.language import Text
from studydl.verification.experiment_report import (
    Description,
    Dial,
    ExperimentReport,
    WrongOutcome,
)
from studydl.verification.measure import curve
from studydl.verification.quantities import SAME, compute

if TYPE_CHECKING:
    from studydl.verification.claim import Claim
    from studydl.verification.evidence import Series

__all__ = [
    "Experiment",
    "Outcome",
    "descriptions_of",
    "dial",
    "experiment",
    "perform",
    "perform_quantity",
    "swept",
]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Outcome(NamedTuple):
    """What one implementation makes of an experiment.

    Attributes:
        value: What was to be predicted.
        series: Curves around it.
    """

    value: float
    series: tuple[Series, ...] = ()


_Run: TypeAlias = Callable[..., Outcome]


@dataclass(frozen=True, slots=True)
class Experiment:
    """A question about an implementation whose answer depends on how some dials stand.

    Attributes:
        name: A slug, unique within its claim.
        question: What is to be predicted, with its unit and convention.
        dials: What can be turned.
        run: Takes the implementation, a random generator and the dials' values by name.
    """

    name: str
    question: Text
    dials: tuple[Dial, ...]
    run: _Run

    def __post_init__(self) -> None:
        """Refuse an experiment that nobody could turn, or that starts off its dials."""
        if not _SLUG.fullmatch(self.name):
            raise ValueError(f"expected a slug such as `steps-by-decay`, got {self.name!r}")
        if not self.dials:
            raise ValueError(f"{self.name}: expected at least one dial")
        for each in self.dials:
            in_order = all(low < high for low, high in pairwise(each.values))
            if len(each.values) < 2 or not in_order or each.start not in each.values:
                raise ValueError(
                    f"{self.name}: the dial {each.name} needs two or more rising values,"
                    " among them its start"
                )


def dial(name: str, en: str, zh: str, values: Iterable[float], start: float) -> Dial:
    """Return a dial; whole numbers stay integers."""
    return Dial(name, Text(en, zh), tuple(values), start)


def experiment(
    name: str, *, en: str, zh: str, dials: Iterable[Dial]
) -> Callable[[_Run], Experiment]:
    """Make an experiment of the function below it; ``en`` and ``zh`` ask for its value."""

    def decorate(run: _Run) -> Experiment:
        return Experiment(name, Text(en, zh), tuple(dials), run)

    return decorate


def swept(
    value_at: Callable[[Any], float], at: float, over: Iterable[Any], *, x: str, y: str
) -> Outcome:
    """Return the value at one place, and the curve over many.

    Args:
        value_at: What is measured; it draws no random numbers.
        at: Where the dial stands.
        over: What the dial offers, or more.
        x: The name of the dial, or what runs along the horizontal axis.
        y: What is measured, as short as a formula.
    """
    places = list(over)
    values = [float(value_at(each)) for each in places]
    line = curve(y, places, values, x_label=x, y_label=y)
    return Outcome(float(value_at(at)), (line,))


def descriptions_of(claim: Claim) -> list[Description]:
    """Return what the experiments of a claim ask."""
    return [
        Description(claim.id, each.name, each.question, each.dials) for each in claim.experiments
    ]


def perform(
    claim: Claim, name: str, values: Mapping[str, float], *, seed: int = 0
) -> ExperimentReport:
    """Run an experiment on the reference and on each misconception of its claim.

    A misconception that comes to no finite value, or to the same as the truth, is left out.

    Raises:
        StudyError: If the claim has no such experiment, a dial is missing or does not offer the
            value, or the reference comes to no finite value.
    """
    found = _experiment(claim, name)
    chosen = {each.name: _offered(claim, found, each, values) for each in found.dials}

    def run(implementation: Any) -> Outcome:
        return found.run(implementation, claim.generator(seed), **chosen)

    return _beside_the_wrong(claim, name, run)


def perform_quantity(
    claim: Claim, name: str, values: Mapping[str, float], *, along: str, over: Sequence[float]
) -> ExperimentReport:
    """Compute a quantity of a claim with some parameters, and its curve along one of them.

    Args:
        claim: Whose quantity.
        name: Of the quantity.
        values: The parameters, by name; whole numbers as integers.
        along: The parameter that the curve runs along.
        over: Its values.

    Raises:
        StudyError: If the claim has no such quantity, it takes other parameters, or it has no
            finite value there.
    """

    def run(implementation: Any) -> Outcome:
        value_at = partial(_computed, claim, name, implementation, values, along)
        return swept(value_at, values[along], over, x=along, y=name)

    try:
        return _beside_the_wrong(claim, name, run)
    except (KeyError, TypeError) as error:
        told = ", ".join(values)
        what = f"the quantity {name!r} of {claim.id} does not take the parameters {told}"
        raise StudyError(what, hint=str(error)) from error


def _computed(
    claim: Claim,
    name: str,
    implementation: Any,
    values: Mapping[str, float],
    along: str,
    value: float,
) -> float:
    return compute(claim, name, implementation, {**values, along: value})


def _beside_the_wrong(claim: Claim, name: str, run: Callable[[Any], Outcome]) -> ExperimentReport:
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        truth = run(claim.implementation)
        if not math.isfinite(truth.value):
            raise StudyError(f"{name!r} of {claim.id} is {truth.value} for these values")
        wrong = []
        for each in claim.misconceptions:
            outcome = _of_the_wrong(run, each.implementation)
            if outcome is not None and _differs(outcome, truth):
                wrong.append(WrongOutcome(each.name, each.why, outcome.value, outcome.series))
    return ExperimentReport(truth.value, truth.series, tuple(wrong))


def _of_the_wrong(run: Callable[[Any], Outcome], implementation: Any) -> Outcome | None:
    try:
        return run(implementation)
    except Exception:  # noqa: BLE001 - what is wrong may fail in any way; it then has no curve
        return None


def _differs(outcome: Outcome, truth: Outcome) -> bool:
    """Tell whether something wrong has a value, and shows as wrong: there or along its curves."""
    if not math.isfinite(outcome.value):
        return False
    curves = [[y for each in one.series for y in each.y] for one in (outcome, truth)]
    pairs = [(outcome.value, truth.value), *zip(*curves, strict=False)]
    return not all(math.isclose(a, b, rel_tol=SAME, abs_tol=1e-12) for a, b in pairs)


def _experiment(claim: Claim, name: str) -> Experiment:
    for each in claim.experiments:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in claim.experiments) or "none"
    raise StudyError(f"the claim {claim.id} has no experiment {name!r}", hint=f"it has {known}")


def _offered(claim: Claim, found: Experiment, turned: Dial, values: Mapping[str, float]) -> float:
    """Return the dial's own number, so that whole ones are integers however they were sent."""
    wanted = values.get(turned.name)
    for each in turned.values:
        if each == wanted:
            return each
    offered = ", ".join(f"{each:g}" for each in turned.values)
    what = f"the dial {turned.name!r} of {found.name!r} of {claim.id} cannot stand at {wanted}"
    raise StudyError(what, hint=f"it offers {offered}")
