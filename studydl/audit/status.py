"""From verdicts to the status of a statement."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studydl.audit.model import Figure, Finding, Status
from studydl.verification.evidence import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studydl.audit.model import Refutation, Statement
    from studydl.verification.evidence import Measurement, Rejection, Report

__all__ = ["find"]


def find(statement: Statement, reports: Mapping[str, Report]) -> Finding:
    """Compute a statement's status.

    It holds if its claims are verified; it is wrong if it was refuted as the notes put it, while
    the claim that says what is true is verified; it is conditional if both. If something that the
    audit relies on did not come out so, the statement is unsettled.

    Args:
        statement: The statement.
        reports: The reports of at least the claims that it names, by id.
    """
    trouble = next(_troubles(statement, reports), "")
    if trouble:
        return Finding(statement, Status.UNSETTLED, (), trouble)
    if statement.unmeasurable is not None:
        return Finding(statement, Status.UNMEASURABLE, ())
    if not statement.refuted:
        status = Status.HOLDS
    else:
        status = Status.CONDITIONAL if statement.holds else Status.WRONG
    return Finding(statement, status, tuple(_figures(statement, reports)))


def _troubles(statement: Statement, reports: Mapping[str, Report]) -> Iterator[str]:
    for id_ in statement.claims:
        if id_ not in reports:
            yield f"there is no claim {id_}"
        elif reports[id_].verdict is not Verdict.VERIFIED:
            yield f"{id_} is {reports[id_].verdict}"
    for refutation in statement.refuted:
        rejection = _rejection(refutation, reports)
        if rejection is None:
            yield f"there is no misconception {refutation}"
        elif not rejection.evidence.is_clear_rejection:
            yield f"{refutation} was not refuted clearly"


def _rejection(refutation: Refutation, reports: Mapping[str, Report]) -> Rejection | None:
    report = reports.get(refutation.claim)
    wrong = () if report is None else report.misconceptions
    return next((each for each in wrong if each.name == refutation.misconception), None)


def _figures(statement: Statement, reports: Mapping[str, Report]) -> Iterator[Figure]:
    """Yield the first finite number of each claim, and the number that refuted the notes."""
    for id_ in statement.holds:
        yield from _figure(id_, reports[id_].evidence.measurements)
    for refutation in statement.refuted:
        rejection = _rejection(refutation, reports)
        measurements = () if rejection is None else rejection.evidence.measurements
        failing = [each for each in measurements if not each.holds]
        yield from _figure(str(refutation), sorted(failing, key=lambda each: each.margin))


def _figure(of: str, measurements: tuple[Measurement, ...] | list[Measurement]) -> Iterator[Figure]:
    for each in measurements:
        if math.isfinite(each.measured) and math.isfinite(each.expected):
            yield Figure(of, each.name, each.measured, each.expected)
            return
