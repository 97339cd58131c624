"""The audit of the notes: sections on the left, their statements on the right."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from studydl.errors import StudyError
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.plain import plain
from studydl.tui.screens.navigation import CloseWanted, PlaceWanted, ReviewWanted
from studydl.tui.screens.notes import words
from studydl.tui.screens.notes.book import ORDER, Entry, read_book
from studydl.tui.screens.notes.lines import Told, counted, heads, legend_line, status_word
from studydl.tui.screens.notes.measuring import MeasuringScreen
from studydl.tui.screens.notes.statements import Statements
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.row_list import RowList
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine
from studydl.tui.words import PLACES

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from studydl.audit import Statement, Status
    from studydl.tui.desk import Desk

__all__ = ["NotesScreen"]


class NotesScreen(MeasuringScreen):
    """Shows what became of every statement of the notes, as far as it is known.

    Where it is narrow, the statements take the place of the sections while the cursor is in them.
    """

    PLACE = Place.NOTES
    CSS_PATH = "notes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.NOTES)]

    def __init__(self, desk: Desk) -> None:
        """Start among the sections, with all statements."""
        super().__init__(desk)
        self._entries: list[Entry] = []
        self._titles: dict[str, str] = {}
        self._cards: dict[str, list[str]] = {}
        self._status: Status | None = None
        self._at: int | None = None
        """The statement under the cursor; None while the cursor is among the sections."""

    def compose(self) -> ComposeResult:
        """Title, sections beside statements, what the signs mean, keys."""
        yield StatusLine()
        with Horizontal(id="body"):
            with Vertical(id="sections"):
                yield Sheet(id="heads")
                yield RowList()
            yield Statements()
        yield Sheet(id="legend")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Read the audit, beside the event loop."""
        await self.redraw()
        self.run_worker(self._read())

    async def resume(self) -> None:
        """Take notice of what was measured elsewhere."""
        if self.book is not None:
            self.run_worker(self._read())

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        desk = self.desk
        title = f"studydl · {desk.say(PLACES[self.PLACE])}"
        self.query_one(StatusLine).tell([title], None, desk.language)
        label = desk.say(words.SECTIONS)
        self.query_one("#heads", Sheet).show(lambda width: [heads(label, width)])
        self._titles = {
            each.name: each.title.said_in(desk.language) for each in desk.library.chapters()
        }
        self.draw()
        self.offer_keys()

    def draw(self) -> None:
        """Draw what depends on the cursor and on what is known."""
        if self.book is not None:
            kept = self._entry
            self._entries = self.book.entries(self._status)
            at = self._entries.index(kept) if kept in self._entries else self._list.cursor
            self._list.offer(len(self._entries), self._drawn, cursor=at)
        self._draw_statements()
        self.draw_progress()

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done here now."""
        inside, here = self._at is not None, self._entry is not None
        legal = {
            "cancel": self.progress is not None,
            "leave": inside,
            "close": not inside and self.progress is None,
            "enter": here and (not inside or bool(parameters)),
            "break_it": inside,
            "measure": here and self.progress is None,
            "narrow": self.book is not None,
            "only": self.book is not None,
        } | dict.fromkeys(("study", "browse", "move", "page", "edge"), here)
        return legal.get(action, super().is_legal(action, parameters))

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.post_message(CloseWanted())

    def action_move(self, by: int) -> None:
        """Move the cursor among the sections, or among the statements."""
        if self._at is None:
            self._list.move(by)
        else:
            self.action_enter(self._at + by)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page; among statements, scroll."""
        if self._at is None:
            self._list.page(direction)
        else:
            statements = self.query_one(Statements)
            statements.scroll_relative(y=direction * statements.size.height, animate=False)

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        if self._at is None:
            self._list.edge(direction)
        else:
            self.action_enter(len(self._shown()) if direction > 0 else 0)

    def action_enter(self, place: int = 0) -> None:
        """Go into the statements, to one of them: a click does so too."""
        self._go_inside(min(max(place, 0), len(self._shown()) - 1))

    def action_leave(self) -> None:
        """Go back to the sections."""
        self._go_inside(None)

    def action_only(self, key: int) -> None:
        """Show only statements of a status; 0, or the same one again, shows all."""
        status = ORDER[key - 1] if key else None
        self._filter(None if status is self._status else status)

    def action_narrow(self) -> None:
        """Show only statements of the next status; after the last, all."""
        ways = (None, *ORDER)
        self._filter(ways[(ways.index(self._status) + 1) % len(ways)])

    async def action_measure(self) -> None:
        """Measure the claims of the section under the cursor."""
        if self.book is not None and self._entry is not None:
            self.measure(self.book.claims(self._entry))

    def action_study(self) -> None:
        """Study the cards of the section or the statement; what is not due, as practice."""
        ids = self._cards_here()
        if not ids:
            self.say(words.NO_CARDS)
            return
        counts = self.desk.memory.counts(ids)
        practice = counts.due + counts.waiting + counts.new == 0
        if practice:
            self.say(words.PRACTICE)
        self.post_message(ReviewWanted(ids, cram=practice))

    def action_break_it(self) -> None:
        """Break a claim of the statement: as the notes put it, if they are refuted."""
        statement = self._statement
        if statement is None:
            return
        refuted = statement.refuted[:1]
        subject = "#".join(refuted[0]) if refuted else statement.claims[0]
        self.post_message(PlaceWanted(Place.BREAK_IT, subject))

    def action_browse(self) -> None:
        """List the cards of the section or the statement."""
        self.post_message(PlaceWanted(Place.BROWSE, self._query()))

    def on_row_list_moved(self, _message: RowList.Moved) -> None:
        """Show the statements of another section."""
        self._go_inside(None)
        self.query_one(Statements).scroll_home(animate=False)

    def on_row_list_chosen(self, _message: RowList.Chosen) -> None:
        """Go into the statements: what a second click does."""
        self.action_enter()

    @property
    def _list(self) -> RowList:
        return self.query_one(RowList)

    @property
    def _entry(self) -> Entry | None:
        at = self._list.cursor
        return self._entries[at] if at < len(self._entries) else None

    @property
    def _statement(self) -> Statement | None:
        shown = self._shown()
        if self.book is None or self._at is None or self._at >= len(shown):
            return None
        return self.book.statements[shown[self._at]]

    def _shown(self) -> list[int]:
        """Return the places of the statements on the right."""
        if self.book is None or self._entry is None:
            return []
        return self.book.places(self._entry, self._status)

    async def _read(self) -> None:
        is_first = self.book is None
        try:
            self.book = await asyncio.to_thread(read_book)
        except StudyError as error:
            self.complain(error)
            return
        ties = self.desk.library.ties(self.desk.library.ids())
        self._cards = {}
        for id_, tied in ties.items():
            self._cards.setdefault(tied.claim or "", []).append(id_)
        self.draw()
        if is_first and self.subject:
            self._go_to(self.subject)
        self.offer_keys()

    def _go_to(self, section: str) -> None:
        """Put the cursor on a section, on the nearest one above it, or on the first below it."""
        entries = [
            (place, each.section) for place, each in enumerate(self._entries) if each.section
        ]
        above = [place for place, each in entries if f"{section}.".startswith(f"{each}.")]
        below = [place for place, each in entries if each.startswith(f"{section}.")]
        if nearest := above[-1:] or below[:1]:
            self._list.go(nearest[0])
        else:
            self.say(words.NO_SECTION, section=section)

    def _go_inside(self, place: int | None) -> None:
        self._at = place
        self.set_class(place is not None, "-inside")
        self._draw_statements()
        self._list.redraw_rows()
        self.offer_keys()

    def _filter(self, status: Status | None) -> None:
        if self.book is not None and status is not None and not self.book.places(status=status):
            self.say(words.NOTHING_HERE, status=status_word(status, self.desk.language))
        self._status, self._at = status, None
        self.remove_class("-inside")
        self.draw()
        self.offer_keys()

    def _query(self) -> str:
        """Return what finds the cards of the section or the statement."""
        if self._statement is not None:
            return " or ".join(f"claim:{claim}" for claim in self._statement.claims)
        entry = self._entry
        if entry is None:
            return ""
        return f"notes:{entry.section}" if entry.section else f"chapter:{entry.chapter}"

    def _cards_here(self) -> list[str]:
        if self._statement is not None:
            return self._cards_of(self._statement)
        from studydl.search import Searcher

        return Searcher(self.desk.library, self.desk.memory).find(self._query())

    def _cards_of(self, statement: Statement) -> list[str]:
        found = (self._cards.get(claim, ()) for claim in statement.claims)
        return list(dict.fromkeys(id_ for ids in found for id_ in ids))

    def _draw_statements(self) -> None:
        book, entry = self.book, self._entry
        told = [
            Told(statement, book.finding(place), self._cards_of(statement), not entry.section)
            for place in self._shown()
            if book is not None and entry is not None
            for statement in (book.statements[place],)
        ]
        empty = "" if book is not None else self.desk.say(words.READING)
        self.query_one(Statements).show(told, self._at, self.desk.language, empty=empty)

    def draw_progress(self) -> None:
        """Draw how far the measuring is, or what the signs mean."""
        desk, status, book, progress = self.desk, self._status, self.book, self.progress

        def lines(width: int) -> list[Content]:
            if progress is not None:
                return [progress.line(desk.language, width)]
            if book is None:
                return [plain("")]
            return [legend_line(book.counts(), status, desk.language, width)]

        self.query_one("#legend", Sheet).show(lines)

    def _drawn(self, place: int, _width: int, under_cursor: bool) -> Content:
        width = self._list.scrollable_content_region.width
        entry = self._entries[place]
        counts = {} if self.book is None else self.book.counts(entry)
        title = entry.section or self._titles.get(entry.chapter, entry.chapter)
        is_here = under_cursor and self._at is None
        is_chapter = not entry.section
        return counted(title, counts, width, is_chapter=is_chapter, under_cursor=is_here)
