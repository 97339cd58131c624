"""Measures one claim: its reference, then everything that has to be rejected."""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from studydl.verification.controls import controls_of
from studydl.verification.evidence import Evidence, Measurement, Rejection, Report

if TYPE_CHECKING:
    from studydl.verification.claim import Claim, Misconception

__all__ = ["judge", "measure"]

_FloatingPointErrors = Literal["raise", "ignore"]


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
    taken: list[Measurement] = []
    try:
        with np.errstate(all=floating, under="ignore"), warnings.catch_warnings():
            warnings.simplefilter("error" if floating == "raise" else "ignore")
            for measurement in claim.verifier(implementation, claim.generator(seed)):
                taken.append(measurement)  # noqa: PERF402 - an exception must keep what came before
    except Exception as error:  # noqa: BLE001 - whatever foreign code raises is evidence
        return Evidence(tuple(taken), f"{type(error).__name__}: {error}")
    return Evidence(tuple(taken))


def judge(claim: Claim, *, seed: int = 0) -> Report:
    """Measure a claim's reference, its misconceptions and the four controls."""
    started = time.perf_counter()
    evidence = measure(claim, claim.implementation, seed=seed, floating="raise")
    misconceptions = _rejections(claim, claim.misconceptions, seed)
    controls = _rejections(claim, controls_of(claim.implementation), seed)
    return Report(
        claim=claim.id,
        statement=claim.statement,
        evidence=evidence,
        misconceptions=misconceptions,
        controls=controls,
        seconds=time.perf_counter() - started,
        seed=seed,
    )


def _rejections(claim: Claim, wrong: tuple[Misconception, ...], seed: int) -> tuple[Rejection, ...]:
    return tuple(
        Rejection(each.name, each.why, measure(claim, each.implementation, seed=seed), each.notes)
        for each in wrong
    )
