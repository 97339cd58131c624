"""The part of the screen that finds cards and looks at them: the field, the list, the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widgets import Input

from studydl.errors import StudyError
from studydl.session import shown_card
from studydl.tui import words as common
from studydl.tui.plain import plain
from studydl.tui.screens.browse import words
from studydl.tui.screens.browse.card_pane import CardPane
from studydl.tui.screens.browse.facts import facts_of
from studydl.tui.screens.browse.finding import Finding
from studydl.tui.screens.browse.marking import Marking
from studydl.tui.screens.browse.rows import Row, row_line, sign_of
from studydl.tui.screens.pair import Pair
from studydl.tui.typeset import prose
from studydl.tui.widgets.answer_field import pointer
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.row_list import RowList
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine
from studydl.verification.client import WorkerError

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.timer import Timer

    from studydl.session import Shown
    from studydl.tui.desk import Desk

__all__ = ["Looking"]

_PAUSE = 0.06
"""Seconds without another letter after which is searched: what is typed is drawn before that."""
_REST = 0.02
"""Seconds on a row after which its card is drawn: rows that are only passed cost nothing."""


class Looking(Pair):
    """Search field on top, list on the left, card on the right."""

    def __init__(self, desk: Desk) -> None:
        """Start with nothing found."""
        super().__init__(desk)
        self.finding = Finding(desk)
        self.marking = Marking(desk.memory)
        self._search: Timer | None = None
        self._look: Timer | None = None
        self._kept: Shown | None = None

    def compose(self) -> ComposeResult:
        """Where we are, the field, what is wrong in it, list and card, a question, keys."""
        yield StatusLine()
        with Horizontal(id="field"):
            yield Sheet(id="sign")
            yield Input(id="query", compact=True, select_on_focus=False)
            yield Sheet(id="count")
        yield Sheet(id="complaint")
        with Horizontal(id="body"):
            yield RowList(id="list")
            yield CardPane(id="card")
        with Horizontal(id="asking"):
            yield Sheet(id="prompt")
            yield Input(id="reason", compact=True, select_on_focus=False)
        yield KeyBar()

    async def on_mount(self) -> None:
        """Search for what is wanted here."""
        self.label("#sign", "/ ", "$primary")
        self.query_one("#query", Input).value = self.subject
        self.look_anew()
        await self.redraw()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        title = f"studydl · {self.desk.say(common.PLACES[self.PLACE])}"
        self.query_one(StatusLine).tell([title], None, self.desk.language)
        self.query_one("#query", Input).placeholder = self.desk.say(words.SEARCH_BY)
        self.draw_found()
        self.rows.redraw_rows()
        self.draw_card()
        self.offer_keys()

    @property
    def pane(self) -> CardPane:
        """The card beside it."""
        return self.query_one(CardPane)

    @property
    def here(self) -> str | None:
        """The card under the cursor; None if nothing was found."""
        ids = self.finding.ids
        return ids[self.rows.cursor] if ids else None

    @property
    def shown(self) -> Shown | None:
        """The card under the cursor as it is asked; None if there is none any more."""
        here = self.here
        if here is None:
            return None
        if self._kept is None or self._kept.card.id != here:
            try:
                self._kept = shown_card(self.desk.library.card(here), 0)
            except StudyError:
                return None
        return self._kept

    def label(self, selector: str, text: str, style: str) -> None:
        """Write beside a field, which has the rest of the row."""
        sheet, line = self.query_one(selector, Sheet), plain(text, style)
        sheet.styles.width = line.cell_length
        sheet.show(lambda _width: [line])

    def look_anew(self) -> None:
        """Search, and keep the cursor on its card if that is found again."""
        before = self.here if self.is_mounted else None
        self._kept = None
        self.finding.look(self.query_one("#query", Input).value)
        ids = self.finding.ids
        cursor = ids.index(before) if before is not None and before in ids else 0
        self.rows.offer(len(ids), self._row, cursor=cursor)
        self.draw_found()
        self.draw_card()

    def draw_found(self) -> None:
        """Say how many were found, or what is wrong with the query."""
        found, total = len(self.finding.ids), self.finding.total
        told = self.desk.say(words.FOUND, found=found, total=total)
        if marked := len(self.marking.marked):
            told = f"{told} · {self.desk.say(words.MARKED, count=marked)}"
        self.label("#count", told, "$quiet")
        complaint, fault = self.query_one("#complaint", Sheet), self.finding.fault
        complaint.display = fault is not None or not found
        if fault is not None:
            hint = f" ({fault.hint})" if fault.hint else ""
            field = self.query_one("#query", Input)
            style = "$quiet" if self.is_typing else "$warning"
            complaint.show(pointer(field, f"{fault.what}{hint}", fault.place, style))
        elif not found:
            text = self.desk.say(words.NONE_FOUND if total else words.NO_CARDS)
            complaint.show(lambda width: prose(text, width, "$quiet"))

    def draw_card(self) -> None:
        """Show the card under the cursor."""
        self.workers.cancel_group(self, "card")
        shown = self.shown
        if shown is None:
            self.pane.clear()
            return
        self._show(shown)
        if not shown.is_known:
            self.run_worker(self._compute(shown), group="card", exclusive=True)

    def on_row_list_moved(self, _message: RowList.Moved) -> None:
        """Show the card under the cursor once the cursor rests."""
        if self._look is not None:
            self._look.stop()
        self._look = self.set_timer(_REST, self._look_at_card)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search once the typing rests."""
        event.stop()
        if event.input.id != "query":
            return
        if self._search is not None:
            self._search.stop()
        self._search = self.set_timer(_PAUSE, self.look_anew)

    def _look_at_card(self) -> None:
        self.pane.scroll_home(animate=False)
        self.draw_card()
        self.offer_keys()

    async def _compute(self, shown: Shown) -> None:
        """Show the answer of a card whose numbers are drawn, once the laboratory knows it."""
        try:
            known = await self.desk.panel.known(shown)
        except (StudyError, WorkerError):
            return
        if self.here == known.card.id:
            self._show(known)

    def _show(self, shown: Shown) -> None:
        report = self.finding.report(shown.card.claim)
        self.pane.show_card(facts_of(shown, self.desk.memory, report), self.desk.language)

    def _row(self, place: int, width: int, under_cursor: bool) -> Content:
        id_, memory = self.finding.ids[place], self.desk.memory
        try:
            card = self.desk.library.card(id_)
        except StudyError:
            return plain(f"  {id_}", "$quiet")
        marks = memory.marks(id_)
        sign = sign_of(memory.state(id_), marks, memory)
        row = Row(card, sign, marks.flag is not None, id_ in self.marking.marked)
        return row_line(row, self.desk.language, width, under_cursor=under_cursor)
