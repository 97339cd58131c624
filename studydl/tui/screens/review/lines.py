"""What the review screen draws around the card: where we are, for how long; a card in trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.tui.plain import beside, cells, clickable, joined, plain
from studydl.tui.screens.review import words
from studydl.tui.widgets.status_line import standing
from studydl.tui.words import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from studydl.language import Language, Text
    from studydl.session import Leech, Session

__all__ = ["leech_line", "status_line"]

_MINUTE = 60_000
_NARROW = 76


def status_line(
    places: Sequence[str], session: Session, language: Language, width: int
) -> list[Content]:
    """Return one line: the first of some ways to say where we are that fits; time and standing.

    Nobody is hurried: there are whole minutes only, and none before the first.
    """
    right = standing(session, language, width)
    if spent := _spent(session, language, both=width >= _NARROW):
        right = joined(plain(f"{spent}   "), right)
    room = width - right.cell_length - 1
    fitting = (place for place in places if cells(place) <= room)
    return [beside(plain(next(fitting, places[-1])), right, width)]


def leech_line(leech: Leech, language: Language, width: int) -> Content:
    """Return what is said of a card that is forgotten again and again, with what may help."""
    said = filled(words.LEECH, language, card=leech.card, lapses=leech.lapses)
    offered = []
    if leech.derivation is not None:
        offered.append(_key("D", words.LEECH_DERIVATION, "screen.derive_leech", language))
    if leech.requires:
        offered.append(_key("P", words.LEECH_REQUIRES, "screen.leech_requires", language))
    return beside(plain(f"! {said}", "$warning"), plain("  ").join(offered), width)


def _key(key: str, label: Text, action: str, language: Language) -> Content:
    shown = joined(plain(key, "bold $primary"), plain(f" {label.said_in(language)}", "$quiet"))
    return clickable(shown, action)


def _spent(session: Session, language: Language, *, both: bool) -> str:
    here = session.elapsed_ms
    sitting, card = (session.report.milliseconds + here) // _MINUTE, here // _MINUTE
    parts = [filled(words.MINUTES, language, minutes=sitting)] if sitting else []
    if card and both and card < sitting:
        parts.insert(0, filled(words.CARD_MINUTES, language, minutes=card))
    return " · ".join(parts)
