"""Anki itself reads what we export, and we read what Anki exports; collected where it is there."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)
from anki.scheduler.v3 import CardAnswer

from studydl.cards import Library
from studydl.interchange.anki_history import events_of
from studydl.interchange.archive import unpack_collection
from studydl.interchange.collection import read_history
from studydl.interchange.notes import note_of
from studydl.interchange.package import write_package
from studydl.interchange.table import write_table
from studydl.language import Language
from studydl.memory import Grade
from studydl.places import shipped_decks

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    with Library.open([shipped_decks()], tmp_path_factory.mktemp("cache")) as library:
        cards = [library.card(id_) for id_ in library.ids()]
    return [note for card in cards if (note := note_of(card, Language.ENGLISH))]


@pytest.fixture
def anki(tmp_path):
    with closing(Collection(str(tmp_path / "collection.anki2"))) as collection:
        yield collection


def imported(anki, notes, path, now=NOW):
    with path.open("wb") as stream:
        write_package(notes, {note.chapter: note.chapter for note in notes}, stream, now=now)
    options = ImportAnkiPackageOptions(merge_notetypes=True, update_notes=0)
    request = ImportAnkiPackageRequest(package_path=str(path), options=options)
    return anki.import_anki_package(request).log


def test_anki_finds_every_card(anki, notes, tmp_path):
    log = imported(anki, notes, tmp_path / "a.apkg")
    assert len(log.new) == len(anki.find_cards("")) == len(notes)
    for note in notes[:20]:
        (found,) = anki.find_notes(f"Id:{note.card}")
        assert anki.get_note(found)["Question"] == note.question
        assert set(note.tags) == set(anki.get_note(found).tags)
    assert len(anki.find_cards("deck:studydl::activations")) == sum(
        note.chapter == "activations" for note in notes
    )


def test_anki_draws_every_gap_of_a_cloze_on_one_card(anki, notes, tmp_path):
    clozes = [note for note in notes if note.kind == "cloze"]
    imported(anki, clozes, tmp_path / "a.apkg")
    for card in map(anki.get_card, anki.find_cards("")):
        assert "[...]" in card.question()
        assert "{{c1" not in card.question() + card.answer()
    assert len(anki.find_cards("")) == len(clozes)


def test_an_edited_export_updates_instead_of_duplicating(anki, notes, tmp_path):
    imported(anki, notes, tmp_path / "a.apkg")
    edited = [note._replace(answer=note.answer + " edited") for note in notes]
    log = imported(anki, edited, tmp_path / "b.apkg", NOW + timedelta(days=1))
    assert (len(log.new), len(log.updated)) == (0, len(notes))
    assert len(anki.find_cards("")) == len(anki.find_cards("Answer:*edited")) == len(notes)


def test_answers_given_in_anki_come_back(anki, notes, tmp_path, memory):
    imported(anki, notes[:5], tmp_path / "a.apkg")
    anki.decks.select(anki.decks.id_for_name("studydl"))
    queued = anki.sched.get_queued_cards(fetch_limit=1).cards[0]
    card = anki.get_card(queued.card.id)
    card.start_timer()
    answer = anki.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
    anki.sched.answer_card(answer)
    asked = card.note()["Id"]
    anki.export_anki_package(
        out_path=str(tmp_path / "back.apkg"),
        options=ExportAnkiPackageOptions(with_scheduling=True, legacy=True),
        limit=None,
    )
    database = unpack_collection(tmp_path / "back.apkg", tmp_path)
    history = read_history(database, {note.card for note in notes}, "back.apkg")
    assert history.matched == 5
    now = datetime.now(UTC)
    memory.merge(events_of(history.answers, now=now, name="back.apkg"))
    assert [(each.card, each.grade) for each in memory.reviews()] == [(asked, Grade.GOOD)]


def test_anki_reads_our_table_and_updates_by_it(anki, notes, tmp_path):
    imported(anki, notes, tmp_path / "a.apkg")
    told = [note._replace(answer="edited") for note in notes if note.kind != "cloze"]
    with (tmp_path / "a.csv").open("wb") as stream:
        write_table(told, {}, stream, separator=",")
    path = str(tmp_path / "a.csv")
    metadata = anki.get_csv_metadata(path=path, delimiter=None)
    assert (metadata.guid_column, metadata.tags_column, metadata.is_html) == (1, 6, True)
    metadata.global_notetype.id = anki.models.by_name("studydl")["id"]
    metadata.global_notetype.field_columns[:] = [2, 3, 4, 5, 7, 9]
    anki.import_csv(ImportCsvRequest(path=path, metadata=metadata))
    assert len(anki.find_cards("")) == len(notes)
    assert len(anki.find_cards("Answer:edited")) == len(told)
