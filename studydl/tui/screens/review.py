"""The review screen: one card after another, measured and derived beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from studydl.errors import StudyError
from studydl.judging import Verdict
from studydl.memory import Grade
from studydl.tui import words
from studydl.tui.action import Place
from studydl.tui.actions import bindings
from studydl.tui.plain import plain
from studydl.tui.screens.base import HomeWanted
from studydl.tui.screens.bench import Bench
from studydl.tui.widgets.card_view import CardView
from studydl.tui.widgets.choice import LETTERS
from studydl.tui.widgets.grade_bar import GradeBar
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studydl.cards import Card
    from studydl.session import Session
    from studydl.tui.action import Action
    from studydl.tui.widgets.number_input import NumberInput

__all__ = ["ReviewScreen"]


class ReviewScreen(Bench):
    """Asks, judges, grades. What it shows is always read from the sitting on the desk."""

    PLACE = Place.REVIEW
    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.REVIEW)]

    _shown_sitting: Session | None = None

    def compose(self) -> ComposeResult:
        """Status, card, grades, keys; the panes come when they are asked for."""
        yield StatusLine()
        with Horizontal(id="body"):
            yield CardView()
        yield GradeBar()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the card on the table."""
        await self._next_card()

    async def resume(self) -> None:
        """Show the first card of a sitting that was begun meanwhile."""
        if self._shown_sitting is not self.session:
            await self._next_card()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        view, session, language = self._view, self.session, self.desk.language
        if session.shown is None:
            from studydl.tui.report import report_lines

            title = words.REPORT
            await view.show_text(
                self.desk.say(words.DONE), lambda width: report_lines(self.desk, width)
            )
        else:
            await view.show_card(session, language)
            title = words.KINDS[session.shown.card.kind]
        view.border_title = plain(title.said_in(language))
        self.query_one(StatusLine).tell(self._whereabouts(), session, language)
        self._show_grades()
        self.redraw_panes()
        self.offer_keys()

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:  # noqa: PLR0911 - one line an action
        """Return whether something can be done with the card on the table now."""
        shown, revealed = self.session.shown, self.session.revealed
        asked = shown is not None and not revealed
        match action:
            case "reveal":
                return asked and not self.is_typing
            case "choose":
                return asked and shown is not None and parameters[0] in range(len(shown.options))
            case "judge" | "leave_field":
                return self.is_typing
            case "type":
                return asked and not self.is_typing and self._field is not None
            case "grade":
                return shown is not None and revealed
            case "accept":
                # While a derivation is walked through, space is its key, and one press too many
                # must not grade.
                return shown is not None and revealed and not self.walks
            case "finish":
                return shown is None
            case "undo" | "home":
                return not self.is_typing
        return super().is_legal(action, parameters)

    def key_for(self, action: Action) -> str | None:
        """Return the key to offer an action under: as many letters as there are options."""
        shown = self.session.shown
        if action.method == "choose" and shown is not None and action.rank is not None:
            return f"a–{LETTERS[len(shown.options) - 1]}"
        if action.method == "undo" and not self.session.report.answered:
            # It reaches back into earlier sittings, but that is nothing to offer at the start.
            return None
        return super().key_for(action)

    async def action_reveal(self) -> None:
        """Reveal the answer."""
        self.session.reveal()
        await self._revealed()

    async def action_choose(self, place: int) -> None:
        """Choose an option, which is judged at once."""
        self.session.judge(LETTERS[place], self.desk.language)
        await self._revealed()

    def action_judge(self) -> None:
        """Judge what is in the field, as Enter does there."""
        if self._field is not None:
            self._field.enter()

    async def on_number_input_entered(self, message: NumberInput.Entered) -> None:
        """Judge what was typed. What cannot be understood costs nothing and stays to be mended."""
        if not message.text.strip():
            await self.action_reveal()
            return
        judgement = self.session.judge(message.text, self.desk.language)
        if judgement.verdict is Verdict.INVALID and self._field is not None:
            complaint = judgement.feedback.said_in(self.desk.language)
            self._field.complain(complaint, judgement.caret)
        else:
            await self._revealed()

    async def action_grade(self, grade: int) -> None:
        """Record a grade and show the next card."""
        try:
            self.session.grade(Grade(grade))
        except StudyError as error:
            self.complain(error)
            return
        await self._next_card()

    async def action_accept(self) -> None:
        """Record the proposed grade."""
        await self.action_grade(self.session.proposed_grade)

    async def action_undo(self) -> None:
        """Take the last answer back and show its card again."""
        try:
            undone = self.session.undo()
        except StudyError as error:
            self.complain(error)
            return
        if undone is None:
            self.say(words.NO_UNDO)
            return
        await self._next_card()
        self.say(words.UNDONE, card=undone)

    def action_type(self) -> None:
        """Go back into the field."""
        if self._field is not None:
            self._field.field.focus()

    def action_leave_field(self) -> None:
        """Leave the field, so that letters are keys again."""
        self.set_focus(None)

    def action_scroll(self, direction: int) -> None:
        """Scroll the open pane, else the card."""
        target = self.open_pane or self._view
        target.scroll_relative(y=direction * 3, animate=False)

    def action_home(self) -> None:
        """Go to the chapters."""
        self.post_message(HomeWanted())

    def action_finish(self) -> None:
        """Go to the chapters."""
        self.post_message(HomeWanted())

    @property
    def _view(self) -> CardView:
        return self.query_one(CardView)

    @property
    def _field(self) -> NumberInput | None:
        field = self._view.number_input
        return field if field is not None and field.display else None

    async def _next_card(self) -> None:
        """Show another card: what belonged to the last one goes."""
        self._shown_sitting = self.session
        self.action_close_pane()
        await self.redraw()
        self._view.scroll_home(animate=False)
        if self._field is not None and not self.session.revealed:
            self._field.empty()
            self._field.field.focus()
        else:
            self.set_focus(None)

    async def _revealed(self) -> None:
        self.set_focus(None)
        await self.redraw()

    def _show_grades(self) -> None:
        bar, session = self.query_one(GradeBar), self.session
        if session.shown is None:
            bar.hint("")
        elif session.revealed:
            bar.offer(session.intervals(), session.proposed_grade, self.desk.language)
        else:
            bar.hint(self.desk.say(words.HINTS[session.shown.card.kind]))

    def _whereabouts(self) -> list[str]:
        shown = self.session.shown
        if shown is None:
            return ["studydl"]
        return [f"{self._chapter_title(shown.card)} · {shown.card.id}", shown.card.id]

    def _chapter_title(self, card: Card) -> str:
        titles = {each.name: each.title for each in self.desk.library.chapters()}
        title = titles.get(card.chapter)
        return card.chapter if title is None else self.desk.say(title)
