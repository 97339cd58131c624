"""All cards: found by the search language, looked at, worked on one by one or many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input

from studydl.errors import StudyError
from studydl.tui import words as common
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.screens.browse import words
from studydl.tui.screens.browse.asking import Asking
from studydl.tui.screens.navigation import PlaceWanted
from studydl.tui.screens.sitting import exactly
from studydl.tui.ticket import Ticket

if TYPE_CHECKING:
    from textual.binding import BindingType

    from studydl.language import Text
    from studydl.tui.desk import Desk
    from studydl.tui.results import Derived, Failed
    from studydl.tui.widgets.row_list import RowList

__all__ = ["BrowseScreen"]

_LABORATORY = "laboratory"


class BrowseScreen(Asking):
    """What is done, is done to the marked cards, or to the one under the cursor."""

    PLACE = Place.BROWSE
    CSS_PATH = "browse.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.BROWSE)]

    def __init__(self, desk: Desk) -> None:
        """Start with no derivation asked for."""
        super().__init__(desk)
        self._ticket = Ticket("", 0)
        self._derives = False

    async def resume(self) -> None:
        """Search anew: cards may have been answered or changed meanwhile."""
        self.marking.forget_acts()
        self.look_anew()
        self.offer_keys()

    @property
    def targets(self) -> list[str]:
        """What is done next is done to these."""
        marked = self.marking.marked
        if marked:
            return self.desk.library.in_order(marked)
        return [] if self.here is None else [self.here]

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done here now."""
        shown = None if self.here is None else self.shown
        match action:
            case "search" | "close" | "undo" | "close_card" | "mark_all":
                return super().is_legal(action, parameters)
            case "derive":
                return shown is not None and shown.card.derivation is not None
            case "break_it":
                return shown is not None and bool(shown.card.claim)
            case "notes":
                return shown is not None and bool(shown.card.notes)
            case "choose":
                return shown is not None and not self.is_typing
        return shown is not None and super().is_legal(action, parameters)

    def action_search(self) -> None:
        """Type in the field."""
        self.action_close_card()
        self.query_one("#query", Input).focus()

    def action_close(self) -> None:
        """Leave the field, the derivation, the card, or the screen: whichever was come to last."""
        if self.asks:
            self.stop_asking()
        elif self.is_typing:
            self.set_focus(None)
        elif self._derives:
            self._leave_derivation()
        else:
            super().action_close()

    def action_choose(self) -> None:
        """Study; where there is no room for the card beside the list, look at it first."""
        if self.takes_turns and not self.card_is_open and not self.marking.marked:
            self.action_open_card()
        else:
            self._study()

    def action_mark(self) -> None:
        """Mark the card under the cursor and go on."""
        if self.here is not None:
            self.marking.toggle(self.here)
            self._draw_marks()
            self.rows.move(1)

    def action_mark_all(self) -> None:
        """Mark everything that was found, or nothing."""
        self.marking.toggle_all(self.finding.ids)
        self._draw_marks()

    def action_suspend(self) -> None:
        """Suspend, or let be asked again."""
        self._did(self.marking.suspend(self.targets), len(self.targets))

    def action_flag(self) -> None:
        """Ask why, and flag then; or take the flags away."""
        cards = self.targets
        if self.marking.are_flagged(cards):
            self._did(self.marking.unflag(cards), len(cards))
            return

        def answered(reason: str) -> bool:
            if reason:
                self._did(self.marking.flag(cards, reason), len(cards))
            return True

        hint = self.desk.say(words.WHY_FLAG_HINT, count=len(cards))
        self.ask(self.desk.say(words.WHY_FLAG), hint, answered)

    def action_tag(self) -> None:
        """Ask for tags that the cards are to have, or to have no more."""
        from studydl.tui import tagging

        cards = self.targets

        def answered(line: str) -> bool:
            change = tagging.change_in(self, line)
            if change is not None and any(change):
                self._did(self.marking.retag(cards, change), len(cards))
            return change is not None

        prompt = tagging.prompt(self, cards)
        suggester = tagging.TagSuggester(self.desk.memory, self.desk.library)
        self.ask(prompt, self.desk.say(tagging.HINT), answered, suggester)

    def action_undo(self) -> None:
        """Take back what was done here last."""
        undone = self.marking.undo()
        self.say(words.DID_UNDO if undone else words.NO_UNDO)
        self._draw_marks()

    def action_edit(self) -> None:
        """Open the card's deck in the learner's editor, and read the decks anew."""
        from studydl.tui.outside import card_edited_outside

        if self.here is None:
            return
        try:
            problems = card_edited_outside(self.app, self.desk.library, self.here)
        except StudyError as error:
            self.complain(error)
        else:
            if problems:
                self.complain(StudyError(self.desk.say(words.DECK_IS_BROKEN, problem=problems[0])))
            else:
                self.say(words.EDITED)
        self.look_anew()

    def action_derive(self) -> None:
        """Check the card's derivation, and show it in the place of the card."""
        shown = self.shown
        if shown is None or shown.card.derivation is None:
            return
        self._derives = True
        self.action_open_card()
        self._ticket = Ticket(shown.card.id, self._ticket.generation + 1)
        self.pane.say(f"{self.desk.say(common.DERIVING)} …", self.desk.language)
        request = self.desk.laboratory.derive(
            self._ticket, shown.card.derivation, self.post_message
        )
        self.run_worker(request, group=_LABORATORY, exclusive=True)
        self.offer_keys()

    def action_break_it(self) -> None:
        """Measure the claim elsewhere."""
        if (shown := self.shown) is not None and shown.card.claim is not None:
            self.post_message(PlaceWanted(Place.BREAK_IT, shown.card.claim))

    def action_what_if(self) -> None:
        """Change the numbers elsewhere."""
        if self.here is not None:
            self.post_message(PlaceWanted(Place.WHAT_IF, self.here))

    def action_notes(self) -> None:
        """Open the section of the notes."""
        if (shown := self.shown) is not None:
            self.post_message(PlaceWanted(Place.NOTES, shown.card.notes))

    def action_map(self) -> None:
        """See what is around the card."""
        if self.here is not None:
            self.post_message(PlaceWanted(Place.MAP, self.here))

    def on_row_list_chosen(self, _message: RowList.Chosen) -> None:
        """A second click does what Enter does."""
        self.action_choose()

    def on_derived(self, message: Derived) -> None:
        """Show the derivation, if it is still the one that is waited for."""
        if self._derives and message.ticket == self._ticket:
            self.pane.show_derivation(message.report, self.desk.language)

    def on_failed(self, message: Failed) -> None:
        """Say why there is no derivation; a process that died is started again."""
        if message.died:
            self.run_worker(self.desk.laboratory.warm_up())
        if self._derives and message.ticket == self._ticket:
            self.pane.say(f"! {message.reason}", self.desk.language)

    def draw_card(self) -> None:
        """Show the card under the cursor, in the place of a derivation too."""
        self._derives = False
        self.workers.cancel_group(self, _LABORATORY)
        super().draw_card()

    def _leave_derivation(self) -> None:
        self.draw_card()
        self.offer_keys()

    def _did(self, done: Text, count: int) -> None:
        self.say(done, count=count)
        self._draw_marks()

    def _draw_marks(self) -> None:
        self.draw_found()
        self.rows.redraw_rows()
        self.draw_card()
        self.offer_keys()

    def _study(self) -> None:
        wanted = exactly(self.targets, self.desk.memory)
        if wanted is None:
            self.say(words.ALL_SUSPENDED)
            return
        if wanted.cram:
            self.say(words.NOT_DUE)
        self.post_message(wanted)
