"""Cards that were taken in, put into a deck of the learner's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from studydl.errors import StudyError
from studydl.places import learner_decks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studydl.cards import Library
    from studydl.interchange.own_cards import OwnCard

__all__ = ["put_into_deck"]


def put_into_deck(
    cards: Iterable[OwnCard], file: Path, library: Library, named: str | None
) -> frozenset[str]:
    """Write the learner's deck of a file that was imported; return the cards that are in it.

    Args:
        cards: The cards.
        file: Where they come from; its name is the deck's if no other is given.
        library: All decks; cards that stand in another one stay there.
        named: The deck's name.

    Raises:
        StudyError: The deck cannot be read or written.
    """
    from studydl.interchange.files import written
    from studydl.interchange.learner_deck import updated_deck
    from studydl.interchange.own_cards import slug

    title = named or file.stem
    chapter = f"my-{slug(title) or 'cards'}"
    deck = learner_decks() / f"{chapter}.yaml"
    own, elsewhere = _apart(cards, library, deck)
    updated = updated_deck(_before(deck), chapter, title, own)
    if updated.added or updated.changed:
        deck.parent.mkdir(parents=True, exist_ok=True)
        with written(deck) as stream:
            stream.write(updated.text.encode())
    told = f"{deck}: {updated.added} cards added, {updated.changed} updated"
    if updated.kept:
        told += f", {updated.kept} kept as you edited them"
    if updated.left_out:
        told += f", {updated.left_out} left out: they say too little as text"
    if elsewhere:
        told += f", {len(elsewhere)} known in another deck"
    click.echo(told)
    return updated.ids | elsewhere


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
