"""Words and blocks to lines of a given width, Chinese and formulas included."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from studydl.notation.box import Box, cells

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CLOSING", "Page", "Unit", "joined_by_newline", "units"]

# Kinsoku: these never start a line, those never end one.
CLOSING = frozenset("，。？！：；、）」』】》〉”’…·,.;:!?)]}%")
_OPENING = frozenset("（「『【《〈“‘([{")
_INDENT = 4


class Unit(NamedTuple):
    """What is never broken if it fits the width: a word, one wide character, a formula."""

    text: str
    rigid: bool = False  # a formula stays whole even where a word must be cut

    def sticks_to(self, before: Unit) -> bool:
        """Whether no line may end between `before` and this unit, if no space parts them."""
        if self.text[0] in CLOSING or before.text[-1] in _OPENING:
            return True
        return not (_is_wide(before.text[-1]) or _is_wide(self.text[0]))


def units(run: str) -> Iterator[Unit]:
    """A run without spaces in units: wide characters alone, narrow ones as words."""
    word = ""
    for character in run:
        if cells(character) == 0 or not word:
            word += character
        elif _is_wide(character) or _is_wide(word[0]):
            yield Unit(word)
            word = character
        else:
            word += character
    if word:
        yield Unit(word)


def joined_by_newline(before: str, after: str) -> bool:
    """Whether a line break in the source parts nothing: between two Chinese characters."""
    return bool(before and after) and _is_wide(before[-1]) and _is_wide(after[0])


def _is_wide(character: str) -> bool:
    return cells(character) == 2


@dataclass(slots=True)
class Page:
    """The rows that are laid out so far, and the word that is still growing."""

    width: int
    rows: list[str] = field(default_factory=list)
    _line: str = ""
    _word: list[Unit] = field(default_factory=list)
    _spaced: bool = False  # a space stands before the word
    _gap: bool = False  # a blank row is due before whatever comes next

    def add(self, unit: Unit, *, spaced: bool) -> None:
        """Adds a unit to the current paragraph, behind a space or not."""
        if self._word and not spaced and unit.sticks_to(self._word[-1]):
            self._word.append(unit)
            return
        if self._word and spaced and unit.text[0] in CLOSING:
            self._word += [Unit(" "), unit]
            return
        self._place_word()
        self._word, self._spaced = [unit], spaced

    def block(self, box: Box) -> None:
        """Adds a displayed formula, on rows of its own."""
        self.end_paragraph()
        self._open()
        indent = min(_INDENT, max(0, self.width - box.width))
        self.rows += ((" " * indent + row).rstrip() for row in box.rows)
        self._gap = True

    def end_paragraph(self) -> None:
        """Ends the paragraph; a blank row stands before the next thing."""
        self._place_word()
        self._flush()
        self._gap = bool(self.rows)

    def _place_word(self) -> None:
        word, self._word = self._word, []
        if not word:
            return
        text = "".join(unit.text for unit in word)
        space = " " if self._spaced and self._line else ""
        if cells(self._line + space + text) <= self.width:
            self._line += space + text
            return
        self._flush()
        if cells(text) <= self.width:
            self._line = text
        else:
            self._cut(word)

    def _cut(self, word: list[Unit]) -> None:
        """Places a word that is wider than a line, cut wherever it must be."""
        for unit in word:
            for piece in [unit.text] if unit.rigid else _graphemes(unit.text):
                if self._line and cells(self._line + piece) > self.width:
                    self._flush()
                self._line += piece

    def _flush(self) -> None:
        if self._line:
            self._open()
            self.rows.append(self._line.rstrip())
            self._line = ""

    def _open(self) -> None:
        if self._gap:
            self.rows.append("")
            self._gap = False


def _graphemes(text: str) -> Iterator[str]:
    """Characters, each with the combining ones behind it."""
    piece = ""
    for character in text:
        if piece and cells(character):
            yield piece
            piece = ""
        piece += character
    yield piece
