"""The last row: what can be done now, read from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui.plain import clickable, joined, plain
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

    from studydl.language import Language
    from studydl.tui.actions.action import Action

__all__ = ["KeyBar"]

_GAP = 2
_MOST_WHEN_NARROW = 6
_NARROW = 72


class KeyBar(Sheet):
    """Keys with their words, as many as fit; help and quit always do. A click is a key press."""

    DEFAULT_CSS = """
    KeyBar { height: 1; padding: 0 2; background: $surface; color: $quiet; }
    """

    def offer(self, keys: Iterable[tuple[Action, str]], language: Language) -> None:
        """Show what can be done now: actions, each with the key to show."""
        entries = [(each.rank or 0, _entry(each, key, language)) for each, key in keys]
        # What never gives way stands at the end, where it is looked for.
        entries.sort(key=lambda entry: (entry[0] < 0, entry[0]))
        self.show(lambda width: [_fitting(entries, width)])


def _fitting(entries: list[tuple[int, Content]], width: int) -> Content:
    kept = list(entries)
    most = _MOST_WHEN_NARROW if width < _NARROW else len(kept)
    while kept and (len(kept) > most or _width(kept) > width):
        kept.remove(max(kept, key=lambda entry: entry[0]))
    return plain(" " * _GAP).join(content for _, content in kept)


def _width(entries: list[tuple[int, Content]]) -> int:
    return sum(content.cell_length for _, content in entries) + _GAP * (len(entries) - 1)


def _entry(action: Action, key: str, language: Language) -> Content:
    content = joined(plain(key, "bold $primary"), plain(f" {action.label.said_in(language)}"))
    if action.shown_as:
        return content  # several actions under one word: there is no one to carry out
    return clickable(content, f"{action.namespace}.{action.name}")
