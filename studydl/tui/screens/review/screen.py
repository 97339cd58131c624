"""The review screen: one card after another, measured and derived beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from studydl.cards import Choice
from studydl.errors import StudyError
from studydl.judging import LETTERS
from studydl.memory import Grade
from studydl.tui import words
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.plain import plain, truncated
from studydl.tui.screens.navigation import PlaceWanted
from studydl.tui.screens.review import words as own
from studydl.tui.screens.review.lines import leech_line, status_line
from studydl.tui.screens.review.onward import Onward
from studydl.tui.widgets.card_view import CardView
from studydl.tui.widgets.grade_bar import GradeBar
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studydl.cards import Card
    from studydl.session import Session
    from studydl.tui.actions.action import Action

__all__ = ["ReviewScreen"]

_TICK = 15.0
"""Seconds after which the minutes are looked at again."""
_WIDEST_FLAG = 48


class ReviewScreen(Onward):
    """Asks, judges, grades. What it shows is always read from the sitting on the desk."""

    PLACE = Place.REVIEW
    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.REVIEW)]

    _shown_sitting: Session | None = None
    _fitted_after: Session | None = None

    def compose(self) -> ComposeResult:
        """Status, card, grades, keys; the panes come when they are asked for."""
        yield StatusLine()
        with Horizontal(id="body"):
            yield CardView()
        yield Sheet(id="aside")
        yield GradeBar()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the card on the table."""
        self.set_interval(_TICK, self._tell)
        await self.next_card()

    async def resume(self) -> None:
        """Show the first card of a sitting that was begun meanwhile."""
        if self._shown_sitting is not self.session:
            await self.next_card()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        view, session, language = self.view, self.session, self.desk.language
        if session.shown is None:
            from studydl.tui.report import report_lines

            title = words.REPORT
            await view.show_text(
                self.desk.say(words.DONE), lambda width: report_lines(self.desk, width)
            )
        else:
            await view.show_card(session, language, self.picked, self.refuting)
            title = words.KINDS[session.shown.card.kind]
        view.border_title = plain(title.said_in(language))
        reason = None if session.shown is None else session.flag_reason
        flagged = "" if reason is None else f"! {self.desk.say(own.IS_FLAGGED, reason=reason)}"
        view.border_subtitle = plain(truncated(plain(flagged), _WIDEST_FLAG).plain, "$warning")
        self._tell()
        self._show_leech()
        self._show_grades()
        self.redraw_panes()
        self.offer_keys()

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done with the card on the table now."""
        shown, revealed = self.session.shown, self.session.revealed
        if self.is_asking:
            return super().is_legal(action, parameters)
        match action:
            case "grade":
                return shown is not None and revealed
            case "accept":
                # While a derivation is walked through, space is its key, and one press too many
                # must not grade.
                return shown is not None and revealed and not self.walks
            case "finish":
                return shown is None and not self.walks
            case "home":
                return not self.is_typing and not self.is_judging
        return super().is_legal(action, parameters)

    def key_for(self, action: Action) -> str | None:
        """Return the key to offer an action under: as many letters as there are options."""
        shown = self.session.shown
        if action.method == "choose" and shown is not None and action.rank is not None:
            return f"a–{LETTERS[len(shown.options) - 1]}"
        if action.method == "undo" and not self.session.report.answered:
            # It reaches back into earlier sittings, but that is nothing to offer at the start.
            return None
        if action.method == "type" and self.session.may_try_again:
            return None  # another action says what for
        return super().key_for(action)

    async def answered(self) -> None:
        """Show the verdict and the card's own answer."""
        self.picked = frozenset()
        self.set_focus(None)
        await self.redraw()
        if self.asks_for_code:
            self.view.scroll_to_answer()

    def show_judging(self) -> None:
        """Show whether something is being judged."""
        self._show_grades()
        self.offer_keys()

    async def action_grade(self, grade: int) -> None:
        """Record a grade and show the next card."""
        try:
            self.session.grade(Grade(grade))
        except StudyError as error:
            self.complain(error)
            return
        notice = self.session.notice
        await self.next_card()
        if notice is not None:
            self.notify(notice.said_in(self.desk.language), markup=False, timeout=10)

    async def action_accept(self) -> None:
        """Record the proposed grade."""
        await self.action_grade(self.session.proposed_grade)

    def action_scroll(self, direction: int) -> None:
        """Scroll the open pane, else the card."""
        target = self.open_pane or self.view
        target.scroll_relative(y=direction * 3, animate=False)

    def action_home(self) -> None:
        """Go to the chapters."""
        self.post_message(PlaceWanted(Place.HOME))

    def action_finish(self) -> None:
        """Go to the chapters."""
        self.post_message(PlaceWanted(Place.HOME))

    async def next_card(self) -> None:
        """Show the card that is on the table now: what belonged to the last one goes."""
        self._shown_sitting = self.session
        self.picked = frozenset()
        self.action_close_pane()
        self.expect_answer()
        await self.redraw()
        self.view.scroll_home(animate=False)
        shown = self.session.shown
        if self.field is not None and shown is not None and not self.session.revealed:
            self.field.begin(shown, self.desk.language)
            self.field.field.focus()
        else:
            self.set_focus(None)
        if shown is None:
            self._fit()

    def _fit(self) -> None:
        """Fit the scheduler once a sitting is over, beside everything else."""
        session = self.session
        if session.report.answered and not session.is_cram and self._fitted_after is not session:
            self._fitted_after = session
            self.run_worker(self._fitted(), group="fitting", exclusive=True)

    async def _fitted(self) -> None:
        await self.desk.fit_scheduler()
        if self.desk.fit is not None and self.session.shown is None:
            await self.redraw()

    def _tell(self) -> None:
        """Show where we are, how long, how far: anew from time to time."""
        places, session, language = self._whereabouts(), self.session, self.desk.language
        line = self.query_one(StatusLine)
        line.show(lambda width: status_line(places, session, language, width))

    def _show_leech(self) -> None:
        leech, language = self.session.leech, self.desk.language
        aside = self.query_one("#aside", Sheet)
        aside.display = leech is not None
        if leech is not None:
            aside.show(lambda width: [leech_line(leech, language, width)])

    def _show_grades(self) -> None:
        bar, session = self.query_one(GradeBar), self.session
        if session.shown is None:
            bar.hint("")
        elif session.revealed:
            bar.offer(session.intervals(), session.proposed_grade, self.desk.language)
        elif self.is_judging:
            bar.hint(self.desk.say(words.JUDGING))
        elif session.may_try_again:
            bar.hint(self.desk.say(own.AGAIN_OR_SOLUTION))
        else:
            answer = session.shown.card.answer
            several = isinstance(answer, Choice) and answer.also
            bar.hint(self.desk.say(words.HINTS["several" if several else answer.kind]))

    def _whereabouts(self) -> list[str]:
        shown = self.session.shown
        if shown is None:
            return ["studydl"]
        return [f"{self._chapter_title(shown.card)} · {shown.card.id}", shown.card.id]

    def _chapter_title(self, card: Card) -> str:
        titles = {each.name: each.title for each in self.desk.library.chapters()}
        title = titles.get(card.chapter)
        return card.chapter if title is None else self.desk.say(title)
