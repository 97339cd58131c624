"""``python -m benchmarks.mutants``: tries small faults in `studydl.nn` on the claims."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from studydl.errors import StudyError

from .child import server
from .report import as_json, shown, survivors, table, tally
from .review import read_reviews, stale_reviews
from .run import find_mutants, run
from .subject import Subject, chapters
from .trial import Status, watch

if TYPE_CHECKING:
    from .generate import Mutant
    from .report import Tally
    from .review import Reviewed
    from .run import Result

_EPILOG = """Exit codes: 0 every survivor is reviewed and at least 95 % are caught; 1 not so, or a
review is stale; 2 the call or a file cannot be used."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    options = _parser().parse_args(arguments)
    try:
        wanted = _wanted(options.chapter)
        if options.list:
            return _list(wanted)
        return _run(wanted, jobs=options.jobs, json_wanted=options.json)
    except StudyError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.mutants", description=__doc__, epilog=_EPILOG
    )
    parser.add_argument(
        "chapter",
        nargs="*",
        help="a chapter, or the beginning of the ids of mutants, as `optimizers.adam:adam`",
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time (2)")
    parser.add_argument("--json", action="store_true", help="print every mutant as JSON")
    parser.add_argument("--list", action="store_true", help="print the mutants, try none")
    return parser


def _wanted(prefixes: list[str]) -> dict[str, list[str]]:
    """Return the prefixes of each chapter; all chapters if nothing was asked for."""
    known = chapters()
    wanted: dict[str, list[str]] = {}
    for prefix in prefixes or known:
        chapter = prefix.partition(":")[0].partition(".")[0]
        if chapter not in known:
            raise StudyError(f"there is no chapter `{chapter}`", hint=f"known: {', '.join(known)}")
        wanted.setdefault(chapter, []).append(prefix)
    return wanted


def _mutants(subject: Subject, prefixes: list[str]) -> list[Mutant]:
    found, skipped = find_mutants(subject, prefixes)
    for name in skipped:
        print(f"skipped: {name} cannot be exchanged while it runs", file=sys.stderr)
    if not found:
        raise StudyError(f"there are no mutants of {', '.join(prefixes)}")
    return found


def _list(wanted: dict[str, list[str]]) -> int:
    for chapter, prefixes in wanted.items():
        for mutant in _mutants(Subject.of(chapter), prefixes):
            print(f"{mutant.id}\n  - {mutant.before}\n  + {mutant.after}")
    return 0


def _run(wanted: dict[str, list[str]], *, jobs: int, json_wanted: bool) -> int:
    os.nice(10)
    subjects = [Subject.of(chapter) for chapter in wanted]
    mutants = [_mutants(subject, wanted[subject.chapter]) for subject in subjects]
    for subject in subjects:
        subject.find_claims()
    names = [name for subject in subjects for name in subject.claim_modules()]
    context = server([watch.__module__, *names])
    reviews = read_reviews()
    results: list[Result] = []
    tallies = []
    for subject, own in zip(subjects, mutants, strict=True):
        made = run(subject, own, context=context, jobs=jobs, progress=_tell)
        tallies.append(tally(subject.chapter, made, reviews))
        results += made
    _tell("")
    stale = stale_reviews(reviews, results, [each for own in wanted.values() for each in own])
    if json_wanted:
        print(json.dumps(as_json(tallies, results, reviews, stale), ensure_ascii=False, indent=1))
    else:
        _print(results, tallies, reviews, stale)
    return 0 if all(each.holds for each in tallies) and not stale else 1


def _print(
    results: list[Result], tallies: list[Tally], reviews: dict[str, Reviewed], stale: list[str]
) -> None:
    print(table(tallies))
    late = [each for each in results if each.outcome.status is Status.TIMED_OUT]
    for result in (*late, *survivors(results, reviews)):
        print(f"\n{shown(result)}")
    for sentence in stale:
        print(f"\nstale review: {sentence}")


def _tell(line: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
