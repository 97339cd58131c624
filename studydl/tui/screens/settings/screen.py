"""The settings: values and keys, changed where they stand and kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from studydl.errors import StudyError
from studydl.memory import Settings
from studydl.memory.settings_schema import Entry, value_of
from studydl.tui import words as common
from studydl.tui.actions.action import Action, Place, shown_key
from studydl.tui.actions.registry import actions_of, bindings, clashing
from studydl.tui.plain import plain
from studydl.tui.preferences import take_up
from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.navigation import CloseWanted
from studydl.tui.screens.settings import words
from studydl.tui.screens.settings.capture import KeyCapture
from studydl.tui.screens.settings.rows import (
    Row,
    about_lines,
    key_rows,
    row_line,
    value_rows,
)
from studydl.tui.widgets.key_bar import KeyBar
from studydl.tui.widgets.row_list import RowList
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from studydl.tui.app import StudyApp
    from studydl.tui.desk import Desk

__all__ = ["SettingsScreen"]


class SettingsScreen(StudyScreen):
    """Two pages of rows: what the schema of settings knows, and what the registry of keys knows."""

    PLACE = Place.SETTINGS
    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.SETTINGS)]

    app: StudyApp

    def __init__(self, desk: Desk) -> None:
        """Begin with the values."""
        super().__init__(desk)
        self._shows_keys = False
        self._cursors = {False: 0, True: 0}
        self._rows: list[Row] = []

    def compose(self) -> ComposeResult:
        """Title, the rows, what is to be known of one, keys."""
        yield StatusLine()
        with Vertical(id="frame"):
            yield RowList()
            yield Sheet(id="about")
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the values."""
        await self.redraw()

    async def redraw(self) -> None:
        """Draw everything anew, in the language of the desk."""
        settings, language = self.desk.memory.settings, self.desk.language
        title = words.KEYS if self._shows_keys else words.SETTINGS
        self.query_one(StatusLine).tell(
            [f"studydl · {self.desk.say(common.PLACES[self.PLACE])}"], None, language
        )
        self.query_one("#frame").border_title = plain(self.desk.say(title))
        self._rows = key_rows(settings) if self._shows_keys else value_rows(settings)
        self._cursors[self._shows_keys] = min(self._cursor, len(self._rows) - 1)
        self.query_one(RowList).offer(len(self._rows), self._line, cursor=self._cursor)
        self._show_about()
        self.offer_keys()

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether something can be done with the row under the cursor."""
        match action:
            case "change":
                return not self._shows_keys
            case "choose":
                return bool(self._rows) and not isinstance(self._row.subject, str)
            case "reset":
                return bool(self._rows) and self._row.value != self._row.shipped
            case "reset_all":
                return self._shows_keys and bool(self.desk.memory.settings.interface.keys)
        return super().is_legal(action, parameters)

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        """Say what is to be known of another row."""
        self._cursors[self._shows_keys] = message.place
        self._show_about()
        self.offer_keys()

    async def on_row_list_chosen(self, _message: RowList.Chosen) -> None:
        """Change the row that was clicked."""
        await self.action_choose()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.query_one(RowList).move(by)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page."""
        self.query_one(RowList).page(direction)

    def action_edge(self, direction: int) -> None:
        """Move the cursor to an end."""
        self.query_one(RowList).edge(direction)

    def action_close(self) -> None:
        """Go back to where one came from."""
        self.post_message(CloseWanted())

    async def action_turn(self) -> None:
        """Go to the other page."""
        self._shows_keys = not self._shows_keys
        await self.redraw()

    async def action_change(self, direction: int) -> None:
        """Take the value one step up or down."""
        entry = self._row.subject
        if isinstance(entry, Entry):
            value = value_of(self.desk.memory.settings, entry)
            await self._set(entry, entry.next(value, direction))

    async def action_choose(self) -> None:
        """Take the next value, after the last the first; ask for a key."""
        subject = self._row.subject
        if isinstance(subject, Action):
            wait = KeyCapture(subject, self.desk.language)
            self.app.push_screen(wait, self._bind)
        elif isinstance(subject, Entry):
            value = value_of(self.desk.memory.settings, subject)
            after = subject.next(value, 1)
            await self._set(subject, subject.ladder[0] if after == value else after)

    async def action_reset(self) -> None:
        """Take back what was shipped."""
        subject = self._row.subject
        if isinstance(subject, Entry):
            await self._set(subject, value_of(Settings(), subject))
        else:
            await self._rebind(subject if isinstance(subject, str) else subject.id, None)

    async def action_reset_all(self) -> None:
        """Take back all keys that were shipped."""
        for name in tuple(self.desk.memory.settings.interface.keys):
            await self._rebind(name, None)

    async def _bind(self, key: str | None) -> None:
        """Give the action under the cursor a key, if nothing else has it."""
        action = self._row.subject
        if key is None or not isinstance(action, Action):
            return
        taken = clashing(action, key, self.desk.memory.settings.interface.keys)
        if taken is not None:
            label = self.desk.say(taken.label)
            self.say(words.CLASH, key=shown_key(key), action=label)
        else:
            await self._rebind(action.id, key)

    async def _rebind(self, name: str, keys: str | None) -> None:
        try:
            self.desk.memory.rebind(name, keys)
        except StudyError as error:
            self.complain(error)
        else:
            await take_up(self.app, name)

    async def _set(self, entry: Entry, value: object) -> None:
        try:
            self.desk.memory.change_setting(entry.name, value)
        except StudyError as error:
            self.complain(error)
        else:
            await take_up(self.app, entry.name)

    @property
    def _cursor(self) -> int:
        return self._cursors[self._shows_keys]

    @property
    def _row(self) -> Row:
        return self._rows[self._cursor]

    def _line(self, place: int, width: int, under_cursor: bool) -> Content:
        return row_line(self._rows[place], self.desk.language, width, under_cursor=under_cursor)

    def _show_about(self) -> None:
        row, language = self._row, self.desk.language
        keys = self.desk.memory.settings.interface.keys
        actions = actions_of(Place.SETTINGS, keys=keys)
        reset = next(each.written_keys() for each in actions if each.name == "reset")
        self.query_one("#about", Sheet).show(lambda width: about_lines(row, reset, language, width))
