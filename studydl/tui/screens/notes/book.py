"""The audit as it is read here: sections with their statements, and what is known of each now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from studydl.audit import Status, find, read_audit
from studydl.places import cache_folder, shipped_decks
from studydl.verification.cache import ReportCache

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studydl.audit import Finding, Statement
    from studydl.verification.evidence import Report

__all__ = ["ORDER", "Book", "Entry", "Standing", "evidence_folder", "read_book"]

Standing: TypeAlias = "Status | None"
"""What became of a statement; None if what it stands on has not been measured yet."""

ORDER = (
    Status.WRONG,
    Status.CONDITIONAL,
    Status.HOLDS,
    Status.UNMEASURABLE,
    Status.UNSETTLED,
)
"""In this order statuses are counted, and the keys 1 to 5 choose them."""


class Entry(NamedTuple):
    """A chapter, or a section of it.

    Attributes:
        chapter: The chapter's name.
        section: The section; empty for the whole chapter.
    """

    chapter: str
    section: str

    def has(self, statement: Statement) -> bool:
        """Return whether a statement stands here."""
        return statement.chapter == self.chapter and self.section in {"", statement.section}


class Book:
    """All statements with the reports that are known of their claims."""

    def __init__(self, statements: Sequence[Statement], reports: Mapping[str, Report]) -> None:
        """Read statements in the light of some reports."""
        self.statements = tuple(statements)
        self._reports = dict(reports)
        self._findings = [self._found(statement) for statement in self.statements]

    def learn(self, report: Report) -> None:
        """Take notice of what was measured."""
        self._reports[report.claim] = report
        for place, statement in enumerate(self.statements):
            if report.claim in statement.claims:
                self._findings[place] = self._found(statement)

    def standing(self, place: int) -> Standing:
        """Return what became of the statement at a place."""
        finding = self._findings[place]
        return None if finding is None else finding.status

    def finding(self, place: int) -> Finding | None:
        """Return what was found of the statement at a place, if all it stands on was measured."""
        return self._findings[place]

    def places(self, entry: Entry | None = None, status: Status | None = None) -> list[int]:
        """Return the places of the statements of an entry, or of those with a status.

        Whatever has not been measured yet is among what is unsettled.
        """
        return [
            place
            for place, statement in enumerate(self.statements)
            if (entry is None or entry.has(statement))
            and status in {None, self.standing(place) or Status.UNSETTLED}
        ]

    def entries(self, status: Status | None = None) -> list[Entry]:
        """Return chapters and sections that have a statement with a status, in the notes' order."""
        there = [self.statements[place] for place in self.places(status=status)]
        chapters = dict.fromkeys(each.chapter for each in there)
        entries: list[Entry] = []
        for chapter in chapters:
            sections = dict.fromkeys(each.section for each in there if each.chapter == chapter)
            entries += [Entry(chapter, ""), *(Entry(chapter, section) for section in sections)]
        return entries

    def counts(self, entry: Entry | None = None) -> dict[Status, int]:
        """Return how many statements have each status."""
        standings = [self.standing(place) or Status.UNSETTLED for place in self.places(entry)]
        return {status: standings.count(status) for status in ORDER}

    def claims(self, entry: Entry) -> list[str]:
        """Return the claims that an entry's statements stand on, each once."""
        found = (self.statements[place].claims for place in self.places(entry))
        return list(dict.fromkeys(claim for claims in found for claim in claims))

    def _found(self, statement: Statement) -> Finding | None:
        if any(claim not in self._reports for claim in statement.claims):
            return None
        return find(statement, self._reports)


def evidence_folder() -> str:
    """Return where reports are kept, in the way in which the worker is told."""
    return str(cache_folder() / "evidence")


def read_book() -> Book:
    """Read the audit and the reports that were kept. Takes some files: not for the event loop.

    Raises:
        StudyError: If the audit cannot be used.
    """
    statements = read_audit(shipped_decks() / "audit")
    kept = ReportCache(cache_folder() / "evidence")
    claims = dict.fromkeys(claim for statement in statements for claim in statement.claims)
    reports = {claim: report for claim in claims if (report := kept.last(claim)) is not None}
    return Book(statements, reports)
