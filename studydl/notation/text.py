"""A card's whole text: laid out for a screen, in one line, or checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studydl.notation.box import cells
from studydl.notation.errors import NotationError
from studydl.notation.prose import Part, PartKind, parts
from studydl.notation.wrapping import CLOSING, Page, Unit, joined_by_newline, units

if TYPE_CHECKING:
    from studydl.notation.inset import Inset

__all__ = ["check", "layout_text", "plain"]

_RUN = re.compile(r"\s+|\S+")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")


def layout_text(text: str, width: int, *, ascii: bool = False) -> list[str]:  # noqa: A002 - the option's name everywhere
    """Lays out a card's text in rows of at most `width` cells.

    An inline formula stays in its line if one row can hold it; otherwise it stands on rows of its
    own, as a displayed one does. A blank line starts a new paragraph.

    Args:
        text: Prose with formulas.
        width: How many cells a row may fill; only a formula that cannot be broken fills more.
        ascii: Whether formulas are spelled in ASCII.

    Returns:
        The rows, without markup and without trailing spaces.

    Raises:
        NotationError: A formula is refused; the offset is that in `text`.
    """
    flow = _Flow(Page(max(width, 1)))
    for part in parts(text):
        if part.kind is PartKind.PROSE:
            flow.prose(part.content)
        else:
            flow.formula(_inset(part, ascii=ascii), displayed=part.kind is PartKind.DISPLAYED)
    return flow.finish()


def check(text: str) -> list[NotationError]:
    """Every fault in the formulas of a text, with offsets into the text; empty if there is none."""
    faults: list[NotationError] = []
    try:
        for part in parts(text):
            if part.kind is not PartKind.PROSE:
                try:
                    _inset(part, ascii=False)
                except NotationError as fault:
                    faults.append(fault)
    except NotationError as fault:
        faults.append(fault)
    return faults


def plain(text: str, *, ascii: bool = False) -> str:  # noqa: A002 - the option's name everywhere
    """A text in one line, every formula in linear form: for lists and screen readers.

    Raises:
        NotationError: A formula is refused; the offset is that in `text`.
    """
    words = "".join(
        part.content if part.kind is PartKind.PROSE else _inset(part, ascii=ascii).linear()
        for part in parts(text)
    )
    return " ".join(words.split())


def _inset(part: Part, *, ascii: bool) -> Inset:  # noqa: A002 - the option's name everywhere
    # Imported here, for a text without formulas does without all that draws them.
    from studydl.notation.inset import Inset

    return Inset.read(part, ascii=ascii)


class _Flow:
    """Hands the parts of a text to a page, with the spaces and paragraphs between them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._space = ""  # the white space behind the last unit
        self._last = ""  # the text of the last unit
        self._block: Inset | None = None  # a formula that waits for the punctuation behind it

    def prose(self, words: str) -> None:
        """Adds words; blank lines among them end paragraphs."""
        if self._block is not None:
            rest = words.lstrip("".join(CLOSING))
            self._place_block(words[: len(words) - len(rest)])
            words = rest
        for run in _RUN.findall(words):
            if run.isspace():
                self._space += run
            else:
                for unit in units(run):
                    self._add(unit)

    def formula(self, inset: Inset, *, displayed: bool) -> None:
        """Adds a formula, in the line if it fits there."""
        row = None if displayed else inset.in_line()
        self._place_block("")
        if row is not None and 0 < cells(row) <= self._page.width:
            self._add(Unit(row, rigid=True))
            return
        self._block = inset
        self._space = self._last = ""

    def finish(self) -> list[str]:
        """The rows of the whole text."""
        self._place_block("")
        self._page.end_paragraph()
        return self._page.rows

    def _add(self, unit: Unit) -> None:
        if _PARAGRAPH.search(self._space):
            self._page.end_paragraph()
            self._space = ""
        elif "\n" in self._space and joined_by_newline(self._last, unit.text):
            self._space = ""
        self._page.add(unit, spaced=bool(self._space))
        self._space, self._last = "", unit.text

    def _place_block(self, tail: str) -> None:
        if self._block is not None:
            self._page.block(self._block.drawn(tail, self._page.width))
            self._block = None
