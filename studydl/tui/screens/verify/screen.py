"""The screen on which everything is measured: rows as they come, failures first in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.plain import joined, plain, truncated
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.navigation import CloseWanted, PlaceWanted
from studydl.tui.screens.verify import run as runs
from studydl.tui.screens.verify import words
from studydl.tui.screens.verify.lines import ending, heading, row, statement_lines, tally_lines
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.row_list import RowList
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine
from studydl.tui.words import PLACES

if TYPE_CHECKING:
    from textual.app import App, ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.timer import Timer

    from studydl.tui.desk import Desk
    from studydl.verification.evidence import Report

__all__ = ["VerifyScreen"]

_PAUSE = 0.1
"""Seconds between two drawings while reports come in: keys come first."""
_GROUP = "verify all"


class VerifyScreen(StudyScreen):
    """Measures every claim when it is first shown; what is under way goes on without it."""

    PLACE = Place.VERIFY
    CSS_PATH = "verify.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.VERIFY)]

    def __init__(self, desk: Desk) -> None:
        """Start with what the last run on this desk has found."""
        super().__init__(desk)
        self._rows: list[Report] = []
        self._failing = False
        self._follows = True
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, columns, rows, the sentence under the cursor, the tally, keys."""
        yield StatusLine()
        with Vertical(id="frame"):
            yield Sheet(id="heading")
            yield RowList(id="rows")
            yield Sheet(id="statement")
            yield Sheet(id="tally")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Measure, unless that has been done or is being done."""
        if self.desk not in runs.RUNS:
            self._start(fresh=False)
        self._run.on_change = self._changed
        await self.redraw()

    def on_unmount(self) -> None:
        """Let the run go on without a screen."""
        self._run.on_change = lambda: None

    async def resume(self) -> None:
        """Show what has come meanwhile."""
        self._run.on_change = self._changed
        await self.redraw()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        title = f"studydl · {self.desk.say(PLACES[self.PLACE])}"
        self.query_one(StatusLine).tell([title], None, self.desk.language)
        language = self.desk.language
        self.query_one("#heading", Sheet).show(lambda width: [heading(language, width)])
        self._draw()
        self.offer_keys()

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done here now."""
        match action:
            case "cancel":
                return self._run.is_under_way
            case "again":
                return not self._run.is_under_way
            case "break_it" | "move" | "page" | "edge":
                return bool(self._rows)
        return super().is_legal(action, parameters)

    def action_close(self) -> None:
        """Go back; the run goes on."""
        self.post_message(CloseWanted())

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._list.move(by)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page."""
        self._list.page(direction)

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        self._list.edge(direction)

    def action_break_it(self) -> None:
        """Go where the claim under the cursor is broken."""
        self.post_message(PlaceWanted(Place.BREAK_IT, self._rows[self._list.cursor].claim))

    def action_failing(self) -> None:
        """Show only what fails, or everything again."""
        self._failing = not self._failing
        self._follows = not self._failing
        self._draw(cursor=0)
        self.offer_keys()

    def action_cancel(self) -> None:
        """Stop measuring; what is there stays."""
        self.app.workers.cancel_group(self.app, _GROUP)

    async def action_again(self) -> None:
        """Measure everything anew, whatever was kept."""
        self._start(fresh=True)
        await self.redraw()

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        """Show the sentence under the cursor; a cursor that was moved up is left alone."""
        self._follows = message.place == len(self._rows) - 1
        self._draw_statement()

    def on_row_list_chosen(self, _message: RowList.Chosen) -> None:
        """Go where the claim is broken: what a second click does."""
        self.action_break_it()

    @property
    def _run(self) -> runs.Run:
        return runs.RUNS[self.desk]

    @property
    def _list(self) -> RowList:
        return self.query_one(RowList)

    def _start(self, *, fresh: bool) -> None:
        run = runs.Run(runs.own_pool(), fresh=fresh)
        run.on_change = self._changed
        runs.RUNS[self.desk] = run
        self._follows = not self._failing
        # The application's own: it goes on when this screen is gone.
        self.app.run_worker(_to_the_end(run, self.app, self.desk), group=_GROUP, exclusive=True)

    def _changed(self) -> None:
        """Draw soon: however many reports come at once, they are drawn together."""
        if not self._run.is_under_way:
            self.call_later(self._finished)
        elif self._timer is None:
            self._timer = self.set_timer(_PAUSE, self._due)

    def _due(self) -> None:
        self._timer = None
        if self.is_current:  # covered by another screen, it draws when it is shown again
            self._draw()

    async def _finished(self) -> None:
        if self.is_attached:
            self._follows = False
            self._draw(cursor=0)
            self.offer_keys()

    def _draw(self, cursor: int | None = None) -> None:
        had_rows = bool(self._rows)
        self._rows = self._run.rows(failing=self._failing)
        if cursor is None:
            cursor = len(self._rows) - 1 if self._follows else self._list.cursor
        self._list.offer(len(self._rows), self._drawn, cursor=max(cursor, 0))
        language, failing, run = self.desk.language, self._failing, self._run
        self.query_one("#tally", Sheet).show(
            lambda width: [plain(""), *tally_lines(run, language, width, failing=failing)]
        )
        self._draw_statement()
        if had_rows != bool(self._rows):
            self.offer_keys()

    def _draw_statement(self) -> None:
        place, rows, language = self._list.cursor, self._rows, self.desk.language
        report = rows[place] if place < len(rows) else None
        empty = words.NOTHING_FAILING if self._run.reports else words.NOTHING_YET
        sheet = self.query_one("#statement", Sheet)

        def lines(width: int) -> list[Content]:
            if report is None:
                return [plain(""), plain(self.desk.say(empty), "$quiet")]
            told = statement_lines(report, language, width)
            room = max(sheet.size.height - 1, 1)
            if len(told) > room:
                told[room - 1] = truncated(joined(told[room - 1], plain(" …")), width)
            return [plain("─" * width, "$line"), *told[:room]]

        sheet.show(lines)

    def _drawn(self, place: int, _width: int, under_cursor: bool) -> Content:
        width = self._list.scrollable_content_region.width
        return row(self._rows[place], self.desk.language, width, under_cursor=under_cursor)


async def _to_the_end(run: runs.Run, app: App[object], desk: Desk) -> None:
    """Measure; to somebody who is elsewhere by then, say what has come of it."""
    await run.measure()
    if not isinstance(app.screen, VerifyScreen):
        app.notify(ending(run, desk.language), markup=False, timeout=8)
