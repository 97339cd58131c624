"""A screen on which cards are marked and mended, and what was done is undone and redone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.tui import words as common
from studydl.tui.plain import plain, truncated
from studydl.tui.screens.review import words
from studydl.tui.screens.review.answering import Answering

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.language import Text
    from studydl.tui.desk import Desk
    from studydl.tui.screens.review.line_field import LineField

__all__ = ["Marking"]

_WHILE_ASKING = ("keep_line", "close_line")


class Marking(Answering):
    """Decides about the card on the table: suspended, buried, flagged, tagged, mended."""

    def __init__(self, desk: Desk) -> None:
        """Start without a field for reasons and tags."""
        super().__init__(desk)
        self._line_field: LineField | None = None
        self._asks_for_tags = False

    async def next_card(self) -> None:
        """Show the card that is on the table now: what belonged to the last one goes."""
        raise NotImplementedError

    @property
    def is_asking(self) -> bool:
        """Whether a reason for a flag or tags are being typed."""
        return self._line_field is not None and self._line_field.display

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether a card can be marked now, or something be done on the table."""
        if self.is_asking or action in _WHILE_ASKING:
            return self.is_asking and action in _WHILE_ASKING
        idle = not self.is_typing and not self.is_judging
        match action:
            case "flag" | "tag" | "suspend" | "bury" | "edit_card":
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
        field = await self._field(for_tags=False)
        field.begin("!", "$warning", self.desk.say(words.FLAG_REASON))
        self.offer_keys()

    async def action_tag(self) -> None:
        """Ask for tags that the card is to have, or to have no more."""
        from studydl.tui import tagging

        field = await self._field(for_tags=True)
        tags = tagging.prompt(self, [self.session.on_the_table().card.id])
        prompt = f"{truncated(plain(tags), self.size.width // 2).plain} ›"
        suggester = tagging.TagSuggester(self.desk.memory, self.desk.library)
        field.begin(prompt, "$primary", self.desk.say(tagging.HINT), suggester)
        self.offer_keys()

    def action_keep_line(self) -> None:
        """Flag the card for the reason, or give it the tags, that were typed."""
        if self._line_field is not None:
            self._line_field.enter()

    def action_close_line(self) -> None:
        """Leave the flag or the tags as they are."""
        if self._line_field is not None:
            self._line_field.display = False
        self.set_focus(None)
        self.offer_keys()

    async def on_line_field_given(self, message: LineField.Given) -> None:
        """Flag the card, if a reason was given, or change its tags."""
        if self._asks_for_tags:
            self._retag(message.line)
            return
        self.action_close_line()
        if message.line and self._carried_out(lambda: self.session.flag(message.line)):
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

    async def _field(self, *, for_tags: bool) -> LineField:
        """Return the field, which is made when something is asked for the first time."""
        self._asks_for_tags = for_tags
        if self._line_field is None:
            from studydl.tui.screens.review.line_field import LineField

            self._line_field = LineField()
            await self.mount(self._line_field, before="GradeBar")
        return self._line_field

    def _retag(self, line: str) -> None:
        """Change the card's tags; what can be no tag stays in the field to be mended."""
        from studydl.tui import tagging

        change = tagging.change_in(self, line)
        if change is None:
            return
        self.action_close_line()
        before = self.session.tags
        if any(change) and self._carried_out(lambda: self.session.retag(change)):
            self.say(tagging.NO_TAG_CHANGED if self.session.tags == before else words.TAGGED)

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
        # A flag or a tag that comes or goes leaves the card on the table as it is.
        await (self.redraw() if self.session.shown is before else self.next_card())
        self.say(done, card=card)

    def _carried_out(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except StudyError as error:
            self.complain(error)
            return False
        return True
