"""What is to be told of a sitting: what was answered, what was missed, which card will not stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studydl.memory import Grade

__all__ = ["Graded", "Leech", "Report"]


class Leech(NamedTuple):
    """A card that is forgotten again and again, and what may help.

    Attributes:
        card: Its id.
        lapses: How often it has been forgotten.
        derivation: The id of its derivation, if it has one.
        requires: The cards that it builds on.
    """

    card: str
    lapses: int
    derivation: str | None
    requires: tuple[str, ...]


class Graded(NamedTuple):
    """One answer that counts."""

    card: str
    grade: Grade
    milliseconds: int
    """From showing the card to its grade."""


@dataclass(slots=True)
class Report:
    """What came of a sitting.

    Attributes:
        answered: The answers, in order; undone ones left out.
    """

    answered: list[Graded] = field(default_factory=list)

    @property
    def milliseconds(self) -> int:
        """The time that the answers took."""
        return sum(each.milliseconds for each in self.answered)

    @property
    def recalled(self) -> int:
        """How many answers were not graded ``Again``."""
        return sum(each.grade > 1 for each in self.answered)

    @property
    def missed(self) -> list[str]:
        """The cards that were graded ``Again`` at least once, in order."""
        return list(dict.fromkeys(each.card for each in self.answered if each.grade == 1))
