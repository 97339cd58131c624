"""One card as a row of the list: how it stands, what it asks."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from studydl.memory import Phase
from studydl.notation import NotationError
from studydl.notation import plain as in_one_line
from studydl.session import shown_card
from studydl.tui import words
from studydl.tui.plain import beside, joined, plain

if TYPE_CHECKING:
    from textual.content import Content

    from studydl.cards import Card
    from studydl.language import Language
    from studydl.memory import CardState, Marks, Memory

__all__ = ["Row", "Sign", "asked_in_one_line", "row_line", "sign_of"]

_WIDE = 64


class Sign(Enum):
    """How a card stands, in one character and one colour."""

    NEW = ("·", "$quiet")
    LEARNING = ("~", "$warning")
    KNOWN = ("✓", "$success")
    DUE = ("!", "$warning")
    SUSPENDED = ("–", "$quiet")


class Row(NamedTuple):
    """What a row shows.

    Attributes:
        card: The card.
        sign: How it stands.
        flagged: Whether it is to be mended.
        marked: Whether what is done next is done to it.
    """

    card: Card
    sign: Sign
    flagged: bool
    marked: bool


def sign_of(state: CardState | None, marks: Marks, memory: Memory) -> Sign:
    """Return how a card stands now."""
    if marks.suspended:
        return Sign.SUSPENDED
    if state is None:
        return Sign.NEW
    if state.phase is not Phase.REVIEW:
        return Sign.LEARNING
    is_due = state.due_day is not None and state.due_day <= memory.today()
    return Sign.DUE if is_due else Sign.KNOWN


def row_line(row: Row, language: Language, width: int, *, under_cursor: bool) -> Content:
    """Return the row in a width."""
    sign, style = row.sign.value
    stands_back = row.sign is Sign.SUSPENDED
    asked = asked_in_one_line(row.card, language)
    left = joined(
        plain("›" if under_cursor else " ", "bold $primary"),
        plain("● " if row.marked else "  ", "$primary"),
        plain(f"{sign} ", style),
        plain("* " if row.flagged else "", "$warning"),
        plain(asked, "bold $primary" if under_cursor else "$quiet" if stands_back else ""),
    )
    kind = f"{words.KINDS[row.card.kind].said_in(language)} " if width >= _WIDE else ""
    return beside(left, plain(kind, "$quiet"), width)


def asked_in_one_line(card: Card, language: Language) -> str:
    """Return the question without line breaks, its formulas in linear form."""
    text = card.ask.said_in(language)
    if "[[" in text:
        # Numbers are drawn at each review: here they are those of the first one.
        text = shown_card(card, 0).card.ask.said_in(language)
    try:
        return in_one_line(text)
    except NotationError:
        return " ".join(text.split())
