"""Tries every mutant of a chapter on the claims that run its function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from studydl.errors import StudyError
from studydl.verification.evidence import Verdict

from .apply import live_function
from .child import DiedError, TimedOutError, in_child, in_order
from .generate import Mutant, mutants_of
from .trial import Outcome, Status, Watched, try_mutant, watch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.context import ForkServerContext

    from .subject import Subject

__all__ = ["Progress", "Result", "find_mutants", "run"]

Progress: TypeAlias = Callable[[str], None]
"""Is told in a line how far a run is."""

_SLOWER, _LONGEST = 5.0, 120.0


@dataclass(frozen=True, slots=True)
class Result:
    """A mutant and what became of it.

    Attributes:
        mutant: The fault.
        outcome: What the claims made of it.
        claims: How many claims run its function.
    """

    mutant: Mutant
    outcome: Outcome
    claims: int


def find_mutants(subject: Subject, prefixes: Sequence[str]) -> tuple[list[Mutant], list[str]]:
    """Return the mutants whose ids begin so, and the functions that cannot be exchanged."""
    found, skipped = [], []
    for source in subject.sources():
        module = subject.module(source.name)
        for mutant in mutants_of(source):
            name = f"{source.name}:{mutant.function}"
            if not mutant.id.startswith(tuple(prefixes)):
                continue
            if live_function(module, mutant.function, str(source.path)):
                found.append(mutant)
            elif name not in skipped:
                skipped.append(name)
    return found, skipped


def run(
    subject: Subject,
    mutants: Sequence[Mutant],
    *,
    context: ForkServerContext,
    jobs: int,
    progress: Progress,
    patience: float = 15.0,
) -> list[Result]:
    """Try mutants, each in a process of its own.

    A mutant has ``patience`` seconds, and besides five times what its claims take unchanged.

    Raises:
        StudyError: If a claim of the chapter is not verified before anything is changed.
    """
    watched = _watch_all(subject, context, jobs, progress)

    def attempt(mutant: Mutant) -> Result:
        concerned = _concerned(mutant, watched)
        limit = patience + _SLOWER * sum(each.seconds for each in concerned)
        names = [each.claim for each in concerned]
        args = (subject, mutant.source.name, mutant.id, names)
        try:
            outcome = in_child(context, try_mutant, *args, limit=limit)
        except TimedOutError:
            outcome = Outcome(mutant.id, Status.TIMED_OUT, "", f"after {limit:.0f} s")
        except DiedError:
            outcome = Outcome(mutant.id, Status.CRASHED, "", "the process ended")
        return Result(mutant, outcome, len(names))

    results = []
    for result in in_order(attempt, mutants, jobs=jobs):
        results.append(result)
        progress(f"{subject.chapter}: {len(results)} of {len(mutants)} mutants")
    return results


def _watch_all(
    subject: Subject, context: ForkServerContext, jobs: int, progress: Progress
) -> list[Watched]:
    claims = list(subject.find_claims())

    def attempt(claim: str) -> Watched:
        try:
            return in_child(context, watch, subject, claim, limit=_LONGEST)
        except (TimedOutError, DiedError) as error:
            what = f"`{claim}` ends in no verdict within {_LONGEST:.0f} s"
            raise StudyError(what, hint=f"see `studydl verify {claim}`") from error

    watched = []
    for each in in_order(attempt, claims, jobs=jobs):
        if each.verdict is not Verdict.VERIFIED:
            raise StudyError(
                f"`{each.claim}` is {each.verdict} before anything is changed",
                hint=f"mend it first: `studydl verify {each.claim}`",
            )
        watched.append(each)
        progress(f"{subject.chapter}: {len(watched)} of {len(claims)} claims watched")
    return watched


def _concerned(mutant: Mutant, watched: Sequence[Watched]) -> list[Watched]:
    """Return the claims that run the mutant's function, the cheapest first."""
    function = f"{mutant.source.path}:{mutant.function}"
    concerned = [each for each in watched if function in each.functions]
    return sorted(concerned, key=lambda each: (each.calls, each.claim))
