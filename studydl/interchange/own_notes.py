"""Other people's notes of a collection of Anki as cards of the learner's own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from studydl.errors import StudyError
from studydl.interchange.collection import opened
from studydl.interchange.note_types import note_types
from studydl.interchange.notes import card_of
from studydl.interchange.own_cards import OwnCard, own_card, own_cloze, own_id
from studydl.interchange.templates import cloze_field, sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from studydl.interchange.templates import NoteType

__all__ = ["OwnNotes", "read_own_notes"]

_LONGEST = 50_000
_QUERY = """
    SELECT notes.guid, notes.mid, notes.flds, notes.tags, cards.id, cards.ord
    FROM cards JOIN notes ON notes.id = cards.nid ORDER BY notes.id, cards.ord
"""


class OwnNotes(NamedTuple):
    """What other people's notes a collection has.

    Attributes:
        cards: Cards of the learner's own, by Anki's ids of theirs.
        left_out: How many cards could not be read.
    """

    cards: Mapping[int, OwnCard]
    left_out: int


def read_own_notes(database: Path, name: str) -> OwnNotes:
    """Read all notes that did not come from us.

    Args:
        database: The collection, unpacked.
        name: What to call the package in a sentence.

    Raises:
        StudyError: It is no collection of Anki.
    """
    cards: dict[int, OwnCard] = {}
    left_out = 0
    try:
        with closing(opened(database, name)) as connection:
            for id_, card in _cards(connection):
                if card is None or not isinstance(id_, int):
                    left_out += 1
                else:
                    cards[id_] = card
    except (sqlite3.Error, ValueError) as error:
        raise StudyError(
            "the collection in this package is damaged, or none of Anki's", where=name
        ) from error
    return OwnNotes(cards, left_out)


def _cards(connection: sqlite3.Connection) -> Iterator[tuple[object, OwnCard | None]]:
    kinds: dict[int, NoteType] | None = None
    for guid, kind, said, tags, id_, number in connection.execute(_QUERY):
        if isinstance(guid, str) and card_of(guid) is not None:
            continue
        kinds = note_types(connection) if kinds is None else kinds
        told = (guid, said, tags)
        sound = all(isinstance(each, str) for each in told) and isinstance(number, int)
        note_type = kinds.get(kind)
        if not sound or note_type is None or len(said) > _LONGEST or not 0 <= number < 500:
            yield id_, None
            continue
        values = said.split("\x1f")
        fields = dict(zip(note_type.fields, values, strict=False))
        yield id_, _card(own_id(guid, number), note_type, fields, number, tags.split())


def _card(
    id_: str, kind: NoteType, fields: Mapping[str, str], number: int, tags: list[str]
) -> OwnCard | None:
    if not kind.templates:
        return None
    if kind.is_cloze:
        name = cloze_field(kind.templates[0][0]) or next(iter(kind.fields), "")
        rest = "<br>".join(text for field, text in fields.items() if field != name and text)
        return own_cloze(id_, fields.get(name, ""), number + 1, rest, tags)
    if number >= len(kind.templates):
        return None
    question, answer = sides(kind.templates[number], fields)
    return own_card(id_, (question, answer, ""), tags)
