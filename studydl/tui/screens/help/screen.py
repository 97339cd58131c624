"""The help screen: every action of the registry, those of the screen below first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll

from studydl.tui import words
from studydl.tui.actions.action import Action, Place
from studydl.tui.actions.registry import actions_of, bindings
from studydl.tui.plain import cells, joined, plain
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.navigation import CloseWanted
from studydl.tui.typeset import prose
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from studydl.language import Language

__all__ = ["HelpScreen"]

_KEYS = 14
_LABEL = 13


class HelpScreen(StudyScreen):
    """Lists keys, words and sentences; nothing is written here that is not in the registry."""

    PLACE = Place.HELP
    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.HELP)]

    @property
    def _places(self) -> list[Place]:
        """The screen that is explained first, then the others."""
        first = [Place(self.subject or Place.HOME), Place.EVERYWHERE]
        return [*first, *(place for place in Place if place not in {*first, Place.HELP})]

    def compose(self) -> ComposeResult:
        """Title, the table, keys."""
        yield StatusLine()
        with VerticalScroll(id="frame", can_focus=False):
            yield Sheet()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the table."""
        await self.redraw()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        language = self.desk.language
        title = f"studydl · {words.HELP_TITLE.said_in(language)}"
        self.query_one(StatusLine).tell([title], None, language)
        self.query_one("#frame Sheet", Sheet).show(
            lambda width: [
                line for place in self._places for line in _section(place, language, width)
            ]
        )
        self.offer_keys()

    def key_for(self, action: Action) -> str | None:
        """Offer anything but the help."""
        return None if action.method == "help" else super().key_for(action)

    def action_close(self) -> None:
        """Go back to where help was asked for."""
        self.post_message(CloseWanted())

    def action_scroll(self, direction: int) -> None:
        """Scroll the table."""
        frame = self.query_one("#frame")
        frame.scroll_relative(y=direction * 3, animate=False)


def _section(place: Place, language: Language, width: int) -> list[Content]:
    title = words.PLACES[place].said_in(language)
    lines = [plain(title, "bold $primary"), plain("")]
    for action in _told_once(actions_of(place)):
        lines += _entry(action, language, width)
    return [*lines, plain("")]


def _told_once(actions: Iterable[Action]) -> list[Action]:
    """Return the actions, of those that share a sentence the first."""
    return list({action.help: action for action in reversed(list(actions))}.values())[::-1]


def _entry(action: Action, language: Language, width: int) -> list[Content]:
    keys = action.written_keys()
    label = action.label.said_in(language)
    head = joined(
        plain("  " + keys + " " * max(_KEYS - cells(keys), 1), "$primary"),
        plain(label + " " * max(_LABEL - cells(label), 1)),
    )
    room = width - head.cell_length
    sentence = prose(action.help.said_in(language), max(room, 16), "$quiet")
    blank = plain(" " * head.cell_length)
    return [(head if row == 0 else blank) + line for row, line in enumerate(sentence)]
