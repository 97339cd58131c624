"""A screen on which answers are judged: at once, or beside what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards import Code, Formula
from studydl.errors import StudyError
from studydl.judging import Verdict
from studydl.tui.screens.review.bench import Bench
from studydl.tui.ticket import Ticket

if TYPE_CHECKING:
    from studydl.language import Language
    from studydl.session import Shown
    from studydl.tui.desk import Desk
    from studydl.tui.results import Judged, Known, Measured
    from studydl.verification.evidence import Report

__all__ = ["Examination"]

_GROUP = "judging"


class Examination(Bench):
    """Judges answers. Each request has a ticket, as on the bench.

    What comes back for a card that is no longer shown, or for an answer whose judging was
    cancelled, has an old ticket and is dropped.
    """

    def __init__(self, desk: Desk) -> None:
        """Start with nothing asked."""
        super().__init__(desk)
        self._asked = Ticket("", 0)
        self._refuted = Ticket("", 0)
        self.is_judging = False
        self.refuting: Report | None = None
        """What was measured on the misconception that the answer shows."""

    async def answered(self) -> None:
        """Show what came of an answer."""
        raise NotImplementedError

    async def not_understood(self) -> None:
        """Show why an answer was not understood; it can be mended."""
        raise NotImplementedError

    def show_judging(self) -> None:
        """Show whether something is being judged."""
        raise NotImplementedError

    def expect_answer(self) -> None:
        """Forget the last card; get ready for the one on the table, once it can be seen."""
        self.is_judging, self.refuting = False, None
        self._refuted = Ticket("", 0)
        shown, ticket = self.session.shown, self._stamp()
        if shown is None or self.session.revealed:
            return
        if not shown.is_known or isinstance(shown.card.answer, Formula | Code):
            self.call_after_refresh(self._get_ready, ticket, shown)

    async def judge(self, answer: str) -> None:
        """Judge an answer; one that takes time is judged while everything else goes on.

        An empty one reveals the card's own.
        """
        session = self.session
        if self.is_judging or session.shown is None or session.revealed:
            return
        if not answer.strip() and session.shown.is_known:
            session.reveal()
            await self.answered()
        elif session.is_judged_here:
            session.judge(answer, self.desk.language)
            await self._show_judgement()
        else:
            self.is_judging = True
            self.show_judging()
            request = self._judged(self._stamp(), session.shown, answer, self.desk.language)
            self.run_worker(request, group=_GROUP, exclusive=True)

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether the judging can be cancelled, or something be done on the bench."""
        return (
            self.is_judging if action == "cancel_judging" else super().is_legal(action, parameters)
        )

    def action_cancel_judging(self) -> None:
        """Stop judging; what is typed stays."""
        self._stamp()
        self.is_judging = False
        self.workers.cancel_group(self, _GROUP)
        self.show_judging()

    def on_known(self, message: Known) -> None:
        """Keep the computed answer of the card that is shown."""
        if message.ticket == self._asked:
            self.session.know(message.shown)

    async def on_judged(self, message: Judged) -> None:
        """Show the judgement, if it is still waited for."""
        if message.ticket != self._asked:
            return
        self.is_judging = False
        outcome, session = message.outcome, self.session
        if message.answer.strip() or not outcome.shown.is_known:
            session.take(message.answer, outcome)
        else:
            session.know(outcome.shown)
            session.reveal()
        await self._show_judgement()

    async def on_measured(self, message: Measured) -> None:
        """Show the measurement that refutes the learner's misconception; the bench has its own."""
        if message.ticket == self._refuted:
            self.refuting = message.report
            await self.redraw()

    async def _show_judgement(self) -> None:
        judgement = self.session.judgement
        self.show_judging()
        if judgement is not None and judgement.verdict is Verdict.INVALID:
            await self.not_understood()
            return
        await self.answered()
        if judgement is not None and judgement.misconception and self.session.code is None:
            self._refute()

    def _refute(self) -> None:
        """Measure the card's claim, for the number that refutes what the answer shows."""
        card = self.session.on_the_table().card
        if card.claim is None:
            return
        self._refuted = Ticket(card.id, -self._asked.generation)
        request = self.desk.laboratory.measure(self._refuted, card.claim, 0, self.post_message)
        self.run_worker(request, group="refuting")

    def _get_ready(self, ticket: Ticket, shown: Shown) -> None:
        if ticket == self._asked:
            self.run_worker(self._prepared(ticket, shown), group="preparing")

    async def _prepared(self, ticket: Ticket, shown: Shown) -> None:
        from studydl.tui.results import Known

        panel = self.desk.panel
        try:
            if not shown.is_known:
                self.post_message(Known(ticket, await panel.known(shown)))
            await panel.prepare(shown)
        except (StudyError, OSError):
            # This was only ahead of the answer, which will be told what is wrong.
            return

    async def _judged(self, ticket: Ticket, shown: Shown, answer: str, language: Language) -> None:
        from studydl.tui.results import Judged

        outcome = await self.desk.panel.judge(shown, answer, language)
        self.post_message(Judged(ticket, answer, outcome))

    def _stamp(self) -> Ticket:
        shown = self.session.shown
        card = "" if shown is None else shown.card.id
        self._asked = Ticket(card, self._asked.generation + 1)
        return self._asked
