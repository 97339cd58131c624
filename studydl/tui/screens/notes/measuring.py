"""A screen that measures claims one after another, in the laboratory, and keeps what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.errors import StudyError
from studydl.tui.laboratory import TIME_LIMIT
from studydl.tui.plain import joined, plain, truncated
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.notes import words
from studydl.tui.screens.notes.book import Book, evidence_folder
from studydl.tui.words import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from studydl.language import Language
    from studydl.tui.desk import Desk
    from studydl.verification.evidence import Report

__all__ = ["MeasuringScreen", "Progress"]

_GROUP = "laboratory"
_BAR = 16


class Progress(NamedTuple):
    """How far the measuring is.

    Attributes:
        claim: What is being measured.
        done: How many claims are behind it.
        total: How many there are.
        part: How much of this claim is behind it, from 0 to 1.
    """

    claim: str
    done: int
    total: int
    part: float = 0.0

    def line(self, language: Language, width: int) -> Content:
        """Return a bar and what is being measured."""
        full = int(_BAR * (self.done + self.part) / self.total)
        bar = joined(plain("━" * full, "$primary"), plain("━" * (_BAR - full), "$line"))
        said = filled(words.MEASURING, language, claim=self.claim)
        return truncated(joined(bar, plain(f"  {self.done}/{self.total}  {said} …")), width)


class MeasuringScreen(StudyScreen):
    """Measures what somebody wants to know now; escape stops it.

    Attributes:
        book: The audit; None before it was read.
        progress: How far the measuring is; None while nothing is measured.
    """

    def __init__(self, desk: Desk) -> None:
        """Start without measuring anything."""
        super().__init__(desk)
        self.book: Book | None = None
        self.progress: Progress | None = None

    def draw(self) -> None:
        """Draw what depends on what is known."""
        raise NotImplementedError

    def draw_progress(self) -> None:
        """Draw how far the measuring is."""
        raise NotImplementedError

    def measure(self, claims: Sequence[str]) -> None:
        """Measure claims; each report is shown as it comes."""
        self.run_worker(self._measure(claims), group=_GROUP, exclusive=True)

    def action_cancel(self) -> None:
        """Stop measuring."""
        self.workers.cancel_group(self, _GROUP)
        self._rest()
        self.say(words.STOPPED)

    async def _measure(self, claims: Sequence[str]) -> None:
        reports: list[Report] = []
        for done, claim in enumerate(claims):
            self.progress = Progress(claim, done, len(claims))
            self.draw()
            self.offer_keys()
            report = await self._measured(claim)
            if report is None:
                break
            reports.append(report)
            if self.book is not None:
                self.book.learn(report)
        else:
            kept = sum(report.cached for report in reports)
            self.say(words.MEASURED, count=len(reports), now=len(reports) - kept, kept=kept)
        self._rest()

    async def _measured(self, claim: str) -> Report | None:
        """Return what was measured; None, with the reason said, if nothing came of it."""
        from studydl.verification.client import WorkerError
        from studydl.verification.evidence import Report

        asked = {"claim": claim, "seed": 0, "cache": evidence_folder()}
        try:
            found = await self.desk.laboratory.call(
                "verify", asked, time_limit=TIME_LIMIT, on_progress=self._progressed
            )
        except (StudyError, WorkerError) as error:
            said = self.desk.say(words.FAILED, claim=claim, reason=error)
            self.notify(said, markup=False, severity="error", timeout=10)
            return None
        return Report.from_json(found)

    def _progressed(self, told: dict[str, Any]) -> None:
        if self.progress is not None:
            self.progress = self.progress._replace(part=told["done"] / told["of"])
            self.draw_progress()

    def _rest(self) -> None:
        self.progress = None
        self.draw()
        self.offer_keys()
