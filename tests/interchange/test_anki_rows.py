"""The history in our packages, read back with SQLite alone."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, timedelta

from studydl.interchange.anki_history import unknown_answers
from studydl.interchange.anki_rows import pasts_of
from studydl.interchange.archive import unpack_collection
from studydl.interchange.collection import read_history
from studydl.interchange.notes import Note
from studydl.interchange.package import write_package
from studydl.memory import Calendar, Grade

CARDS = ("a", "b", "c", "d")


def note(card):
    return Note(f"studydl-{card}", card, "activations", "recall", "?", "!", "", "", ())


def packed(memory, folder):
    pasts = pasts_of(memory, set(CARDS))
    file = folder / "a.apkg"
    with file.open("wb") as stream:
        notes, now = [note(card) for card in CARDS], memory.now()
        titles = {"activations": "Activations"}
        write_package(notes, titles, stream, now=now, pasts=pasts, calendar=Calendar(UTC))
    return file


def rows(memory, folder, query):
    with zipfile.ZipFile(io.BytesIO(packed(memory, folder).read_bytes())) as archive:
        archive.extract("collection.anki2", folder)
    with closing(sqlite3.connect(folder / "collection.anki2")) as database:
        return database.execute(query).fetchall()


def test_intervals_and_phases_of_answers_are_told_in_ankis_count(memory, clock, tmp_path):
    for days, grade in ((0, Grade.GOOD), (0, Grade.GOOD), (3, Grade.AGAIN), (0, Grade.GOOD)):
        clock.advance(timedelta(days=days, minutes=20))
        memory.record("a", grade, duration_ms=1500)
    told = rows(memory, tmp_path, "select ease, ivl, lastIvl, time, type from revlog order by id")
    first, last = told[1][1], memory.state("a").interval_days
    assert told == [
        (3, -600, 0, 1500, 0),
        (3, first, -600, 1500, 0),
        (1, -600, first, 1500, 1),
        (3, last, -600, 1500, 2),
    ]


def test_a_card_is_due_as_many_days_from_now_as_here(memory, clock, tmp_path):
    memory.record("a", Grade.EASY, duration_ms=1)
    clock.advance(timedelta(days=30))
    query = "select cards.type, cards.due, cards.data, col.crt from cards, col where reps > 0"
    [(sort, due, data, created)] = rows(memory, tmp_path, query)
    state = memory.state("a")
    elapsed = (clock.now().timestamp() - created) // 86_400
    assert (sort, due - elapsed) == (2, state.due_day - memory.today())
    assert json.loads(data)["s"] == round(state.stability, 4)


def test_answers_within_one_millisecond_are_all_there_and_known_again(memory, tmp_path):
    for card in CARDS:
        memory.record(card, Grade.GOOD, duration_ms=1)
    database = unpack_collection(packed(memory, tmp_path), tmp_path)
    answers = read_history(database, CARDS, "a.apkg").answers
    assert len({each.at_ms for each in answers}) == len(CARDS)
    assert unknown_answers(answers, memory.reviews()) == []


def test_what_was_undone_leaves_no_trace_and_does_not_come_back(memory, tmp_path):
    memory.record("a", Grade.GOOD, duration_ms=1)
    database = unpack_collection(packed(memory, tmp_path), tmp_path)
    memory.undo()
    answers = read_history(database, CARDS, "a.apkg").answers
    assert len(answers) == 1
    assert unknown_answers(answers, memory.reviews()) == []
    assert rows(memory, tmp_path, "select * from revlog") == []
