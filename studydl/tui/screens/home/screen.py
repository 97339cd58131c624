"""The home screen: what there is to study, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, VerticalScroll

from studydl.places import learner_decks
from studydl.tui import words as common
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import actions_of, bindings
from studydl.tui.plain import plain
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.home import words
from studydl.tui.screens.home.counting import counted, most_useful, with_findings
from studydl.tui.screens.home.lines import TIGHT, Plan, panel_lines, plan_lines, welcome_lines
from studydl.tui.screens.home.table import ChapterTable
from studydl.tui.screens.navigation import PlaceWanted, ReviewWanted
from studydl.tui.typeset import prose
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from studydl.tui.desk import Desk
    from studydl.tui.screens.home.badges import Badge
    from studydl.tui.screens.home.history import History
    from studydl.tui.screens.home.table import ChapterRow

__all__ = ["HomeScreen"]

_MORE = 10
"""So many new cards are learned when more are asked for than the day brings."""


class HomeScreen(StudyScreen):
    """Lists what is due today and the chapters; Enter starts what is under the cursor."""

    PLACE = Place.HOME
    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.HOME)]
    HORIZONTAL_BREAKPOINTS = [*StudyScreen.HORIZONTAL_BREAKPOINTS, (140, "-broad")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, desk: Desk) -> None:
        """Count what there is; what takes longer is found out once it can be seen."""
        super().__init__(desk)
        library = desk.library
        self._chapters = {each.name: library.ids(each.name) for each in library.chapters()}
        self._history: History | None = None
        self._badges: Mapping[str, Badge] | None = None
        self._rows = self._counted()
        self._cursor = self._beginning()

    def compose(self) -> ComposeResult:
        """Status, the chapters, today beside or below them, keys."""
        yield StatusLine()
        with Horizontal(id="body"):
            with VerticalScroll(id="frame", can_focus=False):
                yield Sheet(id="welcome")
                yield ChapterTable()
                yield Sheet(id="plan")
                yield Sheet(id="next")
            with VerticalScroll(id="side", can_focus=False):
                yield Sheet(id="panel")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the chapters."""
        await self.redraw()
        self.call_after_refresh(self._find_out)

    async def resume(self) -> None:
        """Count anew: cards may have been answered meanwhile."""
        self._rows = self._counted()
        self._cursor = self._beginning()
        await self.redraw()
        self._find_out()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        desk, rows = self.desk, with_findings(self._rows, self._history, self._badges)
        table = self.query_one(ChapterTable)
        self.set_class(len(rows) == 1, "-empty")
        table.offer(rows, self._cursor, desk.language)
        sitting = desk.session if self._is_under_way else None
        self.query_one(StatusLine).tell(["studydl"], sitting, desk.language)
        self.set_class(self._is_first_run, "-first")
        self.query_one("#welcome", Sheet).show(self._welcome_lines)
        self.query_one("#plan", Sheet).show(self._plan_lines)
        self.query_one("#next", Sheet).show(self._next_lines)
        self.query_one("#panel", Sheet).show(self._panel_lines)
        self.offer_keys()

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done here now."""
        match action:
            case "resume":
                return self._is_under_way
            case "start" | "move":
                return len(self._rows) > 1
            case "cram":
                return self._rows[self._cursor].name is not None
        return super().is_legal(action, parameters)

    async def action_move(self, by: int) -> None:
        """Move the cursor, from the last row to the first and back."""
        self._cursor = (self._cursor + by) % len(self._rows)
        await self.redraw()
        self._follow()

    def action_start(self) -> None:
        """Study what is under the cursor."""
        row = self._rows[self._cursor]
        if row.name is None:
            self._start_today(row)
        elif row.due + row.new:
            # A chapter that somebody chooses is not held back by the day's number of new cards.
            self.post_message(ReviewWanted(self._chapters[row.name]))
        else:
            self.say(words.CHAPTER_DONE, cram=self._key("cram"))

    def action_cram(self) -> None:
        """Go through the chapter under the cursor, due or not."""
        name = self._rows[self._cursor].name
        if name is not None:
            self.post_message(ReviewWanted(self._chapters[name], cram=True))

    def action_open(self, place: str) -> None:
        """Go to another place."""
        self.post_message(PlaceWanted(Place(place)))

    async def action_choose_row(self, place: int) -> None:
        """Go to a row and study it: what a click does."""
        self._cursor = place
        await self.redraw()
        self.action_start()

    def action_resume(self) -> None:
        """Go back to the card on the table."""
        self.post_message(ReviewWanted())

    def _start_today(self, row: ChapterRow) -> None:
        if self._is_under_way:
            self.action_resume()
            return
        if row.due + row.new:
            self.desk.begin(None, new_limit=None)
        elif row.unmet:
            self.desk.begin(None, new_limit=self.desk.memory.new_today() + _MORE)
        else:
            self.say(words.ALL_DONE, cram=self._key("cram"))
            return
        self.post_message(ReviewWanted())

    @property
    def _is_under_way(self) -> bool:
        return self.desk.session is not None and self.desk.session.shown is not None

    @property
    def _is_first_run(self) -> bool:
        today = self._rows[0]
        return 0 < today.total == today.unmet

    def _counted(self) -> list[ChapterRow]:
        return counted(self.desk.library, self.desk.memory, self._chapters)

    def _beginning(self) -> int:
        return 0 if self._is_under_way else most_useful(self._rows)

    def _find_out(self) -> None:
        """Look back into the log and at what was measured, without keeping anybody waiting."""
        self.run_worker(self._found_out(), exclusive=True, group="home", exit_on_error=False)

    async def _found_out(self) -> None:
        from studydl.tui.screens.home.history import looked_back

        self._history = await looked_back(self.desk.memory, self._chapters)
        await self.redraw()
        from studydl.tui.screens.home.badges import badges

        self._badges = await badges(self.desk.library, self._chapters)
        await self.redraw()

    def _follow(self) -> None:
        """Bring the row under the cursor into view."""
        frame, table = self.query_one("#frame"), self.query_one(ChapterTable)
        line = table.virtual_region.y + table.line_of(self._cursor)
        top, height = round(frame.scroll_y), frame.scrollable_content_region.height
        if self._cursor == 0:
            frame.scroll_to(y=0, animate=False)
        elif not top <= line < top + height:
            frame.scroll_to(y=line - height + 1 if line >= top else line, animate=False)

    def _key(self, name: str) -> str:
        keys = self.desk.memory.settings.interface.keys
        return next(
            action.key_for(typing=False) or ""
            for action in actions_of(Place.HOME, Place.REVIEW, Place.EVERYWHERE, keys=keys)
            if action.name == name
        )

    def _plan(self) -> Plan:
        today, row = self.desk.memory.today(), self._rows[0]
        return Plan(today, row.due, row.new, self._history)

    def _welcome_lines(self, width: int) -> list[Content]:
        if not self._is_first_run:
            return []
        told = {
            "start": words.KEY_START,
            "measure": words.KEY_MEASURE,
            "help": words.KEY_HELP,
        }
        keys = [(self._key(name), self.desk.say(text)) for name, text in told.items()]
        lines = welcome_lines(keys, self.desk.language, width)
        for problem in self._problems():
            lines += [plain(""), *prose(problem, width, "$warning")]
        return lines

    def _plan_lines(self, width: int) -> list[Content]:
        lines = plan_lines(self._plan(), self.desk.language, width)
        return [plain(""), *lines] if lines and len(self._rows) > 1 else []

    def _next_lines(self, width: int) -> list[Content]:
        gap = [plain("")] if width >= TIGHT else []
        return [
            line
            for sentence in self._advice()
            for line in (*gap, *prose(sentence, width, "$quiet"))
        ]

    def _panel_lines(self, width: int) -> list[Content]:
        return self._welcome_lines(width) or panel_lines(
            self._plan(), self._advice(), self.desk.language, width
        )

    def _advice(self) -> list[str]:
        row, say = self._rows[self._cursor], self.desk.say
        keys = {"start": self._key("start"), "cram": self._key("cram")}
        if len(self._rows) == 1:
            advice = [say(common.NO_CARDS, folder=learner_decks())]
        elif row.name is not None:
            told = words.CHAPTER if row.due + row.new else words.CHAPTER_DONE
            advice = [say(told, due=row.due, new=row.new, **keys)]
        else:
            advice = self._advice_of_today(row, keys)
        return [*advice, *self._problems()]

    def _problems(self) -> list[str]:
        found = len(self.desk.library.problems)
        return [self.desk.say(common.PROBLEMS, count=found)] if found else []

    def _advice_of_today(self, row: ChapterRow, keys: Mapping[str, str]) -> list[str]:
        desk = self.desk
        if self._is_under_way and desk.session is not None:
            return [desk.say(words.GO_ON, count=desk.session.remaining, **keys)]
        if row.due + row.new:
            return [desk.say(words.READY, **keys)]
        if row.unmet:
            return [desk.say(words.LEARN_MORE, count=min(_MORE, row.unmet), **keys)]
        coming = desk.memory.upcoming()
        next_ = [] if coming is None else [desk.say(words.UPCOMING, **coming._asdict())]
        return [desk.say(words.ALL_DONE, **keys), *next_]
