"""The reviewed survivors: mutants that no measurement can tell from the reference, and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from studydl.errors import StudyError

from .trial import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .run import Result

__all__ = ["EQUIVALENT", "Reviewed", "read_reviews", "stale_reviews"]

EQUIVALENT = Path(__file__).with_name("equivalent.yaml")
_FORM = "expected a list of `because: reason` and `mutants: {id: 'before → after'}`"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A survivor that was looked at.

    Attributes:
        mutant: The id.
        change: The fault that was looked at, before and after.
        because: Why no measurement can refute it.
    """

    mutant: str
    change: str
    because: str


def read_reviews(path: Path = EQUIVALENT) -> dict[str, Reviewed]:
    """Read the reviews by id.

    Raises:
        StudyError: If the file does not have the form, or names a mutant twice.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8")) or []
        found = [
            Reviewed(str(id_), str(change), " ".join(entry["because"].split()))
            for entry in data
            for id_, change in entry["mutants"].items()
        ]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise StudyError(f"cannot read the reviews: {error}", where=str(path), hint=_FORM) from None
    reviews: dict[str, Reviewed] = {}
    for each in found:
        if each.mutant in reviews or not each.because:
            what = "is listed twice" if each.mutant in reviews else "has no reason"
            raise StudyError(f"`{each.mutant}` {what}", where=str(path), hint=_FORM)
        reviews[each.mutant] = each
    return reviews


def stale_reviews(
    reviews: dict[str, Reviewed], results: Sequence[Result], prefixes: Sequence[str]
) -> list[str]:
    """Return a sentence for each review within the prefixes that no longer fits what was found."""
    found = {result.mutant.id: result for result in results}
    sentences = []
    for id_, review in reviews.items():
        if not id_.startswith(tuple(prefixes)):
            continue
        result: Any = found.get(id_)
        if result is None:
            sentences.append(f"{id_}: there is no such mutant any more")
        elif result.mutant.change != review.change:
            sentences.append(f"{id_}: the fault is now {result.mutant.change}")
        elif result.outcome.status is not Status.SURVIVED:
            sentences.append(f"{id_}: it is {result.outcome.status}, not equivalent")
    return sentences
