"""The options of a choice, lettered; after the answer the right and the chosen one are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studydl.judging import LETTERS
from studydl.tui.plain import clickable, joined, plain
from studydl.tui.typeset import formulas_in
from studydl.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.language import Language, Text

__all__ = ["Choice", "Options"]

_MARGIN = 6
"""Sign, letter and the space behind each."""


class Choice(NamedTuple):
    """What is to be chosen from, and what was.

    Attributes:
        options: In the order in which they are shown.
        right: The places of the right ones.
        chosen: The places of the learner's.
        revealed: Whether the right ones may be seen.
    """

    options: tuple[Text, ...]
    right: frozenset[int]
    chosen: frozenset[int]
    revealed: bool

    def look(self, place: int) -> tuple[str, str]:
        """Return the sign and the style of an option."""
        if not self.revealed:
            return ("•", "bold $primary") if place in self.chosen else (" ", "")
        if place in self.right:
            return "✓", "bold $success"
        if place in self.chosen:
            return "✗", "$error"
        return " ", "$quiet"


class Options(Sheet):
    """Lists the options; a click chooses one."""

    def offer(self, choice: Choice, language: Language) -> None:
        """Show the options."""
        self.show(lambda width: _lines(choice, language, width))


def _lines(choice: Choice, language: Language, width: int) -> list[Content]:
    blocks = [
        formulas_in(option.said_in(language), width - _MARGIN, language, choice.look(place)[1])
        for place, option in enumerate(choice.options)
    ]
    # Options of several lines are parted by a blank one; short ones stand close together.
    airy = any(len(block) > 1 for block in blocks)
    lines: list[Content] = []
    for place, block in enumerate(blocks):
        if airy and place:
            lines.append(plain(""))
        lines += _option(choice, place, block)
    return lines


def _option(choice: Choice, place: int, block: list[Content]) -> list[Content]:
    sign, style = choice.look(place)
    letter = style or "bold $primary"
    head = joined(plain(f"{sign} ", style), plain(f"{LETTERS[place]}   ", letter))
    lines = [
        joined(head if row == 0 else plain(" " * head.cell_length), line)
        for row, line in enumerate(block)
    ]
    if choice.revealed:
        return lines
    return [clickable(line, f"screen.choose({place})") for line in lines]
