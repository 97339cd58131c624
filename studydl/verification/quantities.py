"""What implementations compute with given parameters: the answers of cards that draw them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studydl.language import Text
    from studydl.verification.claim import Claim, Quantity

__all__ = ["Answers", "WrongAnswer", "answers_of", "compute"]

SAME = 1e-6
"""Relative: a misconception this close to the truth gives the same answer to a person."""


class WrongAnswer(NamedTuple):
    """What a misconception computes."""

    misconception: str
    value: float
    why: Text


class Answers(NamedTuple):
    """What the reference computes, and the misconceptions that compute something else."""

    value: float
    wrong: tuple[WrongAnswer, ...]


def compute(claim: Claim, name: str, implementation: Any, parameters: Mapping[str, float]) -> float:
    """Return what an implementation of a claim computes with parameters.

    Args:
        claim: Whose quantity.
        name: Of the quantity.
        implementation: The reference, or a misconception of it.
        parameters: By name; whole numbers as integers.

    Raises:
        StudyError: If the claim has no such quantity.
    """
    with np.errstate(all="ignore"):
        return float(_quantity(claim, name).compute(implementation, **parameters))


def answers_of(claim: Claim, name: str, parameters: Mapping[str, float]) -> Answers:
    """Return what the reference computes, and what each misconception computes instead.

    A misconception that computes no finite number, or the right one, is left out.

    Raises:
        StudyError: If the claim has no such quantity, it takes other parameters, or it has no
            finite value there.
    """
    try:
        right = compute(claim, name, claim.implementation, parameters)
    except TypeError as error:
        told = ", ".join(parameters)
        what = f"the quantity {name!r} of {claim.id} does not take the parameters {told}"
        raise StudyError(what, hint=str(error)) from error
    if not math.isfinite(right):
        raise StudyError(f"the quantity {name!r} of {claim.id} is {right} for these parameters")
    wrong = (
        WrongAnswer(
            each.name, _by_the_wrong(claim, name, each.implementation, parameters), each.why
        )
        for each in claim.misconceptions
    )
    return Answers(right, tuple(each for each in wrong if _differs(each.value, right)))


def _by_the_wrong(
    claim: Claim, name: str, implementation: Any, parameters: Mapping[str, float]
) -> float:
    try:
        return compute(claim, name, implementation, parameters)
    except Exception:  # noqa: BLE001 - what is wrong may fail in any way; it then tells no number
        return math.nan


def _differs(value: float, right: float) -> bool:
    return math.isfinite(value) and not math.isclose(value, right, rel_tol=SAME)


def _quantity(claim: Claim, name: str) -> Quantity:
    for each in claim.quantities:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in claim.quantities) or "none"
    raise StudyError(f"the claim {claim.id} has no quantity {name!r}", hint=f"it has {known}")
