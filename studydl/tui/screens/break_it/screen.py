"""The screen on which a claim is broken: pick a misconception, see where it goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, VerticalScroll

from studydl.tui import words as common
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.evidence_lines import progress_line
from studydl.tui.plain import plain
from studydl.tui.screens.break_it import words
from studydl.tui.screens.break_it.lines import row_line, truth_lines, wrong_lines
from studydl.tui.screens.navigation import PlaceWanted
from studydl.tui.screens.pair import Pair
from studydl.tui.ticket import Ticket
from studydl.tui.typeset import prose
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.row_list import RowList
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from studydl.tui.desk import Desk
    from studydl.tui.results import Failed, Measured, MeasurementProgressed
    from studydl.tui.screens.break_it.pictures import Portrait
    from studydl.verification.evidence import Report

__all__ = ["BreakItScreen"]

_GROUP = "break it"


class BreakItScreen(Pair):
    """The truth and its misconceptions on the left, one of them beside the truth on the right.

    ``subject`` is a claim's id, with ``#name`` behind it if a misconception is to be shown first.
    """

    PLACE = Place.BREAK_IT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.BREAK_IT)]
    DEFAULT_CSS = """
    BreakItScreen #list { width: 34; }
    BreakItScreen.-narrow #list { width: 1fr; }
    BreakItScreen #card > Sheet { max-width: 96; }
    """

    def __init__(self, desk: Desk) -> None:
        """Start with nothing measured."""
        super().__init__(desk)
        self._report: Report | None = None
        self._portrait: Portrait | None = None
        self._progress: dict[str, Any] = {}
        self._trouble = ""
        self._unveiled: set[int] = set()
        self._ticket = Ticket("", 0)
        self._is_measuring = False

    def compose(self) -> ComposeResult:
        """Where we are, the list, what is under its cursor, keys."""
        yield StatusLine()
        with Horizontal(id="body"):
            yield RowList(id="list")
            with VerticalScroll(id="card", can_focus=False):
                yield Sheet(id="page")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Measure the claim at once."""
        if self.claim:
            self._measure(0)
        else:
            self._trouble = self.desk.say(words.NO_CLAIM)
        await self.redraw()

    @property
    def claim(self) -> str:
        """The claim that is broken."""
        return self.subject.partition("#")[0]

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        language = self.desk.language
        title = f"studydl · {self.desk.say(common.PLACES[self.PLACE])} · {self.claim}"
        self.query_one(StatusLine).tell([title, self.claim], None, language)
        self.rows.redraw_rows()
        self._draw_card()
        self.offer_keys()

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done here now."""
        match action:
            case "unveil":
                return self._place > 0 and self._place not in self._unveiled
            case "cancel":
                return self._is_measuring
            case "close":
                return not self._is_measuring
            case "measure" | "what_if":
                return bool(self.claim) and not self._is_measuring
        return super().is_legal(action, parameters)

    def action_unveil(self) -> None:
        """Show which measurements the misconception under the cursor breaks."""
        self._unveiled.add(self._place)
        self._draw_card()
        self.offer_keys()

    def action_measure(self) -> None:
        """Measure everything again with the next seed."""
        self._measure(0 if self._report is None else self._report.seed + 1)
        self._draw_card()
        self.offer_keys()

    def action_what_if(self) -> None:
        """Turn the claim's parameters."""
        self.post_message(PlaceWanted(Place.WHAT_IF, self.claim))

    def action_cancel(self) -> None:
        """Stop measuring."""
        self._ticket = Ticket(self.claim, self._ticket.generation + 1)
        self._is_measuring = False
        self.workers.cancel_group(self, _GROUP)
        self._trouble = "" if self._report else self.desk.say(common.STOPPED)
        self._draw_card()
        self.offer_keys()

    def on_row_list_moved(self, _message: RowList.Moved) -> None:
        """Show what the cursor is on now."""
        self.query_one("#card", VerticalScroll).scroll_home(animate=False)
        self._draw_card()
        self.offer_keys()

    def on_row_list_chosen(self, _message: RowList.Chosen) -> None:
        """Open what was clicked, where there is room for one only."""
        if self.takes_turns:
            self.action_open_card()

    def on_measurement_progressed(self, message: MeasurementProgressed) -> None:
        """Show how far the measuring is."""
        if message.ticket == self._ticket:
            self._progress = message.progress
            self._draw_card()

    async def on_measured(self, message: Measured) -> None:
        """Show what was measured."""
        if message.ticket != self._ticket:
            return
        is_first = self._report is None
        self._report, self._is_measuring = message.report, False
        self._offer(self._first_place() if is_first else self._place)
        if not message.report.evidence.series:
            self.run_worker(self._portray(message.ticket, message.report.seed), group=_GROUP)
        await self.redraw()

    def on_failed(self, message: Failed) -> None:
        """Say what went wrong; a process that died is started again."""
        if message.died:
            self.run_worker(self.desk.laboratory.warm_up())
        if message.ticket != self._ticket:
            return
        self._is_measuring, self._trouble = False, message.reason
        if message.died:
            self._trouble = self.desk.say(common.WORKER_DIED, reason=message.reason)
        elif message.too_long:
            self._trouble = self.desk.say(common.TOO_LONG)
        self._draw_card()
        self.offer_keys()

    @property
    def _place(self) -> int:
        return self.rows.cursor if self._report is not None else 0

    def _first_place(self) -> int:
        """Return the misconception that is wanted; else the first, which is what one came for."""
        if self._report is None:
            return 0
        wanted = self.subject.partition("#")[2]
        names = [each.name for each in self._report.misconceptions]
        return names.index(wanted) + 1 if wanted in names else min(1, len(names))

    def _measure(self, seed: int) -> None:
        self._ticket = Ticket(self.claim, self._ticket.generation + 1)
        self._progress, self._trouble, self._is_measuring = {}, "", True
        request = self.desk.laboratory.measure(self._ticket, self.claim, seed, self.post_message)
        self.run_worker(request, group=_GROUP, exclusive=True)

    async def _portray(self, ticket: Ticket, seed: int) -> None:
        """Have the picture drawn that the claim does not bring itself."""
        from studydl.tui.screens.break_it.pictures import Portrait

        found = Portrait.from_json(await self.desk.laboratory.portray(self.claim, seed))
        if ticket == self._ticket and self.is_attached:
            self._portrait = found
            self._draw_card()

    def _offer(self, cursor: int) -> None:
        report = self._report
        if report is None:
            return

        def draw(place: int, width: int, under_cursor: bool) -> Content:
            return row_line(report, place, self.desk.language, width, under_cursor=under_cursor)

        self.rows.offer(1 + len(report.misconceptions), draw, cursor=cursor)

    def _draw_card(self) -> None:
        self.query_one("#page", Sheet).show(self._card_lines)

    def _card_lines(self, width: int) -> list[Content]:
        language, report = self.desk.language, self._report
        if self._trouble:
            return prose(f"! {self._trouble}", width, "$error")
        if self._is_measuring or report is None:
            return [progress_line(self._progress, language, width)]
        height = min(max(self.size.height // 2 - 2, 7), 16)
        if self._place == 0:
            return truth_lines(report, self._portrait, language, width, height)
        unveiled = self._place in self._unveiled
        lines = wrong_lines(
            report,
            self._portrait,
            self._place,
            language,
            width,
            height,
            unveiled=unveiled,
            key=self._key("unveil"),
        )
        return [*lines, plain("")]

    def _key(self, method: str) -> str:
        from studydl.tui.actions.registry import actions_of

        action = next(each for each in actions_of(self.PLACE) if each.method == method)
        return action.key_for(typing=False) or ""
