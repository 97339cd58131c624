"""What the screens share: the rooms below, the sitting, the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.language import Language
from studydl.session import Session
from studydl.tui.words import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.cards import Library
    from studydl.language import Text
    from studydl.memory import Memory, Optimised
    from studydl.session.panel import Panel
    from studydl.tui.laboratory import Laboratory, Process

__all__ = ["Desk"]


class Desk:
    """The learner's desk. Screens read and change it; it knows no screen.

    Attributes:
        library: Where the cards are.
        memory: Where reviews are kept.
        language: What cards and interface are shown in.
        session: The sitting that is under way or has ended; None before the first.
        fit: What came of fitting the scheduler after the last sitting, if that was due.
    """

    def __init__(
        self, library: Library, memory: Memory, language: Language, process: Process | None = None
    ) -> None:
        """Lay out what is there.

        Args:
            library: Where the cards are.
            memory: Where reviews are kept.
            language: The language to start in.
            process: What measures; a worker process of our own by default.
        """
        self.library = library
        self.memory = memory
        self.language = language
        self.session: Session | None = None
        self.fit: Optimised | None = None
        self._process = process
        self._laboratory: Laboratory | None = None
        self._panel: Panel | None = None

    @property
    def laboratory(self) -> Laboratory:
        """Where claims are measured. Set up at first use, which is after the first card."""
        if self._laboratory is None:
            from studydl.tui.laboratory import Laboratory, own_process

            self._laboratory = Laboratory(self._process or own_process())
        return self._laboratory

    @property
    def panel(self) -> Panel:
        """Who judges what cannot be judged at once. Set up with the first card that takes it."""
        if self._panel is None:
            from studydl.session.panel import Panel

            self._panel = Panel(self.laboratory)
        return self._panel

    async def clear(self) -> None:
        """End what measures and judges, if it was ever started."""
        if self._panel is not None:
            await self._panel.close()
        if self._laboratory is not None:
            await self._laboratory.close()

    def begin(
        self,
        ids: Sequence[str] | None,
        *,
        new_limit: int | None,
        limit: int | None = None,
        cram: bool = False,
    ) -> Session:
        """Start a sitting; None for all cards."""
        self.fit = None
        self.session = Session(
            self.library, self.memory, ids, new_limit=new_limit, limit=limit, cram=cram
        )
        return self.session

    async def fit_scheduler(self) -> None:
        """Fit the scheduler to the log, in a process of its own, if that is due."""
        from studydl.places import data_folder
        from studydl.session.fitting import fitted

        self.fit = await fitted(data_folder())
        if self.fit is not None:
            self.memory.reread_weights()

    def say(self, text: Text, **values: object) -> str:
        """Return a text in the language of the desk."""
        return filled(text, self.language, **values)

    def switch_language(self) -> None:
        """Change from one language to the other."""
        english = self.language is Language.ENGLISH
        self.language = Language.CHINESE if english else Language.ENGLISH
