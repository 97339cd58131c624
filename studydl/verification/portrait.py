"""The picture of a claim that has no curves: what its verifier asks, answered rightly and wrongly.

The verifier is run on the reference and every call that it makes is kept. The call that shows most
is then put to each misconception. Loaded in the worker only.
"""

from __future__ import annotations

import contextlib
import copy
import time
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.verification.evidence import Series
from studydl.verification.profile import profiles_of
from studydl.verification.sightings import parts_of, watched_calls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.verification.claim import Claim
    from studydl.verification.profile import Array, Profile

__all__ = ["Portrait", "portrait_of"]

_SECONDS = 3.0
"""How long the verifier is watched, and how long its calls are then repeated."""

_TRIED = 24
_VISIBLE = 0.01
"""Part of the height of the curve by which a misconception has to leave it to be seen."""


class Portrait(NamedTuple):
    """What the implementations compute where the verifier asks.

    Attributes:
        truth: What the reference computes.
        misconceptions: What the misconceptions compute there, by name; without those that raise,
            or compute nothing of the same size.
    """

    truth: Series
    misconceptions: dict[str, Series]

    def to_json(self) -> dict[str, Any]:
        """Return the portrait as JSON data."""
        return {
            "x_label": self.truth.x_label,
            "y_label": self.truth.y_label,
            "truth": self.truth.to_json(),
            "misconceptions": {name: each.to_json() for name, each in self.misconceptions.items()},
        }


def portrait_of(claim: Claim, *, seed: int = 0, seconds: float = _SECONDS) -> Portrait | None:
    """Return the claim's portrait; None if nothing that its verifier asks makes a curve.

    Args:
        claim: Whose.
        seed: The seed of the run.
        seconds: How long the verifier may be watched, and how long its calls may be repeated.
    """
    with np.errstate(all="ignore"):
        profiles = profiles_of(watched_calls(claim, seed=seed, seconds=seconds))
        ends = time.monotonic() + seconds
        best: tuple[tuple[float, ...], Portrait] | None = None
        for profile in _promising(profiles):
            if best is not None and time.monotonic() > ends:
                break
            found = _portrait(claim, profile, ends)
            rank = _rank(found, profile)
            if best is None or rank > best[0]:
                best = rank, found
    return None if best is None else best[1]


def _promising(profiles: Sequence[Profile]) -> list[Profile]:
    """Return the profiles that are worth being put to the misconceptions, one shape each first."""
    ranked = sorted(profiles, key=lambda each: (each.has_positions, each.variety), reverse=True)
    seen: dict[tuple[int, str], int] = {}
    order = []
    for each in ranked:
        kind = each.part, each.y_label
        seen[kind] = seen.get(kind, 0) + 1
        order.append((seen[kind], each))
    return [each for _, each in sorted(order, key=lambda pair: pair[0])[:_TRIED]]


def _portrait(claim: Claim, profile: Profile, ends: float) -> Portrait:
    wrong = {}
    for each in claim.misconceptions:
        if time.monotonic() > ends:
            break
        values = _answers(each.implementation, profile)
        if values is not None:
            wrong[each.name] = _series(each.name, profile, values)
    return Portrait(_series("truth", profile, profile.values), wrong)


def _answers(implementation: Any, profile: Profile) -> Array | None:
    """Return what an implementation computes instead; None if that is no curve of this length."""
    values: list[Array] = []
    # Whatever a misconception raises, it is left out of the picture.
    with contextlib.suppress(Exception), np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        function = parts_of(implementation)[profile.part][1]
        for call in profile.calls:
            args, kwargs = copy.deepcopy((call.args, call.kwargs))
            values.append(profile.read(function(*args, **kwargs)))
        found: Array = np.concatenate(values)
        return found if found.shape == profile.values.shape else None
    return None


def _series(name: str, profile: Profile, values: Array) -> Series:
    order = np.argsort(profile.positions, kind="stable")
    x, y = profile.positions[order], values[order]
    return Series(
        name, profile.x_label, profile.y_label, tuple(x.tolist()), tuple(y.astype(float).tolist())
    )


def _rank(found: Portrait, profile: Profile) -> tuple[float, ...]:
    """Tell more telling portraits from less telling ones: first by how many mistakes are seen."""
    truth = np.asarray(found.truth.y)
    height = max(float(np.ptp(truth)), 1e-12 * float(np.abs(truth).max()), 1e-300)
    with np.errstate(all="ignore"):
        apart = sum(
            bool(np.max(np.abs(np.asarray(each.y) - truth)) > _VISIBLE * height)
            for each in found.misconceptions.values()
        )
    return apart, profile.has_positions, min(profile.variety, 60), -profile.roughness
