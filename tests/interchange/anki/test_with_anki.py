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
from studydl.interchange.anki_history import events_of, unknown_answers
from studydl.interchange.anki_rows import pasts_of
from studydl.interchange.archive import unpack_collection
from studydl.interchange.collection import read_history
from studydl.interchange.notes import note_of
from studydl.interchange.own_notes import read_own_notes
from studydl.interchange.own_tags import own_tags
from studydl.interchange.package import write_package
from studydl.interchange.table import write_table
from studydl.language import Language
from studydl.memory import Calendar, FixedClock, Grade
from studydl.places import shipped_decks

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def cards(tmp_path_factory):
    with Library.open([shipped_decks()], tmp_path_factory.mktemp("cache")) as library:
        return [library.card(id_) for id_ in library.ids()]


@pytest.fixture(scope="module")
def notes(cards):
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


def test_the_learners_tags_go_to_anki_and_come_back_with_those_given_there(anki, cards, tmp_path):
    card = next(card for card in cards if card.tags)
    imported(anki, [note_of(card, Language.ENGLISH, ["exam::hard", "难"])], tmp_path / "a.apkg")
    (found,) = anki.find_notes("tag:exam")
    note = anki.get_note(found)
    note.add_tag("Given::there")
    note.add_tag("leech")
    anki.update_note(note)
    anki.export_anki_package(
        out_path=str(tmp_path / "back.apkg"),
        options=ExportAnkiPackageOptions(with_scheduling=True, legacy=True),
        limit=None,
    )
    database = unpack_collection(tmp_path / "back.apkg", tmp_path)
    told = read_history(database, {card.id}, "back.apkg").tags
    own = own_tags(card, told[card.id])
    assert set(own.tags) == {"exam::hard", "难", "Given::there"}
    assert own.left_out == 0


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


def test_anki_goes_on_where_our_log_stands_and_nothing_comes_back_twice(
    anki, notes, tmp_path, open_memory
):
    clock = FixedClock(datetime.now(UTC) - timedelta(days=20))
    memory = open_memory(clock=clock)
    learnt, forgotten, begun, suspended = (note.card for note in notes[:4])
    for days in (0, 3, 9):
        for card in (learnt, forgotten):
            memory.record(card, Grade.EASY, duration_ms=4000)
        clock.advance(timedelta(days=days))
    memory.record(forgotten, Grade.AGAIN, duration_ms=4000)
    clock.set(datetime.now(UTC))
    memory.record(begun, Grade.GOOD, duration_ms=4000)
    memory.record(begun, Grade.GOOD, duration_ms=4000)
    memory.undo()
    memory.suspend([suspended])
    pasts = pasts_of(memory, {note.card for note in notes})
    with (tmp_path / "a.apkg").open("wb") as stream:
        titles = {note.chapter: note.chapter for note in notes}
        write_package(notes, titles, stream, now=clock.now(), pasts=pasts, calendar=Calendar(UTC))
    options = ImportAnkiPackageOptions(with_scheduling=True)
    request = ImportAnkiPackageRequest(package_path=str(tmp_path / "a.apkg"), options=options)
    anki.import_anki_package(request)

    def there(card):
        (found,) = anki.find_cards(f"Id:{card}")
        return anki.get_card(found)

    for card in (learnt, forgotten, begun):
        ours, found = memory.state(card), there(card)
        assert found.memory_state.stability == pytest.approx(ours.stability, abs=1e-3)
        assert found.memory_state.difficulty == pytest.approx(ours.difficulty, abs=1e-2)
        assert (found.reps, found.lapses) == (ours.repetitions, ours.lapses)
    assert there(learnt).due - anki.sched.today == memory.state(learnt).due_day - memory.today()
    assert there(learnt).ivl == memory.state(learnt).interval_days
    assert [there(card).type for card in (learnt, forgotten, begun)] == [2, 3, 1]
    assert there(suspended).queue == -1
    assert anki.db.scalar("select count(*) from revlog") == 8

    anki.export_anki_package(
        out_path=str(tmp_path / "back.apkg"),
        options=ExportAnkiPackageOptions(with_scheduling=True, legacy=True),
        limit=None,
    )
    database = unpack_collection(tmp_path / "back.apkg", tmp_path)
    history = read_history(database, {note.card for note in notes}, "back.apkg")
    assert (len(history.answers), history.suspended) == (8, (suspended,))
    assert unknown_answers(history.answers, memory.reviews()) == []


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


@pytest.mark.parametrize("legacy", [True, False])
def test_other_notes_come_in_with_their_history_in_either_format(anki, tmp_path, legacy):
    for kind, fields in (
        ("Basic (and reversed card)", {"Front": r"\(x^2\)", "Back": "back"}),
        ("Cloze", {"Text": "{{c1::a}} and {{c2::b}}"}),
    ):
        note = anki.new_note(anki.models.by_name(kind))
        for name, said in fields.items():
            note[name] = said
        anki.add_note(note, 1)
    queued = anki.sched.get_queued_cards(fetch_limit=1).cards[0]
    card = anki.get_card(queued.card.id)
    card.start_timer()
    answer = anki.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
    anki.sched.answer_card(answer)
    path = tmp_path / "a.apkg"
    options = ExportAnkiPackageOptions(with_scheduling=True, legacy=legacy)
    anki.export_anki_package(out_path=str(path), options=options, limit=None)
    database = unpack_collection(path, tmp_path)
    found = read_own_notes(database, "a.apkg")
    sides = [(each.ask, each.answer, each.gaps) for each in found.cards.values()]
    assert sides == [
        ("$x^2$", "back", ()),
        ("back", "$x^2$", ()),
        ("[[1]] and b", "", ("a",)),
        ("a and [[1]]", "", ("b",)),
    ]
    taken = {id_: each.id for id_, each in found.cards.items()}
    [answered] = read_history(database, (), "a.apkg", taken).answers
    assert answered.card == taken[card.id]
