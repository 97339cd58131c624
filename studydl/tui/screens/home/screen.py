"""The home screen: what there is to study, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll

from studydl.places import learner_decks
from studydl.tui import words
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.plain import plain
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.navigation import ReviewWanted
from studydl.tui.typeset import prose
from studydl.tui.widgets.chapter_table import ChapterRow, ChapterTable
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studydl.tui.desk import Desk

__all__ = ["HomeScreen"]


class HomeScreen(StudyScreen):
    """Lists what is due today and the chapters; Enter starts what is under the cursor."""

    PLACE = Place.HOME
    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.HOME)]

    def __init__(self, desk: Desk) -> None:
        """Count what there is."""
        super().__init__(desk)
        self._rows = self._counted()
        self._cursor = 0

    def compose(self) -> ComposeResult:
        """Status, the chapters, what to do next, keys."""
        yield StatusLine()
        with VerticalScroll(id="frame", can_focus=False):
            yield ChapterTable()
            yield Sheet(id="next")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the chapters."""
        await self.redraw()

    async def resume(self) -> None:
        """Count anew: cards may have been answered meanwhile."""
        self._rows = self._counted()
        await self.redraw()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        language = self.desk.language
        table = self.query_one(ChapterTable)
        table.display = len(self._rows) > 1
        table.offer(self._rows, self._cursor, language)
        self.query_one(StatusLine).tell(["studydl"], self.desk.session, language)
        advice = self._advice()
        self.query_one("#next", Sheet).show(
            lambda width: [
                line
                for sentence in advice
                for line in (plain(""), *prose(sentence, width, "$quiet"))
            ]
        )
        self.offer_keys()

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done here now."""
        match action:
            case "resume":
                return self._is_under_way
            case "start" | "move":
                return len(self._rows) > 1
        return super().is_legal(action, parameters)

    async def action_move(self, by: int) -> None:
        """Move the cursor, from the last row to the first and back."""
        self._cursor = (self._cursor + by) % len(self._rows)
        await self.redraw()

    def action_start(self) -> None:
        """Study what is under the cursor."""
        row = self._rows[self._cursor]
        if row.name is None:
            if self._is_under_way:
                self.action_resume()
                return
            wanted = ReviewWanted(self.desk.library.ids(), self.desk.memory.new_left())
        else:
            # A chapter that somebody chooses is not held back by the day's number of new cards.
            wanted = ReviewWanted(self.desk.library.ids(row.name), None)
        if row.due + row.new == 0:
            self.say(words.NOTHING_DUE if row.name is None else words.NOTHING_IN_CHAPTER)
        else:
            self.post_message(wanted)

    async def action_choose_row(self, place: int) -> None:
        """Go to a row and study it: what a click does."""
        self._cursor = place
        await self.redraw()
        self.action_start()

    def action_resume(self) -> None:
        """Go back to the card on the table."""
        self.post_message(ReviewWanted())

    @property
    def _is_under_way(self) -> bool:
        return self.desk.session is not None and self.desk.session.shown is not None

    def _counted(self) -> list[ChapterRow]:
        library, memory = self.desk.library, self.desk.memory
        rows = []
        for chapter in library.chapters():
            counts = memory.counts(library.ids(chapter.name))
            due = counts.due + counts.waiting
            rows.append(ChapterRow(chapter.name, chapter.title, due, counts.new, counts.total))
        due, total = sum(row.due for row in rows), sum(row.total for row in rows)
        new = min(sum(row.new for row in rows), memory.new_left())
        return [ChapterRow(None, words.TODAY, due, new, total), *rows]

    def _advice(self) -> list[str]:
        desk, today = self.desk, self._rows[0]
        advice = []
        if today.total == 0:
            advice.append(desk.say(words.NO_CARDS, folder=learner_decks()))
        elif self._is_under_way and desk.session is not None:
            advice.append(desk.say(words.IN_PROGRESS, count=desk.session.remaining))
        elif today.due + today.new == 0:
            advice.append(desk.say(words.NOTHING_DUE))
        else:
            advice.append(desk.say(words.READY))
        if problems := len(desk.library.problems):
            advice.append(desk.say(words.PROBLEMS, count=problems))
        return advice
