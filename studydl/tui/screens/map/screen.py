"""The map: what builds on what, what is known of it, and where to go next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, VerticalScroll

from studydl.errors import StudyError
from studydl.places import cache_folder
from studydl.session import shown_card
from studydl.tui import words as common
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.plain import plain
from studydl.tui.screens.browse.facts import facts_of
from studydl.tui.screens.browse.words import ALL_SUSPENDED, NOT_DUE
from studydl.tui.screens.map import words
from studydl.tui.screens.map.graph import graph_of
from studydl.tui.screens.map.knowledge import knowledge_of
from studydl.tui.screens.map.lines import card_lines, chapter_lines, legend_lines
from studydl.tui.screens.map.rows import Kind, MapRow, card_row, head_row, map_rows
from studydl.tui.screens.navigation import PlaceWanted
from studydl.tui.screens.pair import Pair
from studydl.tui.screens.sitting import exactly
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.row_list import RowList
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine
from studydl.verification.cache import ReportCache

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.timer import Timer

    from studydl.cards import Card
    from studydl.language import Text
    from studydl.tui.desk import Desk
    from studydl.verification.evidence import Report

__all__ = ["MapScreen"]

_REST = 0.02
"""Seconds on a row after which its card is drawn: rows that are only passed cost nothing."""


class MapScreen(Pair):
    """A tree for each chapter; Enter studies a card with everything unmet that it builds on."""

    PLACE = Place.MAP
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.MAP)]

    def __init__(self, desk: Desk) -> None:
        """Read what builds on what."""
        super().__init__(desk)
        self._evidence = ReportCache(cache_folder() / "evidence")
        self._folded: set[str] = set()
        self._look: Timer | None = None
        self._read()

    def compose(self) -> ComposeResult:
        """Where we are, the map, the card, keys."""
        yield StatusLine()
        with Horizontal(id="body"):
            yield RowList(id="list")
            with VerticalScroll(id="card", can_focus=False):
                yield Sheet(id="page")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Go to the card that is wanted here, or to the first that could be met next."""
        wanted = (place for place, row in enumerate(self._rows) if row.id == self.subject)
        first = min(1, len(self._rows) - 1)
        self._offer(next(wanted, first) if self.subject else first)
        await self.redraw()

    async def resume(self) -> None:
        """Look at memory anew: cards may have been answered meanwhile."""
        row = self._row
        self._read()
        self._offer(self._place_of(row))
        await self.redraw()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        title = f"studydl · {self.desk.say(common.PLACES[self.PLACE])}"
        self.query_one(StatusLine).tell([title], None, self.desk.language)
        self.rows.redraw_rows()
        self._draw_card()
        self.offer_keys()

    @property
    def here(self) -> str | None:
        """The card under the cursor, if there is one."""
        return self._row.id if self._row.kind is Kind.CARD else None

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done here now."""
        match action:
            case "study" | "browse" | "what_if":
                return self.here is not None
            case "break_it":
                return (card := self._card()) is not None and bool(card.claim)
            case "notes":
                return (card := self._card()) is not None and bool(card.notes)
            case "fold":
                return self._row.kind is not Kind.NEXT
        return super().is_legal(action, parameters)

    def action_study(self) -> None:
        """Study the card under the cursor, behind what it builds on."""
        if self.here is None:
            return
        ids = self._graph.with_unmet(self.here, self._knowledge.met)
        wanted = exactly(ids, self.desk.memory)
        if wanted is None:
            self.say(ALL_SUSPENDED)
            return
        if wanted.cram:
            self.say(NOT_DUE)
        self.post_message(wanted)

    def action_fold(self) -> None:
        """Fold what is below, or unfold it."""
        row = self._row
        if row.kind is Kind.NEXT:
            return
        self._folded ^= {row.id}
        self._rows = map_rows(self._graph, self._knowledge, self._folded)
        self._offer(self.rows.cursor)
        self.offer_keys()

    def action_chapter(self, direction: int) -> None:
        """Go to the next head of a chapter, or to the one before."""
        cursor = self.rows.cursor
        heads = [place for place, row in enumerate(self._rows) if row.kind is not Kind.CARD]
        if direction > 0:
            self.rows.go(next((place for place in heads if place > cursor), cursor))
        else:
            self.rows.go(next((place for place in reversed(heads) if place < cursor), 0))

    def action_browse(self) -> None:
        """Look at the card with its answer."""
        if self.here is not None:
            self.post_message(PlaceWanted(Place.BROWSE, f"id:{self.here}"))

    def action_break_it(self) -> None:
        """Measure the claim elsewhere."""
        if (card := self._card()) is not None and card.claim is not None:
            self.post_message(PlaceWanted(Place.BREAK_IT, card.claim))

    def action_what_if(self) -> None:
        """Change the numbers elsewhere."""
        if self.here is not None:
            self.post_message(PlaceWanted(Place.WHAT_IF, self.here))

    def action_notes(self) -> None:
        """Open the section of the notes."""
        if (card := self._card()) is not None:
            self.post_message(PlaceWanted(Place.NOTES, card.notes))

    def on_row_list_moved(self, _message: RowList.Moved) -> None:
        """Show the card under the cursor once the cursor rests."""
        if self._look is not None:
            self._look.stop()
        self._look = self.set_timer(_REST, self._look_at_card)

    def on_row_list_chosen(self, _message: RowList.Chosen) -> None:
        """A second click opens the card where it is not seen, else folds."""
        if self.takes_turns:
            self.action_open_card()
        else:
            self.action_fold()

    @property
    def _row(self) -> MapRow:
        return self._rows[self.rows.cursor]

    def _read(self) -> None:
        self._graph = graph_of(self.desk.library)
        self._knowledge = knowledge_of(self.desk.memory)
        self._titles = {chapter.name: chapter.title for chapter in self._graph.chapters}
        self._rows = map_rows(self._graph, self._knowledge, self._folded)

    def _offer(self, cursor: int) -> None:
        self.rows.offer(len(self._rows), self._draw_row, cursor=cursor)

    def _place_of(self, row: MapRow) -> int:
        """Return where a row stands now: as it was, or else its card wherever it is."""
        if row in self._rows:
            return self._rows.index(row)
        same = (place for place, each in enumerate(self._rows) if each.id == row.id)
        return next(same, self.rows.cursor)

    def _look_at_card(self) -> None:
        self.query_one("#card").scroll_home(animate=False)
        self._draw_card()
        self.offer_keys()

    def _card(self) -> Card | None:
        """Return the card under the cursor; None if there is none any more."""
        try:
            return None if self.here is None else self.desk.library.card(self.here)
        except StudyError:
            return None

    def _draw_card(self) -> None:
        language, page, row = self.desk.language, self.query_one("#page", Sheet), self._row
        if row.kind is Kind.CHAPTER:
            title, ids = self._titles[row.id], self._graph.cards[row.id]
            page.show(lambda width: chapter_lines(title, ids, self._knowledge, language, width))
            return
        card = self._card()
        if card is None:
            page.show(lambda width: legend_lines(language, width))
            return
        facts = facts_of(shown_card(card, 0), self.desk.memory, self._report(card))
        around = self._cards(self._graph.requires[card.id]), self._cards(self._graph.opens[card.id])
        unmet = len(self._graph.with_unmet(card.id, self._knowledge.met)) - 1
        page.show(lambda width: card_lines(facts, around, unmet, self._knowledge, language, width))

    def _report(self, card: Card) -> Report | None:
        return None if card.claim is None else self._evidence.last(card.claim)

    def _cards(self, ids: tuple[str, ...] | list[str]) -> list[Card]:
        return [self.desk.library.card(id_) for id_ in ids]

    def _draw_row(self, place: int, width: int, under_cursor: bool) -> Content:
        row, language = self._rows[place], self.desk.language
        if row.kind is not Kind.CARD:
            title, counted = self._head(row)
            return head_row(
                title,
                counted,
                language,
                width,
                folded=row.id in self._folded,
                under_cursor=under_cursor,
            )
        try:
            card = self.desk.library.card(row.id)
        except StudyError:
            return plain(f"  {row.id}", "$quiet")
        sign, report = self._knowledge.sign(row.id), self._report(card)
        return card_row(row, card, sign, report, language, width, under_cursor=under_cursor)

    def _head(self, row: MapRow) -> tuple[Text, str]:
        if row.kind is Kind.NEXT:
            if len(self._rows) == 1:
                return words.NO_CARDS, ""
            leads_on = self._rows[1].kind is Kind.CARD
            return words.NEXT if leads_on else words.NO_NEXT, ""
        ids = self._graph.cards[row.id]
        learned = len(self._knowledge.learned.intersection(ids))
        return self._titles[row.id], f"{learned}/{len(ids)}"
