"""The table at which a sitting is held: the card that lies on it, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.session.queue import Queue, Rounds
from studydl.session.report import Report
from studydl.session.shown import shown_card

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from studydl.cards import Card, Library
    from studydl.judging import Judgement
    from studydl.judging.code import CodeJudgement
    from studydl.language import Text
    from studydl.memory import Memory
    from studydl.session.queue import Limits
    from studydl.session.report import Leech
    from studydl.session.shown import Shown

__all__ = ["Attempt", "Table"]


class Attempt(NamedTuple):
    """An answer that was judged wrong, and may be tried again."""

    answer: str
    judgement: Judgement
    code: CodeJudgement | None


class Table:
    """What lies on the table. Everything else that a sitting is changes this, and only this.

    Attributes:
        is_cram: Whether nothing is recorded.
        shown: The card; None when the sitting is over.
        judgement: What the machine said of the last answer to it.
        code: Of an answer in code, everything that was measured.
        answer: What was answered, if it was understood.
        revealed: Whether the card's own answer may be seen.
        attempt: The last wrong answer that may be tried again.
        leech: The card that was just forgotten once too often.
        notice: What else the last grade gave occasion to say.
        report: What came of the sitting so far.
    """

    _written: Card
    """The card as its deck has it, nothing drawn."""
    _shown_at: datetime

    def __init__(
        self,
        library: Library,
        memory: Memory,
        ids: Sequence[str] | None,
        limits: Limits,
        *,
        cram: bool,
    ) -> None:
        """Lay the first card on the table."""
        self._library = library
        self._memory = memory
        self.is_cram = cram
        self._queue: Queue | Rounds
        if cram:
            self._queue = Rounds(memory, library.ids() if ids is None else ids, limits)
        else:
            self._queue = Queue(memory, library, ids, limits)
        self.leech: Leech | None = None
        self.notice: Text | None = None
        self.report = Report()
        # Tags given and taken by one line are two acts: the second by the first.
        self._together: dict[str, str] = {}
        self.shown: Shown | None = None
        self.judgement: Judgement | None = None
        self.code: CodeJudgement | None = None
        self.answer: str | None = None
        self.attempt: Attempt | None = None
        self.revealed = False
        self._show_next()

    @property
    def remaining(self) -> int:
        """How many answers are left in this sitting, the card on the table included."""
        return len(self._queue)

    @property
    def elapsed_ms(self) -> int:
        """For how long the card has been on the table; nothing when the sitting is over."""
        if self.shown is None:
            return 0
        elapsed = self._memory.now() - self._shown_at
        return max(round(elapsed.total_seconds() * 1000), 0)

    def on_the_table(self) -> Shown:
        """Return the card that is shown.

        Raises:
            LookupError: If the sitting is over.
        """
        if self.shown is None:
            raise LookupError("the sitting is over: no card is shown")
        return self.shown

    def reread(self) -> bool:
        """Take the card anew from its deck, which was edited; return whether it asks the same.

        If what it asks has changed, or was drawn, it is shown as if it had just come.

        Raises:
            StudyError: If the deck has the card no more; it stays as it was.
        """
        card = self._library.card(self.on_the_table().card.id)
        written, self._written = self._written, card
        is_drawn = bool(self.on_the_table().parameters)
        if is_drawn or (card.ask, card.answer) != (written.ask, written.answer):
            self._show(card.id)
            return False
        self.shown = self.on_the_table()._replace(card=card)
        return True

    def _show_next(self) -> None:
        following = self._queue.next()
        if following is None:
            self.shown = None
        else:
            self._show(following)

    def _show(self, id_: str) -> None:
        self._written = self._library.card(id_)
        self.shown = shown_card(self._written, self._memory.repetitions(id_))
        self.judgement = None
        self.code = None
        self.answer = None
        self.attempt = None
        self.revealed = False
        self._shown_at = self._memory.now()
