"""A screen with a list and, beside it or in its place, what is under the cursor."""

from __future__ import annotations

from textual.containers import VerticalScroll

from studydl.tui.screens.base import StudyScreen
from studydl.tui.screens.navigation import CloseWanted
from studydl.tui.widgets.row_list import RowList

__all__ = ["Pair"]

_OPEN = "-with-card"


class Pair(StudyScreen):
    """Where the terminal is narrow, list and card take turns."""

    DEFAULT_CSS = """
    Pair #body { height: 1fr; padding: 0 1; }
    Pair #list, Pair #card {
        width: 1fr;
        border: round $line;
        border-title-color: $quiet;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    Pair #list { padding: 0 0 0 1; }
    Pair #card { padding: 1 1 1 2; }
    Pair #card > Sheet { max-width: 72; margin: 0 1 0 0; }
    Pair.-narrow #card { display: none; }
    Pair.-narrow.-with-card #card { display: block; }
    Pair.-narrow.-with-card #list { display: none; }
    """

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one(RowList)

    @property
    def takes_turns(self) -> bool:
        """Whether there is room for one of the two only."""
        return self.has_class("-narrow")

    @property
    def card_is_open(self) -> bool:
        """Whether the card has been opened in the place of the list."""
        return self.has_class(_OPEN)

    def action_open_card(self) -> None:
        """Show the card in the place of the list."""
        self.add_class(_OPEN)
        self.offer_keys()

    def action_close_card(self) -> None:
        """Show the list again."""
        self.remove_class(_OPEN)
        self.offer_keys()

    def action_close(self) -> None:
        """Leave the card, or the screen."""
        if self.takes_turns and self.card_is_open:
            self.action_close_card()
        else:
            self.post_message(CloseWanted())

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.rows.move(by)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page."""
        self.rows.page(direction)

    def action_edge(self, direction: int) -> None:
        """Move the cursor to an end."""
        self.rows.edge(direction)

    def action_scroll(self, direction: int) -> None:
        """Scroll the card."""
        card = self.query_one("#card", VerticalScroll)
        card.scroll_relative(y=direction * 3, animate=False)

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether list and card can be changed for one another, and moved in."""
        match action:
            case "open_card":
                is_shut = self.takes_turns and not self.card_is_open
                return is_shut and not self.is_typing and self.rows.count > 0
            case "close_card":
                return self.takes_turns and self.card_is_open
            case "move" | "page" | "edge":
                return self.rows.count > 0
        return super().is_legal(action, parameters)
