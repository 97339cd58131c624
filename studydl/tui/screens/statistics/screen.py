"""The statistics: one page of plots with their numbers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from studydl.errors import StudyError
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.plain import joined, plain
from studydl.tui.screens.navigation import PlaceWanted
from studydl.tui.screens.page import Page
from studydl.tui.screens.statistics import words
from studydl.tui.screens.statistics.figures import PERIODS, gathered_figures
from studydl.tui.screens.statistics.layout import columns_for, laid_out
from studydl.tui.screens.statistics.lines import SECTIONS, section_lines
from studydl.tui.typeset import prose
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.content import Content

    from studydl.tui.desk import Desk
    from studydl.tui.screens.statistics.figures import Figures

__all__ = ["StatisticsScreen"]

_GROUP = "gathering"
_BAR = 24


class StatisticsScreen(Page):
    """Gathers what the log says beside the event loop, then shows it."""

    PLACE = Place.STATISTICS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.STATISTICS)]

    def __init__(self, desk: Desk) -> None:
        """Start at the top, with all chapters."""
        super().__init__(desk)
        self._figures: Figures | None = None
        self._trouble = ""
        self._done = 0
        self._at = 0
        self._starts: list[int] = []
        self._chapter: str | None = None

    async def on_mount(self) -> None:
        """Gather."""
        self._gather()
        await super().on_mount()

    async def resume(self) -> None:
        """Gather anew: something may have been answered meanwhile."""
        if self._figures is not None:
            self._gather()

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done here now."""
        match action:
            case "jump" | "next_section" | "scroll":
                return self._figures is not None and self._figures.month.reviews > 0
            case "browse":
                return self._figures is not None and bool(self._figures.month.hardest)
            case "start":
                return self._is_empty
            case "next_chapter":
                return len(self.desk.library.chapters()) > 1
        return super().is_legal(action, parameters)

    def page_lines(self, width: int) -> list[Content]:
        """Return all sections, or why there are none yet."""
        if self._trouble:
            return prose(self._trouble, width, "$error")
        if self._figures is None:
            return [self._progress()]
        if self._is_empty:
            return prose(self.desk.say(words.EMPTY), min(width, 72))
        return [*self._chapter_lines(width), *self._sections(width)]

    def action_jump(self, place: int) -> None:
        """Go to a section."""
        self._at = place
        self._show_page()
        if place < len(self._starts):
            self.query_one("#frame").scroll_to(y=self._starts[place], animate=False)

    def action_next_section(self, by: int) -> None:
        """Go to the next section or the one before, from the last to the first."""
        self.action_jump((self._at + by) % len(SECTIONS))

    def action_browse(self, place: int) -> None:
        """List the cards that are forgotten most often; or one of them."""
        if self._figures is None:
            return
        hardest = [each.card for each in self._figures.month.hardest]
        wanted = hardest if place < 0 else hardest[place : place + 1]
        query = " or ".join(f"id:{card}" for card in wanted)
        self.post_message(PlaceWanted(Place.BROWSE, query))

    def action_next_chapter(self, by: int) -> None:
        """Count the cards of the next chapter only; after the last one, all cards again."""
        ways = [None, *(each.name for each in self.desk.library.chapters())]
        self._chapter = ways[(ways.index(self._chapter) + by) % len(ways)]
        self._gather()

    def action_start(self) -> None:
        """Go where something can be answered."""
        self.post_message(PlaceWanted(Place.HOME))

    @property
    def _is_empty(self) -> bool:
        return self._figures is not None and not self._figures.year.reviews and not self._chapter

    def _gather(self) -> None:
        self.run_worker(self._gathered(), group=_GROUP, exclusive=True)

    async def _gathered(self) -> None:
        library, chapter = self.desk.library, self._chapter
        ids = None if chapter is None else library.ids(chapter)
        loop, self._done = asyncio.get_running_loop(), 0

        def tell(done: int) -> None:
            loop.call_soon_threadsafe(self._told, done)

        try:
            self._figures = await asyncio.to_thread(gathered_figures, self.desk.memory, ids, tell)
            self._trouble = ""
        except StudyError as error:
            self._trouble = str(error)
        await self.redraw()

    def _told(self, done: int) -> None:
        self._done = done
        if self._figures is None and self.is_attached:
            self._show_page()

    def _progress(self) -> Content:
        full = _BAR * self._done // len(PERIODS)
        bar = joined(plain("━" * full, "$primary"), plain("━" * (_BAR - full), "$line"))
        return joined(bar, plain(f"  {self.desk.say(words.GATHERING)} …", "$quiet"))

    def _chapter_lines(self, width: int) -> list[Content]:
        if self._chapter is None:
            return []
        titles = {each.name: each.title for each in self.desk.library.chapters()}
        title = self.desk.say(titles[self._chapter])
        told = self.desk.say(words.LOOKING_AT, chapter=title)
        return [*prose(told, width, "bold $primary"), plain("")]

    def _sections(self, width: int) -> list[Content]:
        figures = self._figures
        if figures is None:
            return []
        _, column = columns_for(width)
        drawn = [
            section_lines(name, figures, self.desk.language, column, chosen=place == self._at)
            for place, name in enumerate(SECTIONS)
        ]
        laid = laid_out(drawn, width)
        above = len(self._chapter_lines(width))
        self._starts = [above + start for start in laid.starts]
        return laid.lines

    def _show_page(self) -> None:
        self.query_one("#page", Sheet).show(self.page_lines)
