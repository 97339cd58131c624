"""A list of any length with a cursor: only the rows that can be seen are ever drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from studydl.tui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.content import Content

__all__ = ["RowDrawer", "RowList"]

RowDrawer: TypeAlias = "Callable[[int, int, bool], Content]"
"""Returns the one line of a row for its place, the width, and whether the cursor is on it."""

_KEPT = 512
_WHEEL = 3


def _nothing(_place: int, _width: int, _under_cursor: bool) -> Content:
    return plain("")


class RowList(ScrollView, can_focus=False):
    """Shows rows of one line each and keeps the one under the cursor in view.

    It takes no focus: the screen's actions move the cursor, a click or the wheel does it as well.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--row", "row-list--cursor"}
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    RowList > .row-list--cursor { background: $surface; }
    """

    @dataclass
    class Moved(Message):
        """The cursor is on another row."""

        place: int

    @dataclass
    class Chosen(Message):
        """Somebody clicked the row that the cursor was on already."""

        place: int

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Start without rows."""
        super().__init__(id=id, classes=classes)
        # What can be clicked has its own colours; Textual would paint over them.
        self.auto_links = False
        self._count = 0
        self._cursor = 0
        self._draw: RowDrawer = _nothing
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(_KEPT)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def cursor(self) -> int:
        """The place of the row under the cursor; 0 if there is none."""
        return self._cursor

    def offer(self, count: int, draw: RowDrawer, *, cursor: int = 0) -> None:
        """Show other rows. What is said of the cursor here is told nobody else.

        Args:
            count: How many.
            draw: Sets the line of one; it is called for rows that come into sight only.
            cursor: The row to begin with.
        """
        self._count = count
        self._draw = draw
        self._cursor = self._within(cursor)
        # The width of the rows is that of the list; only the height scrolls.
        self.virtual_size = Size(0, count)
        self.call_after_refresh(self._follow)
        self.redraw_rows()

    def redraw_rows(self) -> None:
        """Draw the rows in sight anew: what they show has changed."""
        self._strips.clear()
        self.refresh()

    def go(self, place: int) -> None:
        """Put the cursor on a row, or as near as there is one."""
        place = self._within(place)
        if place == self._cursor:
            return
        before, self._cursor = self._cursor, place
        if not self._follow():
            self._refresh_rows(before, place)
        self.post_message(self.Moved(place))

    def move(self, by: int) -> None:
        """Move the cursor by so many rows; it stops at the ends."""
        self.go(self._cursor + by)

    def page(self, direction: int) -> None:
        """Move the cursor by what is in sight, less a row to find one's way by."""
        self.move(direction * max(self.size.height - 1, 1))

    def edge(self, direction: int) -> None:
        """Put the cursor on the last row, or with -1 on the first."""
        self.go(self._count - 1 if direction > 0 else 0)

    def render_line(self, y: int) -> Strip:
        """Return one line of what is in sight."""
        place = round(self.scroll_y) + y
        width = self.size.width
        if place >= self._count:
            return Strip.blank(width, self.get_visual_style("row-list--row").rich_style)
        is_under = place == self._cursor
        style = self.get_visual_style("row-list--cursor" if is_under else "row-list--row")
        key = place, width, is_under, style
        strip = self._strips.get(key)
        if strip is None:
            content = self._draw(place, width, is_under)
            drawn = Visual.to_strips(self, content, width, 1, style, pad=True)
            strip = drawn[0] if drawn else Strip.blank(width, style.rich_style)
            self._strips[key] = strip
        return strip

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        """Keep the cursor in view in another height."""
        self._follow()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a row; a click on the one that has it chooses it."""
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None or (place := round(self.scroll_y) + offset.y) >= self._count:
            return
        if place == self._cursor:
            self.post_message(self.Chosen(place))
        else:
            self.go(place)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down; the cursor comes along."""
        self._scroll_rows(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up; the cursor comes along."""
        self._scroll_rows(event, -_WHEEL)

    def _scroll_rows(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_to(y=round(self.scroll_y) + by, animate=False, immediate=True, force=True)
        first = round(self.scroll_y)
        self.go(min(max(self._cursor, first), first + max(self.size.height, 1) - 1))

    def _within(self, place: int) -> int:
        return min(max(place, 0), max(self._count - 1, 0))

    def _follow(self) -> bool:
        """Bring the cursor into view; return whether anything had to be scrolled."""
        top, height = round(self.scroll_y), max(self.size.height, 1)
        if top <= self._cursor < top + height:
            return False
        wanted = self._cursor if self._cursor < top else self._cursor - height + 1
        self.scroll_to(y=wanted, animate=False, immediate=True, force=True)
        return True

    def _refresh_rows(self, *places: int) -> None:
        top = round(self.scroll_y)
        self.refresh(*(Region(0, place - top, self.size.width, 1) for place in places))
