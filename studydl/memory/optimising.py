"""The weights of FSRS-6 fitted to the learner's own log, by fsrs-rs.

Fitted weights are judged on what the fit has not seen: the log is cut into five stretches of time;
each but the first is predicted by weights fitted to all stretches before it, and by the weights in
use. Those may have seen some of it, so the judgement leans towards keeping them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from studydl.errors import StudyError
from studydl.memory.model import Optimised
from studydl.memory.settings import Schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    import fsrs_rs_python as fsrs_rs

    from studydl.memory.log import Log

__all__ = ["FEWEST", "Fit", "optimise"]

FEWEST = 400
"""So many reviews, a day or more after the one before, are needed to fit anything."""

_STRETCHES = 5
_DIGITS = 4  # the library computes in single precision; more digits would be noise


class Fit(NamedTuple):
    """Fitted weights and what they are worth."""

    weights: tuple[float, ...]
    result: Optimised

    def content(self) -> dict[str, object]:
        """Return what the log keeps of the attempt."""
        return {"weights": list(self.weights), **self.result._asdict()}


def optimise(log: Log, weights: Sequence[float] | None) -> Fit:
    """Fit weights to the log and compare them with those in use.

    Raises:
        StudyError: There are too few reviews to learn from.
    """
    items = _items(log)
    if len(items) < FEWEST:
        raise StudyError(
            f"{len(items)} reviews on a later day than the one before are too few to fit weights",
            where="optimise",
            hint=f"come back when there are {FEWEST}; until then FSRS-6's own serve well",
        )
    cuts = [len(items) * part // _STRETCHES for part in range(1, _STRETCHES + 1)]
    before = after = 0.0
    for seen, end in pairwise(cuts):
        unseen = items[seen:end]
        share = len(unseen) / (len(items) - cuts[0])
        before += _loss(weights, unseen) * share
        after += _loss(_fitted(items[:seen]), unseen) * share
    final = _fitted(items)
    kept = after < before and _is_usable(final)
    return Fit(final, Optimised(before, after, len(items), kept))


def _items(log: Log) -> list[fsrs_rs.FSRSItem]:
    """Return one item for each review that says something about forgetting, oldest first.

    An item is a card's history up to a review; one on the day of the review before says nothing.
    """
    import fsrs_rs_python as fsrs_rs

    found = []
    for _, reviews in log.by_card():
        counting = [review for review in reviews if not review.undone]
        gaps = [0, *(max(0, later.day - earlier.day) for earlier, later in pairwise(counting))]
        history = [
            fsrs_rs.FSRSReview(int(review.grade), gap)
            for review, gap in zip(counting, gaps, strict=True)
        ]
        found += [
            (review.id, fsrs_rs.FSRSItem(history[: place + 1]))
            for place, (review, gap) in enumerate(zip(counting, gaps, strict=True))
            if gap > 0
        ]
    found.sort(key=lambda pair: pair[0])
    return [item for _, item in found]


def _fitted(items: Sequence[fsrs_rs.FSRSItem]) -> tuple[float, ...]:
    import fsrs_rs_python as fsrs_rs
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    found = fsrs_rs.FSRS(fsrs_rs.DEFAULT_PARAMETERS).compute_parameters(items)
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(
        min(max(round(weight, _DIGITS), low), high)
        for weight, (low, high) in zip(found, bounds, strict=True)
    )


def _loss(weights: Sequence[float] | None, items: Sequence[fsrs_rs.FSRSItem]) -> float:
    import fsrs_rs_python as fsrs_rs

    model = fsrs_rs.FSRS(list(weights or fsrs_rs.DEFAULT_PARAMETERS))
    return model.evaluate(items).log_loss


def _is_usable(weights: tuple[float, ...]) -> bool:
    """Return whether a schedule takes the weights: Again must not be given more than Easy."""
    try:
        Schedule(weights=weights)
    except StudyError:
        return False
    return True
