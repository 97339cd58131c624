"""The screen on which a claim's parameters are turned: first a prediction, then the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.message import Message

from studydl.cards.arithmetic import ArithmeticFault, calculate
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.screens.navigation import CloseWanted
from studydl.tui.screens.what_if.board import Board
from studydl.tui.screens.what_if.trial import Proposal, Trial, proposal_of
from studydl.tui.ticket import Ticket
from studydl.tui.words import TOO_LONG, WORKER_DIED
from studydl.verification.experiment_report import Description, ExperimentReport

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType
    from textual.widgets import Input

    from studydl.tui.results import Failed

__all__ = ["WhatIfScreen"]

_GROUP = "what if"
_NUMERAL = frozenset("0123456789.-+(")
"""What a number may begin with: typed anywhere, it goes into the field."""


@dataclass
class Described(Message):
    """The worker said which experiments there are."""

    ticket: Ticket
    found: list[dict[str, Any]]


@dataclass
class Tried(Message):
    """An experiment was measured."""

    ticket: Ticket
    found: dict[str, Any]


class WhatIfScreen(Board):
    """Dials, a field for the prediction, what is measured, and the history of this visit."""

    PLACE = Place.WHAT_IF
    CSS_PATH = "what_if.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.WHAT_IF)]

    async def on_mount(self) -> None:
        """Show a card's own dials at once; ask the worker for what else there is."""
        self.claim = self.subject
        if self.subject and "." not in self.subject:
            card = self.desk.library.card(self.subject)
            self.claim = card.claim or ""
            if (proposal := proposal_of(card)) is not None:
                self.proposals = [proposal]
                self._begin(proposal)
        self.is_waiting = self.trial is None
        self._ask("experiments", {"claim": self.claim} if self.claim else {}, Described)
        await self.redraw()

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:  # noqa: PLR0911 - one line an action
        """Return whether something can be done here now."""
        match action:
            case "measure":
                return self._can_predict
            case "choose":
                return self.picking is not None
            case "turn":
                was_clicked = len(parameters) > 1
                return self.is_turning and (was_clicked or not self.is_typing)
            case "move":
                return self.is_turning or self.picking is not None
            case "others":
                return self.is_turning and len(self.proposals) > 1
            case "cancel":
                return self._is_measuring
            case "leave_field":
                return self.is_typing and not self._is_measuring
            case "close":
                return not self.is_typing and not self._is_measuring
        return super().is_legal(action, parameters)

    async def action_measure(self) -> None:
        """Measure; without a prediction only at the second time."""
        if self.trial is None:
            return
        typed = self.field.value.strip()
        if not typed and not self.is_warned:
            self.is_warned = True
            self.draw_told()
            return
        try:
            predicted = float(calculate(typed).value) if typed else None
        except ArithmeticFault as fault:
            self.point_at(fault.sentence.said_in(self.desk.language), fault.at)
            return
        self.trial = Trial(self.trial.proposal, self.trial.places, predicted)
        self.is_waiting, self.trouble = True, ""
        self._ask("experiment", self.trial.call(), Tried)
        self.set_focus(None)
        await self.redraw()

    async def action_choose(self, place: int | None = None) -> None:
        """Try an experiment of the list: the one under the cursor, or the one that was clicked."""
        if self.picking is None:
            return
        chosen = self.picking if place is None else place
        self.picking = None
        self._begin(self.proposals[chosen])
        self.action_scroll(-1000)
        await self.redraw()

    async def action_turn(self, by: int, dial: int | None = None) -> None:
        """Turn a dial, the one under the cursor or the one that was clicked.

        What was measured is hidden until it has been predicted again.
        """
        if self.trial is None:
            return
        self.cursor = self.cursor if dial is None else dial
        self.set_focus(None)
        turned = self.trial.turned(self.cursor, by)
        if turned is not self.trial:
            self._stop()
            self.trial = turned
            self._forget()
            self.action_scroll(-1000)
        await self.redraw()

    async def action_move(self, by: int) -> None:
        """Go to another dial, or to the field behind the last; or along the list."""
        if self.picking is not None:
            self.picking = (self.picking + by) % len(self.proposals)
            self._keep_in_sight(self.picking)
        elif self.trial is not None:
            count = len(self.trial.dials)
            place = ((count if self.is_typing else self.cursor) + by) % (count + 1)
            if place == count:
                self.field.focus()
            else:
                self.cursor = place
                self.set_focus(None)
        self.draw()

    async def action_others(self) -> None:
        """Choose among the experiments of the chapter."""
        here = self.trial.proposal if self.trial else None
        self.picking = self.proposals.index(here) if here in self.proposals else 0
        self.set_focus(None)
        await self.redraw()
        self.call_after_refresh(self._keep_in_sight, self.picking)

    def action_scroll(self, direction: int) -> None:
        """Scroll what does not fit."""
        for each in ("#body", "#left", "#right"):
            self.query_one(each).scroll_relative(y=direction * 5, animate=False)

    async def action_cancel(self) -> None:
        """Stop measuring; the prediction stays in its field."""
        self._stop()
        await self.redraw()

    async def action_leave_field(self) -> None:
        """Go back to the dials; the number stays."""
        self.set_focus(None)
        self.draw()

    async def action_close(self) -> None:
        """Go back to the screen below; out of a list, to the experiment that was there."""
        if self.picking is not None and self.trial is not None:
            self.picking = None
            await self.redraw()
        else:
            self.post_message(CloseWanted())

    def on_key(self, event: events.Key) -> None:
        """Take a number that is typed while the dials have the keys."""
        if self.is_typing or not self._can_predict or event.character not in _NUMERAL:
            return
        event.stop()
        # Where keys that are bound wait too: a dial turned just before would empty the field.
        self.app.call_later(self._type, event.character)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Measure, as Enter does at the dials."""
        event.stop()
        if self._can_predict:
            await self.action_measure()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Withdraw what was said of another number."""
        event.stop()
        if event.value:
            self.is_warned, self.trouble = False, ""
            self.draw_told()

    async def on_described(self, message: Described) -> None:
        """Take up what there is: the claim's own experiment, or a list to choose from."""
        self.is_waiting = self.is_waiting and self.trial is not None
        found = [Proposal(Description.from_json(each)) for each in message.found]
        self.proposals += found
        if self.trial is None and found:
            if found[0].description.claim == self.claim:
                self._begin(found[0])
            else:
                self.picking = 0
        await self.redraw()

    async def on_tried(self, message: Tried) -> None:
        """Show what was measured."""
        if message.ticket != self.ticket or self.trial is None:
            return
        self.is_waiting = False
        report = ExperimentReport.from_json(message.found)
        self.trial = self.trial.measured(self.trial.predicted, report)
        self.history.append(self.trial.attempt())
        await self.redraw()
        if self.has_class("-narrow"):
            # What was predicted and measured comes first, and the curve below it.
            result = self.query_one("#result")
            self.call_after_refresh(result.scroll_visible, animate=False, top=True)

    async def on_failed(self, message: Failed) -> None:
        """Say what went wrong; a process that died is started again."""
        if message.died:
            self.run_worker(self.desk.laboratory.warm_up())
        if message.ticket != self.ticket:
            return
        self.is_waiting = False
        self.trouble = message.reason
        if message.died:
            self.trouble = self.desk.say(WORKER_DIED, reason=message.reason)
        elif message.too_long:
            self.trouble = self.desk.say(TOO_LONG)
        await self.redraw()

    @property
    def _is_measuring(self) -> bool:
        return self.is_waiting and self.trial is not None

    @property
    def _can_predict(self) -> bool:
        measured = self.trial is not None and self.trial.report is not None
        return self.is_turning and not self.is_waiting and not measured

    def _type(self, character: str) -> None:
        if self._can_predict:
            self.set_focus(self.field)
            self.field.insert_text_at_cursor(character)
            self.draw()

    def _begin(self, proposal: Proposal) -> None:
        self.trial, self.cursor = Trial.begun(proposal), 0
        self._forget()

    def _forget(self) -> None:
        """Ask for another prediction."""
        self.is_warned, self.trouble = False, ""
        self.field.value = ""

    def _ask(self, name: str, arguments: dict[str, Any], told: type[Message]) -> None:
        self.ticket = Ticket(self.claim, self.ticket.generation + 1)
        request = self.desk.laboratory.ask(self.ticket, name, arguments, told, self.post_message)
        self.run_worker(request, group=f"{_GROUP}: {name}", exclusive=True)

    def _stop(self) -> None:
        """Drop what is being measured: the dials stand otherwise, or it takes too long."""
        if self.is_waiting:
            self.ticket = self.ticket._replace(generation=self.ticket.generation + 1)
            self.workers.cancel_group(self, f"{_GROUP}: experiment")
            self.is_waiting = False

    def _keep_in_sight(self, place: int) -> None:
        """Scroll the list to a row, each of which takes about four lines."""
        panes = [self.query_one(each) for each in ("#body", "#left")]
        for pane in panes:
            pane.scroll_to(
                y=pane.max_scroll_y * place / max(len(self.proposals) - 1, 1), animate=False
            )
