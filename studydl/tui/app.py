"""The application: puts screens on the terminal, and nothing more."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.reactive import Initialize, Reactive

from studydl.tui import words
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import bindings
from studydl.tui.desk import Desk
from studydl.tui.preferences import apply, chosen_theme, remember
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.navigation import screen_for
from studydl.tui.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.screen import Screen
    from textual.theme import Theme

    from studydl.cards import Library
    from studydl.language import Language
    from studydl.memory import Memory
    from studydl.tui.laboratory import Process
    from studydl.tui.screens.navigation import CloseWanted, PlaceWanted, ReviewWanted

__all__ = ["StudyApp", "run"]

_SCREENS = Path(__file__).parent / "screens"
_PATIENCE = 2.0
"""Seconds within which a second ctrl+c quits."""


def _theme_of(app: StudyApp) -> str:
    return chosen_theme(app.desk.memory.settings)


class StudyApp(App[None]):
    """Opens on the chapters; on a card if some were chosen and there is one to ask."""

    TITLE = "studydl"
    # In place of Textual's own colours from the start, for changing them has every style read anew.
    theme: Reactive[str] = Reactive(Initialize(_theme_of))
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.EVERYWHERE)]
    DEFAULT_CSS = """
    Screen { background: $background; }
    ToastRack { margin-bottom: 3; }
    Toast { background: $panel; padding: 0 2; }
    """

    def __init__(
        self,
        library: Library,
        memory: Memory,
        *,
        begin: bool = False,
        ids: Sequence[str] | None = None,
        language: Language,
        new_limit: int | None = None,
        limit: int | None = None,
        cram: bool = False,
        worker: Process | None = None,
    ) -> None:
        """Lay everything on the desk.

        Args:
            library: Where the cards are.
            memory: Where reviews are kept.
            begin: Start with a sitting instead of the chapters.
            ids: The cards of the first sitting; None for all.
            language: The language to start in.
            new_limit: How many new cards a day the first sitting may bring, whatever the settings
                say.
            limit: How many reviews and new cards the first sitting may bring together.
            cram: Ask for all of its cards, due or not, and record nothing.
            worker: The process that measures; one of its own by default.
        """
        self.desk = Desk(library, memory, language, worker)
        self._first = Place.HOME
        if begin:
            session = self.desk.begin(ids, new_limit=new_limit, limit=limit, cram=cram)
            self._first = Place.REVIEW if session.shown is not None else Place.HOME
        # Textual reads the style sheet of every screen but the first, which is the application's.
        super().__init__(css_path=_SCREENS / self._first / f"{self._first}.tcss")
        self._leaving = False
        for theme in THEMES:
            self.register_theme(theme)
        apply(self)

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return colours by name, ours even before they are registered."""
        own = next((theme for theme in THEMES if theme.name == theme_name), None)
        return own or super().get_theme(theme_name)

    def get_default_screen(self) -> Screen[None]:
        """Return the first screen."""
        return self._made(self._first, "")

    def on_mount(self) -> None:
        """Start the measuring process, but not before the first card can be seen."""
        self.screen.call_after_refresh(self._warm_up)

    async def on_unmount(self) -> None:
        """End the measuring process."""
        await self.desk.clear()

    async def on_place_wanted(self, message: PlaceWanted) -> None:
        """Go to a place."""
        await self._show(message.place, message.subject)

    async def on_review_wanted(self, message: ReviewWanted) -> None:
        """Show the cards of a sitting."""
        if message.ids is not None:
            self.desk.begin(message.ids, new_limit=message.new_limit, cram=message.cram)
        elif self.desk.session is None:
            self.desk.begin(None, new_limit=None)
        await self._show(Place.REVIEW)

    async def on_close_wanted(self, _message: CloseWanted) -> None:
        """Go back to the screen below; below the first one are the chapters."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
            await self._resume()
        else:
            await self._show(Place.HOME)

    async def action_go(self, place: str) -> None:
        """Go to a place that asks for nothing."""
        await self._show(Place(place))

    async def action_switch_language(self) -> None:
        """Change the language of cards and interface, on every screen."""
        self.desk.switch_language()
        remember(self, "language", self.desk.language)
        for screen in self.screen_stack:
            if isinstance(screen, StudyScreen):
                await screen.redraw()

    async def action_help(self) -> None:
        """Explain every key, those of this screen first."""
        screen = self.screen
        if isinstance(screen, StudyScreen) and screen.PLACE is not Place.HELP:
            await self._show(Place.HELP, screen.PLACE)

    def action_command_palette(self) -> None:
        """Search for what to do."""
        from studydl.tui.palette import open_palette

        open_palette(self)

    def action_help_quit(self) -> None:
        """Quit at the second ctrl+c; the first may be a slip."""
        if self._leaving:
            self.exit()
            return
        self._leaving = True
        self.notify(self.desk.say(words.QUIT_AGAIN), markup=False, timeout=_PATIENCE)
        self.set_timer(_PATIENCE, self._stay)

    def _stay(self) -> None:
        self._leaving = False

    def _warm_up(self) -> None:
        # Imports leave tens of thousands of objects for good: collections may pass them over. An
        # entry that switched the collector off, to be here sooner, has it back.
        gc.freeze()
        gc.enable()
        self.run_worker(self.desk.laboratory.warm_up())

    async def _show(self, place: Place, subject: str = "") -> None:
        """Go back to a place if the way here came past it; else go on to it.

        Whatever lies above it is closed. Where something else is wanted of it, it is made anew.
        """
        way = [screen for screen in self.screen_stack if isinstance(screen, StudyScreen)]
        known = [screen for screen in way if screen.PLACE is place]
        if known and known[-1].subject == subject:
            while self.screen is not known[-1]:
                await self.pop_screen()
        else:
            await self.push_screen(self._made(place, subject))
        await self._resume()

    def _made(self, place: Place, subject: str) -> StudyScreen:
        screen = screen_for(place, self.desk, subject)
        screen.fit(self.size.width)
        return screen

    async def _resume(self) -> None:
        if isinstance(self.screen, StudyScreen):
            await self.screen.resume()


def run(
    library: Library,
    memory: Memory,
    *,
    begin: bool = False,
    ids: Sequence[str] | None = None,
    language: Language,
    limit: int | None = None,
    cram: bool = False,
) -> None:
    """Open the application in the terminal, until the learner quits.

    Args:
        library: Where the cards are.
        memory: Where reviews are kept.
        begin: Start with a sitting instead of the chapters.
        ids: The cards of the first sitting; None for all.
        language: The language to start in.
        limit: How many reviews and new cards it may bring together.
        cram: Ask for all of them, due or not, and record nothing.
    """
    StudyApp(library, memory, begin=begin, ids=ids, language=language, limit=limit, cram=cram).run()
