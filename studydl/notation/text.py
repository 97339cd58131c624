"""A card's whole text: laid out for a screen, in one line, or checked."""

from __future__ import annotations

import re

from studydl.notation.binding import has_one_row
from studydl.notation.box import cells
from studydl.notation.breaking import fitted
from studydl.notation.errors import NotationError
from studydl.notation.linear import linear
from studydl.notation.parser import parse
from studydl.notation.prose import Part, PartKind, parts
from studydl.notation.spacing import Style
from studydl.notation.tree import Kind, Node, Row, Symbol, items_of
from studydl.notation.wrapping import CLOSING, Page, Unit, joined_by_newline, units

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
    flow = _Flow(Page(max(width, 1)), Style(ascii=ascii))
    for part in parts(text):
        if part.kind is PartKind.PROSE:
            flow.prose(part.content)
        else:
            flow.formula(_parsed(part), displayed=part.kind is PartKind.DISPLAYED)
    return flow.finish()


def check(text: str) -> list[NotationError]:
    """Every fault in the formulas of a text, with offsets into the text; empty if there is none."""
    faults: list[NotationError] = []
    try:
        for part in parts(text):
            if part.kind is not PartKind.PROSE:
                try:
                    _parsed(part)
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
    style = Style(ascii=ascii)
    words = "".join(
        part.content if part.kind is PartKind.PROSE else f"{linear(_parsed(part), style)}"
        for part in parts(text)
    )
    return " ".join(words.split())


def _parsed(part: Part) -> Node:
    try:
        return parse(part.content)
    except NotationError as fault:
        raise fault.moved(part.offset) from None


class _Flow:
    """Hands the parts of a text to a page, with the spaces and paragraphs between them."""

    def __init__(self, page: Page, style: Style) -> None:
        self._page = page
        self._style = style
        self._space = ""  # the white space behind the last unit
        self._last = ""  # the text of the last unit
        self._block: Node | None = None  # a formula that waits for the punctuation behind it

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

    def formula(self, node: Node, *, displayed: bool) -> None:
        """Adds a formula, in the line if it fits there."""
        if not displayed and has_one_row(node):
            row = linear(node, self._style).strip()
            if 0 < cells(row) <= self._page.width:
                self._place_block("")
                self._add(Unit(row, rigid=True))
                return
        self._place_block("")
        self._block = node
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
        if self._block is None:
            return
        mark = Symbol(tail, tail, tail, Kind.CLOSING)
        formula = Row((*items_of(self._block), mark)) if tail else self._block
        self._page.block(fitted(formula, self._style, self._page.width))
        self._block = None
