"""What the screens share: the rooms below, the sitting, the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studydl.language import Language, Text
from studydl.session import Session
from studydl.tui.words import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.cards import Library
    from studydl.memory import Memory
    from studydl.tui.laboratory import Laboratory

__all__ = ["Desk"]


@dataclass
class Desk:
    """The learner's desk. Screens read and change it; it knows no screen.

    Attributes:
        library: Where the cards are.
        memory: Where reviews are kept.
        laboratory: Where claims are measured.
        language: What cards and interface are shown in.
        session: The sitting that is under way or has ended; None before the first.
    """

    library: Library
    memory: Memory
    laboratory: Laboratory
    language: Language
    session: Session | None = None

    def begin(self, ids: Sequence[str] | None, *, new_limit: int | None) -> Session:
        """Start a sitting; None for all cards."""
        self.session = Session(self.library, self.memory, ids, new_limit=new_limit)
        return self.session

    def say(self, text: Text, **values: object) -> str:
        """Return a text in the language of the desk."""
        return filled(text, self.language, **values)

    def switch_language(self) -> None:
        """Change from one language to the other."""
        english = self.language is Language.ENGLISH
        self.language = Language.CHINESE if english else Language.ENGLISH
