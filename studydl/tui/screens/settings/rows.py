"""The rows of both pages of the settings: values by the schema, keys by the registry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studydl.language import Text
from studydl.memory import Settings
from studydl.memory.settings_schema import ENTRIES, Entry, value_of
from studydl.tui import words as common
from studydl.tui.actions.action import Action, shown_key
from studydl.tui.actions.registry import all_actions
from studydl.tui.plain import cells, joined, plain, truncated
from studydl.tui.screens.settings import words
from studydl.tui.typeset import prose

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language

__all__ = ["Row", "about_lines", "key_rows", "row_line", "value_rows"]

_SECTION, _TITLE = 24, 26
_TIGHT = 80
_TIGHT_SECTION, _TIGHT_TITLE = 12, 20
_MARKS = re.compile(r'[\[\]",]')


class Row(NamedTuple):
    """A line of the settings.

    Attributes:
        section: What it belongs to; nothing where that is said above.
        title: What it is.
        value: What it is set to.
        shipped: What it was set to as shipped.
        sentence: What it does.
        subject: The setting, the action, or the id of an action that there is not.
    """

    section: Text | None
    title: Text
    value: str
    shipped: str
    sentence: Text
    subject: Entry | Action | str


def value_rows(settings: Settings) -> list[Row]:
    """Return a row for each setting."""
    shipped, rows, section = Settings(), [], None
    for entry in ENTRIES.values():
        rows.append(
            Row(
                None if entry.section is section else entry.section.title,
                entry.title,
                _shown(entry, settings),
                _shown(entry, shipped),
                entry.sentence,
                entry,
            )
        )
        section = entry.section
    return rows


def key_rows(settings: Settings) -> list[Row]:
    """Return a row for each action, and for each id in the file that no action has."""
    chosen = settings.interface.keys
    rows, place = [], None
    actions = zip(all_actions(chosen), all_actions(), strict=True)
    for action, shipped in actions:
        title = None if action.place is place else common.PLACES[action.place]
        rows.append(Row(title, action.label, _keys(action), _keys(shipped), action.help, action))
        place = action.place
    known = {action.id for action in all_actions()}
    return rows + [
        Row(None, Text(name, name), chosen[name], "–", words.UNKNOWN, name)
        for name in sorted(chosen.keys() - known)
    ]


def row_line(row: Row, language: Language, width: int, *, under_cursor: bool) -> Content:
    """Return the one line of a row."""
    tight = width < _TIGHT
    rooms = (_TIGHT_SECTION, _TIGHT_TITLE) if tight else (_SECTION, _TITLE)
    section = "" if row.section is None else row.section.said_in(language)
    is_changed = row.value != row.shipped
    value = f"‹ {row.value} ›" if under_cursor and isinstance(row.subject, Entry) else row.value
    line = joined(
        plain("› " if under_cursor else "  ", "bold $primary"),
        _column(section, "$quiet", rooms[0]),
        _column(row.title.said_in(language), "bold $primary" if under_cursor else "", rooms[1]),
        plain(value, "bold" if is_changed or under_cursor else "$quiet"),
        plain("  *" if is_changed else "", "$primary"),
    )
    return truncated(line, width)


def about_lines(row: Row, reset: str, language: Language, width: int) -> list[Content]:
    """Return what is to be known of the row under the cursor.

    Args:
        row: The row.
        reset: The key that takes back what was shipped.
        language: The language of the words.
        width: The width.
    """
    sentence = common.filled(row.sentence, language, reset=reset)
    if isinstance(row.subject, Entry):
        allowed = row.subject.allowed
        told = common.filled(words.ALLOWED, language, allowed=allowed, shipped=row.shipped)
    else:
        told = common.filled(words.SHIPPED, language, shipped=row.shipped)
    kept = words.KEPT.said_in(language)
    gap = "" if told.endswith("。") else " "
    return [
        plain("─" * width, "$line"),
        *prose(sentence, width),
        *prose(f"{told}{gap}{kept}", width, "$quiet"),
    ]


def _shown(entry: Entry, settings: Settings) -> str:
    return _MARKS.sub("", entry.sort.write(value_of(settings, entry))) or "–"


def _keys(action: Action) -> str:
    return " ".join(map(shown_key, action.keys))


def _column(text: str, style: str, room: int) -> Content:
    content = truncated(plain(text, style), room - 1)
    return joined(content, plain(" " * (room - cells(content.plain))))
