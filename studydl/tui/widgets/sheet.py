"""A widget whose lines are set for exactly the width that it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from textual.widget import Widget

from studydl.tui.plain import stacked

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content
    from textual.geometry import Size

__all__ = ["Setter", "Sheet"]

Setter: TypeAlias = "Callable[[int], list[Content]]"
"""Returns the lines for a width."""


def _nothing(_width: int) -> list[Content]:
    return []


class Sheet(Widget):
    """Shows the lines that a function sets for its width; a sheet without lines takes no room.

    Cards change by handing over another function: no widget is made or removed. Formulas must not
    be wrapped by anybody but the room of notation, so the sheet asks for lines, never for a text.
    """

    DEFAULT_CSS = """
    Sheet { height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Start without lines."""
        super().__init__(id=id, classes=classes)
        # What can be clicked has its own colours; Textual would paint over them.
        self.auto_links = False
        self._set: Setter = _nothing
        self._kept: tuple[int, list[Content]] | None = None

    def show(self, setter: Setter) -> None:
        """Show other lines."""
        self._set = setter
        self._kept = None
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Return the lines for a width; setting them again is saved while nothing changes."""
        if self._kept is None or self._kept[0] != width:
            self._kept = width, self._set(width)
        return self._kept[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return how many lines there are."""
        return len(self.lines(width))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's signature
        """Take all the width there is."""
        return container.width

    def render(self) -> Content:
        """Return the lines below one another."""
        return stacked(self.lines(self.content_size.width))
