"""Prints how many claims, misconceptions, derivations, cards and statements each chapter has.

python benchmarks/counts.py
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from studydl.audit import read_audit
from studydl.cards import Library
from studydl.places import shipped_decks
from studydl.verification.catalogue import all_claims, all_derivations


def main() -> None:
    """Print one row a chapter, and the totals."""
    claims = all_claims().values()
    with (
        tempfile.TemporaryDirectory() as cache,
        Library.open([shipped_decks()], Path(cache)) as library,
    ):
        cards = Counter({chapter.name: chapter.count for chapter in library.chapters()})
    columns = {
        "claims": Counter(claim.chapter for claim in claims),
        "misconceptions": sum(
            (Counter({claim.chapter: len(claim.misconceptions)}) for claim in claims), Counter()
        ),
        "derivations": Counter(id_.partition(".")[0] for id_ in all_derivations()),
        "cards": cards,
        "statements": Counter(each.chapter for each in read_audit(shipped_decks() / "audit")),
    }
    print("| chapter | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * len(columns))
    for chapter in cards:
        row = " | ".join(str(counts[chapter]) for counts in columns.values())
        print(f"| {chapter} | {row} |")
    totals = " | ".join(str(counts.total()) for counts in columns.values())
    print(f"| all | {totals} |")


if __name__ == "__main__":
    main()
