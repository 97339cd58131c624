"""A screen with a laboratory beside the card: the evidence pane and the derivation pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.screens.base import StudyScreen
from studydl.tui.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from studydl.session import Session
    from studydl.tui.desk import Desk
    from studydl.tui.results import Derived, Failed, Measured, MeasurementProgressed
    from studydl.tui.widgets.derivation_pane import DerivationPane
    from studydl.tui.widgets.evidence_pane import EvidencePane

__all__ = ["Bench"]

_GROUP = "laboratory"


class Bench(StudyScreen):
    """Measures and derives what the card on the table stands on.

    Each request has a ticket. Only the result of the last one, for the card that is shown, is
    drawn: whatever else comes back is dropped.
    """

    def __init__(self, desk: Desk) -> None:
        """Start with both panes away. They are made when they are first asked for."""
        super().__init__(desk)
        self._evidence: EvidencePane | None = None
        self._derivation: DerivationPane | None = None
        self._ticket = Ticket("", 0)

    @property
    def session(self) -> Session:
        """The sitting on the desk."""
        if self.desk.session is None:
            raise LookupError("no sitting was begun")
        return self.desk.session

    @property
    def open_pane(self) -> EvidencePane | DerivationPane | None:
        """The pane that is shown, if one is."""
        panes = (self._evidence, self._derivation)
        return next((pane for pane in panes if pane is not None and pane.display), None)

    @property
    def walks(self) -> bool:
        """Whether a derivation is being walked through."""
        return self._derivation is not None and self._derivation.display

    async def action_measure(self) -> None:
        """Measure the card's claim; if it has just been measured, with the next seed."""
        card = self.session.on_the_table().card
        if card.claim is None:
            return
        pane = await self._evidence_pane()
        last = pane.report if pane.display else None
        seed = last.seed + 1 if last is not None and last.claim == card.claim else 0
        judgement = self.session.judgement
        chosen = None if judgement is None else judgement.misconception
        pane.begin(card.claim, chosen, self.desk.language)
        self._open(pane)
        ticket = self._new_ticket()
        self._run(self.desk.laboratory.measure(ticket, card.claim, seed, self.post_message))

    async def action_derive(self) -> None:
        """Check the card's derivation and show its first step."""
        derivation = self.session.on_the_table().card.derivation
        if derivation is not None:
            await self.walk(derivation)

    async def walk(self, derivation: str) -> None:
        """Check a derivation and show its first step."""
        pane = await self._derivation_pane()
        pane.begin(self.desk.language)
        self._open(pane)
        ticket = self._new_ticket()
        self._run(self.desk.laboratory.derive(ticket, derivation, self.post_message))

    def action_close_pane(self) -> None:
        """Close the pane; what is still being measured is stopped."""
        self._new_ticket()
        self.workers.cancel_group(self, _GROUP)
        for pane in (self._evidence, self._derivation):
            if pane is not None:
                pane.display = False
        self.query_one("#body").remove_class("-with-pane")
        self.offer_keys()

    def action_next_step(self) -> None:
        """Show the next step of the derivation."""
        self._step(1)

    def action_previous_step(self) -> None:
        """Hide the last step of the derivation again."""
        self._step(-1)

    def on_measurement_progressed(self, message: MeasurementProgressed) -> None:
        """Show how far the measuring is."""
        if message.ticket == self._ticket and self._evidence is not None:
            self._evidence.progressed(message.progress, self.desk.language)

    async def on_measured(self, message: Measured) -> None:
        """Show what was measured."""
        if message.ticket == self._ticket and self._evidence is not None:
            self._evidence.finish(message.report, self.desk.language)

    def on_derived(self, message: Derived) -> None:
        """Show the derivation."""
        if message.ticket == self._ticket and self._derivation is not None:
            self._derivation.finish(message.report, self.desk.language)
            self.offer_keys()

    def on_failed(self, message: Failed) -> None:
        """Say what went wrong; a process that died is started again."""
        if message.died:
            self.run_worker(self.desk.laboratory.warm_up())
        pane = self.open_pane
        if message.ticket != self._ticket or pane is None:
            return
        trouble = message.reason
        if message.died:
            trouble = self.desk.say(words.WORKER_DIED, reason=message.reason)
        elif message.too_long:
            trouble = self.desk.say(words.TOO_LONG)
        pane.fail(trouble, self.desk.language)

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done in the panes now; never before the reveal."""
        revealed = self.session.shown is not None and self.session.revealed
        derivation = self._derivation
        match action:
            case "measure":
                return revealed and self.session.on_the_table().card.claim is not None
            case "derive":
                return revealed and self.session.on_the_table().card.derivation is not None
            case "close_pane":
                return self.open_pane is not None
            case "next_step":
                return self.walks and derivation is not None and derivation.has_hidden_steps
            case "previous_step":
                return self.walks and derivation is not None and derivation.can_step_back
        return super().is_legal(action, parameters)

    def redraw_panes(self) -> None:
        """Draw the open pane anew, in the language of the desk."""
        if (pane := self.open_pane) is not None:
            pane.redraw(self.desk.language)

    def _step(self, by: int) -> None:
        if self._derivation is not None:
            self._derivation.step(by, self.desk.language)
            self.offer_keys()

    def _open(self, pane: EvidencePane | DerivationPane) -> None:
        for each in (self._evidence, self._derivation):
            if each is not None:
                each.display = each is pane
        self.query_one("#body").add_class("-with-pane")
        self.offer_keys()

    def _new_ticket(self) -> Ticket:
        shown = self.session.shown
        card = "" if shown is None else shown.card.id
        self._ticket = Ticket(card, self._ticket.generation + 1)
        return self._ticket

    def _run(self, request: Coroutine[None, None, None]) -> None:
        self.run_worker(request, group=_GROUP, exclusive=True)

    async def _evidence_pane(self) -> EvidencePane:
        if self._evidence is None:
            from studydl.tui.widgets.evidence_pane import EvidencePane

            self._evidence = EvidencePane()
            self._evidence.display = False
            await self.query_one("#body").mount(self._evidence)
        return self._evidence

    async def _derivation_pane(self) -> DerivationPane:
        if self._derivation is None:
            from studydl.tui.widgets.derivation_pane import DerivationPane

            self._derivation = DerivationPane()
            self._derivation.display = False
            await self.query_one("#body").mount(self._derivation)
        return self._derivation
