"""Cards that are taken in, put into a deck of the learner's own at once with their history."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from studydl.errors import StudyError
from studydl.places import learner_decks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studydl.cards import Library
    from studydl.interchange.own_cards import OwnCard

__all__ = ["PlannedDeck", "planned_deck"]


class PlannedDeck(NamedTuple):
    """What a learner's deck will be once it is put in its place.

    Attributes:
        path: The deck.
        text: All of it; None if it stays as it is.
        cards: The cards of the import that are in it, or in another deck.
        told: What to say of it.
    """

    path: Path
    text: str | None
    cards: frozenset[str]
    told: str

    @contextmanager
    def put_in_place(self) -> Iterator[None]:
        """Do what belongs to the cards, such as taking in their history, then show the deck.

        The deck is on disk before the rest begins, and appears in its place when that has
        succeeded. So it is never seen without its history, whatever happens in between.

        Raises:
            StudyError: The deck cannot be written.
        """
        from studydl.interchange.files import folder_made, written

        if self.text is None:
            yield
            return
        folder_made(self.path.parent)
        with written(self.path) as stream:
            stream.write(self.text.encode())
            stream.flush()
            os.fsync(stream.fileno())
            yield


def planned_deck(
    cards: Iterable[OwnCard], file: Path, library: Library, named: str | None
) -> PlannedDeck:
    """Return what becomes of the learner's deck of a file that is imported; nothing is written.

    Args:
        cards: The cards.
        file: Where they come from; its name is the deck's if no other is given.
        library: All decks; cards that stand in another one stay there.
        named: The deck's name.

    Raises:
        StudyError: The deck cannot be read, or would be too large.
    """
    from studydl.interchange.learner_deck import updated_deck
    from studydl.interchange.own_cards import slug

    title = named or file.stem
    chapter = f"my-{slug(title) or 'cards'}"
    deck = learner_decks() / f"{chapter}.yaml"
    own, elsewhere = _apart(cards, library, deck)
    updated = updated_deck(_before(deck), chapter, title, own)
    told = f"{deck}: {updated.added} cards added, {updated.changed} updated"
    if updated.kept:
        told += f", {updated.kept} kept as you edited them"
    if updated.left_out:
        told += f", {updated.left_out} left out: they say too little as text"
    if elsewhere:
        told += f", {len(elsewhere)} known in another deck"
    text = updated.text if updated.added or updated.changed else None
    return PlannedDeck(deck, text, updated.ids | elsewhere, told)


def _apart(
    cards: Iterable[OwnCard], library: Library, deck: Path
) -> tuple[list[OwnCard], frozenset[str]]:
    known = frozenset(library.ids())
    own, elsewhere = [], set()
    for card in cards:
        if card.id in known and library.card(card.id).origin.file.resolve() != deck.resolve():
            elsewhere.add(card.id)
        else:
            own.append(card)
    return own, frozenset(elsewhere)


def _before(deck: Path) -> str:
    try:
        return deck.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise StudyError(
            "this deck cannot be read, so nothing is added", where=str(deck)
        ) from error
