"""Measures one claim: its reference, then everything that has to be rejected."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from studydl.verification.controls import controls_of
from studydl.verification.evidence import Evidence, Rejection, Report, Series

if TYPE_CHECKING:
    from studydl.verification.claim import Claim

__all__ = ["Progress", "judge", "measure", "untold"]

Progress: TypeAlias = Callable[[Any], None]
"""Is handed JSON data about how far something is."""

_FloatingPointErrors = Literal["raise", "ignore"]


def untold(_data: Any) -> None:
    """Report progress to nobody."""


def measure(
    claim: Claim, implementation: Any, *, seed: int = 0, floating: _FloatingPointErrors = "ignore"
) -> Evidence:
    """Run a claim's verifier on any implementation.

    Args:
        claim: Whose verifier.
        implementation: What takes the place of the reference.
        seed: The seed of the run.
        floating: What an overflow, a division by zero or an invalid operation does. The reference
            may not cause any (``raise``); what is wrong is to be rejected by a number instead.

    Returns:
        The measurements; after an exception those before it, and the exception as ``failure``.
    """
    taken: list[Any] = []
    curves: list[Any] = []
    failure = ""
    try:
        with np.errstate(all=floating, under="ignore"), warnings.catch_warnings():
            warnings.simplefilter("error" if floating == "raise" else "ignore")
            for each in claim.verifier(implementation, claim.generator(seed)):
                (curves if isinstance(each, Series) else taken).append(each)
    except Exception as error:  # noqa: BLE001 - whatever foreign code raises is evidence
        failure = f"{type(error).__name__}: {error}"
    return Evidence(tuple(taken), failure, tuple(curves))


def judge(claim: Claim, *, seed: int = 0, progress: Progress = untold) -> Report:
    """Measure a claim's reference, its misconceptions and the four controls.

    Args:
        claim: What to measure.
        seed: The seed of the run.
        progress: Is handed ``{"measured": name, "done": k, "of": n, "evidence": ...}`` after each.
    """
    started = time.perf_counter()
    controls = controls_of(claim.implementation)
    total = 1 + len(claim.misconceptions) + len(controls)

    def tell(name: str, done: int, evidence: Evidence) -> None:
        data = evidence.to_json()
        progress({"measured": name, "done": done, "of": total, "evidence": data})

    evidence = measure(claim, claim.implementation, seed=seed, floating="raise")
    tell("reference", 1, evidence)
    rejections = []
    for done, wrong in enumerate((*claim.misconceptions, *controls), start=2):
        measured = measure(claim, wrong.implementation, seed=seed)
        rejections.append(Rejection(wrong.name, wrong.why, measured, wrong.notes))
        tell(wrong.name, done, measured)
    named = len(claim.misconceptions)
    return Report(
        claim=claim.id,
        statement=claim.statement,
        evidence=evidence,
        misconceptions=tuple(rejections[:named]),
        controls=tuple(rejections[named:]),
        seconds=time.perf_counter() - started,
        seed=seed,
    )
