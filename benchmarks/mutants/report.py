"""The table of a run, its survivors, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .trial import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .review import Reviewed
    from .run import Result

__all__ = ["WANTED", "Tally", "as_json", "shown", "survivors", "table", "tally", "tally_sum"]

WANTED = 0.95
"""The share of the mutants, without those reviewed as equivalent and crashes, to be caught."""

_HEAD = ("chapter", "mutants", "caught", "crashed", "timed out", "survived", "equivalent", "share")


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one chapter, or of all."""

    chapter: str
    mutants: int
    caught: int
    crashed: int
    timed_out: int
    survived: int
    equivalent: int

    @property
    def share(self) -> float:
        """What is caught of all that is neither equivalent nor a crash; 1 of nothing."""
        counted = self.mutants - self.equivalent - self.crashed
        return self.caught / counted if counted else 1.0

    @property
    def holds(self) -> bool:
        """Whether nothing survives without a review, and enough is caught."""
        return self.survived == 0 and self.share >= WANTED


def tally(chapter: str, results: Sequence[Result], reviews: dict[str, Reviewed]) -> Tally:
    """Count what became of the mutants."""
    counts = Counter(result.outcome.status for result in results)
    left = len(survivors(results, reviews))
    return Tally(
        chapter,
        len(results),
        counts[Status.CAUGHT],
        counts[Status.CRASHED],
        counts[Status.TIMED_OUT],
        left,
        counts[Status.SURVIVED] - left,
    )


def survivors(results: Sequence[Result], reviews: dict[str, Reviewed]) -> list[Result]:
    """Return the survivors that nobody has reviewed."""
    return [
        result
        for result in results
        if result.outcome.status is Status.SURVIVED and result.mutant.id not in reviews
    ]


def table(tallies: Sequence[Tally]) -> str:
    """Lay out the counts, with a line for the sum."""
    total = tally_sum(tallies)
    rows = [_HEAD, *(_row(each) for each in tallies)]
    if len(tallies) > 1:
        rows.append(_row(total))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(map(str.rjust, row[1:], widths[1:]))]) for row in rows
    )


def tally_sum(tallies: Sequence[Tally]) -> Tally:
    """Add up the counts of chapters."""
    return Tally(
        "all",
        sum(each.mutants for each in tallies),
        sum(each.caught for each in tallies),
        sum(each.crashed for each in tallies),
        sum(each.timed_out for each in tallies),
        sum(each.survived for each in tallies),
        sum(each.equivalent for each in tallies),
    )


def shown(result: Result) -> str:
    """Lay out one mutant: where it is, what was changed, and who noticed what."""
    mutant, outcome = result.mutant, result.outcome
    noticed = f"{outcome.claim}: {outcome.detail}" if outcome.claim else outcome.detail
    if result.claims == 0:
        noticed = "no claim runs this function"
    lines = [
        f"{mutant.source.path}:{mutant.line}: {outcome.status}: {mutant.fault}",
        f"    {mutant.id}",
        f"  - {mutant.before}",
        f"  + {mutant.after}",
        *([f"    {noticed}"] if noticed else []),
    ]
    return "\n".join(lines)


def as_json(
    tallies: Sequence[Tally],
    results: Sequence[Result],
    reviews: dict[str, Reviewed],
    stale: Sequence[str],
) -> dict[str, Any]:
    """Return the whole run as JSON data."""
    return {
        "chapters": [_counts(each) for each in tallies],
        "totals": _counts(tally_sum(tallies)),
        "mutants": [_record(result, reviews) for result in results],
        "stale": list(stale),
    }


def _row(counts: Tally) -> tuple[str, ...]:
    numbers = (
        counts.mutants,
        counts.caught,
        counts.crashed,
        counts.timed_out,
        counts.survived,
        counts.equivalent,
    )
    return (counts.chapter, *map(str, numbers), f"{counts.share:.1%}")


def _counts(counts: Tally) -> dict[str, Any]:
    return {
        "chapter": counts.chapter,
        "mutants": counts.mutants,
        "caught": counts.caught,
        "crashed": counts.crashed,
        "timed_out": counts.timed_out,
        "survived": counts.survived,
        "equivalent": counts.equivalent,
        "share": counts.share,
    }


def _record(result: Result, reviews: dict[str, Reviewed]) -> dict[str, Any]:
    mutant, outcome = result.mutant, result.outcome
    review = reviews.get(mutant.id)
    return {
        "id": mutant.id,
        "line": mutant.line,
        "fault": mutant.fault,
        "before": mutant.before,
        "after": mutant.after,
        "status": str(outcome.status),
        "claim": outcome.claim,
        "detail": outcome.detail,
        "claims": result.claims,
        "equivalent": review.because if review else None,
    }
