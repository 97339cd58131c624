"""What is to be told of a sitting: what was answered, what was missed, which card will not stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studydl.memory import Grade

__all__ = ["Leech", "Report"]


@dataclass(frozen=True, slots=True)
class Leech:
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


@dataclass(slots=True)
class Report:
    """What came of a sitting.

    Attributes:
        answered: The grades that were given, in order, with their cards; undone ones left out.
        milliseconds: The time that the answers took.
    """

    answered: list[tuple[str, Grade]] = field(default_factory=list)
    milliseconds: int = 0

    @property
    def recalled(self) -> int:
        """How many answers were not graded ``Again``."""
        return sum(grade > 1 for _, grade in self.answered)

    @property
    def missed(self) -> list[str]:
        """The cards that were graded ``Again`` at least once, in order."""
        return list(dict.fromkeys(card for card, grade in self.answered if grade == 1))
