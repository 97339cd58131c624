"""Places within a text of a deck: where in the file its formula stands, not only its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.problems import Spot

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Sources"]


class Sources:
    """The files of decks as they were written, each read once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._texts: dict[Path, str] = {}

    def spot_in(self, file: Path, start: Spot, text: str, at: int) -> Spot:
        """Return the place of a character of a text.

        Quotes, escapes and folded lines come between a text and its source. The place is found by
        what stands around the character; where that is not found, it is the start of the text.

        Args:
            file: The deck.
            start: Where the text's YAML node starts.
            text: The text, as it was read.
            at: The index of the character.
        """
        source = self._text(file)
        place = _index_of(source, start)
        # Only as far as this text can reach, with every character escaped and its lines indented.
        window = source[place : place + 3 * len(text) + 200]
        for escaped in (str, _in_single_quotes, _in_double_quotes):
            line_start = text.rfind("\n", 0, at) + 1
            line_end = text.find("\n", at)
            line = text[line_start : line_end if line_end >= 0 else len(text)]
            found = window.find(escaped(line)) if line else -1
            if found >= 0:
                return _spot_of(source, place + found + len(escaped(text[line_start:at])))
        return start

    def _text(self, file: Path) -> str:
        if file not in self._texts:
            try:
                self._texts[file] = file.read_text("utf-8")
            except (OSError, ValueError):
                self._texts[file] = ""
        return self._texts[file]


def _in_single_quotes(text: str) -> str:
    return text.replace("'", "''")


def _in_double_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _index_of(source: str, spot: Spot) -> int:
    lines = source.split("\n", spot.line - 1)
    return len(source) - len(lines[-1]) + spot.column - 1


def _spot_of(source: str, index: int) -> Spot:
    return Spot(source.count("\n", 0, index) + 1, index - source.rfind("\n", 0, index))
