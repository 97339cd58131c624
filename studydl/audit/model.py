"""A statement of the notes, and what measuring found of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from studydl.cards.model import Origin
    from studydl.language import Text

__all__ = ["Figure", "Finding", "Refutation", "Statement", "Status"]


class Status(StrEnum):
    """What became of a statement. Always computed.

    The last one is no status of the notes but of the audit: what should have been verified or
    refuted was not, so that nothing can be said until that is mended.
    """

    HOLDS = "holds"
    CONDITIONAL = "conditional"
    WRONG = "wrong"
    UNMEASURABLE = "unmeasurable"
    UNSETTLED = "unsettled"


class Refutation(NamedTuple):
    """The statement as the notes put it: a misconception of a claim that says what is true."""

    claim: str
    misconception: str

    def __str__(self) -> str:
        """Return ``claim/misconception``."""
        return f"{self.claim}/{self.misconception}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the notes, in our words.

    Attributes:
        chapter: The chapter that it belongs to.
        section: The section of the notes.
        text: What the notes state.
        holds: The claims that say that it holds, or where it holds.
        refuted: The misconceptions that say it as the notes do.
        correction: What is true instead; there whenever something is refuted.
        sources: The primary literature of the correction.
        unmeasurable: Why it cannot be measured honestly, if so.
        related: For what cannot be measured, the claims that come nearest.
        origin: Where it is written.
    """

    chapter: str
    section: str
    text: Text
    holds: tuple[str, ...]
    refuted: tuple[Refutation, ...]
    correction: Text | None
    sources: tuple[str, ...]
    unmeasurable: Text | None
    related: tuple[str, ...]
    origin: Origin

    @property
    def claims(self) -> tuple[str, ...]:
        """Every claim that the statement stands or falls with, or comes near to."""
        refuting = (refutation.claim for refutation in self.refuted)
        return tuple(dict.fromkeys((*self.holds, *refuting, *self.related)))


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured number that a status rests on.

    Attributes:
        of: The claim, or the claim and its misconception.
        name: What was measured.
        measured: On the reference, or on the notes' version.
        expected: What the claim predicts.
    """

    of: str
    name: str
    measured: float
    expected: float

    def to_json(self) -> dict[str, Any]:
        """Return the figure as JSON data."""
        return {
            "of": self.of,
            "name": self.name,
            "measured": self.measured,
            "expected": self.expected,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement with its status and the figures behind it."""

    statement: Statement
    status: Status
    figures: tuple[Figure, ...]
    trouble: str = ""
