"""The registry as a page: a place in full, what can be done everywhere, the others in brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui import words
from studydl.tui.actions.action import Place
from studydl.tui.actions.registry import actions_of
from studydl.tui.plain import cells, joined, plain
from studydl.tui.typeset import prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.content import Content

    from studydl.language import Language
    from studydl.tui.actions.action import Action

__all__ = ["help_lines"]

_KEYS = 14
_LABEL = 15
_MOST = 96
"""Sentences are no wider than is good to read."""
_TIGHT = 72
"""Below this width the words give way to the sentences that explain them."""


def help_lines(
    here: Place, keys: Mapping[str, str], language: Language, width: int
) -> list[Content]:
    """Return the page.

    Args:
        here: The place that is explained first.
        keys: The keys that the learner chose.
        language: The language of the words.
        width: The width.
    """
    width = min(width, _MOST)
    full = (here, Place.EVERYWHERE)
    lines = []
    for place in full:
        lines += [_title(place, language), plain("")]
        for action in _told_once(actions_of(place, keys=keys)):
            lines += _entry(action, language, width)
        lines.append(plain(""))
    for place in Place:
        if place not in {*full, Place.HELP}:
            lines += [_title(place, language)]
            lines += _brief(_told_once(actions_of(place, keys=keys)), language, width)
            lines.append(plain(""))
    return lines


def _title(place: Place, language: Language) -> Content:
    return plain(words.PLACES[place].said_in(language), "bold $primary")


def _told_once(actions: Iterable[Action]) -> list[Action]:
    """Return the actions, of those that share a sentence the first."""
    return list({action.help: action for action in reversed(list(actions))}.values())[::-1]


def _entry(action: Action, language: Language, width: int) -> list[Content]:
    keys = action.written_keys()
    label = "" if width < _TIGHT else action.label.said_in(language)
    room = 0 if width < _TIGHT else _LABEL
    head = joined(
        plain("  " + keys + " " * max(_KEYS - cells(keys), 1), "$primary"),
        plain(label + " " * max(room - cells(label), 1 if label else 0)),
    )
    sentence = prose(action.help.said_in(language), max(width - head.cell_length, 16), "$quiet")
    blank = plain(" " * head.cell_length)
    return [(head if row == 0 else blank) + line for row, line in enumerate(sentence)]


def _brief(actions: Iterable[Action], language: Language, width: int) -> list[Content]:
    """Return keys and words one after another, as many on a line as fit."""
    lines = [plain("")]
    for action in actions:
        key = plain(action.written_keys().partition(" ")[0], "$primary")
        entry = joined(plain("  "), key, plain(f" {action.label.said_in(language)}", "$quiet"))
        if lines[-1].cell_length + entry.cell_length > width:
            lines.append(plain(""))
        lines[-1] += entry
    return lines
