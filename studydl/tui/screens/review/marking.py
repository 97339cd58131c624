"""A screen on which cards are marked and mended, and what was done is undone and redone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.tui import words as common
from studydl.tui.screens.review import words
from studydl.tui.screens.review.answering import Answering

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.language import Text
    from studydl.tui.desk import Desk
    from studydl.tui.screens.review.flag_field import FlagField

__all__ = ["Marking"]

_WHILE_FLAGGING = ("keep_flag", "close_flag")


class Marking(Answering):
    """Decides about the card on the table: suspended, buried, flagged, mended."""

    def __init__(self, desk: Desk) -> None:
        """Start without a field for reasons."""
        super().__init__(desk)
        self._flag_field: FlagField | None = None

    async def next_card(self) -> None:
        """Show the card that is on the table now: what belonged to the last one goes."""
        raise NotImplementedError

    @property
    def is_flagging(self) -> bool:
        """Whether a reason for a flag is being typed."""
        return self._flag_field is not None and self._flag_field.display

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether a card can be marked now, or something be done on the table."""
        if self.is_flagging or action in _WHILE_FLAGGING:
            return self.is_flagging and action in _WHILE_FLAGGING
        idle = not self.is_typing and not self.is_judging
        match action:
            case "flag" | "suspend" | "bury" | "edit_card":
                return idle and self.session.shown is not None
            case "undo" | "redo":
                return idle
        return super().is_legal(action, parameters)

    async def action_flag(self) -> None:
        """Ask what is to be mended; take the flag of a flagged card away."""
        if self.session.flag_reason is not None:
            self._carried_out(self.session.unflag)
            await self.redraw()
            self.say(words.UNFLAGGED)
            return
        if self._flag_field is None:
            from studydl.tui.screens.review.flag_field import FlagField

            self._flag_field = FlagField()
            await self.mount(self._flag_field, before="GradeBar")
        self._flag_field.begin(self.desk.language)
        self.offer_keys()

    def action_keep_flag(self) -> None:
        """Flag the card for the reason that was typed."""
        if self._flag_field is not None:
            self._flag_field.enter()

    def action_close_flag(self) -> None:
        """Flag nothing."""
        if self._flag_field is not None:
            self._flag_field.display = False
        self.set_focus(None)
        self.offer_keys()

    async def on_flag_field_given(self, message: FlagField.Given) -> None:
        """Flag the card, if a reason was given."""
        self.action_close_flag()
        if message.reason and self._carried_out(lambda: self.session.flag(message.reason)):
            await self.redraw()
            self.say(words.FLAGGED)

    async def action_suspend(self) -> None:
        """Show the card no more."""
        await self._put_away(self.session.suspend, words.SUSPENDED)

    async def action_bury(self) -> None:
        """Show the card no more today."""
        await self._put_away(self.session.bury, words.BURIED)

    async def action_undo(self) -> None:
        """Take the last answer back, or what was last done to a card, and show it again."""
        await self._stepped(self.session.undo, common.UNDONE, common.NO_UNDO)

    async def action_redo(self) -> None:
        """Do again what was undone last."""
        await self._stepped(self.session.redo, words.REDONE, words.NO_REDO)

    async def action_edit_card(self) -> None:
        """Open the card's deck at its line in the learner's editor, and come back to the card."""
        from studydl.tui.outside import card_edited_outside

        shown, problems = self.session.on_the_table(), []
        try:
            problems = card_edited_outside(self.app, self.desk.library, shown.card.id)
            is_the_same = self.session.reread()
        except StudyError as error:
            broken = self.desk.say(words.DECK_IS_BROKEN, problem=next(iter(problems), ""))
            self.complain(StudyError(broken) if problems else error)
            return
        await (self.redraw() if is_the_same else self.next_card())
        self.say(words.MENDED if is_the_same else words.ASKED_ANEW)

    async def _put_away(self, deed: Callable[[], str], told: Text) -> None:
        card = self.session.on_the_table().card.id
        if self._carried_out(deed):
            await self.next_card()
            self.say(told, card=card)

    async def _stepped(self, deed: Callable[[], str | None], done: Text, none: Text) -> None:
        before = self.session.shown
        try:
            card = deed()
        except StudyError as error:
            self.complain(error)
            return
        if card is None:
            self.say(none)
            return
        # A flag that comes or goes leaves the card on the table as it is.
        await (self.redraw() if self.session.shown is before else self.next_card())
        self.say(done, card=card)

    def _carried_out(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except StudyError as error:
            self.complain(error)
            return False
        return True
