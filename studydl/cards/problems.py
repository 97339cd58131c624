"""What is wrong with a deck, said with its place."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Findings", "Problem", "Severity", "Spot", "TooManyProblemsError"]

MOST_PROBLEMS = 200
"""A file with more problems than this is no deck; reading on would only bury the first ones."""


class Severity(StrEnum):
    """What a problem costs."""

    ERROR = "error"
    WARNING = "warning"


class Spot(NamedTuple):
    """A place in a file, counted from 1, as editors count."""

    line: int
    column: int


class Problem(NamedTuple):
    """One thing to mend in one deck.

    Attributes:
        file: The deck.
        line: Counted from 1.
        column: Counted from 1, in characters.
        message: What is wrong.
        hint: What to write instead; may be empty.
        rule: The rule that was broken, one of ``studydl.cards.rules``.
        severity: An error must be mended; a warning is advice.
    """

    file: Path
    line: int
    column: int
    message: str
    hint: str
    rule: str
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> tuple[str, int, int]:
        """The order in which problems are listed."""
        return (str(self.file), self.line, self.column)

    def __str__(self) -> str:
        """Return ``file:line:column: message (hint)``, which editors can jump to."""
        sentence = f"{self.file}:{self.line}:{self.column}: {self.message}"
        return f"{sentence} ({self.hint})" if self.hint else sentence


class TooManyProblemsError(Exception):
    """The file has so many problems that reading it on helps nobody."""


class Findings:
    """The problems of one file, collected while it is read."""

    def __init__(self, file: Path) -> None:
        """Begin with none."""
        self.file = file
        self.problems: list[Problem] = []

    def add(self, spot: Spot, message: str, hint: str = "", *, rule: str) -> None:
        """Note a problem.

        Raises:
            TooManyProblemsError: If the file has had its share.
        """
        self.problems.append(Problem(self.file, *spot, message, hint, rule))
        if len(self.problems) == MOST_PROBLEMS:
            message = f"more than {MOST_PROBLEMS} problems; the rest of the file was not read"
            self.problems.append(Problem(self.file, *spot, message, "mend the first ones", rule))
            raise TooManyProblemsError

    def any_between(self, start: Spot, end: Spot) -> bool:
        """Tell whether a problem lies in a part of the file."""
        return any(start <= (found.line, found.column) < end for found in self.problems)
