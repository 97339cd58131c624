"""Our packages, read back with SQLite alone."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from datetime import UTC, datetime

import pytest

from studydl.cards import Library
from studydl.interchange.notes import card_of, note_of
from studydl.interchange.package import write_package
from studydl.language import Language
from studydl.places import shipped_decks

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def cards(tmp_path_factory):
    with Library.open([shipped_decks()], tmp_path_factory.mktemp("cache")) as library:
        return [library.card(id_) for id_ in library.ids()]


def packed(notes, folder, now=NOW):
    """Return a package's database, opened."""
    stream = io.BytesIO()
    titles = {note.chapter: note.chapter.title() for note in notes}
    write_package(notes, titles, stream, now=now)
    with zipfile.ZipFile(stream) as archive:
        assert archive.namelist() == ["collection.anki2", "media"]
        archive.extract("collection.anki2", folder)
    return sqlite3.connect(folder / "collection.anki2")


@pytest.mark.parametrize("language", list(Language))
def test_every_card_arrives_once_with_its_guid_and_its_deck(cards, language, tmp_path):
    notes = [note for card in cards if (note := note_of(card, language))]
    database = packed(notes, tmp_path)
    told = {
        guid: flds.split("\x1f") for guid, flds in database.execute("select guid, flds from notes")
    }
    assert {card_of(guid) for guid in told} == {note.card for note in notes}
    assert len(cards) - len(notes) == sum(
        card.kind == "number" and bool(card.answer.vary) and not card.answer.source
        for card in cards
    )
    for note in notes:
        said = [note.question, note.answer, note.explanation, note.sources, note.card, note.kind]
        assert told[note.guid] == said
    assert database.execute("select count(*) from cards").fetchone() == (len(notes),)
    decks = json.loads(database.execute("select decks from col").fetchone()[0])
    assert {f"studydl::{note.chapter.title()}" for note in notes} <= {
        deck["name"] for deck in decks.values()
    }
    database.close()


def test_ids_of_decks_and_models_do_not_change_between_exports(cards, tmp_path):
    notes = [note for card in cards[:40] if (note := note_of(card, Language.ENGLISH))]
    ids = []
    for name, now in (("one", NOW), ("two", NOW.replace(year=2027))):
        (tmp_path / name).mkdir()
        database = packed(notes, tmp_path / name, now)
        decks, models = database.execute("select decks, models from col").fetchone()
        ids.append((set(json.loads(decks)), set(json.loads(models))))
        database.close()
    assert ids[0] == ids[1]


@pytest.mark.parametrize("language", list(Language))
def test_no_formula_is_left_between_dollar_signs_and_no_gap_is_unfilled(cards, language):
    for card in cards:
        note = note_of(card, language)
        if note is None or note.kind == "code":
            continue
        said = note.question + note.answer + note.explanation
        assert said.count(r"\(") == said.count(r"\)")
        assert said.count(r"\[") == said.count(r"\]")
        assert "[[" not in said
        assert ("{{c1::" in note.question) == (note.kind == "cloze")
        assert note.kind == "cloze" or "{{" not in said
        assert note.kind == "cloze" or "}}" not in said
        assert note.answer or note.kind == "cloze"
        in_formulas = card.asked.said_in(language).count("$")
        assert (r"\(" in note.question or r"\[" in note.question) >= (in_formulas >= 2)
