"""The command palette: the registry's actions, the chapters, the themes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.actions import parse
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from studydl.tui import words
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import actions_of
from studydl.tui.plain import joined, plain
from studydl.tui.preferences import remember
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.navigation import ReviewWanted
from studydl.tui.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.content import Content
    from textual.fuzzy import Matcher

    from studydl.tui.app import StudyApp

__all__ = ["Commands", "open_palette"]


class _Command(NamedTuple):
    text: str
    help: str
    run: Callable[[], object]


def open_palette(app: StudyApp) -> None:
    """Open the palette over the screen that is shown."""
    if not any(isinstance(screen, CommandPalette) for screen in app.screen_stack):
        placeholder = app.desk.say(words.PALETTE_SEARCH)
        app.push_screen(_Palette([Commands], placeholder=placeholder))


class _Palette(CommandPalette):
    """Textual's palette in our frame: no icon, no wider than prose."""

    DEFAULT_CSS = """
    _Palette > Vertical { width: 72; max-width: 96%; margin-top: 2; background: $surface;
                         &:dark { background: $surface; } }
    _Palette #--input { border: none; height: 3; padding: 0 1; }
    _Palette #--results { background: $surface; }
    _Palette CommandList, _Palette CommandList:focus, _Palette CommandList.--populating {
        border: none; max-height: 16; background: $surface; padding: 0 0 1 0;
        scrollbar-size-vertical: 1;
    }
    _Palette SearchIcon { display: none; }
    """


class Commands(Provider):
    """What can be done now."""

    async def discover(self) -> Hits:
        """List everything, before anything is typed."""
        for command in self._commands():
            # Content, since Textual would read the words of a string as markup.
            yield DiscoveryHit(
                plain(command.text), command.run, text=command.text, help=_help(command.help)
            )

    async def search(self, query: str) -> Hits:
        """List what fits the query."""
        matcher = self.matcher(query)
        for command in self._commands():
            if (score := matcher.match(command.text)) > 0:
                shown = _highlighted(matcher, command.text)
                yield Hit(score, shown, command.run, text=command.text, help=_help(command.help))

    def _commands(self) -> Iterator[_Command]:
        screen, app = self.screen, cast("StudyApp", self.app)
        if not isinstance(screen, StudyScreen):
            return
        desk = app.desk
        keys = desk.memory.settings.interface.keys
        for action in actions_of(screen.PLACE, Place.EVERYWHERE, keys=keys):
            name, place = action.name, action.place
            own = place is screen.PLACE and screen.check_action(*parse(name)[1:])
            # Not the palette itself, and not several actions under one word.
            told = action.rank is not None or action.method == "go"
            # Where one can go is listed once.
            alone = (
                told and not action.shown_as and action.method not in {"command_palette", "open"}
            )
            if alone and (own or place is Place.EVERYWHERE):
                run = partial(app.run_action, f"{action.namespace}.{name}", screen)
                help_ = f"{desk.say(action.help)}  {action.written_keys()}"
                yield _Command(desk.say(action.label), help_, run)
        for chapter in desk.library.chapters():
            text = desk.say(words.STUDY_CHAPTER, chapter=desk.say(chapter.title))
            wanted = ReviewWanted(desk.library.ids(chapter.name))
            yield _Command(
                text, desk.say(words.STUDY_CHAPTER_HELP), partial(screen.post_message, wanted)
            )
        for theme in THEMES:
            text = desk.say(words.USE_THEME, theme=theme.name)
            use = partial(_use_theme, app, theme.name)
            yield _Command(text, desk.say(words.USE_THEME_HELP), use)


def _use_theme(app: StudyApp, name: str) -> None:
    """Change the colours, for the next time too."""
    app.theme = name
    remember(app, "theme", name)


def _highlighted(matcher: Matcher, text: str) -> Content:
    """Mark what fits; the matcher's own way reads the text as markup."""
    content = plain(text)
    _, places = matcher.fuzzy_search.match(matcher.query, text)
    for place in places:
        content = content.stylize(matcher.match_style, place, place + 1)
    return content


def _help(sentence: str) -> str:
    """Return content in the place of the string that Textual would read as markup."""
    content: Content = joined(plain(sentence))
    return cast("str", content)
